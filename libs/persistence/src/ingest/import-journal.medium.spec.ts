// Real: two PostgreSQL databases; one was written by a terminal, the other is filled from the first one's export.
import { randomBytes } from 'node:crypto';
import { Sealer } from '@app/registry';
import { createTestDatabase, seedDevice, seedPoint, seedTariff, TestTerminal, type TestDatabase } from '@app/testing';
import { openDatabase, type Database } from '../database.js';
import { incomeDifferences, journalFaults } from '../income-audit.js';
import { readJournal } from '../registry/journal-export.js';
import { importJournal } from './import-journal.js';
import { JournalWriter } from './journal-writer.js';

const NOW = Date.parse('2026-11-20T03:00:00Z');
const DAY_MS = 86_400_000;
const sealer = new Sealer([randomBytes(32)]);
const key = randomBytes(32);

interface City {
  readonly test: TestDatabase;
  readonly database: Database;
  readonly writer: JournalWriter;
  readonly deviceNo: number;
}
let first: City;
let second: City;

async function city(): Promise<City> {
  const test = await createTestDatabase();
  const database = openDatabase({ url: test.url, poolSizeMax: 3 });
  await seedTariff(database, 'CAR', 'car', 4000);
  const terminal = new TestTerminal('hh-0001', key, 1, NOW);
  const deviceNo = await seedDevice(database, sealer, terminal, await seedPoint(database, 'P-1'));
  const limits = { clockAheadMsMax: 300_000, clockBehindMsMax: 60 * DAY_MS };
  return { test, database, writer: new JournalWriter(database, sealer, limits), deviceNo };
}

beforeAll(async () => void ([first, second] = [await city(), await city()]));
afterAll(async () => {
  for (const { database, test } of [first, second]) {
    await database.close();
    await test.drop();
  }
});

async function exported({ database }: City): Promise<string[]> {
  const lines: string[] = [];
  await readJournal(
    database,
    'hh-0001',
    (head) => Promise.resolve(void lines.push(JSON.stringify({ format: 'eparking-journal', version: 1, ...head }))),
    (records, conflict) =>
      Promise.resolve(
        void lines.push(...(conflict ? records.map((one) => JSON.stringify({ conflict: one })) : records)),
      ),
  );
  return [...lines, JSON.stringify({ end: {} })];
}

const TOTALS = [
  'SELECT business_date, vehicle_class, method, attendant, count, amount FROM income_days ORDER BY 1, 2, 3, 4',
  'SELECT business_date, hour, vehicle_class, method, attendant, count, amount FROM income_hours ORDER BY 1, 2, 3, 4, 5',
  'SELECT epoch, seq, at, type, amount, record FROM journal_records ORDER BY 1, 2',
  'SELECT epoch, seq, void_epoch, void_seq, state FROM voids ORDER BY 1, 2',
  'SELECT epoch, max_seq, tail_mac FROM journal_heads ORDER BY 1',
  'SELECT epoch, from_seq, to_seq FROM journal_gaps ORDER BY 1, 2',
  'SELECT epoch, seq, record FROM journal_conflicts ORDER BY 1, 2',
];
const totalsOf = ({ database }: City) => Promise.all(TOTALS.map((sql) => database.query(sql)));

it('gives an empty database the same totals, and changes nothing when it is done again', async () => {
  const terminal = new TestTerminal('hh-0001', key, 1, NOW);
  const records = Array.from({ length: 230 }, (_, i) =>
    terminal.payment({ method: i % 3 ? 'cash' : 'qris' }, NOW - (i % 5) * DAY_MS),
  );
  records.push(terminal.record('void', { voids: 7, reason: 'wrong class' }));
  const missing = records.splice(100, 3);
  const other = terminal.sign({ ...records[4]!, body: { ...records[4]!.body, amount: 9_000 } });
  const messages = [records.slice(180), records.slice(90, 180), records.slice(0, 90), [other]];
  for (const records of messages) {
    const payload = Buffer.from(JSON.stringify(records));
    await first.writer.write([{ deviceNo: first.deviceNo, topic: 't', payload, receivedAt: NOW }]);
  }
  const truth = await totalsOf(first);
  expect(truth[5]).toEqual([{ epoch: 1, from_seq: missing[0]!.seq, to_seq: missing[2]!.seq }]);
  expect(truth[6]).toHaveLength(1);

  const lines = await exported(first);
  expect(await importJournal(second.database, second.writer, lines, NOW + DAY_MS)).toEqual({
    accepted: 228,
    conflict: 1,
  });
  expect(await totalsOf(second)).toEqual(truth);
  expect(await importJournal(second.database, second.writer, lines, NOW + DAY_MS)).toMatchObject({ duplicate: 228 });
  expect(await totalsOf(second)).toEqual(truth);
  expect(await journalFaults(second.database, 10)).toEqual([]);
  expect(await incomeDifferences(second.database, { from: '2026-01-01', to: '2026-12-31' }, 10)).toEqual([]);
});

it('refuses a file that is cut off, none of ours, or of a device that is not registered', async () => {
  const lines = await exported(first);
  const take = (some: string[]) => importJournal(second.database, second.writer, some, NOW);
  await expect(take(lines.slice(0, -1))).rejects.toThrow(/cut off/);
  await expect(take(['{}', ...lines])).rejects.toThrow(/no exported journal/);
  await expect(take([lines[0]!.replace('hh-0001', 'hh-0002')])).rejects.toThrow(/hh-0002/);
});
