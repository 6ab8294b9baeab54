import { seededRandom } from '@app/kernel';
import type { Receipt } from '@app/protocol';
import { makeMixture, type ExpectedMessage } from '../devices-sim/src/load/mixture.js';
import type { Expectation, Oracle } from '../devices-sim/src/load/oracle.js';
import { playMessages } from '../devices-sim/src/load/play-messages.js';
import { Admin } from './support/admin.js';
import { startSystem, type System } from './support/system.js';

/**
 * 100,000 records in random order, with duplicates, conflicts, late days and garbage between. What must come of each is
 * decided by a model of a few lines, written from the protocol document alone (devices-sim/src/load/oracle.ts).
 * The seed is in the title of the test; the same seed mixes the same messages.
 */
const SEED = 20261121;
const DEVICES = 40;
const RECORDS_PER_DEVICE = 2_500;
const IN_FLIGHT = 200;

interface Journal {
  readonly deviceId: string;
  readonly mqttPassword: string;
  readonly point: string;
  readonly oracle: Oracle;
  readonly messages: readonly ExpectedMessage[];
}

interface Played extends Journal {
  readonly receipts: readonly Receipt[];
}

let system: System;
let admin: Admin;
let played: Played[];
const from = '2026-01-01';
let to: string;

beforeAll(async () => {
  system = await startSystem();
  admin = await Admin.signIn(system);
  const until = Date.now();
  to = new Date(until + 86_400_000).toISOString().slice(0, 10);
  // All is mixed before the first byte is sent: then the terminals talk at once.
  const journals: Journal[] = [];
  for (let n = 0; n < DEVICES; n++) journals.push(await mixDevice(n, until));
  played = await Promise.all(journals.map(playDevice)).catch((error: Error) => {
    throw new Error(`${error.message}. The gateway said last:\n${system.service('gateway').log.slice(-4000)}`);
  });
}, 600_000);
afterAll(async () => {
  await system?.stop();
}, 60_000);

async function mixDevice(n: number, until: number): Promise<Journal> {
  const point = `HT-${String(n).padStart(3, '0')}`;
  const deviceId = `hh-ht${String(n).padStart(3, '0')}`;
  await admin.point(point);
  const { journalKey, mqttPassword } = await admin.device(deviceId, point);
  const random = seededRandom(SEED).fork(deviceId);
  const { messages, oracle } = makeMixture({ random, journalKey, records: RECORDS_PER_DEVICE, until });
  return { deviceId, mqttPassword, point, oracle, messages };
}

async function playDevice(journal: Journal): Promise<Played> {
  const { deviceId, mqttPassword, messages } = journal;
  const connection = { host: '127.0.0.1', port: system.mqttPort, deviceId, mqttPassword, inFlightMax: IN_FLIGHT };
  const payloads = messages.map((message) => message.payload);
  const wanted = messages.reduce((sum, message) => sum + message.receipts.length, 0);
  const { receipts } = await playMessages(connection, payloads, wanted);
  return { ...journal, receipts };
}

/** A receipt without the flags that hang on the registry (hours, tariffs, attendants, age). */
function asExpected({ epoch, results, contiguous, missing, more }: Receipt): Expectation {
  return {
    epoch,
    results: results.map(({ seq, outcome, code, flags }) => ({
      seq,
      outcome,
      ...(code === undefined ? {} : { code }),
      brokenChain: flags?.includes('broken-chain') ?? false,
    })),
    contiguous,
    missing,
    more: more ?? false,
  };
}

test(`every receipt of ${DEVICES * RECORDS_PER_DEVICE} records (seed ${SEED}) says what the protocol says, in order`, () => {
  const accepted = played.flatMap(({ receipts }) =>
    receipts.flatMap((receipt) => receipt.results.filter((result) => result.outcome === 'accepted')),
  );
  expect(accepted).toHaveLength(DEVICES * RECORDS_PER_DEVICE);
  for (const { messages, receipts } of played) {
    expect(receipts.map(asExpected)).toEqual(messages.flatMap((message) => message.receipts));
  }
});

test('a record older than 60 days is flagged clock-skew, a younger one is not', () => {
  const ages = new Map<boolean, number[]>([
    [true, []],
    [false, []],
  ]);
  for (const { messages, receipts } of played) {
    const results = receipts.flatMap((receipt) => receipt.results);
    const items = messages.flatMap(({ payload, receipts: expected }) => {
      const count = expected.reduce((sum, receipt) => sum + receipt.results.length, 0);
      if (expected.length !== 1 || expected[0]!.results.some((r) => r.outcome !== 'accepted')) {
        return Array.from({ length: count }, () => null);
      }
      return [JSON.parse(payload.toString()) as { at: string } | { at: string }[]].flat();
    });
    expect(items).toHaveLength(results.length);
    items.forEach((item, n) => {
      if (!item) return;
      const isSkewed = results[n]!.flags?.includes('clock-skew') ?? false;
      ages.get(isSkewed)!.push((Date.now() - Date.parse(item.at)) / 86_400_000);
    });
  }
  expect(ages.get(true)!.length).toBeGreaterThan(100);
  expect(Math.min(...ages.get(true)!)).toBeGreaterThanOrEqual(60);
  // The test itself takes minutes: a record just under the limit when it was sent may be over it now.
  expect(Math.max(...ages.get(false)!)).toBeLessThan(60.1);
});

test('income of every point, day and method is exactly that of the payments that count', async () => {
  for (const { point, oracle } of played) {
    const expected = oracle.income();
    const methods = ['cash', 'qris', 'card', 'free'];
    const found = new Map<string, { count: number; amount: number }>();
    for (const method of methods) {
      const query = new URLSearchParams({ from, to, groupBy: 'day', point, method });
      const { rows } = await admin.get(`/income?${query}`);
      for (const { key, count, amount } of rows) found.set(`${key}|${method}`, { count, amount });
    }
    const counted = [...found].filter(([, { count }]) => count > 0).sort();
    expect(counted).toEqual([...expected].sort());
  }
}, 120_000);

test('the sum over all points is the sum of the parts', async () => {
  const { total, rows } = await admin.get(`/income?${new URLSearchParams({ from, to, groupBy: 'point' })}`);
  const sums = played.flatMap(({ oracle }) => [...oracle.income().values()]);
  const amount = sums.reduce((sum, part) => sum + part.amount, 0);
  const count = sums.reduce((sum, part) => sum + part.count, 0);
  expect(total).toMatchObject({ count, amount });
  expect(rows.filter((row: { count: number }) => row.count > 0)).toHaveLength(DEVICES);
});

test('quarantine holds each bad content once, under its own code', async () => {
  for (const { deviceId, oracle } of played) {
    for (const [code, contents] of oracle.quarantined) {
      const { total } = await admin.get(`/quarantine?${new URLSearchParams({ deviceId, code, limit: '1' })}`);
      expect({ deviceId, code, total }).toEqual({ deviceId, code, total: contents.size });
    }
  }
});

test('the device endpoint tells the same gaps as the model', async () => {
  for (const { deviceId, oracle } of played) {
    const device = await admin.get(`/devices/${deviceId}`);
    expect(device.contiguous).toBe(oracle.contiguousUpTo);
    expect(device.missing).toEqual(oracle.missing());
  }
});
