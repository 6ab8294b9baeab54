// Real: PostgreSQL, its triggers, writers that do not wait for each other.
import { seededRandom } from '@app/kernel';
import { createTestDatabase, seedPoint, type TestDatabase } from '@app/testing';
import { openDatabase, type Database } from '../database.js';
import { foldRoad, mendRoad, roadDifferences } from './road.js';

const scope = { from: '2026-11-01', to: '2026-11-30' };
let test: TestDatabase;
let database: Database;
let points: number[];

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSizeMax: 6 });
  points = [];
  for (let i = 1; i <= 4; i++) points.push(await seedPoint(database, `P-${i}`));
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

/** The sums, made of the tables themselves, by a reader that knows nothing of how they are kept. */
const TRUTH = /* sql */ `
SELECT business_date::text AS date, point_id AS point, coalesce(count, 0)::int AS count, coalesce(recorded, 0)::int AS recorded,
       coalesce(cash, 0)::int AS cash, coalesce(cashless, 0)::int AS cashless, coalesce(settled_cash + settled_cashless, 0)::int AS settled,
       coalesce(deposited_cash + deposited_cashless, 0)::int AS deposited, (mid IS NOT NULL)::int AS known, coalesce(mid, 0)::int AS mid
  FROM (SELECT business_date, point_id, sum(count) AS count, sum(amount) AS recorded, sum(amount) FILTER (WHERE method = 'cash') AS cash,
          sum(amount) FILTER (WHERE method IN ('qris', 'card')) AS cashless FROM income_days GROUP BY 1, 2) i
  FULL JOIN waterfall_days USING (business_date, point_id) FULL JOIN potential_days USING (business_date, point_id) ORDER BY 1, 2`;
const KEPT = /* sql */ `
SELECT business_date::text AS date, point_id AS point, count::int, recorded::int, cash::int, cashless::int, settled::int, deposited::int,
       known::int, mid::int FROM road_days ORDER BY 1, 2`;
const empty = (row: Record<string, unknown>): boolean =>
  Object.entries(row).every(([key, value]) => key === 'date' || key === 'point' || value === 0);

async function expectTruth(): Promise<void> {
  const [kept, truth] = await database.transaction(
    async (sql) => [await sql.query<Record<string, unknown>>(KEPT), await sql.query<Record<string, unknown>>(TRUTH)],
    { isolation: 'repeatable read', readOnly: true },
  );
  expect(kept!.filter((row) => !empty(row))).toEqual(truth!.filter((row) => !empty(row)));
}

/** What one writer does in a while: payments of several points at once, voids, days settled and assessed anew. */
async function write(seed: number, steps: number): Promise<void> {
  const random = seededRandom(seed);
  const day = (): string => `2026-11-${String(random.integer(1, 5)).padStart(2, '0')}`;
  for (let step = 0; step < steps; step++) {
    const roll = random.next();
    if (roll < 0.6) await count(random, day());
    else if (roll < 0.8)
      await replace(
        'waterfall_days',
        day(),
        `settled_cash, deposited_cashless) VALUES ($1, $2, $3::bigint, $3::bigint / 2`,
        random,
      );
    else
      await replace(
        'potential_days',
        day(),
        `basis, low, mid, high, made_at) VALUES ($1, $2, 'expectation', $3::bigint, $3::bigint, $3::bigint, now()`,
        random,
      );
  }
}

async function count(random: ReturnType<typeof seededRandom>, day: string): Promise<void> {
  const rows = points
    .filter(() => random.chance(0.6))
    .map((point) => ({
      day,
      point,
      method: random.pick(['cash', 'qris', 'free']),
      amount: random.integer(-2, 5) * 1000,
    }));
  await database.query(
    `INSERT INTO income_days AS t (business_date, point_id, vehicle_class, method, attendant, count, amount)
     SELECT day, point, 'car', method, '', sign(amount), amount FROM jsonb_to_recordset($1) AS r (day date, point int, method text, amount bigint)
      ORDER BY 1, 2, 4
     ON CONFLICT (business_date, point_id, vehicle_class, method, attendant) DO UPDATE
       SET count = t.count + excluded.count, amount = t.amount + excluded.amount`,
    [JSON.stringify(rows)],
  );
}

/** As the worker writes a day's outcome: what stood there goes, and the new comes. */
async function replace(
  table: string,
  day: string,
  rest: string,
  random: ReturnType<typeof seededRandom>,
): Promise<void> {
  const amount = random.integer(0, 50) * 1000;
  const point = random.pick(points);
  await database.transaction(async (sql) => {
    await sql.query(`SELECT pg_advisory_xact_lock(hashtext($1))`, [table]);
    await sql.query(`DELETE FROM ${table} WHERE business_date = $1`, [day]);
    if (random.chance(0.8))
      await sql.query(`INSERT INTO ${table} (business_date, point_id, ${rest})`, [day, point, amount]);
  });
}

it('sums by point and day are those of their tables while writers write and the worker folds', async () => {
  let writing = true;
  const folding = (async () => {
    let folded = 0;
    for (; writing; await new Promise((resolve) => setTimeout(resolve, 20))) {
      folded += await foldRoad(database);
      await expectTruth();
    }
    return folded;
  })();
  await Promise.all([1, 2, 3].map((seed) => write(seed, 80)));
  writing = false;
  expect(await folding).toBeGreaterThan(100);
  await expectTruth();
  await foldRoad(database);
  const [left] = await database.query<{ rows: number }>('SELECT count(*) AS rows FROM road_changes');
  expect(left!.rows).toBe(0);
  await expectTruth();
  expect(await roadDifferences(database, scope, 10)).toEqual([]);
});

it('a table that was emptied leaves what the others brought', async () => {
  await write(8, 40);
  await foldRoad(database);
  await write(9, 5);
  for (const table of ['potential_days', 'income_days']) {
    await database.query(`TRUNCATE ${table}`);
    await expectTruth();
    expect(await roadDifferences(database, scope, 10)).toEqual([]);
  }
  const [left] = await database.query<{ settled: number }>('SELECT sum(settled)::bigint AS settled FROM road_days');
  expect(left!.settled).toBeGreaterThan(0);
});

it('what is wrong is told with how much is missing, and mended by adding it', async () => {
  await write(7, 40);
  const [row] = await database.query<{ date: string; point: number }>(
    `UPDATE road_totals SET recorded = recorded + 500, known = known - 1 WHERE (business_date, point_id) =
       (SELECT business_date, point_id FROM road_totals LIMIT 1) RETURNING business_date AS date, point_id AS point`,
  );
  expect(await roadDifferences(database, scope, 10)).toEqual([
    { table: 'road_days', businessDate: row!.date, pointId: row!.point, missing: { recorded: -500, known: 1 } },
  ]);
  expect(await roadDifferences(database, { ...scope, pointIds: points.filter((id) => id !== row!.point) }, 10)).toEqual(
    [],
  );
  expect(await mendRoad(database, scope)).toEqual([{ businessDate: row!.date, pointId: row!.point }]);
  expect(await mendRoad(database, scope)).toEqual([]);
  await expectTruth();
});
