import { once } from 'node:events';
import type { Writable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Sealer } from '@app/registry';
import { migrations } from '../migrations/index.js';
import { BACKUP_FORMAT, BACKUP_VERSION, type BackupEnd, type BackupHead, type TableHead } from './backup-file.js';
import { COPY_SETTINGS, RowSum, copyIn, copyOut, tablesInOrder } from './tables.js';

export interface BackupSummary {
  readonly takenAt: string;
  readonly tables: number;
  readonly rows: number;
}

/**
 * Writes every table, as it was at one instant, as text (backup-file.ts) to `out` and ends it. The system may go on
 * working; nothing waits for it but migrations.
 * @param url of the database, as the tables' owner
 */
export async function writeBackup(url: string, sealer: Sealer, out: Writable): Promise<BackupSummary> {
  const client = new pg.Client({ connectionString: url, application_name: 'eparking-backup', keepAlive: true });
  await client.connect();
  try {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${COPY_SETTINGS}`);
    const head = await headOf(client, sealer);
    await note(out, head);
    const tables = await tablesInOrder(client);
    let rows = 0;
    for (const table of tables) rows += await writeTable(client, table, out);
    // After the rows, and so at or beyond every number in them: sequences know no snapshot.
    const sequences = await client.query<{ name: string; value: string }>(
      `SELECT sequencename AS name, last_value AS value FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1`,
    );
    const values = Object.fromEntries(sequences.rows.map(({ name, value }) => [name, Number(value)]));
    await note(out, { end: { tables: tables.length, rows, sequences: values } } satisfies BackupEnd);
    await client.query('COMMIT');
    out.end();
    return { takenAt: head.takenAt, tables: tables.length, rows };
  } finally {
    await client.end();
  }
}

/**
 * The version of a schema: the last of its migrations in the order in which they landed, which is that of the list and
 * not always that of their numbers. One that is not known here is of a newer version.
 */
function lastOf(names: readonly string[]): string {
  const known = new Set(names);
  const listed = migrations.map(({ name }) => name);
  return names.findLast((name) => !listed.includes(name)) ?? listed.findLast((name) => known.has(name))!;
}

async function headOf(client: pg.Client, sealer: Sealer): Promise<BackupHead> {
  const { rows } = await client.query<{ at: Date; names: string[] }>(
    'SELECT now() AS at, ARRAY(SELECT name FROM schema_migrations ORDER BY timestamp)::text[] AS names',
  );
  const { at, names } = rows[0]!;
  return {
    format: BACKUP_FORMAT,
    version: BACKUP_VERSION,
    takenAt: at.toISOString(),
    schema: lastOf(names),
    sealingKey: sealer.currentKeyId.toString('hex'),
    hashKeys: sealer.hashKeyId,
  };
}

async function writeTable(client: pg.Client, table: TableHead, out: Writable): Promise<number> {
  await note(out, table);
  await text(out, `${copyIn(table)};\n`);
  const sum = new RowSum();
  for await (const chunk of client.query(copyTo(copyOut(table))) as AsyncIterable<Buffer>) {
    sum.add(chunk);
    await text(out, chunk);
  }
  await text(out, '\\.\n');
  const result = sum.sum();
  await note(out, result);
  return result.rows;
}

const note = (out: Writable, value: object): Promise<void> => text(out, `-- ${JSON.stringify(value)}\n`);

async function text(out: Writable, line: string | Buffer): Promise<void> {
  if (!out.write(line)) await once(out, 'drain');
}
