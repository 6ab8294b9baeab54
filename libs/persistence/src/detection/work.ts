import { addDays, businessDateOf, type BusinessDate } from '@app/kernel';
import type { Sql } from '../database.js';
import { REOPEN_DAYS_MAX } from './states.js';

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

/** The same for all days from one on that are over: assessing one again assesses those after it, as far back as is kept. */
export async function askAssessmentSince(sql: Sql, from: BusinessDate, reason: string, nowMs: number): Promise<void> {
  const today = businessDateOf(nowMs);
  const oldest = addDays(today, -REOPEN_DAYS_MAX);
  if (from < today) await askAssessment(sql, [from < oldest ? oldest : from], reason, nowMs);
}
