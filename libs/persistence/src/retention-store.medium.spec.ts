// Real: PostgreSQL, and the journal written through JournalWriter as the gateway does.
import { randomBytes, randomUUID } from 'node:crypto';
import { Sealer } from '@app/registry';
import { createTestDatabase, seedDevice, seedPoint, seedTariff, TestTerminal, type TestDatabase } from '@app/testing';
import { openDatabase, type Database } from './database.js';
import { JournalWriter } from './ingest/journal-writer.js';
import { applyRetention, type RetentionLimits } from './retention-store.js';
import { ensureJournalPartitions } from './partitions.js';

const NOW = Date.parse('2026-11-20T03:00:00Z');
const DAY_MS = 86_400_000;
const limits: RetentionLimits = {
  platesMs: 90 * DAY_MS,
  quarantineBytesMs: 400 * DAY_MS,
  sessionsMs: 7 * DAY_MS,
  accessLogMs: 400 * DAY_MS,
  commandsMs: 90 * DAY_MS,
  alarmsMs: 400 * DAY_MS,
};
const sealer = new Sealer([randomBytes(32)]);
let test: TestDatabase;
let database: Database;
let terminal: TestTerminal;
let deviceNo: number;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSizeMax: 4 });
  await seedTariff(database, 'CAR', 'car', 4000);
  terminal = new TestTerminal('hh-0001', randomBytes(32), 1, NOW);
  deviceNo = await seedDevice(database, sealer, terminal, await seedPoint(database, 'P-1'));
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

function newWriter(): JournalWriter {
  return new JournalWriter(database, sealer, { clockAheadMsMax: 300_000, clockBehindMsMax: 60 * DAY_MS });
}

async function outcomes(payload: object, receivedAt: number) {
  const message = { deviceNo, topic: 't', payload: Buffer.from(JSON.stringify(payload)), receivedAt };
  const [receipts] = await newWriter().write([message]);
  return receipts!.flatMap((receipt) => receipt.results.map(({ outcome }) => outcome));
}

function records() {
  return database.query<{ seq: number; record: string }>('SELECT seq, record FROM journal_records ORDER BY seq');
}

describe('retention', () => {
  it('takes expired plates out of the journal and changes nothing that money or chain stand on', async () => {
    const old = terminal.payment({ plate: 'BK 1234 AB' }, NOW - 100 * DAY_MS);
    const unread = terminal.payment({ plate: 'BK 5678 CD', amount: -1 }, NOW - 95 * DAY_MS);
    const recent = terminal.payment({ plate: 'BK 9 Z' }, NOW - 80 * DAY_MS);
    await outcomes(old, NOW - 100 * DAY_MS);
    await outcomes(unread, NOW - 95 * DAY_MS);
    await outcomes(recent, NOW - 80 * DAY_MS);
    await outcomes(terminal.sign({ ...old, body: { ...old.body, amount: 3000 } }), NOW - 99 * DAY_MS);
    const before = await database.query('SELECT * FROM income_hours');

    expect(await applyRetention(database, limits, NOW, { dryRun: true })).toMatchObject({ plates: 3 });
    expect((await records())[0]!.record).toContain('BK 1234 AB');
    expect(await applyRetention(database, limits, NOW, { dryRun: false })).toMatchObject({ plates: 3 });

    const kept = await records();
    expect(kept.map(({ record }) => /BK \d+/.exec(record)?.[0])).toEqual([undefined, undefined, 'BK 9']);
    expect(JSON.parse(kept[0]!.record)).toMatchObject({ seq: 1, mac: old.mac, body: { amount: 4000, tariff: 'CAR' } });
    const [conflict] = await database.query<{ record: string }>('SELECT record FROM journal_conflicts');
    expect(conflict!.record).toContain('"amount":3000');
    expect(conflict!.record).not.toContain('BK 1234');
    expect(await database.query('SELECT * FROM income_hours')).toEqual(before);
    expect(await outcomes(old, NOW)).toEqual(['duplicate']);
    expect(await outcomes(unread, NOW)).toEqual(['quarantined']);
    expect(await outcomes(terminal.payment({}, NOW), NOW)).toEqual(['accepted']);
    expect(await database.query("SELECT 1 FROM journal_records WHERE 'broken-chain' = ANY(flags)")).toEqual([]);
  });

  it('goes on where it ended, and twice comes to the same', async () => {
    expect(await applyRetention(database, limits, NOW, { dryRun: false })).toMatchObject({ plates: 0 });
    expect(await applyRetention(database, limits, NOW + 11 * DAY_MS, { dryRun: false })).toMatchObject({ plates: 1 });
    expect((await records())[2]!.record).not.toContain('BK 9');
  });

  it('lets nobody else change the journal, and not even itself anything but the text of a record', async () => {
    await expect(database.query("UPDATE journal_records SET record = ''")).rejects.toThrow(/append-only/);
    await expect(database.query('DELETE FROM journal_records')).rejects.toThrow(/append-only/);
    await expect(database.query('DELETE FROM journal_conflicts')).rejects.toThrow(/append-only/);
    const asRedactor = (statement: string) =>
      database.transaction(async (sql) => {
        await sql.query("SET LOCAL eparking.redaction = 'on'");
        return sql.query(statement);
      });
    await expect(asRedactor('UPDATE journal_records SET amount = 1')).rejects.toThrow(/append-only/);
    await expect(asRedactor('DELETE FROM journal_records')).rejects.toThrow(/append-only/);
  });

  it('removes what has expired of the rest, keeps what has not, and says so in the audit log', async () => {
    await database.query(
      `INSERT INTO quarantine (device_no, at, last_at, code, reason, topic, size, bytes, bytes_hash)
       SELECT $1, $2::timestamptz - d * interval '1 day', $2::timestamptz - d * interval '1 day', 'bad-json', 'r', 't', 3,
              'abc', d::text::bytea FROM unnest(ARRAY[399, 401]) AS d`,
      [deviceNo, new Date(NOW)],
    );
    const [user] = await database.query<{ id: number }>(
      "INSERT INTO users (username, password_hash, role) VALUES ('officer', 'x', 'auditor') RETURNING id",
    );
    await database.query(
      `INSERT INTO sessions (token_hash, user_id, expires_at)
       SELECT d::text::bytea, $1, $2::timestamptz - d * interval '1 day' FROM unnest(ARRAY[-1, 6, 8, 9]) AS d`,
      [user!.id, new Date(NOW)],
    );
    for (const [answeredDaysAgo, expiredDaysAgo] of [
      [91, 95],
      [null, 91],
      [89, 95],
      [null, 89],
    ])
      await database.query(
        `INSERT INTO device_commands (id, device_no, name, created_at, expires_at, created_by, answered_at)
         VALUES ($1, $2, 'resend', $3, $4, 'worker', $5)`,
        [
          randomUUID(),
          deviceNo,
          new Date(NOW - 99 * DAY_MS),
          new Date(NOW - expiredDaysAgo! * DAY_MS),
          answeredDaysAgo === null ? null : new Date(NOW - answeredDaysAgo! * DAY_MS),
        ],
      );
    await database.query(
      `INSERT INTO alarms (key, kind, severity, opened_at, last_at, cleared_at)
       VALUES ('a', 'k', 'minor', $1, $1, $1), ('b', 'k', 'minor', $1, $1, NULL)`,
      [new Date(NOW - 401 * DAY_MS)],
    );
    await database.query('INSERT INTO gateway_instances (id, heartbeat_at) VALUES ($1, $2), ($3, $4)', [
      randomUUID(),
      new Date(NOW - 8 * DAY_MS),
      randomUUID(),
      new Date(NOW - 6 * DAY_MS),
    ]);
    await database.query(
      `INSERT INTO access_log (at, actor, what, subject) SELECT $1::timestamptz - d * interval '1 day', 'a', 'attendant', 'A-1'
       FROM unnest(ARRAY[399, 401]) AS d`,
      [new Date(NOW)],
    );
    await database.query(
      `INSERT INTO snap_refusals (sha256, day, response_code, reason, headers, bytes, truncated, received_at, last_at)
       SELECT sha256(d::text::bytea), $1::date - d, '4015200', 'Unauthorized', '{}', 'x', false, at, at
         FROM unnest(ARRAY[399, 4000]) AS d CROSS JOIN LATERAL (SELECT $1::timestamptz - d * interval '1 day' AS at) t`,
      [new Date(NOW)],
    );
    const counts = await applyRetention(database, limits, NOW, { dryRun: false });
    expect(counts).toEqual({
      plates: 0,
      'quarantine-bytes': 1,
      sessions: 2,
      commands: 2,
      alarms: 1,
      'access-log': 1,
      'gateway-instances': 1,
    });
    expect(
      await database.query("SELECT length(bytes) AS length, size FROM quarantine WHERE code = 'bad-json' ORDER BY 1"),
    ).toEqual([
      { length: 0, size: 3 },
      { length: 3, size: 3 },
    ]);
    // What was refused is kept like the money it asked for.
    expect(await database.query('SELECT 1 FROM snap_refusals')).toHaveLength(2);
    const [line] = await database.query<{ actor: string; detail: Record<string, unknown> }>(
      "SELECT actor, detail FROM audit_log WHERE action = 'retention' ORDER BY id DESC LIMIT 1",
    );
    expect(line).toMatchObject({ actor: 'worker', detail: { ...counts, limits } });
  });
});

describe('ensureJournalPartitions', () => {
  it('makes the months ahead, once, and tells what has fallen into the catch-all', async () => {
    const [stray] = await database.query<{ count: number }>('SELECT count(*) AS count FROM journal_records_other');
    expect(stray!.count).toBeGreaterThan(0); // Received in the tests above, in months nobody made a partition for.
    const later = Date.parse('2031-01-31T12:00:00Z');
    expect(await ensureJournalPartitions(database, later, 3)).toBe(stray!.count);
    expect(await ensureJournalPartitions(database, later, 3)).toBe(stray!.count);
    const made = await database.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relname ~ '^journal_records_2031_\\d\\d$' ORDER BY 1",
    );
    expect(made.map(({ name }) => name)).toEqual([
      'journal_records_2031_01',
      'journal_records_2031_02',
      'journal_records_2031_03',
      'journal_records_2031_04',
    ]);
  });
});
