import { addDays, startOfBusinessDay, type BusinessDate } from '@app/kernel';
import { endOfWorkingDay, type CashRule } from '@app/reconciliation';
import { ConflictError, NotFoundError } from '@app/registry';
import { Conditions, type ListQuery } from '../lists.js';
import { askReconciledDays, askWork, type BookWork } from '../money/work.js';
import type { WriteTx } from '../writes.js';

export interface HolidayRow {
  day: BusinessDate;
  name: string;
}

/** Days on which nobody has to hand money in, the earliest first. */
export function holidaysQuery(filter: { from?: BusinessDate; to?: BusinessDate }): ListQuery<HolidayRow> {
  const conditions = new Conditions().period('day', filter);
  return { text: `SELECT day, name FROM holidays ${conditions.where}`, values: conditions.values, orderBy: 'day' };
}

/** @throws ConflictError when the day is one already */
export async function addHoliday(tx: WriteTx, { day, name }: HolidayRow, rule: CashRule, nowMs: number): Promise<void> {
  const added = await tx.query('INSERT INTO holidays (day, name) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1', [
    day,
    name,
  ]);
  if (added.length === 0)
    throw new ConflictError(`${day} is a holiday already.`, 'Remove it first to give it another name.', 'day');
  await lookAgain(tx, day, rule, nowMs);
  await tx.audit('holiday.add', day, { name });
}

/** @throws NotFoundError */
export async function removeHoliday(tx: WriteTx, day: BusinessDate, rule: CashRule, nowMs: number): Promise<void> {
  // Days are found while the holiday still counts: then their deadlines reach furthest.
  await lookAgain(tx, day, rule, nowMs);
  const gone = await tx.query<{ name: string }>('DELETE FROM holidays WHERE day = $1 RETURNING name', [day]);
  if (gone.length === 0) throw new NotFoundError('holiday', day);
  await tx.audit('holiday.remove', day, { name: gone[0]!.name });
}

/**
 * Deadlines beyond a holiday move with it. Judged again are the days whose money was due, handed over or written on a
 * slip so shortly before that the deadline lies on the holiday or after it.
 */
async function lookAgain(tx: WriteTx, day: BusinessDate, rule: CashRule, nowMs: number): Promise<void> {
  const rows = await tx.query<HolidayRow>('SELECT day, name FROM holidays WHERE day BETWEEN $1::date - 60 AND $1', [
    day,
  ]);
  const holidays = new Set(rows.map((row) => row.day));
  const workingDays = Math.max(rule.depositWorkingDaysMax, rule.creditNoteWorkingDaysMax);
  let from = day;
  while (endOfWorkingDay(addDays(from, -1), workingDays, holidays) > startOfBusinessDay(day)) from = addDays(from, -1);
  const period = [new Date(startOfBusinessDay(from)), new Date(startOfBusinessDay(day))];
  const handled = await tx.query<BookWork>(
    `SELECT DISTINCT business_date AS "businessDate", NULL AS "pointId" FROM (
       SELECT business_date FROM hand_overs WHERE handed_at >= $1 AND handed_at < $2
       UNION SELECT business_date FROM deposit_slips WHERE written_at >= $1 AND written_at < $2) d`,
    period,
  );
  await askReconciledDays(tx, { from, to: addDays(day, -1) }, nowMs);
  await askWork(tx, 'reconcile-day', handled, nowMs);
}
