import type { Sql } from '../database.js';

/**
 * Commits a text to the write-ahead log and to no table: a true commit, with all that it costs, that leaves nothing to
 * clean up. For measuring and conformance tests.
 */
export async function commitMark(sql: Sql, text: string): Promise<void> {
  await sql.query(`SELECT pg_logical_emit_message(true, 'eparking', $1)`, [text]);
}
