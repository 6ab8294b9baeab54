import { addDays, type BusinessDate, type Rupiah } from '@app/kernel';
import type { CollectionFact, ShiftFact } from '@app/reconciliation';
import type { Sql } from '../database.js';

/** Points and business days, pair by pair. */
export interface PointDay {
  pointId: number;
  businessDate: BusinessDate;
}

/** A record counts when it could be read, at once or since a fix. `j` is the journal, `r` its reprocessed rows. */
export const READABLE = `(j.body_fault IS NULL OR r.device_no IS NOT NULL)`;

/**
 * The void `v` that took a payment of journal `j` off, if any. Looked up payment by payment: else the planner, who thinks
 * a day has one point, reads all voids of all years once a point.
 */
export const VOID_OF_PAYMENT = /* sql */ `LEFT JOIN LATERAL (SELECT x.* FROM voids x WHERE x.device_no = j.device_no
    AND x.epoch = j.epoch AND x.seq = j.seq AND x.state = 'effective' OFFSET 0) v ON true`;

/**
 * The pairs $1 (point ids) and $2 (days) with their records of these types (a list of literals), by the partitions'
 * index (point_id, business_date): OFFSET 0 keeps the planner from reading whole months instead, which it thinks cheaper
 * and which is not.
 */
const journalOfDays = (types: string): string => /* sql */ `
  unnest($1::int[], $2::date[]) AS w (point_id, business_date)
  CROSS JOIN LATERAL (SELECT x.* FROM journal_records x
    WHERE x.point_id = w.point_id AND x.business_date = w.business_date AND x.type IN (${types}) OFFSET 0) j
  LEFT JOIN journal_reprocessed r ON r.device_no = j.device_no AND r.epoch = j.epoch AND r.seq = j.seq`;

/** The same with the names of device `d` and point `p`. */
export const recordsOfDays = (types: string): string => `${journalOfDays(types)}
  JOIN devices d ON d.device_no = j.device_no
  JOIN points p ON p.id = j.point_id`;

export function pairsOf(days: readonly PointDay[]): [number[], BusinessDate[]] {
  return [days.map((day) => day.pointId), days.map((day) => day.businessDate)];
}

interface ShiftRecord {
  type: 'shift-open' | 'shift-close';
  device: string;
  point: string;
  shift: string;
  attendant: string;
  at: number;
  businessDate: BusinessDate;
  cash: Rupiah;
  /** An open of this shift is somewhere in the journal. */
  opened: boolean;
  complete: boolean;
}

const SHIFT_RECORDS = /* sql */ `
SELECT j.type, d.device_id AS device, p.code AS point, coalesce(r.shift, j.shift) AS shift,
       coalesce(r.attendant, j.attendant, '') AS attendant, j.at, j.business_date AS "businessDate",
       coalesce((j.record::jsonb #>> CASE j.type WHEN 'shift-open' THEN '{body,float}'::text[] ELSE '{body,cashDeclared}' END)::bigint, 0)
         AS cash,
       EXISTS (SELECT FROM shifts s WHERE s.device_no = j.device_no AND s.shift = coalesce(r.shift, j.shift)) AS opened,
       NOT EXISTS (SELECT FROM journal_gaps g WHERE g.device_no = j.device_no) AS complete
  FROM ${recordsOfDays(`'shift-open', 'shift-close'`)}
 WHERE ${READABLE} AND coalesce(r.shift, j.shift, '') <> ''
 ORDER BY j.at, j.device_no, j.epoch, j.seq`;

/** Summed before devices get their names: there are few shifts and many payments. */
const SHIFT_CASH = /* sql */ `
SELECT d.device_id AS device, s.shift, s.cash FROM (
  SELECT j.device_no, coalesce(r.shift, j.shift) AS shift, sum(coalesce(r.amount, j.amount))::bigint AS cash
    FROM ${journalOfDays(`'payment'`)}
    ${VOID_OF_PAYMENT}
   WHERE coalesce(r.method, j.method) = 'cash' AND ${READABLE} AND v.device_no IS NULL
     AND coalesce(r.shift, j.shift, '') <> ''
   GROUP BY 1, 2 OFFSET 0) s JOIN devices d USING (device_no)`;

/**
 * The shifts that began on these points' days (a shift that ran past midnight belongs to the day it began on), with
 * their close, their float and the cash recorded in them, voids taken off.
 */
export async function loadShifts(sql: Sql, days: readonly PointDay[]): Promise<ShiftFact[]> {
  const next = days.map(({ pointId, businessDate }) => ({ pointId, businessDate: addDays(businessDate, 1) }));
  const both = [...new Map([...days, ...next].map((day) => [JSON.stringify(day), day])).values()];
  const records = await sql.query<ShiftRecord>(SHIFT_RECORDS, pairsOf(both));
  if (records.length === 0) return [];
  const sums = await sql.query<{ device: string; shift: string; cash: Rupiah }>(SHIFT_CASH, pairsOf(both));
  const cashOf = new Map(sums.map((row) => [JSON.stringify([row.device, row.shift]), row.cash]));
  const closes = new Map<string, ShiftRecord>();
  for (const record of records)
    if (record.type === 'shift-close') closes.set(JSON.stringify([record.device, record.shift]), record);
  const asked = new Set(days.map((day) => day.businessDate));
  const facts = new Map<string, ShiftFact>();
  for (const record of records) {
    if (!asked.has(record.businessDate) || (record.type === 'shift-close' && record.opened)) continue;
    const key = JSON.stringify([record.device, record.shift]);
    const id = JSON.stringify([record.device, record.shift, record.businessDate]);
    if (facts.has(id)) continue;
    facts.set(id, factOf(record, closes.get(key), cashOf.get(key) ?? 0));
  }
  return [...facts.values()];
}

/** A close whose open never came begins where it ends, without a float. */
function factOf(first: ShiftRecord, close: ShiftRecord | undefined, recordedCash: Rupiah): ShiftFact {
  const { point, device, attendant, shift, businessDate, at } = first;
  return {
    point,
    device,
    attendant,
    shift,
    businessDate,
    openedAt: at,
    closedAt: close?.at ?? null,
    float: first.type === 'shift-open' ? first.cash : 0,
    declared: close?.cash ?? null,
    recordedCash,
    recordsComplete: first.complete,
  };
}

/** The collections of these points' days. */
export async function loadCollections(sql: Sql, days: readonly PointDay[]): Promise<CollectionFact[]> {
  return sql.query<CollectionFact>(
    `SELECT d.device_id || '/' || j.epoch || '/' || j.seq AS record, d.device_id AS device, p.code AS point,
            body ->> 'collector' AS collector, (body ->> 'number')::bigint AS number, j.at,
            j.business_date AS "businessDate", (body ->> 'registerCash')::bigint AS "registerCash",
            (body ->> 'cashCounted')::bigint AS "cashCounted"
       FROM ${recordsOfDays(`'collection'`)}, LATERAL (SELECT j.record::jsonb -> 'body' AS body) b
      WHERE ${READABLE} ORDER BY j.at, j.device_no, j.epoch, j.seq`,
    pairsOf(days),
  );
}
