// Real: PostgreSQL.
import { openDatabase, type Database } from '@app/persistence';
import type { MoneyException } from '@app/reconciliation';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { takeFindings } from './case-store.js';
import { replaceExceptions, ripeDays } from './exception-store.js';
import { askWork, takeWork } from './work.js';

const NOW = Date.parse('2026-11-20T03:00:00Z');
let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSizeMax: 2 });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

function exception(subject: string, businessDate: string, more: Partial<MoneyException> = {}): MoneyException {
  return {
    id: `${subject}-${businessDate}`,
    pattern: 'late-deposit',
    state: 'mismatched',
    subject: { kind: 'attendant', id: subject },
    businessDate,
    at: NOW,
    amount: 1000,
    point: null,
    device: null,
    attendant: subject,
    record: null,
    settlement: null,
    dueAt: null,
    evidence: [],
    details: {},
    ruleVersion: '1',
    ...more,
  };
}

describe('takeFindings', () => {
  it('ends a case and opens the next episode of its key in one run, whatever ids chance gives them', async () => {
    const subjects = Array.from({ length: 20 }, (_, i) => `att-${i}`);
    const first = subjects.map((subject) => exception(subject, '2026-10-01'));
    await database.transaction((sql) => takeFindings(sql, first, [], NOW));
    const opened = await database.query<{ id: string; subject_id: string }>('SELECT id, subject_id FROM cases');
    const gone = opened.map(({ id, subject_id }) => ({ id: `${subject_id}-2026-10-01`, caseId: id }));
    const next = subjects.map((subject) => exception(subject, '2026-11-19'));
    await database.transaction((sql) => takeFindings(sql, next, gone, NOW + 1));
    const rows = await database.query<{ episode: number; state: string; n: number }>(
      'SELECT episode, state, count(*) AS n FROM cases GROUP BY 1, 2 ORDER BY 1',
    );
    expect(rows).toEqual([
      { episode: 1, state: 'resolved', n: 20 },
      { episode: 2, state: 'open', n: 20 },
    ]);
  });

  it('keeps the sum of a case right beyond the findings that it lists', async () => {
    const day = '2026-11-02';
    const all = Array.from({ length: 1_003 }, (_, i) => exception('big', day, { id: `big-${i}` }));
    const look = (found: MoneyException[]) =>
      database.transaction(async (sql) => {
        const gone = await replaceExceptions(sql, 'day', [day], found, NOW);
        await takeFindings(sql, found, gone, NOW);
      });
    const cases = () =>
      database.query<object>(
        `SELECT state, outcome, amount, findings, jsonb_array_length(folded -> 'findings') AS listed FROM cases
          WHERE subject_id = 'big'`,
      );
    await look(all);
    expect(await cases()).toEqual([
      { state: 'open', outcome: null, amount: 1_003_000, findings: 1_003, listed: 1_000 },
    ]);
    await look([...all.slice(0, 1_001), { ...all[1_001]!, amount: 5_000 }]);
    expect(await cases()).toMatchObject([{ state: 'open', amount: 1_006_000, findings: 1_002 }]);
    await look([]);
    expect(await cases()).toMatchObject([{ state: 'resolved', outcome: 'explained', amount: 0, findings: 0 }]);
  });
});

describe('days to look at', () => {
  const today = '2026-11-20';

  it('are also those that are over and on which nothing came', async () => {
    await database.query(
      `INSERT INTO devices (device_id, kind, registered_at) VALUES ('hh-1', 'handheld', '2026-11-16')`,
    );
    await database.query(
      `INSERT INTO reconciled_days (business_date, ran_at, rule_version, records, settlements, matches, exceptions, expected,
         took_ms) SELECT day::date, now(), '1', 0, 0, 0, 0, 0, 0 FROM unnest('{2001-01-01,2026-11-16,2026-11-18}'::date[]) AS day`,
    );
    expect(await ripeDays(database, NOW)).toEqual([
      { run: 'day', businessDate: '2026-11-17' },
      { run: 'day', businessDate: '2026-11-19' },
    ]);
  });

  it('are taken as yesterday and today, then from the oldest on', async () => {
    const days = ['2020-01-01', '2026-11-19', '2021-01-01', today, '2026-11-18'];
    await askWork(
      database,
      'reconcile-day',
      days.map((businessDate) => ({ businessDate, pointId: null })),
      NOW,
    );
    const taken: string[] = [];
    for (const _ of days) {
      const options = { rowsMax: 1, runningFrom: today, restedUntilMs: NOW };
      const rows = await database.transaction((sql) => takeWork(sql, 'reconcile-day', options));
      taken.push(...rows.map(({ businessDate }) => businessDate));
    }
    expect(taken).toEqual(['2026-11-19', today, '2020-01-01', '2021-01-01', '2026-11-18']);
  });
});
