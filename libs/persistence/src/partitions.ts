import type { Sql } from './database.js';

/**
 * Makes the journal's partitions of this month and of `months` months ahead, where they are missing.
 * @returns how many rows lie in the catch-all partition, which must stay empty: a row there means that a month's
 * partition was missing when it came, and keeps that partition from being made
 */
export async function ensureJournalPartitions(sql: Sql, nowMs: number, months: number): Promise<number> {
  await sql.query(
    `SELECT ensure_journal_partition(($1::timestamptz + make_interval(months => ahead))::date)
       FROM generate_series(0, $2::int) AS ahead`,
    [new Date(nowMs), months],
  );
  const [row] = await sql.query<{ count: number }>('SELECT count(*) AS count FROM journal_records_other');
  return row!.count;
}
