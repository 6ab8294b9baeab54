// Real: PostgreSQL. Every day of a planted fortnight is worked out before any of them may write what it found.
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultRules } from '@app/reconciliation';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { journalId, plantIntoDatabase } from '../../../testing/src/plant-database.js';
import { plantExceptions } from '../../../testing/src/plant-exceptions.js';
import { openDatabase, type Database } from '../database.js';
import { FINDINGS_LOCK } from './exception-store.js';
import { reconcileDays, reconcileNextDay } from './reconcile-days.js';
import { askWork } from './work.js';

const DAYS = 14;
let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSizeMax: DAYS + 2 });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

it('opens each case once, and finds tickets given again, when days are reconciled at the same time', async () => {
  const world = plantExceptions({
    seed: 7,
    from: '2026-10-05',
    points: 8,
    days: DAYS,
    perPattern: 3,
    digitalPerPointDay: 6,
  });
  await plantIntoDatabase(database, world, world.longAfter);
  const days = world.days.map((businessDate) => ({ businessDate, pointId: null }));
  await askWork(database, 'reconcile-day', days, world.longAfter);
  const options = { rules: defaultRules, nowMs: world.longAfter, runningPauseMs: 0 };
  const begun = await database.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [FINDINGS_LOCK]);
    const all = days.map(() => reconcileNextDay(database, options));
    for (let waiting = 0; waiting < DAYS; await sleep(50)) {
      const [row] = await sql.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND objid = $1`,
        [FINDINGS_LOCK],
      );
      waiting = row!.waiting;
    }
    return all;
  });
  expect(await Promise.all(begun)).toHaveLength(DAYS);
  while ((await reconcileDays(database, () => options, { daysMax: DAYS })).length > 0);
  const [cases] = await database.query<Record<string, number>>(
    `SELECT count(*)::int AS cases, count(DISTINCT key)::int AS keys, sum(findings)::int AS findings,
            (SELECT count(*)::int FROM exceptions WHERE state = 'mismatched') AS exceptions FROM cases`,
  );
  expect(cases!['cases']).toBe(cases!['keys']);
  expect(cases!['findings']).toBe(cases!['exceptions']);
  const found = await database.query<{ record: string }>(
    `SELECT record FROM exceptions WHERE pattern = 'serial-reuse' AND state = 'mismatched'`,
  );
  const planted = world.planted.filter(({ pattern }) => pattern === 'serial-reuse');
  expect(planted.length).toBeGreaterThan(0);
  expect(found.map(({ record }) => record).sort()).toEqual(planted.map(({ record }) => journalId(record!)).sort());
}, 60_000);
