import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Sealer } from '@app/registry';
import { runMigrations } from '../data-source.js';
import { migrations } from '../migrations/index.js';
import { SEALED_COLUMNS } from '../resealing.js';
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  BackupError,
  BackupReader,
  type BackupEnd,
  type BackupHead,
  type TableHead,
  type TableSum,
} from './backup-file.js';
import { COPY_SETTINGS, REGISTRY_TABLES, RowSum, copyIn, copyOut, tablesInOrder } from './tables.js';
import type { BackupSummary } from './write-backup.js';

export interface RestoreOptions {
  /** Keep the registry alone: no journal, no money; exported journals can then be taken in again. */
  readonly registryOnly?: boolean;
  readonly onTable?: (table: string, rows: number) => void;
}

/**
 * Fills an empty database from a backup's text: the schema of the backup's version, all rows in one transaction, each
 * table read back and held against its SHA-256, then the migrations since. Either all of it is there, or nothing.
 * @param url of a database without tables, as who will own them
 * @throws BackupError in a sentence: not empty, cut off, changed, of a newer version, sealed under other keys
 */
export async function restoreBackup(
  url: string,
  sealer: Sealer,
  chunks: AsyncIterable<Buffer>,
  options: RestoreOptions = {},
): Promise<BackupSummary> {
  const reader = new BackupReader(chunks);
  const head = await reader.note<BackupHead>();
  refuseStrange(head, sealer);
  await withClient(url, refuseFilled);
  const end = await runMigrations(url, { through: head.schema })
    .then(() => withClient(url, (client) => fill(client, reader, sealer, options)))
    .catch(async (error: unknown) => {
      // It was empty before: so it is again, for the next try.
      await withClient(url, (client) => client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public'));
      throw error;
    });
  await runMigrations(url);
  return { takenAt: head.takenAt, tables: end.tables, rows: end.rows };
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'eparking-restore', keepAlive: true });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function refuseStrange(head: BackupHead, sealer: Sealer): void {
  if (head.format !== BACKUP_FORMAT || head.version !== BACKUP_VERSION)
    throw new BackupError('This is no backup of ours, or one of another format.');
  if (!migrations.some(({ name }) => name === head.schema))
    throw new BackupError(`The backup is of a newer version (${head.schema}): restore it with that version.`);
  if (head.hashKeys !== sealer.hashKeyId)
    throw new BackupError(
      `The backup's hashes of plates were made with other keys (${head.hashKeys}, here ${sealer.hashKeyId}): put the ` +
        'secrets/sealing.key of that system in its place, and hashes.key where its key was ever rotated.',
    );
}

async function refuseFilled(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') LIMIT 1",
  );
  if (rows.length > 0)
    throw new BackupError(`The database "${client.database}" holds tables already: restore into an empty one.`);
}

async function fill(
  client: pg.Client,
  reader: BackupReader,
  sealer: Sealer,
  { registryOnly = false, onTable }: RestoreOptions,
): Promise<BackupEnd['end']> {
  await client.query(`BEGIN; ${COPY_SETTINGS}`);
  const parents = await emptied(client);
  let [tables, rows] = [0, 0];
  for (;;) {
    const note = await reader.note<TableHead | BackupEnd>();
    if ('end' in note) {
      if (note.end.tables !== tables || note.end.rows !== rows)
        throw new BackupError('The backup lacks tables or rows that its end names: it was changed.');
      for (const [sequence, value] of Object.entries(note.end.sequences))
        await client.query('SELECT setval(format($f$%I$f$, $1::text)::regclass, $2)', [sequence, value]);
      await refuseUnreadable(client, sealer);
      if (registryOnly) await truncate(client, without(parents, REGISTRY_TABLES));
      for (const parent of parents) await client.query(`ALTER TABLE "${parent}" ENABLE TRIGGER USER`);
      await client.query('COMMIT; ANALYZE');
      return note.end;
    }
    const filled = await fillTable(client, reader, note);
    onTable?.(note.table, filled);
    tables += 1;
    rows += filled;
  }
}

/** Takes out what migrations put in, and keeps triggers from writing more than the backup holds. */
async function emptied(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND NOT relispartition AND relname <> 'schema_migrations'`,
  );
  const names = rows.map(({ name }) => name);
  for (const name of names) await client.query(`ALTER TABLE "${name}" DISABLE TRIGGER USER`);
  await truncate(client, names);
  return names;
}

async function truncate(client: pg.Client, tables: readonly string[]): Promise<void> {
  await client.query(`TRUNCATE ${tables.map((name) => `"${name}"`).join(', ')}`);
}

const without = (all: readonly string[], some: readonly string[]): string[] => all.filter((one) => !some.includes(one));

async function fillTable(client: pg.Client, reader: BackupReader, table: TableHead): Promise<number> {
  await ensureTable(client, table);
  await reader.line();
  await pipeline(reader.rows(), client.query(copyFrom(copyIn(table))));
  const told = await reader.note<TableSum>();
  const sum = new RowSum();
  for await (const chunk of client.query(copyTo(copyOut(table))) as AsyncIterable<Buffer>) sum.add(chunk);
  const held = sum.sum();
  if (held.rows !== told.rows || held.sha256 !== told.sha256)
    throw new BackupError(
      `The table ${table.table} does not come out as it went in (${held.rows} of ${told.rows} rows): the backup was changed.`,
    );
  return held.rows;
}

/** The file names tables: only those of the schema are filled. Partitions of other months than ours are made. */
async function ensureTable(client: pg.Client, table: TableHead): Promise<void> {
  const [, year, month] = /^journal_records_(\d{4})_(\d{2})$/.exec(table.table) ?? [];
  if (year && month) await client.query('SELECT ensure_journal_partition($1)', [`${year}-${month}-01`]);
  const known = (await tablesInOrder(client)).find((one) => one.table === table.table);
  if (!known || known.columns.join() !== table.columns.join())
    throw new BackupError(`The backup holds a table "${table.table}" that its version does not have: it was changed.`);
}

/** A database whose secrets nobody can open would be found out when the first terminal signs in. */
async function refuseUnreadable(client: pg.Client, sealer: Sealer): Promise<void> {
  for (const { table, column } of SEALED_COLUMNS) {
    const { rows } = await client.query<{ key: Buffer }>(
      `SELECT DISTINCT substr(${column}, 2, 4) AS key FROM ${table} WHERE substr(${column}, 1, 1) = '\\x01'`,
    );
    for (const { key } of rows)
      if (!sealer.knows(key))
        throw new BackupError(
          `Secrets in ${table} are sealed under the key ${key.toString('hex')}, which is not here: put the ` +
            'secrets/sealing.key of that system in its place (or set EPARKING_SEALING_KEY and EPARKING_SEALING_KEYS_OLD).',
        );
  }
}
