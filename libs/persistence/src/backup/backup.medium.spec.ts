// Real: PostgreSQL, the journal written as the gateway does, days posted as the worker does.
import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import pg from 'pg';
import { addDays, businessDateOf } from '@app/kernel';
import { defaultRules } from '@app/reconciliation';
import { Sealer } from '@app/registry';
import { createTestDatabase, seedDevice, seedPoint, seedTariff, TestTerminal, type TestDatabase } from '@app/testing';
import { openDatabase, type Database } from '../database.js';
import { runMigrations } from '../data-source.js';
import { JournalWriter } from '../ingest/journal-writer.js';
import { importJournal } from '../ingest/import-journal.js';
import { migrations } from '../migrations/index.js';
import { askWork } from '../money/work.js';
import { postDays } from '../money/post-days.js';
import { checkReady } from '../ready.js';
import { readJournal } from '../registry/journal-export.js';
import { write } from '../writes.js';
import { proveDatabase } from './proof.js';
import { restoreBackup } from './restore-backup.js';
import { writeBackup } from './write-backup.js';

const NOW = Date.parse('2026-11-20T03:00:00Z');
const DAY_MS = 86_400_000;
const TODAY = businessDateOf(NOW);
const sealer = new Sealer([randomBytes(32)]);
let test: TestDatabase;
let database: Database;
let terminal: TestTerminal;
let deviceNo: number;
let pointId: number;
const made: string[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSizeMax: 4 });
  await seedTariff(database, 'CAR', 'car', 4000);
  terminal = new TestTerminal('hh-0001', randomBytes(32), 1, NOW);
  pointId = await seedPoint(database, 'P-1');
  deviceNo = await seedDevice(database, sealer, terminal, pointId);
  // Months apart: the restored database needs the partitions too.
  for (const daysAgo of [70, 40, 2, 1, 0]) {
    const at = NOW - daysAgo * DAY_MS;
    expect(await send(database, terminal.payment({ plate: 'BK 1 A\t\\.\n', method: 'cash' }, at), at)).toEqual([
      'accepted',
    ]);
  }
  const days = [addDays(TODAY, -2), addDays(TODAY, -1)].map((businessDate) => ({ businessDate, pointId }));
  await askWork(database, 'post-day', days, NOW);
  while ((await postDays(database, { rules: defaultRules, nowMs: NOW, runningPauseMs: 0, pointDaysMax: 10 })).days > 0);
  await write(database, { username: 'officer', address: '' }, (tx) => tx.audit('test', 'subject', { note: 'a\\b' }));
}, 60_000);
afterAll(async () => {
  await database.close();
  await withServer(async (client) => {
    for (const name of made) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  await test.drop();
});

async function send(to: Database, record: object, receivedAt: number): Promise<string[]> {
  const writer = new JournalWriter(to, sealer, { clockAheadMsMax: 300_000, clockBehindMsMax: 60 * DAY_MS });
  const [receipts] = await writer.write([
    { deviceNo, topic: 't', payload: Buffer.from(JSON.stringify(record)), receivedAt },
  ]);
  return receipts!.flatMap((receipt) => receipt.results.map(({ outcome }) => outcome));
}

async function withServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: test.url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function emptyDatabase(): Promise<string> {
  const name = `restored_${randomBytes(6).toString('hex')}`;
  await withServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`));
  made.push(name);
  const url = new URL(test.url);
  url.pathname = `/${name}`;
  return url.href;
}

async function backupOf(url: string): Promise<Buffer> {
  const out = new PassThrough();
  const [, bytes] = await Promise.all([writeBackup(url, sealer, out), buffer(out)]);
  return bytes;
}

/** In small pieces, so that every boundary is crossed somewhere. */
async function* pieces(bytes: Buffer, size = 977): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('backup and restore', () => {
  it('brings back everything as it was, proves it, and the system goes on where it was', async () => {
    const before = await proveDatabase(database, TODAY);
    expect(before.faults).toEqual([]);
    expect(before.totals).toMatchObject({ 'journal records': 5, 'ledger entries': 2 });
    const url = await emptyDatabase();
    const tables: string[] = [];
    await restoreBackup(url, sealer, pieces(await backupOf(test.url)), {
      onTable: (table, rows) => void (rows > 0 && tables.push(table)),
    });
    expect(tables).toEqual(
      expect.arrayContaining(['journal_records_2026_11', 'ledger_lines', 'audit_chain', 'device_epochs']),
    );
    const restored = openDatabase({ url, poolSizeMax: 2 });
    try {
      expect(await proveDatabase(restored, TODAY)).toEqual(before);
      const texts = 'SELECT epoch, seq, received_at, record FROM journal_records ORDER BY 1, 2';
      expect(await restored.query(texts)).toEqual(await database.query(texts));
      // What came since the backup comes again from the terminal, and what was there is known.
      const last = terminal.payment({}, NOW);
      expect(await send(restored, last, NOW)).toEqual(['accepted']);
      expect(await send(restored, last, NOW)).toEqual(['duplicate']);
      await write(restored, { username: 'officer', address: '' }, (tx) => tx.audit('test', 'after'));
      expect((await proveDatabase(restored, TODAY)).faults).toEqual([]);
      await expect(restored.query('DELETE FROM journal_records')).rejects.toThrow(/append-only/);
      await expect(restored.query('TRUNCATE ledger_lines')).rejects.toThrow(/append-only/);
    } finally {
      await restored.close();
    }
  });

  it('restores the registry alone, and exported journals give it the same totals', async () => {
    const url = await emptyDatabase();
    await restoreBackup(url, sealer, pieces(await backupOf(test.url)), { registryOnly: true });
    const restored = openDatabase({ url, poolSizeMax: 2 });
    try {
      const { totals, faults } = await proveDatabase(restored, TODAY);
      expect(faults).toEqual([]);
      expect(totals).toMatchObject({ 'journal records': 0, 'income (rupiah)': 0, 'ledger entries': 0 });
      const lines: string[] = [];
      await readJournal(
        database,
        'hh-0001',
        (head) => Promise.resolve(void lines.push(JSON.stringify({ format: 'eparking-journal', ...head }))),
        (records) => Promise.resolve(void lines.push(...records)),
      );
      const writer = new JournalWriter(restored, sealer, { clockAheadMsMax: 300_000, clockBehindMsMax: 90 * DAY_MS });
      expect(await importJournal(restored, writer, [...lines, '{"end":{}}'], NOW)).toEqual({ accepted: 5 });
      const income = 'SELECT * FROM income_days ORDER BY business_date';
      expect(await restored.query(income)).toEqual(await database.query(income));
    } finally {
      await restored.close();
    }
  });

  it('takes a backup of an earlier version and migrates it on', async () => {
    const [old, url] = [await emptyDatabase(), await emptyDatabase()];
    await runMigrations(old, { through: migrations.at(-2)!.name });
    await restoreBackup(url, sealer, pieces(await backupOf(old)));
    const restored = openDatabase({ url, poolSizeMax: 1 });
    await expect(checkReady(restored).finally(() => restored.close())).resolves.toBeUndefined();
  });

  it('refuses what is not whole, not unchanged, or not openable here, and leaves the database empty', async () => {
    const url = await emptyDatabase();
    const bytes = await backupOf(test.url);
    const changed = Buffer.from(bytes.toString('latin1').replace('officer', 'nobody!'), 'latin1');
    const refusals: [Buffer, Sealer, RegExp][] = [
      [bytes.subarray(0, bytes.length - 200), sealer, /cut off/],
      [changed, sealer, /audit_log does not come out as it went in/],
      [bytes, new Sealer([randomBytes(32)]), /other keys.*sealing\.key/],
      [Buffer.from('hello\n'), sealer, /no backup of ours/],
      [
        Buffer.from(
          bytes.toString('latin1').replace(/Resealing1700000000043|[A-Za-z]+17\d+(?=","sealingKey)/, 'Later1'),
          'latin1',
        ),
        sealer,
        /newer version/,
      ],
    ];
    for (const [text, keys, reason] of refusals) {
      await expect(restoreBackup(url, keys, pieces(text, 65_536))).rejects.toThrow(reason);
    }
    await expect(restoreBackup(test.url, sealer, pieces(bytes))).rejects.toThrow(/holds tables already/);
    await expect(restoreBackup(url, sealer, pieces(bytes, 65_536))).resolves.toMatchObject({
      tables: expect.any(Number),
    });
  });

  it('refuses secrets whose sealing key was rotated away', async () => {
    const key = randomBytes(32);
    const hashKeys = randomBytes(64);
    const out = new PassThrough();
    const [, bytes] = await Promise.all([writeBackup(test.url, new Sealer([key], { hashKeys }), out), buffer(out)]);
    const strange = restoreBackup(await emptyDatabase(), new Sealer([key], { hashKeys }), pieces(bytes, 65_536));
    await expect(strange).rejects.toThrow(/device_epochs are sealed under the key [0-9a-f]{8}, which is not here/);
  });
});
