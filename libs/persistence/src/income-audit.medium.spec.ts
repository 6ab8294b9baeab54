// Real: PostgreSQL, and the journal written through JournalWriter as the gateway does.
import { randomBytes } from 'node:crypto';
import { seededRandom } from '@app/kernel';
import { Sealer } from '@app/registry';
import {
  createTestDatabase,
  seedDevice,
  seedPoint,
  seedTariff,
  TestTerminal,
  type TerminalRecord,
  type TestDatabase,
} from '@app/testing';
import { openDatabase, type Database } from './database.js';
import { incomeDifferences, journalFaults, rebuildIncome } from './income-audit.js';
import { JournalWriter } from './ingest/journal-writer.js';
import { pageOf } from './lists.js';
import { journalQuery } from './registry/device-journal.js';

const NOW = Date.parse('2026-11-20T03:00:00Z');
const HOUR_MS = 3_600_000;
const scope = { from: '2026-11-10', to: '2026-11-30' };
const sealer = new Sealer([randomBytes(32)]);
let test: TestDatabase;
let database: Database;
let devices: { terminal: TestTerminal; deviceNo: number }[];

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSizeMax: 6 });
  await seedTariff(database, 'CAR', 'car', 4000);
  devices = [];
  for (let i = 1; i <= 3; i++) {
    const pointId = await seedPoint(database, `P-${i}`);
    const terminal = new TestTerminal(`hh-000${i}`, randomBytes(32), 1, NOW);
    devices.push({ terminal, deviceNo: await seedDevice(database, sealer, terminal, pointId) });
  }
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

function newWriter(): JournalWriter {
  return new JournalWriter(database, sealer, { clockAheadMsMax: 300_000, clockBehindMsMax: 60 * 86_400_000 });
}

/** A device's day in the life: payments of all kinds over five days, voids of them, test money, bodies nobody can read. */
function chain(terminal: TestTerminal, seed: number, count: number): TerminalRecord[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const at = NOW + random.integer(-48, 48) * HOUR_MS;
    const roll = random.next();
    if (roll < 0.15 && terminal.seq > 0)
      return terminal.record('void', { voids: random.integer(1, terminal.seq + 3), reason: 'wrong class' }, at);
    if (roll < 0.2) return terminal.record('test', { amount: 5000, technician: 't' }, at);
    if (roll < 0.25) return terminal.payment({ amount: -5 }, at);
    return terminal.payment(
      {
        vehicleClass: random.pick(['car', 'motorcycle', 'truck'] as const),
        amount: random.pick([0, 2000, 4000]),
        method: random.pick(['cash', 'qris', 'free'] as const),
        attendant: random.pick(['', 'A1', 'A2']),
      },
      at,
    );
  });
}

/** Sends records in a random order, some twice, in small batches, leaving out one in `hold`. */
async function sendShuffled(records: { deviceNo: number; record: TerminalRecord }[], seed: number): Promise<void> {
  const random = seededRandom(seed);
  const order = [...records, ...records.filter(() => random.chance(0.1))];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const writer = newWriter();
  while (order.length > 0) {
    const batch = order.splice(0, random.integer(1, 30));
    await writer.write(
      batch.map(({ deviceNo, record }) => ({
        deviceNo,
        topic: 't',
        payload: Buffer.from(JSON.stringify(record)),
        receivedAt: NOW,
      })),
    );
  }
}

async function rollUps(): Promise<unknown[]> {
  return [
    await database.query('SELECT * FROM income_hours WHERE count <> 0 OR amount <> 0 ORDER BY 1, 3, 2, 4, 5, 6'),
    await database.query('SELECT * FROM income_days WHERE count <> 0 OR amount <> 0 ORDER BY 1, 2, 3, 4, 5'),
  ];
}

async function everything(seed: number, count: number): Promise<{ deviceNo: number; record: TerminalRecord }[]> {
  return devices.flatMap(({ terminal, deviceNo }, i) =>
    chain(terminal, seed + i, count).map((record) => ({ deviceNo, record })),
  );
}

/** The list of a device's journal takes its count from heads and gaps. */
async function expectJournalsCounted(): Promise<void> {
  for (const { terminal, deviceNo } of devices) {
    const list = journalQuery(terminal.deviceId, {}, {});
    const { total } = await pageOf(database, list, { limit: 1, offset: 0 });
    const [truth] = await database.query<{ count: number }>(
      'SELECT count(*) AS count FROM journal_records WHERE device_no = $1',
      [deviceNo],
    );
    expect(total).toBe(truth!.count);
  }
}

describe('the income check', () => {
  it('finds the roll-ups of the ingest equal to the journal, whatever came in whatever order', async () => {
    const records = await everything(1, 150);
    const held = records.filter((_, i) => i % 17 === 0);
    await sendShuffled(
      records.filter((record) => !held.includes(record)),
      11,
    );
    expect(await incomeDifferences(database, scope, 10)).toEqual([]);
    expect(await journalFaults(database, 10)).toEqual([]);
    await expectJournalsCounted();
    await sendShuffled(held, 12);
    await expectJournalsCounted();
    expect(await incomeDifferences(database, scope, 10)).toEqual([]);
    expect(await journalFaults(database, 10)).toEqual([]);
    expect(((await rollUps())[0] as unknown[]).length).toBeGreaterThan(100);
  }, 30_000);

  it('tells each row that differs, in either table, and what it should be', async () => {
    const [hour] = await database.query<{ business_date: string; hour: number; point_id: number; amount: number }>(
      "UPDATE income_hours SET amount = amount + 1000 WHERE ctid = (SELECT ctid FROM income_hours WHERE method = 'cash' AND count > 0 LIMIT 1) RETURNING *",
    );
    const [day] = await database.query<{ business_date: string; count: number; amount: number }>(
      "DELETE FROM income_days WHERE ctid = (SELECT ctid FROM income_days WHERE method = 'qris' AND count > 0 LIMIT 1) RETURNING *",
    );
    const found = await incomeDifferences(database, scope, 10);
    expect(found).toHaveLength(2);
    expect(found.find(({ table }) => table === 'income_hours')).toMatchObject({
      businessDate: hour!.business_date,
      hour: hour!.hour,
      pointId: hour!.point_id,
      journal: { amount: hour!.amount - 1000 },
      rollUp: { amount: hour!.amount },
    });
    expect(found.find(({ table }) => table === 'income_days')).toMatchObject({
      businessDate: day!.business_date,
      hour: null,
      journal: { count: day!.count, amount: day!.amount },
      rollUp: { count: 0, amount: 0 },
    });
    const elsewhere = { ...scope, pointIds: [devices.length + 100] };
    expect(await incomeDifferences(database, elsewhere, 10)).toEqual([]);
    expect(await rebuildIncome(database, scope)).not.toEqual([]);
    expect(await incomeDifferences(database, scope, 10)).toEqual([]);
  });

  it('rebuilds roll-ups that are gone, to the same numbers', async () => {
    const before = await rollUps();
    await database.query('TRUNCATE income_hours, income_days');
    await rebuildIncome(database, scope);
    expect(await rollUps()).toEqual(before);
    expect(await rebuildIncome(database, scope)).toEqual([]);
  });

  it('rebuilds while the gateway writes, without losing or doubling a rupiah', async () => {
    const records = await everything(50, 200);
    let writing = true;
    const ingest = sendShuffled(records, 51).finally(() => (writing = false));
    let rebuilt = 0;
    while (writing) {
      // Break one row, so that every round has something to rebuild in the midst of the writing.
      await database.query(
        'UPDATE income_hours SET amount = amount + 1 WHERE (business_date, point_id) = (SELECT business_date, point_id FROM income_hours ORDER BY random() LIMIT 1)',
      );
      rebuilt += (await rebuildIncome(database, scope)).length;
    }
    await ingest;
    expect(rebuilt).toBeGreaterThan(0);
    expect(await incomeDifferences(database, scope, 10)).toEqual([]);
    const after = await rollUps();
    await database.query('TRUNCATE income_hours, income_days');
    await rebuildIncome(database, scope);
    expect(await rollUps()).toEqual(after);
    expect(await journalFaults(database, 10)).toEqual([]);
  }, 60_000);

  it('tells a void that is kept without a record of it, and a number that nobody accounts for', async () => {
    const { deviceNo } = devices[0]!;
    const [gone] = await database.query<{ seq: number }>(
      "DELETE FROM voids WHERE device_no = $1 AND seq = (SELECT max(seq) FROM voids WHERE device_no = $1 AND state = 'effective') RETURNING seq",
      [deviceNo],
    );
    await database.query('UPDATE journal_heads SET max_seq = max_seq + 1 WHERE device_no = $1', [deviceNo]);
    expect(await journalFaults(database, 10)).toEqual([
      expect.objectContaining({ kind: 'sequence', deviceNo, seq: null }),
      { kind: 'void', deviceNo, epoch: 1, seq: gone!.seq, detail: expect.stringContaining('not kept as voided') },
    ]);
  });
});
