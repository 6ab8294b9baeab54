import { randomBytes } from 'node:crypto';
import { journalKeyContext, Sealer, totpContext } from '@app/registry';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { openDatabase, type Database } from './database.js';
import { acquirerSecretsContext, noticeContext, refusalContext } from './index.js';
import { resealAll, SEALED_COLUMNS, sealedUnderOldKeys } from './resealing.js';

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const old = new Sealer([oldKey]);
const both = new Sealer([newKey, oldKey]);
const onlyNew = new Sealer([newKey]);

/** Real: PostgreSQL. */
describe('sealing anew under a new key', () => {
  let server: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    server = await createTestDatabase();
    database = openDatabase({ url: server.url });
    await database.query(
      `INSERT INTO devices (device_id, kind, status, epoch) VALUES ('hh-0001', 'handheld', 'active', 1)`,
    );
    for (let epoch = 1; epoch <= 450; epoch++)
      await database.query(
        `INSERT INTO device_epochs (device_no, epoch, password_hash, journal_key_sealed) SELECT device_no, $1, '', $2 FROM devices`,
        [epoch, old.seal(Buffer.from(`key ${epoch}`), journalKeyContext('hh-0001', epoch))],
      );
    await database.query(`INSERT INTO users (username, password_hash, role) VALUES ('siti', 'x', 'auditor')`);
    const [user] = await database.query<{ id: number }>('SELECT id FROM users');
    await database.query('UPDATE users SET totp_sealed = $1', [old.seal(Buffer.from('totp'), totpContext(user!.id))]);
    await database.query(
      `INSERT INTO acquirers (code, name, channel, adapter, secrets_sealed) VALUES ('acq', 'A', 'qris', 'x', $1)`,
      [old.seal(Buffer.from('acquirer'), acquirerSecretsContext('acq'))],
    );
    await database.query(
      `INSERT INTO snap_notices (acquirer_code, day, external_id, received_at, headers, bytes, outcome, response_code)
       VALUES ('acq', '2026-11-21', 'e-1', now(), '{}', $1, 'x', 'x')`,
      [old.seal(Buffer.from('notice'), noticeContext('acq', '2026-11-21' as never, 'e-1'))],
    );
    const sha256 = randomBytes(32);
    await database.query(
      `INSERT INTO snap_refusals (sha256, day, response_code, reason, headers, bytes, truncated, received_at, last_at)
       VALUES ($1, '2026-11-21', 'x', 'x', '{}', $2, false, now(), now())`,
      [sha256, old.seal(Buffer.from('refusal'), refusalContext(sha256))],
    );
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });

  it('goes on after a kill with what is left, and then the new key alone opens everything', async () => {
    expect(await sealedUnderOldKeys(database, both)).toBe(454);
    let batches = 0;
    const killed = resealAll(database, both, () => {
      if (++batches === 2) throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await sealedUnderOldKeys(database, both)).toBe(54);
    expect(await resealAll(database, both)).toBe(54);
    expect(await sealedUnderOldKeys(database, both)).toBe(0);
    expect(await resealAll(database, both)).toBe(0);
    for (const { table, column, context } of SEALED_COLUMNS) {
      const rows = await database.query<{ sealed: Buffer; context: string }>(
        `SELECT t.${column} AS sealed, ${context} AS context FROM ${table} t`,
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) onlyNew.open(row.sealed, row.context);
    }
  });

  it('knows every sealed column there is: add a new one to resealing.ts', async () => {
    const columns = await database.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'bytea' AND column_name LIKE '%sealed%'`,
    );
    const known = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    expect(columns.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('leaves notices append-only for everything else', async () => {
    await expect(database.query("UPDATE snap_notices SET bytes = ''")).rejects.toThrow(/append-only/);
    const forged = database.transaction(async (sql) => {
      await sql.query("SET LOCAL eparking.resealing = 'on'");
      await sql.query("UPDATE snap_notices SET outcome = 'y'");
    });
    await expect(forged).rejects.toThrow(/append-only/);
  });
});
