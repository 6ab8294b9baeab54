import pg from 'pg';
import { incomeDifferences, journalFaults, openDatabase } from '../../libs/persistence/src/index.js';
import { eventually } from '../../libs/testing/src/index.js';
import { Admin } from '../support/admin.js';
import type { FaultTerminal } from './fault-terminal.js';
import { canonical, type Written } from './pen.js';

/** A system as the judge sees it. */
export interface JudgedSystem {
  readonly databaseUrl: string;
  readonly apiUrl: string;
  readonly adminPassword: string;
}

/** What was found when all was quiet. */
export interface Verdict {
  /** Records with a PUBACK that the journal does not hold as they were sent. */
  readonly lost: number;
  /** Records that are held more than once. */
  readonly duplicated: number;
  /** Everything else that must not be, in words; empty when all is well. */
  readonly faults: string[];
}

const FAULTS_MAX = 20;

/** Holds the system against what the terminals know they have sent. */
export async function judge(system: JudgedSystem, terminals: readonly FaultTerminal[]): Promise<Verdict> {
  const faults = terminals.flatMap(({ wrongResults }) => wrongResults.slice(0, FAULTS_MAX));
  const { lost, duplicated } = await judgeJournal(system, terminals, faults);
  await judgeBooks(system, faults);
  await judgeApi(system, terminals, faults);
  return { lost, duplicated, faults };
}

/** Every acknowledged record is there exactly once, byte for byte. */
async function judgeJournal(system: JudgedSystem, terminals: readonly FaultTerminal[], faults: string[]) {
  const client = new pg.Client({ connectionString: system.databaseUrl });
  await client.connect();
  let [lost, duplicated] = [0, 0];
  try {
    for (const { deviceId, made, acknowledged } of terminals) {
      const { rows } = await client.query<{ seq: string; record: string }>(
        'SELECT seq, record FROM journal_records JOIN devices USING (device_no) WHERE device_id = $1',
        [deviceId],
      );
      const held = new Map(rows.map(({ seq, record }) => [Number(seq), record]));
      duplicated += rows.length - held.size;
      for (const seq of acknowledged) if (held.get(seq) !== canonical(made.get(seq))) lost++;
      for (const seq of held.keys()) if (!made.has(seq)) faults.push(`${deviceId} holds ${seq}, which was never made`);
    }
    for (const table of ['journal_conflicts', 'quarantine']) {
      const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
      if (rows[0]!.count !== '0') faults.push(`${rows[0]!.count} rows in ${table}`);
    }
  } finally {
    await client.end();
  }
  return { lost, duplicated };
}

/** Roll-ups equal the journal, and the journal's own books add up. */
async function judgeBooks(system: JudgedSystem, faults: string[]): Promise<void> {
  const database = openDatabase({ url: system.databaseUrl, poolSizeMax: 2 });
  try {
    const scope = { from: '2020-01-01', to: '2099-12-31' };
    faults.push(...(await incomeDifferences(database, scope, FAULTS_MAX)).map((row) => JSON.stringify(row)));
    faults.push(...(await journalFaults(database, FAULTS_MAX)).map((row) => JSON.stringify(row)));
  } finally {
    await database.close();
  }
}

/** Who is told 503 tries again in a moment: a machine that is busy with a restart may not connect within 5 s. */
const patient = <T>(ask: () => Promise<T>): Promise<T> => eventually(ask, { withinMs: 60_000, everyMs: 500 });

/** What an officer sees is what the terminals know: complete sequences, and income by each grouping. */
async function judgeApi(system: JudgedSystem, terminals: readonly FaultTerminal[], faults: string[]): Promise<void> {
  const admin = await patient(() => Admin.signIn(system));
  const payments: (Written & { point: string })[] = [];
  for (const { deviceId, made } of terminals) {
    const device = await patient(() => admin.get(`/devices/${deviceId}`));
    if (device.contiguous !== made.size || device.missing.length > 0)
      faults.push(
        `${deviceId}: contiguous ${device.contiguous} of ${made.size}, missing ${JSON.stringify(device.missing)}`,
      );
    const records = [...made.values()];
    const voided = new Set(records.filter(({ type }) => type === 'void').map(({ body }) => body['voids']));
    const counted = records.filter(({ type, seq }) => type === 'payment' && !voided.has(seq));
    payments.push(...counted.map((record) => ({ ...record, point: pointOf(deviceId) })));
  }
  const jakarta = (at: string): string => new Date(Date.parse(at) + 7 * 3_600_000).toISOString();
  const groupings: Record<string, (record: Written & { point: string }) => string> = {
    point: ({ point }) => point,
    day: ({ at }) => jakarta(at).slice(0, 10),
    hour: ({ at }) => jakarta(at).slice(0, 13),
    method: ({ body }) => String(body['method']),
    vehicleClass: ({ body }) => String(body['vehicleClass']),
    attendant: ({ body }) => String(body['attendant']),
  };
  const days = payments.map(({ at }) => jakarta(at).slice(0, 10)).sort();
  for (const [groupBy, keyOf] of Object.entries(groupings)) {
    const told = await patient(() => admin.get(`/income?from=${days[0]}&to=${days.at(-1)}&groupBy=${groupBy}`));
    const rows = (told.rows as { key: string; count: number; amount: number }[]).filter(({ count }) => count !== 0);
    const seen = JSON.stringify(rows.map(({ key, count, amount }) => [key, count, amount]).sort());
    const truth = JSON.stringify(sums(payments, keyOf));
    if (seen !== truth) faults.push(`income by ${groupBy} is ${seen}, but should be ${truth}`);
  }
}

function sums<Payment extends Written>(payments: readonly Payment[], keyOf: (payment: Payment) => string) {
  const totals = new Map<string, [number, number]>();
  for (const payment of payments) {
    const [count, amount] = totals.get(keyOf(payment)) ?? [0, 0];
    totals.set(keyOf(payment), [count + 1, amount + Number(payment.body['amount'])]);
  }
  return [...totals].map(([key, [count, amount]]) => [key, count, amount]).sort();
}

/** Each terminal stands at a point of its own. */
export function pointOf(deviceId: string): string {
  return `P-${deviceId}`;
}
