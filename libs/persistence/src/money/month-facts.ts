import { addDays, type BusinessDate, type Rupiah } from '@app/kernel';
import type { Sql } from '../database.js';
import { waterfallReport, type WaterfallRow, type WaterfallSums } from './waterfall.js';
import { targetRealisation, type RealisationRow } from './targets.js';

export interface PatternSum {
  pattern: string;
  /** Still in time. */
  expected: number;
  /** Does not add up. */
  mismatched: number;
  mismatchedAmount: Rupiah;
  /** No longer found. */
  resolved: number;
}

export interface CaseSum {
  pattern: string;
  opened: number;
  open: number;
  resolved: number;
  amount: Rupiah;
  recovered: Rupiah;
}

/** Everything the monthly report says, read from one snapshot. */
export interface MonthFacts {
  /** `YYYY-MM`. */
  month: string;
  from: BusinessDate;
  to: BusinessDate;
  total: WaterfallSums;
  points: WaterfallRow[];
  operators: WaterfallRow[];
  districts: WaterfallRow[];
  days: WaterfallRow[];
  /** The year and this month: what came in, and each source's targets. */
  realisation: RealisationRow[];
  exceptions: PatternSum[];
  cases: CaseSum[];
  arrears: Rupiah;
}

/** The facts of a month, gross, by the payment's own business day. */
export async function monthFacts(sql: Sql, month: string): Promise<MonthFacts> {
  const from = `${month}-01`;
  const to = addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1);
  const by = (groupBy: 'point' | 'operator' | 'district' | 'day') => waterfallReport(sql, { from, to, groupBy }, {});
  const points = await by('point');
  const year = await targetRealisation(sql, Number(month.slice(0, 4)));
  const exceptions = await sql.query<PatternSum>(
    `SELECT pattern, count(*) FILTER (WHERE state = 'expected') AS expected,
            count(*) FILTER (WHERE state = 'mismatched') AS mismatched,
            coalesce(sum(amount) FILTER (WHERE state = 'mismatched'), 0)::bigint AS "mismatchedAmount",
            count(*) FILTER (WHERE state = 'resolved') AS resolved
       FROM exceptions WHERE business_date BETWEEN $1 AND $2 GROUP BY 1 ORDER BY 4 DESC, 1`,
    [from, to],
  );
  // A case belongs to the month in which what it is about happened last.
  const cases = await sql.query<CaseSum>(
    `SELECT pattern, count(*) AS opened, count(*) FILTER (WHERE state <> 'resolved') AS open,
            count(*) FILTER (WHERE state = 'resolved') AS resolved, sum(amount)::bigint AS amount,
            sum(recovered)::bigint AS recovered
       FROM cases WHERE to_date BETWEEN $1 AND $2 GROUP BY 1 ORDER BY 5 DESC, 1`,
    [from, to],
  );
  const [owed] = await sql.query<{ arrears: Rupiah }>(
    `SELECT coalesce(sum(l.amount), 0)::bigint AS arrears FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id
      WHERE l.account LIKE 'arrears/%' AND e.business_date <= $1`,
    [to],
  );
  return {
    month,
    from,
    to,
    total: points.total,
    points: points.rows,
    operators: (await by('operator')).rows,
    districts: (await by('district')).rows,
    days: (await by('day')).rows,
    realisation: year.filter((row) => row.month === null || row.month === Number(month.slice(5))),
    exceptions,
    cases,
    arrears: owed!.arrears,
  };
}
