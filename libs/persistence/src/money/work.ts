import type { BusinessDate } from '@app/kernel';
import type { Sql } from '../database.js';
import { activeTrace } from '../trace.js';

/** What the books must look at again. `reconcile-payouts` names a settlement day. */
export type WorkKind = 'post-day' | 'reconcile-day' | 'reconcile-payouts';

export interface BookWork {
  businessDate: BusinessDate;
  /** null: the whole day. */
  pointId: number | null;
}

/** Work that was taken up, with the trace of what asked for it. */
export interface TakenWork extends BookWork {
  trace: string | null;
}

/** The traces of what asked for this work, each once. */
export function tracesOf(work: readonly Pick<TakenWork, 'trace'>[]): string[] {
  return [...new Set(work.flatMap(({ trace }) => trace ?? []))];
}

/**
 * Asks, in the caller's transaction, that days be looked at again; asked twice before it is done is asked once. The row
 * that is there already is held until this transaction ends, so that nobody looks before the change can be seen; one
 * that somebody is working on does not count. A change that is followed (trace.ts) always has a row of its own.
 */
export async function askWork(sql: Sql, kind: WorkKind, days: readonly BookWork[], nowMs: number): Promise<void> {
  if (days.length === 0) return;
  await sql.query(
    `INSERT INTO book_work (kind, business_date, point_id, asked_at, trace)
     SELECT DISTINCT $1::text, d.date, d.point, $4::timestamptz, $5::text
       FROM unnest($2::date[], $3::int[]) AS d (date, point)
      WHERE $5 IS NOT NULL OR NOT EXISTS (SELECT FROM book_work w WHERE w.kind = $1 AND w.business_date = d.date
        AND w.point_id IS NOT DISTINCT FROM d.point FOR SHARE SKIP LOCKED)
      ORDER BY 2, 3`,
    [kind, days.map((day) => day.businessDate), days.map((day) => day.pointId), new Date(nowMs), activeTrace()],
  );
}

/** Asks that the days of a period which were reconciled be looked at again: something they depend on changed. */
export async function askReconciledDays(
  sql: Sql,
  period: { from?: BusinessDate; to?: BusinessDate },
  nowMs: number,
): Promise<number> {
  const days = await sql.query<BookWork>(
    `SELECT business_date AS "businessDate", NULL AS "pointId" FROM reconciled_days
      WHERE ($1::date IS NULL OR business_date >= $1) AND ($2::date IS NULL OR business_date <= $2)`,
    [period.from ?? null, period.to ?? null],
  );
  await askWork(sql, 'reconcile-day', days, nowMs);
  return days.length;
}

/**
 * Takes work that nobody holds, yesterday's and today's first, then the oldest day; it is gone when the caller's transaction commits, and there again
 * when it does not.
 * @param restedUntilMs work on days from `runningFrom` on is taken only when it was asked for before this instant (ms)
 */
export async function takeWork(
  sql: Sql,
  kind: WorkKind,
  options: { rowsMax: number; runningFrom: BusinessDate; restedUntilMs: number },
): Promise<TakenWork[]> {
  return sql.query<TakenWork>(
    `DELETE FROM book_work WHERE id IN (
       SELECT id FROM book_work WHERE kind = $1 AND (business_date < $2 OR asked_at <= $3)
        ORDER BY business_date < $2::date - 1, business_date, id LIMIT $4 FOR UPDATE SKIP LOCKED)
     RETURNING business_date AS "businessDate", point_id AS "pointId", trace`,
    [kind, options.runningFrom, new Date(options.restedUntilMs), options.rowsMax],
  );
}

/** How much waits, by kind. */
export async function workBacklog(sql: Sql): Promise<{ kind: WorkKind; count: number }[]> {
  return sql.query('SELECT kind, count(*) AS count FROM book_work GROUP BY kind');
}
