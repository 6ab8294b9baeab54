// Real: PostgreSQL.
import { post, type MoneyEvent } from '@app/ledger';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { openDatabase, type Database } from '../database.js';
import { balances, bookOnce, bookStanding } from './ledger-store.js';

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

const AT = Date.parse('2026-11-21T12:00:00Z');
const handOver = (number: string, amount: number): MoneyEvent => ({
  type: 'hand-over',
  number,
  amount,
  businessDate: '2026-11-21',
  bookedAt: AT,
  from: { kind: 'holder', point: 'P 1', holder: 'att/7' },
  to: { kind: 'treasurer', treasurer: 'bp-1' },
});
const sums = async (bookedUntil?: number): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await balances(database, bookedUntil === undefined ? {} : { bookedUntil })).map((b) => [b.account, b.amount]),
  );

describe('the ledger in the database', () => {
  it('books an event once, and refuses the same id with other content', async () => {
    const entry = post(handOver('TBP-1', 5000))!;
    expect(await bookOnce(database, [entry])).toBe(1);
    expect(await bookOnce(database, [{ ...entry, bookedAt: AT + 1 }])).toBe(0);
    await expect(bookOnce(database, [post(handOver('TBP-1', 6000))!])).rejects.toThrow('TBP-1 with other content');
    expect(await sums()).toEqual({ 'cash-in-hand/P%201/att%2F7': -5000, 'treasurer/bp-1': 5000 });
  });

  it('corrects by reversal and a new revision, and still tells what it knew before', async () => {
    const root = 'hand-over:TBP-2';
    const say = (amount: number | null, at: number): Promise<number> => {
      const entry = amount === null ? null : post(handOver('TBP-2', amount));
      return database.transaction((sql) => bookStanding(sql, [{ root, entry }], at));
    };
    expect([await say(100, AT), await say(100, AT + 1), await say(70, AT + 2)]).toEqual([1, 0, 1]);
    expect((await sums())['treasurer/bp-1']).toBe(5070);
    expect((await sums(AT + 1))['treasurer/bp-1']).toBe(5100);
    expect([await say(null, AT + 3), await say(null, AT + 4), await say(40, AT + 5)]).toEqual([1, 0, 1]);
    expect((await sums())['treasurer/bp-1']).toBe(5040);
    const ids = await database.query<{ id: string }>(`SELECT id FROM ledger_entries WHERE id ~ 'TBP-2' ORDER BY id`);
    expect(ids.map(({ id }) => id)).toEqual([root, `${root}~1`, `${root}~2`, `reversal:${root}`, `reversal:${root}~1`]);
  });

  it('cannot hold an entry that does not sum to zero, nor lose or change one', async () => {
    const insert = (amounts: number[]): Promise<unknown> =>
      database.transaction(async (sql) => {
        await sql.query(
          `INSERT INTO ledger_entries VALUES ('odd', 'odd', 0, 'test', '2026-11-21', now(), 'odd', NULL, 'h')`,
        );
        for (const [i, amount] of amounts.entries())
          await sql.query(`INSERT INTO ledger_lines VALUES ('odd', $1, $2)`, [`write-offs/${i}`, amount]);
      });
    await expect(insert([5, -4])).rejects.toThrow('does not sum to zero but to 1');
    await expect(insert([])).rejects.toThrow('does not sum to zero');
    const late = `INSERT INTO ledger_lines VALUES ('hand-over:TBP-1', 'write-offs', 1)`;
    await expect(database.query(late)).rejects.toThrow('does not sum to zero');
    for (const text of ['UPDATE ledger_lines SET amount = 1', 'DELETE FROM ledger_entries', 'TRUNCATE ledger_lines'])
      await expect(database.query(text)).rejects.toThrow('append-only');
  });
});
