import type { BusinessDate, Rupiah } from '@app/kernel';
import type { Scope } from '@app/registry';
import type { Sql } from '../database.js';

export const WATERFALL_GROUPS = ['point', 'district', 'operator', 'day', 'month'] as const;
export type WaterfallGroup = (typeof WATERFALL_GROUPS)[number];

/** How far a group's money has come, gross, in rupiah, and the three gaps. */
export interface WaterfallSums {
  /** What should have come, of the point-days for which that is known; null while there is none. */
  potential: Rupiah | null;
  /** Its range, if all points err the same way: an honest total is at least so sure. */
  potentialLow: Rupiah | null;
  potentialHigh: Rupiah | null;
  /** Point-days with income or potential, and those of them whose potential is known. */
  pointDays: number;
  potentialPointDays: number;
  recorded: Rupiah;
  settled: Rupiah;
  deposited: Rupiah;
  /** Potential less what was recorded on the same point-days. */
  unrecorded: Rupiah | null;
  unsettled: Rupiah;
  undeposited: Rupiah;
}

export interface WaterfallRow extends WaterfallSums {
  key: string;
  label: string;
}

const GROUPS: Record<WaterfallGroup, { key: string; label: string }> = {
  point: { key: `coalesce(p.code, '')`, label: `coalesce(p.name, '(no known point)')` },
  district: { key: `coalesce(p.district, '')`, label: `coalesce(nullif(p.district, ''), '(no district)')` },
  operator: { key: `coalesce(po.operator_code, '')`, label: `coalesce(o.name, '(the city itself)')` },
  day: { key: `to_char(w.business_date, 'YYYY-MM-DD')`, label: `to_char(w.business_date, 'YYYY-MM-DD')` },
  month: { key: `to_char(w.business_date, 'YYYY-MM')`, label: `to_char(w.business_date, 'FMMonth YYYY')` },
};

/** The road of the money of these business days: recorded, settled, deposited, by the payment's own day. */
export async function waterfallReport(
  sql: Sql,
  question: { from: BusinessDate; to: BusinessDate; groupBy: WaterfallGroup },
  scope: Scope,
): Promise<{ rows: WaterfallRow[]; total: WaterfallSums }> {
  const { key, label } = GROUPS[question.groupBy];
  const rows = await sql.query<RoadSums & { key: string; label: string }>(
    `SELECT ${key} AS key, min(${label}) AS label, ${SUMS.map((name) => `sum(w.${name})::bigint AS ${name}`).join(', ')}
       FROM (${ROAD}) w
       LEFT JOIN points p ON p.id = w.point_id
       LEFT JOIN point_operators po ON po.point_id = w.point_id AND po.valid_from <= w.business_date
         AND (po.valid_to IS NULL OR po.valid_to > w.business_date)
       LEFT JOIN operators o ON o.code = po.operator_code
      WHERE $3::text IS NULL OR po.operator_code = $3
      GROUP BY 1 HAVING sum(w.recorded) <> 0 OR sum(w.settled) <> 0 OR sum(w.deposited) <> 0 OR sum(w.high) <> 0
      ORDER BY (${key}) COLLATE "C"`,
    [question.from, question.to, scope.operatorCode ?? null],
  );
  const all = Object.fromEntries(SUMS.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]));
  return {
    rows: rows.map(({ key, label, ...sums }) => ({ key, label, ...gapsOf(sums) })),
    total: gapsOf(all as RoadSums),
  };
}

const SUMS = ['recorded', 'settled', 'deposited', 'low', 'mid', 'high', 'covered', 'known', 'days'] as const;
/** `covered`: recorded on the point-days whose potential is known, which are `known` of `days`. */
type RoadSums = Record<(typeof SUMS)[number], number>;

/** A row a business day and point. */
const ROAD = /* sql */ `
SELECT business_date, point_id, coalesce(i.recorded, 0) AS recorded, coalesce(f.settled, 0) AS settled,
       coalesce(f.deposited, 0) AS deposited, coalesce(d.low, 0) AS low, coalesce(d.mid, 0) AS mid,
       coalesce(d.high, 0) AS high, CASE WHEN d.mid IS NULL THEN 0 ELSE coalesce(i.recorded, 0) END AS covered,
       (d.mid IS NOT NULL)::int AS known, (d.mid IS NOT NULL OR i.recorded IS NOT NULL)::int AS days
  FROM (SELECT business_date, point_id, sum(amount) AS recorded FROM income_days
         WHERE business_date BETWEEN $1 AND $2 GROUP BY 1, 2) i
  FULL JOIN (SELECT business_date, point_id, settled_cash + settled_cashless AS settled,
               deposited_cash + deposited_cashless AS deposited
               FROM waterfall_days WHERE business_date BETWEEN $1 AND $2) f USING (business_date, point_id)
  FULL JOIN (SELECT business_date, point_id, low, mid, high FROM potential_days
              WHERE business_date BETWEEN $1 AND $2) d USING (business_date, point_id)`;

function gapsOf({ recorded, settled, deposited, low, mid, high, covered, known, days }: RoadSums): WaterfallSums {
  const isKnown = known > 0;
  return {
    potential: isKnown ? mid : null,
    potentialLow: isKnown ? low : null,
    potentialHigh: isKnown ? high : null,
    pointDays: days,
    potentialPointDays: known,
    recorded,
    settled,
    deposited,
    unrecorded: isKnown ? mid - covered : null,
    unsettled: recorded - settled,
    undeposited: settled - deposited,
  };
}
