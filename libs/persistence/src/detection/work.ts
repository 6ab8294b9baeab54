import type { BusinessDate } from '@app/kernel';
import type { Sql } from '../database.js';

/** Asks, in the caller's transaction, that business days be assessed again: something about them changed. */
export async function askAssessment(
  sql: Sql,
  days: readonly BusinessDate[],
  reason: string,
  nowMs: number,
): Promise<void> {
  await sql.query(
    `INSERT INTO detection_work (business_date, reason, asked_at)
     SELECT d.day, $2, $3 FROM (SELECT DISTINCT unnest($1::date[]) AS day) d
      WHERE NOT EXISTS (SELECT FROM detection_work w WHERE w.business_date = d.day AND w.reason = $2 FOR SHARE SKIP LOCKED)`,
    [days, reason, new Date(nowMs)],
  );
}
