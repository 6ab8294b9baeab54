import type { Scope } from '@app/registry';
import type { Sql } from '../database.js';

/** What income can be grouped and filtered by. */
export const INCOME_DIMENSIONS = [
  'point',
  'district',
  'street',
  'operator',
  'vehicleClass',
  'method',
  'attendant',
  'hour',
  'day',
  'month',
] as const;
export type IncomeDimension = (typeof INCOME_DIMENSIONS)[number];

export interface IncomeQuestion {
  /** First business day, inclusive. */
  from: string;
  /** Last business day, inclusive. */
  to: string;
  groupBy: IncomeDimension;
  /** Allowed keys per dimension; a dimension left out is not narrowed. */
  filters: Partial<Record<IncomeDimension, readonly string[]>>;
}

export interface IncomeRow {
  key: string;
  /** The key in words. */
  label: string;
  /** Payments not voided, free ones included. */
  count: number;
  /** Rupiah, gross. */
  amount: number;
  /** Of `amount`, paid in cash. */
  cashAmount: number;
  /** Of `amount`, paid by QRIS or card. */
  cashlessAmount: number;
}

export interface IncomeReport {
  rows: IncomeRow[];
  total: Pick<IncomeRow, 'count' | 'amount'>;
}

const CLASS_LABELS = `CASE i.vehicle_class WHEN 'motorcycle' THEN 'Motorcycle' WHEN 'car' THEN 'Car'
  WHEN 'minibus' THEN 'Minibus' WHEN 'truck' THEN 'Truck' WHEN 'trailer' THEN 'Trailer' ELSE i.vehicle_class END`;
const METHOD_LABELS = `CASE i.method WHEN 'cash' THEN 'Cash' WHEN 'qris' THEN 'QRIS' WHEN 'card' THEN 'E-money card'
  WHEN 'subscription' THEN 'Subscription' WHEN 'free' THEN 'Free' ELSE i.method END`;
const DAY = `to_char(i.business_date, 'YYYY-MM-DD')`;
const MONTH = `to_char(i.business_date, 'YYYY-MM')`;
const HOUR = `${DAY} || 'T' || lpad(i.hour::text, 2, '0')`;

/** Key and label of each dimension, over income `i`, point `p`, operator `o` and attendant `a`. */
const DIMENSIONS: Record<IncomeDimension, { key: string; label: string }> = {
  point: { key: 'p.code', label: 'p.name' },
  district: { key: 'p.district', label: `coalesce(nullif(p.district, ''), '(no district)')` },
  street: { key: 'p.street', label: `coalesce(nullif(p.street, ''), '(no street)')` },
  operator: { key: `coalesce(po.operator_code, '')`, label: `coalesce(o.name, '(the city itself)')` },
  vehicleClass: { key: 'i.vehicle_class', label: CLASS_LABELS },
  method: { key: 'i.method', label: METHOD_LABELS },
  attendant: { key: 'i.attendant', label: `coalesce(a.name, nullif(i.attendant, ''), '(no attendant)')` },
  hour: { key: HOUR, label: `${DAY} || ' ' || lpad(i.hour::text, 2, '0') || ':00'` },
  day: { key: DAY, label: DAY },
  month: { key: MONTH, label: `to_char(i.business_date, 'FMMonth YYYY')` },
};

/**
 * Income from the roll-ups, by each payment's own business day. The operator is the one who ran the point on that
 * day. Groups without a payment are left out. An operator's clerk is answered for the days on which the operator ran
 * the point.
 */
export async function incomeReport(sql: Sql, question: IncomeQuestion, scope: Scope): Promise<IncomeReport> {
  const rows = await sql.query<IncomeRow>(...incomeSql(question, scope));
  const total = { count: 0, amount: 0 };
  for (const row of rows) {
    total.count += row.count;
    total.amount += row.amount;
  }
  return { rows, total };
}

function incomeSql(question: IncomeQuestion, scope: Scope): [string, unknown[]] {
  const { from, to, groupBy, filters } = question;
  const params: unknown[] = [from, to];
  const conditions = ['i.business_date BETWEEN $1 AND $2'];
  for (const dimension of INCOME_DIMENSIONS) {
    const keys = filters[dimension];
    if (!keys) continue;
    params.push(keys);
    conditions.push(`${DIMENSIONS[dimension].key} = ANY ($${params.length})`);
  }
  if (scope.operatorCode !== undefined) {
    params.push(scope.operatorCode);
    conditions.push(`po.operator_code = $${params.length}`);
  }
  const table = groupBy === 'hour' || filters.hour ? 'income_hours' : 'income_days';
  const { key, label } = DIMENSIONS[groupBy];
  const text = /* sql */ `
    SELECT ${key} AS key, min(${label}) AS label, sum(i.count)::bigint AS count, sum(i.amount)::bigint AS amount,
      coalesce(sum(i.amount) FILTER (WHERE i.method = 'cash'), 0)::bigint AS "cashAmount",
      coalesce(sum(i.amount) FILTER (WHERE i.method IN ('qris', 'card')), 0)::bigint AS "cashlessAmount"
    FROM ${table} i
    JOIN points p ON p.id = i.point_id
    LEFT JOIN point_operators po ON po.point_id = i.point_id AND po.valid_from <= i.business_date
      AND (po.valid_to IS NULL OR po.valid_to > i.business_date)
    LEFT JOIN operators o ON o.code = po.operator_code
    LEFT JOIN attendants a ON a.code = i.attendant
    WHERE ${conditions.join(' AND ')}
    GROUP BY 1 HAVING sum(i.count) <> 0 ORDER BY (${key}) COLLATE "C"`;
  return [text, params];
}
