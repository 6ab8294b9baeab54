import type { Sealer } from '@app/registry';
import type { Database } from './database.js';

/** Where sealed values lie, and the context of each in SQL. A new sealed column gets a line here. */
interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly context: string;
}

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    table: 'device_epochs',
    column: 'journal_key_sealed',
    context: `'device-journal-key/' || (SELECT device_id FROM devices d WHERE d.device_no = t.device_no) || '/' || t.epoch`,
  },
  { table: 'users', column: 'totp_sealed', context: `'user-totp/' || t.id` },
  { table: 'acquirers', column: 'secrets_sealed', context: `'acquirer-secrets/' || t.code` },
  {
    table: 'snap_notices',
    column: 'bytes',
    context: `'snap-notice/' || t.acquirer_code || '/' || t.day || '/' || t.external_id`,
  },
  { table: 'snap_refusals', column: 'bytes', context: `'snap-refusal/' || encode(t.sha256, 'hex')` },
];

const ROWS_MAX = 200;

/**
 * Seals every sealed value anew under the current key, in small transactions. Killed at any moment and begun again it
 * goes on with what is left: a value tells by itself under which key it lies.
 * @returns how many values were sealed anew
 */
export async function resealAll(
  database: Database,
  sealer: Sealer,
  onProgress: (table: string, count: number) => void = () => undefined,
): Promise<number> {
  let total = 0;
  for (const place of SEALED_COLUMNS)
    for (;;) {
      const count = await resealSome(database, sealer, place);
      if (count === 0) break;
      total += count;
      onProgress(place.table, count);
    }
  return total;
}

/** How many values lie under another key than the current one. */
export async function sealedUnderOldKeys(database: Database, sealer: Sealer): Promise<number> {
  let total = 0;
  for (const { table, column } of SEALED_COLUMNS) {
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*) AS count FROM ${table} t WHERE ${olderThan(column)}`,
      [sealer.currentKeyId],
    );
    total += row!.count;
  }
  return total;
}

/** Byte 1 is the version, bytes 2 to 5 the key's id (Sealer). */
const olderThan = (column: string): string =>
  `t.${column} IS NOT NULL AND substr(t.${column}, 1, 1) = '\\x01' AND substr(t.${column}, 2, 4) <> $1`;

function resealSome(database: Database, sealer: Sealer, { table, column, context }: SealedColumn): Promise<number> {
  return database.transaction(async (sql) => {
    await sql.query("SET LOCAL eparking.resealing = 'on'");
    const rows = await sql.query<{ ctid: string; sealed: Buffer; context: string }>(
      `SELECT t.ctid::text AS ctid, t.${column} AS sealed, ${context} AS context FROM ${table} t
       WHERE ${olderThan(column)} LIMIT ${ROWS_MAX} FOR UPDATE`,
      [sealer.currentKeyId],
    );
    if (rows.length === 0) return 0;
    const anew = rows.map((row) => sealer.seal(sealer.open(row.sealed, row.context), row.context));
    await sql.query(
      `UPDATE ${table} t SET ${column} = n.sealed FROM unnest($1::tid[], $2::bytea[]) AS n (place, sealed)
       WHERE t.ctid = n.place`,
      [rows.map((row) => row.ctid), anew],
    );
    return rows.length;
  });
}
