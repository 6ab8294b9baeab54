import type { BusinessDate } from '@app/kernel';
import type { Sql } from '../database.js';

/** Makes a day's potential what is known now. */
export async function replacePotentials(sql: Sql, date: BusinessDate, nowMs: number): Promise<void> {
  await sql.query(
    `INSERT INTO potential_days (business_date, point_id, basis, low, mid, high, made_at)
     SELECT e.business_date, e.point_id, 'expectation', e.amount_lower, e.amount, e.amount_upper, $2
       FROM current_expectation_days e WHERE e.business_date = $1 AND e.amount IS NOT NULL
     ON CONFLICT (business_date, point_id) DO UPDATE SET basis = excluded.basis, low = excluded.low, mid = excluded.mid,
       high = excluded.high, classes = excluded.classes, made_at = excluded.made_at`,
    [date, new Date(nowMs)],
  );
}
