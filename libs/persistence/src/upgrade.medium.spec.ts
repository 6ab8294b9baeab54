// Real: PostgreSQL with a database as versions before the roles of processes left it: all of it the superuser's.
import { createTestDatabase, seedPoint, type TestDatabase } from '@app/testing';
import { verifyAuditLog } from './audit-chain.js';
import { openDatabase, type Database } from './database.js';
import { runMigrations } from './data-source.js';
import { checkReady } from './ready.js';
import { ensureRoles, MIGRATOR_ROLE } from './roles.js';

/** The last migration before sign-in, roles and the audit chain came. */
const BEFORE_ROLES = 'SavedViews1700000000035';
let test: TestDatabase;
let owner: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  owner = openDatabase({ url: test.url, poolSizeMax: 1 });
  await owner.query('DROP SCHEMA public CASCADE');
  await owner.query('CREATE SCHEMA public');
  await runMigrations(test.url, { through: BEFORE_ROLES });
  const pointId = await seedPoint(owner, 'P-1');
  await owner.query(
    `INSERT INTO journal_records (device_no, epoch, seq, received_at, at, business_date, point_id, type, record)
     VALUES (1, 1, 1, now(), now(), '2026-11-21', $1, 'boot', '{}')`,
    [pointId],
  );
  await owner.query(
    `INSERT INTO income_days (business_date, point_id, vehicle_class, method, attendant, count, amount)
     VALUES ('2026-11-21', $1, 'car', 'cash', '', 3, 12000), ('2026-11-21', $1, 'car', 'qris', '', 1, 4000)`,
    [pointId],
  );
  await owner.query(
    `INSERT INTO waterfall_days (business_date, point_id, settled_cash, settled_cashless, deposited_cash, deposited_cashless)
     VALUES ('2026-11-21', $1, 12000, 3000, 8000, 2000)`,
    [pointId],
  );
  await owner.query(
    "INSERT INTO audit_log (actor, action, subject) SELECT 'admin', 'old', n FROM generate_series(1, 3) n",
  );
  await owner.query('CREATE SCHEMA bullmq');
  await owner.query('CREATE TABLE bullmq.job (id int)');
}, 60_000);
afterAll(async () => {
  await owner.close();
  await test.drop();
});

it('takes over a database from before the roles: every process works on it with its own rights, and nothing is lost', async () => {
  await ensureRoles(test.url);
  const migrator = new URL(test.url);
  migrator.username = MIGRATOR_ROLE;
  await runMigrations(migrator.href);

  const [gateway, worker] = (['gateway', 'worker'] as const).map((name) =>
    openDatabase({ url: test.urlFor(name), poolSizeMax: 1 }),
  );
  try {
    await checkReady(gateway!);
    expect(await gateway!.query('SELECT seq, record FROM journal_records')).toEqual([{ seq: 1, record: '{}' }]);
    await expect(gateway!.query('DELETE FROM journal_records')).rejects.toMatchObject({ code: '42501' });
    await worker!.query('INSERT INTO bullmq.job VALUES (1)');
    expect(
      await worker!.query('SELECT count, recorded, cash, cashless, settled, deposited, known FROM road_days'),
    ).toEqual([
      { count: 4, recorded: 16_000, cash: 12_000, cashless: 4_000, settled: 15_000, deposited: 10_000, known: 0 },
    ]);
    expect(await verifyAuditLog(owner)).toMatchObject({ entries: 3, faults: [] });
    const strangers = `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND pg_get_userbyid(relowner) <> '${MIGRATOR_ROLE}'`;
    expect(await owner.query(strangers)).toEqual([]);
  } finally {
    await Promise.all([gateway!.close(), worker!.close()]);
  }
});
