import type { Scope } from '@app/registry';
import type { Sql } from '../database.js';
import { OPERATOR_ON } from './sql-parts.js';

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
const MONTH = `date_trunc('month', i.business_date)`;
const HOUR = `${DAY} || 'T' || lpad(i.hour::text, 2, '0')`;

/**
 * What rows of each dimension are summed by, over income `i`, point `p`, operator `o` and attendant `a`; key and label
 * are made of it once a group, not once a row.
 */
const DIMENSIONS: Record<IncomeDimension, { by: string; key: string; label: string }> = {
  point: { by: 'p.code, p.name', key: 'p.code', label: 'p.name' },
  district: { by: 'p.district', key: 'p.district', label: `coalesce(nullif(p.district, ''), '(no district)')` },
  street: { by: 'p.street', key: 'p.street', label: `coalesce(nullif(p.street, ''), '(no street)')` },
  operator: {
    by: 'po.operator_code, o.name',
    key: `coalesce(po.operator_code, '')`,
    label: `coalesce(o.name, '(the city itself)')`,
  },
  vehicleClass: { by: 'i.vehicle_class', key: 'i.vehicle_class', label: CLASS_LABELS },
  method: { by: 'i.method', key: 'i.method', label: METHOD_LABELS },
  attendant: {
    by: 'i.attendant, a.name',
    key: 'i.attendant',
    label: `coalesce(a.name, nullif(i.attendant, ''), '(no attendant)')`,
  },
  hour: {
    by: 'i.business_date, i.hour',
    key: HOUR,
    label: `${DAY} || ' ' || lpad(i.hour::text, 2, '0') || ':00'`,
  },
  day: { by: 'i.business_date', key: DAY, label: DAY },
  month: { by: MONTH, key: `to_char(${MONTH}, 'YYYY-MM')`, label: `to_char(${MONTH}, 'FMMonth YYYY')` },
};

/** The table of a question: the coarsest one that knows what it asks for. */
function sourceOf(asked: readonly IncomeDimension[]): string {
  const payments = (table: string): string =>
    `(SELECT *, CASE WHEN method = 'cash' THEN amount ELSE 0 END AS cash,
       CASE WHEN method IN ('qris', 'card') THEN amount ELSE 0 END AS cashless FROM ${table})`;
  if (asked.includes('hour')) return payments('income_hours');
  if (asked.some((dimension) => OF_PAYMENTS.has(dimension))) return payments('income_days');
  return '(SELECT business_date, point_id, count, recorded AS amount, cash, cashless FROM road_days)';
}

const OF_PAYMENTS: ReadonlySet<IncomeDimension> = new Set(['vehicleClass', 'method', 'attendant']);

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
  const asked = INCOME_DIMENSIONS.filter((dimension) => dimension === groupBy || filters[dimension]);
  const byOperator = asked.includes('operator') || scope.operatorCode !== undefined;
  const { by, key, label } = DIMENSIONS[groupBy];
  const text = /* sql */ `
    SELECT ${key} AS key, ${label} AS label, sum(i.count)::bigint AS count, sum(i.amount)::bigint AS amount,
      sum(i.cash)::bigint AS "cashAmount", sum(i.cashless)::bigint AS "cashlessAmount"
    FROM ${sourceOf(asked)} i
    LEFT JOIN points p ON p.id = i.point_id
    ${byOperator ? OPERATORS : ''}
    ${asked.includes('attendant') ? 'LEFT JOIN attendants a ON a.code = i.attendant' : ''}
    WHERE ${conditions.join(' AND ')}
    GROUP BY ${by} HAVING sum(i.count) <> 0 ORDER BY (${key}) COLLATE "C"`;
  return [text, params];
}

const OPERATORS = `${OPERATOR_ON('i.point_id', 'i.business_date')} LEFT JOIN operators o ON o.code = po.operator_code`;
