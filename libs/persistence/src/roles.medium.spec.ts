import { randomBytes } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { openDatabase, type Database } from './database.js';
import { GRANTS, PROCESS_ROLES, type ProcessName } from './grants.js';
import { applyRetention } from './retention-store.js';
import { ensureRoles } from './roles.js';

const PROCESSES = Object.keys(PROCESS_ROLES) as ProcessName[];
const DENIED = '42501';

/** Real: PostgreSQL, a connection of each process. */
describe('the rights of the processes in the database', () => {
  let server: TestDatabase;
  let owner: Database;
  const as = new Map<ProcessName, Database>();

  beforeAll(async () => {
    server = await createTestDatabase();
    owner = openDatabase({ url: server.url });
    for (const name of PROCESSES) as.set(name, openDatabase({ url: server.urlFor(name), poolSizeMax: 1 }));
    await owner.query(`INSERT INTO journal_records (device_no, epoch, seq, received_at, at, business_date, point_id,
      type, record) VALUES (1, 1, 1, now(), now(), '2026-11-21', 1, 'boot', '{}')`);
  });
  afterAll(async () => {
    await Promise.all([owner.close(), ...[...as.values()].map((database) => database.close())]);
    await server.drop();
  });

  /** '' when the statement is let through, else why not; nothing of it stays. */
  const attempt = (name: ProcessName, sql: string): Promise<string> =>
    as
      .get(name)!
      .transaction(async (tx) => {
        await tx.query(sql);
        throw new Error('rolled back');
      })
      .catch((error: { code?: string; message: string }) =>
        error.message === 'rolled back' ? '' : (error.code ?? error.message),
      ) as Promise<string>;

  const RECORD = `INSERT INTO journal_records (device_no, epoch, seq, received_at, at, business_date, point_id, type,
    record) VALUES (1, 1, 2, now(), now(), '2026-11-21', 1, 'boot', '{}')`;

  it('let the gateway add to the journal, and neither change nor delete a row of it', async () => {
    expect(await attempt('gateway', RECORD)).toBe('');
    for (const sql of [
      'UPDATE journal_records SET amount = 0',
      "UPDATE journal_records SET record = '{}'",
      'DELETE FROM journal_records',
      'TRUNCATE journal_records',
      'ALTER TABLE journal_records DISABLE TRIGGER ALL',
    ])
      expect([sql, await attempt('gateway', sql)]).toEqual([sql, DENIED]);
  });

  it.each(['admin-api', 'worker'] as const)('let the %s write no journal row', async (name) => {
    expect(await attempt(name, 'SELECT count(*) FROM journal_records')).toBe('');
    for (const sql of [
      RECORD,
      'UPDATE journal_records SET amount = 0',
      'DELETE FROM journal_records',
      'TRUNCATE journal_records',
      `INSERT INTO journal_reprocessed (device_no, epoch, seq, reprocessed_at) VALUES (1, 1, 1, now())`,
      'UPDATE income_days SET amount = 0',
    ])
      expect([sql, await attempt(name, sql)]).toEqual([sql, DENIED]);
  });

  it('let nobody change what is booked or noted', async () => {
    for (const name of PROCESSES)
      for (const table of ['ledger_entries', 'ledger_lines', 'audit_log'])
        for (const sql of [
          `DELETE FROM ${table}`,
          `TRUNCATE ${table}`,
          `UPDATE ${table} SET ${firstColumn(table)} = NULL`,
        ])
          expect([name, sql, await attempt(name, sql)]).toEqual([name, sql, DENIED]);
  });

  it('keep the secrets of sign-ins from gateway and worker', async () => {
    for (const name of ['gateway', 'worker'] as const)
      for (const table of ['users', 'access_tokens', 'recovery_codes'])
        expect([name, table, await attempt(name, `SELECT * FROM ${table}`)]).toEqual([name, table, DENIED]);
  });

  it('let no process make, change or drop a table, or take another’s rights', async () => {
    for (const name of PROCESSES)
      for (const sql of [
        'CREATE TABLE mine (x int)',
        'DROP TABLE audit_log',
        'CREATE ROLE friend SUPERUSER',
        `SET ROLE ${PROCESS_ROLES[name === 'gateway' ? 'worker' : 'gateway']}`,
        `ALTER FUNCTION refuse_change() OWNER TO ${PROCESS_ROLES[name]}`,
      ])
        expect([name, sql, await attempt(name, sql)]).toEqual([name, sql, DENIED]);
  });

  it('let the worker make the next month’s partition, and nobody else', async () => {
    const sql = `SELECT ensure_journal_partition('2031-01-01')`;
    expect(await attempt('worker', sql)).toBe('');
    expect(await attempt('admin-api', sql)).toBe(DENIED);
    expect(await attempt('gateway', sql)).toBe(DENIED);
  });

  it('are enough for the nightly retention', async () => {
    const day = 86_400_000;
    const limits = {
      platesMs: day,
      quarantineBytesMs: day,
      sessionsMs: day,
      commandsMs: day,
      alarmsMs: day,
      accessLogMs: day,
    };
    const counts = await applyRetention(as.get('worker')!, limits, Date.now(), { dryRun: false });
    expect(Object.values(counts).every((count) => count === 0)).toBe(true);
  });

  it('are thought about for every table there is: add a new one to grants.ts', async () => {
    const tables = await owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         AND NOT relispartition`,
    );
    expect(tables.map(({ name }) => name).filter((name) => !(name in GRANTS))).toEqual([]);
  });

  it('are given again with new passwords, as often as one likes', async () => {
    const passwords = Object.fromEntries(
      Object.values(PROCESS_ROLES).map((role) => [role, randomBytes(12).toString('base64url')]),
    );
    await ensureRoles(server.url, passwords);
    expect(await attempt('gateway', RECORD)).toBe('');
  });
});

function firstColumn(table: string): string {
  return table === 'ledger_entries' ? 'kind' : table === 'ledger_lines' ? 'account' : 'actor';
}
