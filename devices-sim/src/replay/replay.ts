import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom, systemClock, type BusinessDate } from '@app/kernel';
import type { RecordEvent } from '../day/events.js';
import { Tally } from '../terminal/tally.js';
import { Terminal } from '../terminal/terminal.js';
import { AdminApiError, type AdminClient, type ProvisionedMeter } from '../admin-client.js';
import type { MeterRow } from './meter-log.js';

export interface ReplayOptions {
  readonly rows: readonly MeterRow[];
  readonly admin: AdminClient;
  readonly mqttUrl: string;
  /** Where the meters keep their keys and spools, so that a replay that was cut off goes on. */
  readonly folder: string;
  progress(text: string): void;
}

/** One meter's day: what the file says and what the system reports. */
export interface MeterDay {
  readonly meter: string;
  readonly date: BusinessDate;
  readonly file: { readonly count: number; readonly amount: number };
  readonly system: { readonly count: number; readonly amount: number };
}

export interface ReplayResult {
  readonly days: readonly MeterDay[];
  readonly tally: Tally;
}

const CHUNK_RECORDS = 500;
const SEND_MS_MAX = 300_000;

/**
 * Plays a street-meter log: one point and one MQTT meter a meter of the log, every row in the meter's journal; then asks
 * the system for the income of each meter and day. A second replay sends nothing anew and compares again.
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const { rows, admin, progress } = options;
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const meters = [...new Set(rows.map((row) => row.meter))];
  progress(`${meters.length} meters, ${rows.length} rows: provisioning`);
  const provisioned = await provision(options, meters);
  const tally = new Tally();
  progress('sending');
  await Promise.all(
    provisioned.map((device) =>
      playMeter(
        options,
        device,
        rows.filter((row) => deviceIdOf(row.meter) === device.deviceId),
        tally,
      ),
    ),
  );
  progress('asking for the income of each meter and day');
  const days: MeterDay[] = [];
  for (const meter of meters) days.push(...(await compareMeter(admin, meter, rows)));
  return { days, tally };
}

export function deviceIdOf(meter: string): string {
  return `mt-${meter.toLowerCase()}`;
}

/** True when the system reports of each meter and day what the file says. */
export function isEqual({ file, system }: MeterDay): boolean {
  return file.count === system.count && file.amount === system.amount;
}

async function provision({ admin, folder }: ReplayOptions, meters: readonly string[]): Promise<ProvisionedMeter[]> {
  const path = join(folder, 'meters.json');
  const known = JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as Record<string, ProvisionedMeter>;
  for (const meter of meters) {
    const deviceId = deviceIdOf(meter);
    const exists = await admin.hasDevice(deviceId);
    if (exists && known[deviceId]) continue;
    if (exists) {
      throw new AdminApiError(
        `${deviceId} is registered, and its key is not in ${path}: replay into a system that has not seen this log.`,
      );
    }
    if (known[deviceId]) {
      throw new AdminApiError(
        `${path} is of another system (${deviceId} is unknown there): delete the folder ${folder} and replay again.`,
      );
    }
    await admin.ensurePoint(meter, `Meter ${meter} (replayed log)`);
    known[deviceId] = await admin.registerMeter(deviceId, meter);
    await writeFile(path, JSON.stringify(known, null, 2), { mode: 0o600 });
  }
  return meters.map((meter) => known[deviceIdOf(meter)]!);
}

async function playMeter(
  { mqttUrl, folder, progress }: ReplayOptions,
  device: ProvisionedMeter,
  rows: readonly MeterRow[],
  tally: Tally,
): Promise<void> {
  const terminal = await Terminal.open({
    device: { ...device, kind: 'meter' },
    url: mqttUrl,
    folder,
    random: seededRandom(device.deviceId),
    clock: systemClock,
    tally,
    onTrouble: (message) => progress(`${device.deviceId}: ${message}`),
  });
  try {
    const events = rows.flatMap((row) => eventOf(row, device.deviceId));
    // Each event is one record, so the last seq on the meter's disk tells how far an earlier replay came.
    for (let n = terminal.lastSeq; n < events.length; n += CHUNK_RECORDS) {
      await terminal.record(events.slice(n, n + CHUNK_RECORDS));
    }
    terminal.start();
    const deadline = Date.now() + SEND_MS_MAX;
    while (terminal.queued > 0) {
      if (Date.now() > deadline)
        throw new AdminApiError(`${device.deviceId}: ${terminal.queued} records wait for PUBACK.`);
      await new Promise((done) => setTimeout(done, 50));
    }
  } finally {
    await terminal.stop();
  }
}

function eventOf({ draft, recordId, at }: MeterRow, deviceId: string): RecordEvent[] {
  return draft ? [{ kind: 'record', deviceId, at, id: recordId, draft, withheld: false }] : [];
}

async function compareMeter(admin: AdminClient, meter: string, rows: readonly MeterRow[]): Promise<MeterDay[]> {
  const dates = rows.map((row) => row.date).sort();
  const system = await admin.incomeByDay(meter, dates[0]!, dates.at(-1)!);
  const file = new Map<string, { count: number; amount: number }>();
  for (const row of rows) {
    if (row.meter !== meter || row.cents === 0) continue;
    const sum = file.get(row.date) ?? { count: 0, amount: 0 };
    file.set(row.date, { count: sum.count + 1, amount: sum.amount + row.cents });
  }
  const none = { count: 0, amount: 0 };
  const all = [...new Set([...file.keys(), ...system.keys()])].sort();
  return all.map((date) => {
    const { count, amount } = system.get(date) ?? none;
    return { meter, date, file: file.get(date) ?? none, system: { count, amount } };
  });
}
