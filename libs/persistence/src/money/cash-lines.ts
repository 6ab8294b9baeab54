import type { BusinessDate, Rupiah } from '@app/kernel';
import { countedOf, type CashRule, type CollectionFact, type ShiftFact } from '@app/reconciliation';
import type { Scope } from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT, OPERATOR_ON, RUN_BY_ON } from '../registry/sql-parts.js';

/** Keeps a day's shifts and collections as they were seen, so that lists and sums need no look at the journal. */
export async function replaceCashLines(
  sql: Sql,
  date: BusinessDate,
  facts: { shifts: Iterable<ShiftFact>; collections: Iterable<CollectionFact> },
  rule: CashRule,
): Promise<void> {
  const shifts = [...facts.shifts]
    .filter((shift) => shift.businessDate === date)
    .map((shift) => ({ ...shift, counted: shift.declared === null ? null : countedOf(shift, rule) }));
  const collections = [...facts.collections].filter((item) => item.businessDate === date);
  await sql.query('DELETE FROM shift_lines WHERE business_date = $1', [date]);
  await sql.query('DELETE FROM collection_lines WHERE business_date = $1', [date]);
  await sql.query(
    `INSERT INTO shift_lines (business_date, device_no, shift, point_id, attendant, opened_at, closed_at, float_amount,
       recorded, declared, counted, complete)
     SELECT s."businessDate", d.device_no, s.shift, p.id, s.attendant, to_timestamp(s."openedAt" / 1000.0),
            to_timestamp(s."closedAt" / 1000.0), s."float", s."recordedCash", s.declared, s.counted, s."recordsComplete"
       FROM jsonb_to_recordset($1::jsonb) AS s ("businessDate" date, device text, shift text, point text, attendant text,
         "openedAt" double precision, "closedAt" double precision, "float" bigint, "recordedCash" bigint, declared bigint,
         counted bigint, "recordsComplete" boolean)
       JOIN devices d ON d.device_id = s.device JOIN points p ON p.code = s.point`,
    [JSON.stringify(shifts)],
  );
  await sql.query(
    `INSERT INTO collection_lines (record, business_date, device_no, point_id, collector, number, at, register_cash, counted)
     SELECT c.record, c."businessDate", d.device_no, p.id, c.collector, c.number, to_timestamp(c.at / 1000.0),
            c."registerCash", c."cashCounted"
       FROM jsonb_to_recordset($1::jsonb) AS c (record text, "businessDate" date, device text, point text, collector text,
         number bigint, at double precision, "registerCash" bigint, "cashCounted" bigint)
       JOIN devices d ON d.device_id = c.device JOIN points p ON p.code = c.point
     ON CONFLICT (record) DO NOTHING`,
    [JSON.stringify(collections)],
  );
}

interface CashLine {
  businessDate: BusinessDate;
  point: string;
  district: string;
  operator: string | null;
  device: string;
  /** What the terminal recorded, in rupiah. */
  terminalAmount: Rupiah;
  /** What was counted, less the float; null while nobody has. */
  countedAmount: Rupiah | null;
  /** Counted less recorded; null while nobody has counted. */
  difference: Rupiah | null;
}

export interface ShiftLine extends CashLine {
  shift: string;
  attendant: string;
  openedAt: string;
  closedAt: string | null;
  floatAmount: Rupiah;
  declaredAmount: Rupiah | null;
  /** No record of the terminal is missing. */
  complete: boolean;
}

export interface CollectionLine extends CashLine {
  number: number;
  collector: string;
  at: string;
  /** `device/epoch/seq`. */
  record: string;
}

export interface CashLineFilter {
  from?: BusinessDate;
  to?: BusinessDate;
  point?: string;
  district?: string;
  operator?: string;
  device?: string;
  /** Attendant of a shift, collector of a collection. */
  person?: string;
  differencesOnly?: boolean;
}

const PLACES = /* sql */ `
  JOIN points p ON p.id = l.point_id JOIN devices d ON d.device_no = l.device_no
  ${OPERATOR_ON('l.point_id', 'l.business_date')}`;
const PLACE = /* sql */ `l.business_date AS "businessDate", p.code AS point, p.district, po.operator_code AS operator,
  d.device_id AS device`;
const SUMS = ['terminalAmount', 'countedAmount', 'difference'];

/** A clerk sees the lines of the points that the operator ran that day. */
function conditionsOf(filter: CashLineFilter, person: string, recorded: string, scope: Scope): Conditions {
  return new Conditions()
    .add(RUN_BY_ON('l.point_id', 'l.business_date'), scope.operatorCode)
    .period('l.business_date', filter)
    .add('p.code = {}', filter.point)
    .add('p.district = {}', filter.district)
    .add('po.operator_code = {}', filter.operator)
    .add('d.device_id = {}', filter.device)
    .add(`${person} = {}`, filter.person)
    .add(`(l.counted <> ${recorded}) = {}`, filter.differencesOnly || undefined);
}

/** One line a shift: recorded, counted, difference; the newest first. */
export function shiftsQuery(filter: CashLineFilter, scope: Scope): ListQuery<ShiftLine> {
  const conditions = conditionsOf(filter, 'l.attendant', 'l.recorded', scope);
  return {
    text: `SELECT ${PLACE}, l.shift, l.attendant, ${INSTANT('l.opened_at')} AS "openedAt",
        ${INSTANT('l.closed_at')} AS "closedAt", l.recorded AS "terminalAmount", l.float_amount AS "floatAmount",
        l.declared AS "declaredAmount", l.counted AS "countedAmount", l.counted - l.recorded AS difference, l.complete
      FROM shift_lines l ${PLACES} ${conditions.where}`,
    values: conditions.values,
    orderBy: '"businessDate" DESC, "openedAt" DESC, device, shift',
    sums: SUMS,
  };
}

/** One line a collection: register, counted, difference, number; the newest first. */
export function collectionsQuery(filter: CashLineFilter, scope: Scope): ListQuery<CollectionLine> {
  const conditions = conditionsOf(filter, 'l.collector', 'l.register_cash', scope);
  return {
    text: `SELECT ${PLACE}, l.number, l.collector, ${INSTANT('l.at')} AS at, l.register_cash AS "terminalAmount",
        l.counted AS "countedAmount", l.counted - l.register_cash AS difference, l.record
      FROM collection_lines l ${PLACES} ${conditions.where}`,
    values: conditions.values,
    orderBy: '"businessDate" DESC, at DESC, record',
    sums: SUMS,
  };
}
