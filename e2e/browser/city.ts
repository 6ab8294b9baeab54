import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, businessDateOf, startOfBusinessDay, HOUR_MS } from '@app/kernel';
import { Admin, type Provisioned } from '../support/admin.js';
import { E2eDevice } from '../support/device.js';
import { run } from '../support/mosquitto.js';
import { startSystem, type System } from '../support/system.js';

/**
 * A small city for browsers: the demo's registry of 152 points, and what three of its terminals sent in four days. All
 * of it went the way that it goes in production: set up by the command, sent over MQTT, entered through the API.
 */

export const PASSWORD = 'kata-sandi-untuk-uji-2026';
const DAYS = 4;
const PAYMENTS_A_DAY = 6;
const MINUTE_MS = 60_000;
const repository = join(import.meta.dirname, '../..');

interface DemoTerminal extends Provisioned {
  readonly point: { readonly code: string; readonly operator: string | null };
  readonly attendants: readonly string[];
}

interface Tariff {
  readonly code: string;
  readonly amount: number;
}

/** A QRIS payment that a terminal recorded. */
export interface QrisPayment {
  readonly device: string;
  readonly orderId: string;
  readonly amount: number;
  readonly atMs: number;
  readonly day: string;
}

export interface City {
  readonly system: System;
  readonly admin: Admin;
  /** First and last business day with payments. */
  readonly from: string;
  readonly to: string;
  readonly terminals: readonly DemoTerminal[];
  readonly qris: readonly QrisPayment[];
  /** What all terminals recorded, rupiah. */
  readonly recorded: number;
  stop(): Promise<void>;
}

export async function buildCity(): Promise<City> {
  const key = randomBytes(32).toString('base64url');
  const env = { EPARKING_SEALING_KEY: key, EPARKING_RECONCILE_PAUSE: '1s' };
  const system = await startSystem({ services: ['gateway', 'admin-api', 'worker'], env });
  const dataDir = mkdtempSync(join(tmpdir(), 'eparking-browser-'));
  const stop = async (): Promise<void> => {
    await system.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await seed(system, dataDir, key);
    const admin = await Admin.signIn(system);
    const all = JSON.parse(readFileSync(join(dataDir, 'demo-terminals.json'), 'utf8')) as DemoTerminal[];
    const terminals = chosen(all);
    await addUsers(admin, terminals[0]!.point.operator!);
    const to = addDays(businessDateOf(Date.now()), -1);
    const from = addDays(to, 1 - DAYS);
    const sent = [];
    const tariff = (await admin.get('/tariffs?state=current&vehicleClass=car')).rows[0] as Tariff;
    for (const terminal of terminals) sent.push(await play(system, terminal, from, tariff));
    const recorded = sent.reduce((sum, { amount }) => sum + amount, 0);
    return { system, admin, from, to, terminals, qris: sent.flatMap(({ qris }) => qris), recorded, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function seed(system: System, dataDir: string, key: string): Promise<void> {
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: system.databaseUrl,
    EPARKING_DATA_DIR: dataDir,
    EPARKING_SEALING_KEY: key,
  };
  const { code, stderr } = await run(
    process.execPath,
    [join(repository, 'dist/apps/admin-api/src/cli/setup.js'), '--demo'],
    '',
    env,
    120_000,
  );
  if (code !== 0) throw new Error(`the city could not be seeded: ${stderr}`);
}

/** Three terminals of points that two operators run. */
function chosen(all: readonly DemoTerminal[]): DemoTerminal[] {
  const own = all.find(({ point }) => point.operator)!;
  const neighbour = all.find(({ point }) => point.operator === own.point.operator && point.code !== own.point.code)!;
  const foreign = all.find(({ point }) => point.operator && point.operator !== own.point.operator)!;
  return [own, neighbour, foreign];
}

async function addUsers(admin: Admin, operator: string): Promise<void> {
  const users = [
    { username: 'rina', displayName: 'Rina Siregar', role: 'revenue-officer' },
    { username: 'budi', displayName: 'Budi Nasution', role: 'revenue-officer' },
    { username: 'sari', displayName: 'Sari', role: 'auditor' },
    { username: 'klerk', displayName: 'Klerk', role: 'operator-clerk', operator },
  ];
  for (const user of users) {
    const { status, body } = await admin.request('POST', '/users', { ...user, password: PASSWORD });
    if (status !== 201) throw new Error(`user ${user.username}: ${status} ${JSON.stringify(body)}`);
  }
}

/** The days of one terminal: each with cash and QRIS at the same hours, the same at every run. */
async function play(
  system: System,
  credentials: DemoTerminal,
  from: string,
  tariff: Tariff,
): Promise<{ amount: number; qris: QrisPayment[] }> {
  const device = await new E2eDevice(system, credentials).connect();
  const qris: QrisPayment[] = [];
  let amount = 0;
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
      amount += common.amount;
      if (k % 2 === 0) return device.terminal.payment({ ...common, method: 'cash' }, atMs);
      const orderId = `ORD-${credentials.deviceId}-${day}-${k}`;
      qris.push({ device: credentials.deviceId, orderId, amount: common.amount, atMs, day });
      return device.terminal.payment({ ...common, method: 'qris', qris: { orderId } }, atMs);
    });
    await device.journal({ v: 1, records });
  }
  await device.end();
  return { amount, qris };
}

/** A settlement file in the canonical form: what the acquirer paid out for these payments. */
export function settlementFile(payments: readonly QrisPayment[], settledOn: string): string {
  const lines = payments.map(({ orderId, amount, atMs }) =>
    [
      'bankx',
      'payment',
      `T-${orderId}`,
      `B-${settledOn}`,
      orderId,
      `${amount}.00`,
      '0.00',
      new Date(atMs).toISOString(),
      settledOn,
    ].join(','),
  );
  return [
    'acquirer,kind,transaction_id,batch_id,order_id,amount,fee,transaction_at,settlement_date',
    ...lines,
    '',
  ].join('\n');
}
