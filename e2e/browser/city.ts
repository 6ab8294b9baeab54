import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, businessDateOf, startOfBusinessDay, HOUR_MS } from '@app/kernel';
import { openDatabase } from '@app/persistence';
import { eventually } from '@app/testing';
import { Admin, type Provisioned } from '../support/admin.js';
import { E2eDevice } from '../support/device.js';
import { startSystem, type System } from '../support/system.js';

/**
 * A small city for browsers: the demo's registry of 152 points, of which simulated terminals play a few for some past
 * days, thieves among their people, and their money goes the demo's road. Two more terminals send payments that the
 * test knows to the rupiah. All of it goes the way that it goes in production: over MQTT, the API, watched folders.
 */

export const PASSWORD = 'kata-sandi-untuk-uji-2026';
/** Who has not chosen an own password yet. */
export const NEWCOMER = 'dewi';
/** Past business days with payments. The oldest ones are past the time in which an acquirer settles. */
const DAYS = 4;
const PAYMENTS_A_DAY = 6;
const MINUTE_MS = 60_000;
const SETTLED_MS_MAX = 300_000;
const repository = join(import.meta.dirname, '../..');

interface DemoTerminal extends Provisioned {
  readonly kind: 'handheld' | 'meter';
  readonly point: { readonly code: string; readonly operator: string | null };
  readonly attendants: readonly string[];
}

interface Tariff {
  readonly code: string;
  readonly amount: number;
}

/** A QRIS payment that a known terminal recorded. */
export interface QrisPayment {
  readonly device: string;
  readonly orderId: string;
  readonly amount: number;
  readonly atMs: number;
  readonly day: string;
}

/** A point whose only terminal is played to the rupiah by the test. */
export interface KnownPoint {
  readonly code: string;
  readonly operator: string;
  readonly deviceId: string;
  /** What it recorded in all, rupiah. */
  readonly recorded: number;
  readonly qris: readonly QrisPayment[];
}

export interface City {
  readonly system: System;
  readonly admin: Admin;
  /** Of each user, at the first sign-in here. */
  readonly passwords: Readonly<Record<string, string>>;
  /** First and last business day with payments. */
  readonly from: string;
  readonly to: string;
  /** Of the clerk's operator, and of another one. */
  readonly own: KnownPoint;
  readonly foreign: KnownPoint;
  /** These two and two more. */
  readonly known: readonly KnownPoint[];
  stop(): Promise<void>;
}

export async function buildCity(): Promise<City> {
  // The detector would come two minutes after the last record, in the midst of a walk, and change what two looks compare.
  const env = { EPARKING_RELAY_PAUSE: '1s', EPARKING_DETECT_REST: '1h' };
  const system = await startSystem({ services: ['gateway', 'admin-api', 'worker'], isDemo: true, env });
  const to = addDays(businessDateOf(Date.now()), -1);
  const from = addDays(to, 1 - DAYS);
  try {
    const admin = await Admin.signIn(system);
    const all = JSON.parse(readFileSync(join(system.dataDir, 'demo-terminals.json'), 'utf8')) as DemoTerminal[];
    const { known, crowd } = chosen(all);
    const passwords = await addUsers(system, admin, known[0]!.point.operator!);
    const tariff = (await admin.get('/tariffs?state=current&vehicleClass=car')).rows[0] as Tariff;
    const [points] = await Promise.all([
      Promise.all(known.map((terminal) => play(system, terminal, from, tariff))),
      simulate(system, crowd),
    ]);
    await settled(admin, system, known);
    const [own, foreign] = points as [KnownPoint, KnownPoint];
    return { system, admin, passwords, from, to, own, foreign, known: points, stop: () => system.stop() };
  } catch (error) {
    await system.stop();
    throw error;
  }
}

/** Terminals for the test, the first two of two operators, and those of a few more points for the simulator. */
function chosen(all: readonly DemoTerminal[]): { known: DemoTerminal[]; crowd: DemoTerminal[] } {
  const at = (code: string) => all.filter(({ point }) => point.code === code);
  const lonely = all.filter(({ kind, point }) => kind === 'handheld' && point.operator && at(point.code).length === 1);
  const own = lonely[0]!;
  const foreign = lonely.find(({ point }) => point.operator !== own.point.operator)!;
  const known = [own, foreign, ...lonely.filter((each) => each !== own && each !== foreign).slice(0, 2)];
  const rest = all.filter(({ point }) => !known.some((each) => each.point.code === point.code));
  const codes = (fits: (terminal: DemoTerminal) => boolean, count: number): string[] =>
    [...new Set(rest.filter(fits).map(({ point }) => point.code))].slice(0, count);
  const crowd = new Set([
    ...codes(({ point }) => point.operator === own.point.operator, 3),
    ...codes(({ point }) => point.operator === foreign.point.operator, 3),
    ...codes(({ point, kind }) => !point.operator && kind === 'handheld', 2),
    ...codes(({ kind }) => kind === 'meter', 1),
  ]);
  return { known, crowd: rest.filter(({ point }) => crowd.has(point.code)) };
}

/** @returns what each signs in with: an own password, but for the newcomer */
async function addUsers(system: System, admin: Admin, operator: string): Promise<Record<string, string>> {
  const users = [
    { username: 'rina', displayName: 'Rina Siregar', role: 'revenue-officer' },
    { username: 'budi', displayName: 'Budi Nasution', role: 'revenue-officer' },
    { username: 'sari', displayName: 'Sari', role: 'auditor' },
    { username: NEWCOMER, displayName: 'Dewi', role: 'auditor' },
    { username: 'klerk', displayName: 'Klerk', role: 'operator-clerk', operator },
  ];
  const passwords: Record<string, string> = { admin: system.adminPassword };
  for (const user of users) {
    const { status, body } = await admin.request('POST', '/users', user);
    if (status !== 201) throw new Error(`user ${user.username}: ${status} ${JSON.stringify(body)}`);
    passwords[user.username] = user.username === NEWCOMER ? body.temporaryPassword : PASSWORD;
    if (user.username !== NEWCOMER) await chooseOwnPassword(system, user.username, body.temporaryPassword);
  }
  return passwords;
}

/** What a person does at the first sign-in. */
async function chooseOwnPassword(system: System, username: string, given: string): Promise<void> {
  const person = await Admin.signIn(system, username, given);
  await person.request('POST', '/auth/password', { oldPassword: given, newPassword: PASSWORD });
  const { rows } = await person.get('/auth/notices?unseen=true');
  await person.request('POST', '/auth/notices/seen', { upTo: (rows[0] as { id: number }).id });
}

/** The days of one terminal: each with cash and QRIS at the same hours, the same at every run. */
async function play(system: System, credentials: DemoTerminal, from: string, tariff: Tariff): Promise<KnownPoint> {
  const device = await new E2eDevice(system, credentials).connect();
  const qris: QrisPayment[] = [];
  for (let n = 0; n < DAYS; n++) {
    const day = addDays(from, n);
    const opens = startOfBusinessDay(day) + 9 * HOUR_MS;
    const records = Array.from({ length: PAYMENTS_A_DAY }, (_, k) => {
      const atMs = opens + k * 11 * MINUTE_MS;
      const common = {
        vehicleClass: 'car' as const,
        amount: tariff.amount,
        tariff: tariff.code,
        attendant: credentials.attendants[0] ?? '',
      };
      if (k % 2 === 0) return device.terminal.payment({ ...common, method: 'cash' }, atMs);
      const orderId = `ORD-${credentials.deviceId}-${day}-${k}`;
      qris.push({ device: credentials.deviceId, orderId, amount: common.amount, atMs, day });
      return device.terminal.payment({ ...common, method: 'qris', qris: { orderId } }, atMs);
    });
    const { results } = await device.journal(records);
    const refused = results.filter(({ outcome }) => outcome !== 'accepted');
    if (refused.length > 0) throw new Error(`records of ${credentials.deviceId}: ${JSON.stringify(refused)}`);
  }
  await device.end();
  const { point, deviceId } = credentials;
  const recorded = DAYS * PAYMENTS_A_DAY * tariff.amount;
  return { code: point.code, operator: point.operator!, deviceId, recorded, qris };
}

/** Plays the past days of these terminals and of their money, and ends before the figures of today move on. */
async function simulate({ dataDir, mqttPort, apiUrl }: System, crowd: readonly DemoTerminal[]): Promise<void> {
  const terminals = join(dataDir, 'crowd.json');
  writeFileSync(terminals, JSON.stringify(crowd));
  const env = { PATH: process.env['PATH'], EPARKING_DATA_DIR: dataDir, EPARKING_SIM_API_URL: apiUrl };
  const args = ['--mqtt', `mqtt://127.0.0.1:${mqttPort}`, '--terminals', terminals, '--provider', 'none'];
  const script = join(repository, 'dist/devices-sim/src/main.js');
  const child = spawn(
    process.execPath,
    [script, 'demo', ...args, '--backfill', String(DAYS), '--thieves', '60', '--faults', '100'],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (log += text.toString()));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const steps = join(dataDir, 'simulator', 'money', 'steps.txt');
    const last = `${addDays(businessDateOf(Date.now()), -2)} statement`;
    await eventually(
      () => {
        if (child.exitCode !== null) throw new Error(`the simulator ended:\n${log}`);
        expect(log).toContain('past days are sent');
        expect(existsSync(steps) && readFileSync(steps, 'utf8')).toContain(last);
      },
      { withinMs: SETTLED_MS_MAX, everyMs: 200 },
    );
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

/** Waits until nothing is left to do with what was sent: figures stand still from then on. */
async function settled(
  admin: Admin,
  { workerUrl, databaseUrl, dataDir }: System,
  known: readonly DemoTerminal[],
): Promise<void> {
  const database = openDatabase({ url: databaseUrl, poolSizeMax: 1 });
  const work = `SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM book_work WHERE business_date < $1) AS rows`;
  const left = async (): Promise<Record<string, number>> => {
    const [counted] = await database.query<{ rows: string }>(work, [businessDateOf(Date.now())]);
    const metrics = await (await fetch(`${workerUrl}/metrics`)).text();
    const jobs = [
      ...metrics.matchAll(
        /^eparking_queue_depth\{job="(day-changed|import-file)",state="(?:active|waiting)".*\} (\d+)$/gm,
      ),
    ];
    const queued = jobs.reduce((sum, job) => sum + Number(job[2]), 0);
    const files = ['settlements/canonical', 'settlements/synthetic-card', 'bank'].flatMap((place) => {
      const folder = join(dataDir, 'inbox', place);
      return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.csv')) : [];
    });
    return { rows: Number(counted!.rows), queued, files: files.length };
  };
  try {
    await eventually(async () => expect(await left()).toEqual({ rows: 0, queued: 0, files: 0 }), {
      withinMs: SETTLED_MS_MAX,
      everyMs: 500,
    });
    for (const { point } of known) {
      const unsettled = `/cases?kind=exception&pattern=recorded-not-settled&point=${point.code}`;
      await eventually(async () => expect((await admin.get(unsettled)).total).toBe(1), {
        withinMs: SETTLED_MS_MAX,
        everyMs: 500,
      });
    }
  } finally {
    await database.close();
  }
}

/** A settlement file in the canonical form: what the acquirer paid out for these payments. */
export function settlementFile(payments: readonly QrisPayment[], settledOn: string): string {
  const lines = payments.map(({ orderId, amount, atMs }) => {
    const at = new Date(atMs).toISOString();
    return `bankx,payment,T-${orderId},B-${settledOn},${orderId},${amount}.00,0.00,${at},${settledOn}`;
  });
  const head = 'acquirer,kind,transaction_id,batch_id,order_id,amount,fee,transaction_at,settlement_date';
  return [head, ...lines, ''].join('\n');
}
