import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { TableHead, TableSum } from './backup-file.js';

/** Made by the migrations themselves. */
const NOT_COPIED = ['schema_migrations'];

/**
 * What people decided and entered about the city, and the log of who did: all that a journal needs to be taken in again.
 * Everything else is journal, or money, or follows from them.
 */
export const REGISTRY_TABLES = [
  ...['access_log', 'audit_chain', 'audit_log', 'users', 'recovery_codes', 'saved_views', 'registry_version'],
  ...['operators', 'operator_contracts', 'points', 'point_operators', 'tariffs', 'free_zones', 'holidays'],
  ...['devices', 'device_epochs', 'device_assignments', 'attendants', 'attendant_assignments', 'ticket_ranges'],
  ...['acquirers', 'payees', 'bank_accounts', 'rule_books', 'subscriptions', 'targets', 'calendar_events'],
  ...['detector_settings', 'field_count_plans', 'field_counts'],
];

/** What makes two copies of the same rows the same bytes, whatever the server's settings. */
export const COPY_SETTINGS = `SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';
SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL client_encoding = 'UTF8';
SET LOCAL synchronize_seqscans = off; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '30s'`;

/**
 * Every table of the product with its stored columns, partitions by themselves; a table stands after those that it
 * refers to. The queue's own schema is not among them: jobs are made again from the outbox.
 */
export async function tablesInOrder(client: pg.Client): Promise<TableHead[]> {
  const { rows: tables } = await client.query<TableHead & { parent: string; refers: string[] }>(
    `SELECT c.relname AS "table", coalesce(p.relname, c.relname) AS parent,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       ARRAY(SELECT DISTINCT f.confrelid::regclass::text FROM pg_constraint f
         WHERE f.contype = 'f' AND f.conrelid IN (c.oid, i.inhparent) AND f.confrelid <> f.conrelid) AS refers
     FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ($1) ORDER BY c.relname`,
    [NOT_COPIED],
  );
  const placed = new Set<string>();
  const ordered: TableHead[] = [];
  for (let left = tables; left.length > 0;) {
    const free = left.filter(({ refers }) => refers.every((other) => placed.has(other)));
    if (free.length === 0)
      throw new Error(`tables refer to each other in a circle: ${left.map((t) => t.table).join(', ')}`);
    left = left.filter((table) => !free.includes(table));
    for (const { table, columns } of free) ordered.push({ table, columns });
    // A partitioned table is filled when its last partition is.
    const open = new Set(left.map(({ parent }) => parent));
    for (const { parent } of free) if (!open.has(parent)) placed.add(parent);
  }
  return ordered;
}

export const copyOut = ({ table, columns }: TableHead): string => `COPY "${table}" (${listOf(columns)}) TO STDOUT`;
export const copyIn = ({ table, columns }: TableHead): string => `COPY "${table}" (${listOf(columns)}) FROM stdin`;

const listOf = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');

/** Counts and hashes rows in COPY's text format. A row is a line: line ends within are escaped. */
export class RowSum {
  #rows = 0;
  readonly #hash = createHash('sha256');

  add(chunk: Buffer): void {
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) this.#rows++;
    this.#hash.update(chunk);
  }

  /** Once, at the end. */
  sum(): TableSum {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') };
  }
}
