import type { BusinessDate, Rupiah } from '@app/kernel';
import type { Sql } from '../database.js';
import { READABLE } from './cash-facts.js';

/** A payment of the day as it stands in the journal. */
export interface PaymentRow {
  id: string;
  deviceNo: number;
  epoch: number;
  seq: number;
  method: 'cash' | 'qris' | 'card' | 'subscription' | 'free';
  device: string;
  point: string;
  pointId: number;
  attendant: string;
  amount: Rupiah;
  at: number;
  businessDate: BusinessDate;
  orderId: string | null;
  rrn: string | null;
  nmid: string | null;
  trace: string | null;
  ticket: string | null;
  shift: string;
  deviceKind: 'handheld' | 'meter';
  voidRecord: string | null;
  voidAt: number | null;
}

type StoredPayment = Omit<PaymentRow, 'voidRecord' | 'voidAt'>;

const PAYMENT_COLUMNS = /* sql */ `
SELECT d.device_id || '/' || j.epoch || '/' || j.seq AS id, j.device_no AS "deviceNo", j.epoch, j.seq, m.method,
       d.device_id AS device, p.code AS point, j.point_id AS "pointId", coalesce(r.attendant, j.attendant, '') AS attendant,
       coalesce(r.amount, j.amount) AS amount, j.at, j.business_date AS "businessDate",
       nullif(b.body #>> '{qris,orderId}', '') AS "orderId", nullif(b.body #>> '{qris,rrn}', '') AS rrn,
       b.body #>> '{qris,nmid}' AS nmid,
       b.body #>> '{card,trace}' AS trace, b.body ->> 'ticket' AS ticket,
       coalesce(r.shift, j.shift, '') AS shift, d.kind AS "deviceKind"`;
const PAYMENT_JOINS = /* sql */ `
  CROSS JOIN LATERAL (SELECT coalesce(r.method, j.method) AS method, j.record::jsonb -> 'body' AS body OFFSET 0) b
  CROSS JOIN LATERAL (SELECT b.method) m
 WHERE j.type = 'payment' AND ${READABLE}`;

/** The payments of a business day, whatever their method. */
export async function paymentsOf(sql: Sql, date: BusinessDate): Promise<PaymentRow[]> {
  const rows = await sql.query<StoredPayment>(
    `${PAYMENT_COLUMNS} FROM (SELECT id AS point_id, $1::date AS business_date FROM points) w
       CROSS JOIN LATERAL (SELECT x.* FROM journal_records x WHERE x.point_id = w.point_id
         AND x.business_date = w.business_date AND x.type = 'payment' OFFSET 0) j
       JOIN devices d ON d.device_no = j.device_no JOIN points p ON p.id = j.point_id
       LEFT JOIN journal_reprocessed r ON r.device_no = j.device_no AND r.epoch = j.epoch AND r.seq = j.seq
     ${PAYMENT_JOINS}`,
    [date],
  );
  return withVoids(sql, rows);
}

/** Digital payments of the days around, or from a device that asked for the order, that name one of these. */
export async function paymentsNaming(
  sql: Sql,
  date: BusinessDate,
  orderIds: readonly string[],
  rrns: readonly string[],
): Promise<PaymentRow[]> {
  if (orderIds.length === 0 && rrns.length === 0) return [];
  const rows = await sql.query<StoredPayment>(
    `${PAYMENT_COLUMNS} FROM (
       SELECT j.* FROM points w JOIN journal_records j ON j.point_id = w.id
          AND j.business_date IN ($1::date - 1, $1::date + 1) AND j.type = 'payment'
        WHERE substring(j.record FROM '"orderId":"([^"]*)"') = ANY($2) OR substring(j.record FROM '"rrn":"([^"]*)"') = ANY($3)
       UNION
       SELECT j.* FROM (SELECT device_no, min(created_at) AS since FROM qris_orders WHERE order_id = ANY($2) GROUP BY 1) o
         JOIN journal_records j ON j.device_no = o.device_no AND j.type = 'payment' AND j.received_at >= o.since - interval '1 day'
        WHERE substring(j.record FROM '"orderId":"([^"]*)"') = ANY($2) AND j.business_date <> $1
     ) j
       JOIN devices d ON d.device_no = j.device_no JOIN points p ON p.id = j.point_id
       LEFT JOIN journal_reprocessed r ON r.device_no = j.device_no AND r.epoch = j.epoch AND r.seq = j.seq
     ${PAYMENT_JOINS}`,
    [date, orderIds, rrns],
  );
  return withVoids(sql, rows);
}

interface VoidRow {
  deviceNo: number;
  epoch: number;
  seq: number;
  voidRecord: string;
  voidAt: number | null;
}

/**
 * Payments with the voids that took them off. Few payments are voided: they are read device by device, from the first
 * of its payments to the last, for a look-up for each payment costs as much as reading its record.
 */
async function withVoids(sql: Sql, rows: readonly StoredPayment[]): Promise<PaymentRow[]> {
  const spans = new Map<string, { deviceNo: number; epoch: number; first: number; last: number }>();
  for (const { deviceNo, epoch, seq } of rows) {
    const span = spans.get(`${deviceNo}/${epoch}`);
    if (!span) spans.set(`${deviceNo}/${epoch}`, { deviceNo, epoch, first: seq, last: seq });
    else {
      if (seq < span.first) span.first = seq;
      if (seq > span.last) span.last = seq;
    }
  }
  const all = [...spans.values()];
  const voids = await sql.query<VoidRow>(
    `SELECT v.device_no AS "deviceNo", v.epoch, v.seq, d.device_id || '/' || v.void_epoch || '/' || v.void_seq AS "voidRecord",
            j.at AS "voidAt"
       FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[]) AS s (device_no, epoch, first, last)
       CROSS JOIN LATERAL (SELECT x.* FROM voids x WHERE x.device_no = s.device_no AND x.epoch = s.epoch
         AND x.seq BETWEEN s.first AND s.last AND x.state = 'effective' OFFSET 0) v
       JOIN devices d ON d.device_no = v.device_no
       LEFT JOIN journal_records j ON j.device_no = v.device_no AND j.epoch = v.void_epoch AND j.seq = v.void_seq`,
    [all.map((s) => s.deviceNo), all.map((s) => s.epoch), all.map((s) => s.first), all.map((s) => s.last)],
  );
  const voidOf = new Map(voids.map((row) => [`${row.deviceNo}/${row.epoch}/${row.seq}`, row]));
  // Made whole in place: a copy of each payment of a city's day costs more than the query.
  const payments = rows as PaymentRow[];
  for (const row of payments) {
    const found = voidOf.size > 0 ? voidOf.get(`${row.deviceNo}/${row.epoch}/${row.seq}`) : undefined;
    row.voidRecord = found?.voidRecord ?? null;
    row.voidAt = found?.voidAt ?? null;
  }
  return payments;
}
