import { businessDateOf, type BusinessDate } from '@app/kernel';
import type { MoneyException } from '@app/reconciliation';
import type { Sql } from '../database.js';

export type ExceptionRun = 'day' | 'payouts';

/** An exception that a later look no longer finds, and the case that holds it. */
export interface GoneException {
  id: string;
  caseId: string | null;
}

/**
 * Any number: who holds this lock writes what reconciliation found. Days and payouts are worked out beside each other
 * and written one after the other: two that open the same case, or that use one ticket, see each other.
 */
export const FINDINGS_LOCK = 7_265_012;

/**
 * Makes the exceptions of a run what it found now: new ones are added, known ones updated and brought back when they
 * had been resolved, and those of these days that it no longer finds are resolved. Holds FINDINGS_LOCK from here to the
 * end of the transaction.
 * @param days business days that the run decided about
 */
export async function replaceExceptions(
  sql: Sql,
  run: ExceptionRun,
  days: readonly BusinessDate[],
  found: readonly MoneyException[],
  nowMs: number,
): Promise<GoneException[]> {
  await sql.query('SELECT pg_advisory_xact_lock($1)', [FINDINGS_LOCK]);
  await sql.query(
    `INSERT INTO exceptions AS t (id, run, pattern, state, subject_kind, subject_id, business_date, at, amount, point_id,
       device_no, attendant, record, settlement, due_at, evidence, details, rule_version, first_seen_at, last_seen_at)
     SELECT e.id, $2, e.pattern, e.state, e.subject ->> 'kind', e.subject ->> 'id', e."businessDate",
       to_timestamp(e.at / 1000.0), e.amount, p.id, d.device_no, e.attendant, e.record, e.settlement,
       to_timestamp(e."dueAt" / 1000.0), e.evidence, e.details, e."ruleVersion", $3, $3
       FROM jsonb_to_recordset($1::jsonb) AS e (id text, pattern text, state text, subject jsonb, "businessDate" date,
         at double precision, amount bigint, point text, device text, attendant text, record text, settlement text,
         "dueAt" double precision, evidence jsonb, details jsonb, "ruleVersion" text)
       LEFT JOIN points p ON p.code = e.point LEFT JOIN devices d ON d.device_id = e.device ORDER BY e.id
     ON CONFLICT (id) DO UPDATE SET run = excluded.run, state = excluded.state, business_date = excluded.business_date,
       at = excluded.at, amount = excluded.amount, point_id = excluded.point_id, device_no = excluded.device_no,
       attendant = excluded.attendant, record = excluded.record, settlement = excluded.settlement,
       due_at = excluded.due_at, evidence = excluded.evidence, details = excluded.details,
       rule_version = excluded.rule_version, subject_kind = excluded.subject_kind, subject_id = excluded.subject_id,
       last_seen_at = excluded.last_seen_at, resolved_at = NULL`,
    [JSON.stringify(found), run, new Date(nowMs)],
  );
  return sql.query<GoneException>(
    `UPDATE exceptions SET state = 'resolved', resolved_at = $4
      WHERE run = $1 AND business_date = ANY($2) AND state <> 'resolved' AND NOT id = ANY($3)
      RETURNING id, case_id AS "caseId"`,
    [run, days, found.map((exception) => exception.id), new Date(nowMs)],
  );
}

/** Days that nobody looked at yet are taken up so many at a time. */
const UNSEEN_DAYS_MAX = 31;

/**
 * Days that only time makes ripe: those with exceptions whose deadline has passed, and those on which nothing came, so
 * that nobody looked, although a deposit may have been due. The books begin with the first day that was reconciled, but
 * for records whose clock was wrong: terminals keep 60 days at most.
 */
export async function ripeDays(sql: Sql, nowMs: number): Promise<{ run: ExceptionRun; businessDate: BusinessDate }[]> {
  return sql.query(
    `SELECT DISTINCT run, business_date AS "businessDate" FROM exceptions WHERE state = 'expected' AND due_at <= $1
     UNION (SELECT 'day', day::date FROM (SELECT min(business_date) AS first FROM reconciled_days
         WHERE business_date >= (SELECT min(registered_at AT TIME ZONE 'Asia/Jakarta')::date - 60 FROM devices)) books
        CROSS JOIN LATERAL generate_series(first, $2::date - 1, interval '1 day') AS day
       WHERE NOT EXISTS (SELECT FROM reconciled_days d WHERE d.business_date = day::date)
       ORDER BY day LIMIT $3)`,
    [new Date(nowMs), businessDateOf(nowMs), UNSEEN_DAYS_MAX],
  );
}
