// Real: PostgreSQL. Ranges of all kinds of bounds against uses counted one by one.
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { openDatabase, pageOf, type Database } from '@app/persistence';
import { ticketRangesQuery } from '../registry/ticket-stock.js';
import { noteTicketUses, recountTicketBlocks } from './ticket-uses.js';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSizeMax: 4 });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

/** Notes uses of these numbers by records from `seq` on, as the reconciliation of a day does. */
const use = (prefix: string, numbers: readonly number[], seq: number): Promise<void> =>
  database.transaction(async (sql) => {
    const serials = numbers.map((number) => `${prefix}${String(number).padStart(6, '0')}`);
    await noteTicketUses(
      sql,
      serials.map((ticket, i) => ({
        id: String(seq + i + 1),
        ticket,
        deviceNo: 1,
        epoch: 1,
        seq: seq + i + 1,
        pointId: 1,
        attendant: '',
        at: Date.parse('2026-10-05T03:00:00Z'),
        businessDate: '2026-10-05',
        amount: 2000,
      })),
    );
    await recountTicketBlocks(sql, serials);
  });
const range = (prefix: string, from: number, to: number): Promise<unknown> =>
  database.query(
    `INSERT INTO ticket_ranges (prefix, from_no, to_no, state, issued_on) VALUES ($1, $2, $3, 'issued', '2026-10-01')`,
    [prefix, from, to],
  );
const usedOf = async (prefix: string): Promise<number[]> =>
  (await pageOf(database, ticketRangesQuery({ prefix }, {}), { limit: 100, offset: 0 })).rows.map(({ used }) => used);

it('counts the used tickets of a range wherever it begins and ends', async () => {
  const bounds: [number, number][] = [
    [0, 0],
    [1, 100],
    [101, 150],
    [151, 199],
    [200, 200],
    [201, 460],
    [461, 499],
    [500, 1000],
  ];
  for (const [from, to] of bounds) await range('A-', from, to);
  const numbers = [0, 1, 2, 99, 100, 101, 150, 151, 199, 200, 201, 300, 301, 400, 401, 460, 461, 500, 501, 1000, 1001];
  await use('A-', numbers, 0);
  expect(await usedOf('A-')).toEqual(
    bounds.map(([from, to]) => numbers.filter((number) => number >= from && number <= to).length),
  );
});

it('counts a serial used twice once, and none whose payments are all voided', async () => {
  await range('B-', 1, 300);
  await use('B-', [10, 110, 210], 100);
  await use('B-', [110], 200);
  expect(await usedOf('B-')).toEqual([3]);
  const undo = async (seq: number, number: number): Promise<number[]> => {
    await database.query(
      `INSERT INTO voids (device_no, epoch, seq, void_epoch, void_seq, state, decided_at) VALUES (1, 1, $1::bigint, 1, $1::bigint + 1000, 'effective', now())`,
      [seq],
    );
    await recountTicketBlocks(database, [`B-${String(number).padStart(6, '0')}`]);
    return usedOf('B-');
  };
  expect(await undo(102, 110)).toEqual([3]);
  expect(await undo(201, 110)).toEqual([2]);
});
