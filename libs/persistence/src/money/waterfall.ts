import type { BusinessDate, Rupiah } from '@app/kernel';
import type { Scope } from '@app/registry';
import type { Sql } from '../database.js';
import { OPERATOR_ON } from '../registry/sql-parts.js';

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

const DISTRICT = `coalesce(p.district, '')`;
const DAY = `to_char(w.business_date, 'YYYY-MM-DD')`;
const MONTH = `date_trunc('month', w.business_date)`;

/** `by` is what rows are summed by; key and label are made of it once a group, not once a row. */
const GROUPS: Record<WaterfallGroup, { by: string; key: string; label: string }> = {
  point: { by: 'p.code, p.name', key: `coalesce(p.code, '')`, label: `coalesce(p.name, '(no known point)')` },
  district: { by: DISTRICT, key: DISTRICT, label: `coalesce(nullif(${DISTRICT}, ''), '(no district)')` },
  operator: {
    by: 'po.operator_code, o.name',
    key: `coalesce(po.operator_code, '')`,
    label: `coalesce(o.name, '(the city itself)')`,
  },
  day: { by: 'w.business_date', key: DAY, label: DAY },
  month: { by: MONTH, key: `to_char(${MONTH}, 'YYYY-MM')`, label: `to_char(${MONTH}, 'FMMonth YYYY')` },
};

const OPERATORS = `${OPERATOR_ON('w.point_id', 'w.business_date')} LEFT JOIN operators o ON o.code = po.operator_code`;

/** The road of the money of these business days: recorded, settled, deposited, by the payment's own day. */
export async function waterfallReport(
  sql: Sql,
  question: { from: BusinessDate; to: BusinessDate; groupBy: WaterfallGroup },
  scope: Scope,
): Promise<{ rows: WaterfallRow[]; total: WaterfallSums }> {
  const { by, key, label } = GROUPS[question.groupBy];
  const ofOperator = scope.operatorCode !== undefined;
  const rows = await sql.query<RoadSums & { key: string; label: string }>(
    `SELECT ${key} AS key, ${label} AS label, ${SUMS.map((name) => `sum(${PARTS[name]})::bigint AS ${name}`).join(', ')}
       FROM road_days w LEFT JOIN points p ON p.id = w.point_id
       ${ofOperator || question.groupBy === 'operator' ? OPERATORS : ''}
      WHERE w.business_date BETWEEN $1 AND $2 ${ofOperator ? 'AND po.operator_code = $3' : ''}
      GROUP BY ${by} HAVING sum(w.recorded) <> 0 OR sum(w.settled) <> 0 OR sum(w.deposited) <> 0 OR sum(w.high) <> 0
      ORDER BY (${key}) COLLATE "C"`,
    [question.from, question.to, ...(ofOperator ? [scope.operatorCode] : [])],
  );
  const all = Object.fromEntries(SUMS.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]));
  return {
    rows: rows.map(({ key, label, ...sums }) => ({ key, label, ...gapsOf(sums) })),
    total: gapsOf(all as RoadSums),
  };
}

/** `covered`: recorded on the point-days whose potential is known, which are `known` of `days`. */
const PARTS = {
  recorded: 'w.recorded',
  settled: 'w.settled',
  deposited: 'w.deposited',
  low: 'w.low',
  mid: 'w.mid',
  high: 'w.high',
  covered: 'w.recorded * w.known',
  known: 'w.known',
  days: 'CASE WHEN w.known <> 0 OR w.count <> 0 THEN 1 ELSE 0 END',
};
type RoadSums = Record<keyof typeof PARTS, number>;
const SUMS = Object.keys(PARTS) as (keyof typeof PARTS)[];

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
