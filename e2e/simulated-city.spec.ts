import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, businessDateOf } from '@app/kernel';
import { eventually } from '@app/testing';
import { Admin } from './support/admin.js';
import { run } from './support/mosquitto.js';
import { startSystem, type System } from './support/system.js';

/**
 * The demo city of 152 points on simulated terminals, the simulator and the gateway killed while past days go out:
 * afterwards the income report equals the truth that the simulator wrote and the system never saw.
 */
const repository = join(import.meta.dirname, '..');
const BACKFILL_DAYS = 3;
const today = businessDateOf(Date.now());
const days = Array.from({ length: BACKFILL_DAYS }, (_, n) => addDays(today, n - BACKFILL_DAYS));

let system: System;
let admin: Admin;
let dataDir: string;
let simulator: ChildProcess;
let output = '';

beforeAll(async () => {
  const sealingKey = randomBytes(32).toString('base64url');
  system = await startSystem({ env: { EPARKING_SEALING_KEY: sealingKey } });
  admin = await Admin.signIn(system);
  dataDir = mkdtempSync(join(tmpdir(), 'city-'));
  const env = {
    PATH: process.env['PATH'],
    DATABASE_URL: system.databaseUrl,
    EPARKING_DATA_DIR: dataDir,
    EPARKING_SEALING_KEY: sealingKey,
  };
  const setup = join(repository, 'dist/apps/admin-api/src/cli/setup.js');
  const { code, stderr } = await run(process.execPath, [setup, '--demo'], '', env);
  if (code !== 0) throw new Error(`the demo city could not be seeded: ${stderr}`);
}, 180_000);
afterAll(async () => {
  simulator?.kill('SIGKILL');
  await system?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

function startSimulator(): void {
  const script = join(repository, 'dist/devices-sim/src/main.js');
  const env = {
    PATH: process.env['PATH'],
    EPARKING_DATA_DIR: dataDir,
    EPARKING_MQTT_PORT: String(system.mqttPort),
    EPARKING_DEMO_BACKFILL_DAYS: String(BACKFILL_DAYS),
    EPARKING_SIM_THIEVES: '0',
    EPARKING_SIM_FAULTS: '0',
  };
  output = '';
  simulator = spawn(process.execPath, ['--enable-source-maps', script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [simulator.stdout, simulator.stderr])
    stream!.on('data', (text: Buffer) => (output = (output + text.toString()).slice(-100_000)));
}

const ended = () => new Promise<void>((resolve) => simulator.once('exit', () => resolve()));

async function received(): Promise<number> {
  const query = new URLSearchParams({ from: days[0]!, to: today, groupBy: 'day' });
  return ((await admin.get(`/income?${query}`)) as { total: { count: number } }).total.count;
}

interface TruthLine {
  readonly kind: string;
  readonly point: string;
  readonly fate: string;
  readonly record: string | null;
  readonly recordedAmount: number;
}

/** Count and rupiah of each point that were truly recorded on past days. */
function truth(): Map<string, { count: number; amount: number }> {
  const sums = new Map<string, { count: number; amount: number }>();
  const folder = join(dataDir, 'simulator', 'truth');
  const seen = new Set<string>();
  for (const file of readdirSync(folder).filter((name) => name < `truth-${today}.jsonl`)) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean)) {
      // A restart writes a day's plan again: the same drivers, the same records. A kill may tear the last line.
      const deed = parsed(line);
      if (deed?.kind !== 'deed' || deed.fate !== 'recorded' || !deed.record || seen.has(deed.record)) continue;
      seen.add(deed.record);
      const { count, amount } = sums.get(deed.point) ?? { count: 0, amount: 0 };
      sums.set(deed.point, { count: count + 1, amount: amount + deed.recordedAmount });
    }
  }
  return sums;
}

function parsed(line: string): TruthLine | null {
  try {
    return JSON.parse(line) as TruthLine;
  } catch {
    return null;
  }
}

test('the income of each of 152 points is what truly was recorded, simulator and gateway killed on the way', async () => {
  startSimulator();
  await eventually(async () => expect(await received()).toBeGreaterThan(500), { withinMs: 120_000 });
  simulator.kill('SIGKILL');
  await ended();
  startSimulator();
  await eventually(async () => expect(await received()).toBeGreaterThan(6_000), { withinMs: 120_000 });
  await system.service('gateway').end('SIGKILL');
  await system.service('gateway').start();
  await eventually(() => expect(output).toContain('past days are sent'), { withinMs: 240_000, everyMs: 250 });
  simulator.kill('SIGTERM');
  await ended();

  const expected = truth();
  const query = new URLSearchParams({ from: days[0]!, to: days.at(-1)!, groupBy: 'point' });
  const { rows } = (await admin.get(`/income?${query}`)) as { rows: { key: string; count: number; amount: number }[] };
  const found = rows.filter((row) => row.count > 0).map(({ key, count, amount }) => [key, { count, amount }]);
  expect(found.length).toBeGreaterThan(145);
  expect(found.sort()).toEqual([...expected].sort());
}, 600_000);

test('its records are flagged for honest slips alone: terminals charge what their config says, by its people', () => {
  const lines = output.split('\n').filter((line) => line.includes('"simulated terminals"'));
  const { flags, outcomes } = JSON.parse(lines.at(-1)!) as {
    flags: Record<string, number>;
    outcomes: Record<string, number>;
  };
  expect(Object.keys(outcomes).filter((outcome) => !['accepted', 'duplicate'].includes(outcome))).toEqual([]);
  expect(outcomes.accepted).toBeGreaterThan(10_000);
  // Honest people serve a late last driver or overlook a sticker, seldom; nothing else may be remarkable.
  const { 'outside-hours': late = 0, subscriber: overlooked = 0, ...others } = flags;
  expect(others).toEqual({});
  expect(late + overlooked).toBeLessThan(0.003 * outcomes.accepted!);
});
