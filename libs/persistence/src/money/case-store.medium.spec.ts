// Real: PostgreSQL.
import { openDatabase, type Database } from '@app/persistence';
import type { MoneyException } from '@app/reconciliation';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { takeFindings } from './case-store.js';

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

function exception(subject: string, businessDate: string): MoneyException {
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
});
