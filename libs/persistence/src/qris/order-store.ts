import type { Rupiah } from '@app/kernel';
import { nextQueryAt, type QrisOrder, type QrisOrderState } from '@app/settlement';
import type { Database, Sql } from '../database.js';

/** The channel on which gateways hear that a terminal must be told of an order; the payload is the device number. */
export const PAYMENTS_CHANNEL = 'eparking_payments';

/** Any number: who holds this lock (with the device) opens an order for it. */
const ORDER_LOCK = 7_265_020;

/** What a terminal may ask for. */
export interface OrderLimits {
  /** Orders that wait for their payment. */
  pendingMax: number;
  /** Orders asked for within a minute. */
  perMinuteMax: number;
}

export interface NewOrder {
  orderId: string;
  deviceNo: number;
  requestId: string;
  vehicleClass: string;
  amount: Rupiah;
  nowMs: number;
  /** How long it can be paid. */
  validMs: number;
  limits: OrderLimits;
}

/** An order as the desk that issues it sees it. */
export interface OpenOrder {
  orderId: string;
  requestId: string;
  deviceNo: number;
  device: string;
  acquirer: string;
  /** The merchant id that belongs to the point, or to all; null when the acquirer has none. */
  nmid: string | null;
  vehicleClass: string;
  amount: Rupiah;
  state: QrisOrderState;
  qr: string | null;
  createdAt: number;
  expiresAt: number;
}

/** `known`: the same request came before. The others made no order. */
export type Opening =
  { kind: 'new' | 'known'; order: OpenOrder } | { kind: 'no-acquirer' | 'too-many' | 'other-content' };

const OPEN_ORDER = /* sql */ `
SELECT o.order_id AS "orderId", o.request_id AS "requestId", o.device_no AS "deviceNo", d.device_id AS device,
       o.acquirer_code AS acquirer, o.vehicle_class AS "vehicleClass", o.amount, o.state, o.qr,
       o.created_at AS "createdAt", o.expires_at AS "expiresAt",
       (SELECT y.id FROM payees y WHERE y.acquirer_code = o.acquirer_code AND (y.point_id = o.point_id OR y.point_id IS NULL)
         ORDER BY y.point_id NULLS LAST, y.id LIMIT 1) AS nmid
  FROM qris_orders o JOIN devices d USING (device_no)`;

/** The device's point now, and the acquirer for it: one with a merchant id of the point's own, else the first by code. */
const PLACE = /* sql */ `
SELECT x.point_id AS "pointId", a.code AS acquirer
  FROM device_assignments x
  JOIN acquirers a ON a.active AND a.channel = 'qris' AND a.kind IN ('local', 'snap')
  JOIN payees y ON y.acquirer_code = a.code AND (y.point_id = x.point_id OR y.point_id IS NULL)
 WHERE x.device_no = $1 AND x.valid_from <= $2 AND (x.valid_to IS NULL OR x.valid_to > $2)
 ORDER BY y.point_id NULLS LAST, a.code LIMIT 1`;

/** Keeps a terminal's request as an order, once. The order is durable when this resolves; no code is there yet. */
export async function openOrder(database: Database, order: NewOrder): Promise<Opening> {
  const { deviceNo, requestId, vehicleClass, amount, nowMs, limits } = order;
  return database.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1, $2)', [ORDER_LOCK, deviceNo]);
    const [known] = await sql.query<OpenOrder>(`${OPEN_ORDER} WHERE o.device_no = $1 AND o.request_id = $2`, [
      deviceNo,
      requestId,
    ]);
    if (known) {
      if (known.amount !== amount || known.vehicleClass !== vehicleClass) return { kind: 'other-content' };
      return { kind: 'known', order: known };
    }
    const now = new Date(nowMs);
    const [busy] = await sql.query<{ pending: number; recent: number }>(
      `SELECT count(*) FILTER (WHERE state = 'pending' AND expires_at > $2) AS pending,
              count(*) FILTER (WHERE created_at > $2::timestamptz - interval '1 minute') AS recent
         FROM qris_orders WHERE device_no = $1 AND created_at > $2::timestamptz - interval '1 hour'`,
      [deviceNo, now],
    );
    if (busy!.pending >= limits.pendingMax || busy!.recent >= limits.perMinuteMax) return { kind: 'too-many' };
    const [place] = await sql.query<{ pointId: number; acquirer: string }>(PLACE, [deviceNo, now]);
    if (!place) return { kind: 'no-acquirer' };
    await insertOrder(sql, order, place);
    const [made] = await sql.query<OpenOrder>(`${OPEN_ORDER} WHERE o.order_id = $1`, [order.orderId]);
    return { kind: 'new', order: made! };
  });
}

async function insertOrder(sql: Sql, order: NewOrder, place: { pointId: number; acquirer: string }): Promise<void> {
  const { orderId, deviceNo, requestId, vehicleClass, amount, nowMs, validMs } = order;
  const expiresAt = nowMs + validMs;
  const askAt = nextQueryAt({ state: 'pending', expiresAt }, nowMs);
  await sql.query(
    `INSERT INTO qris_orders (order_id, device_no, request_id, point_id, acquirer_code, vehicle_class, amount,
       created_at, expires_at, state, next_query_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'pending', $10)`,
    [
      orderId,
      deviceNo,
      requestId,
      place.pointId,
      place.acquirer,
      vehicleClass,
      amount,
      new Date(nowMs),
      new Date(expiresAt),
      askAt === null ? null : new Date(askAt),
    ],
  );
}

/** Keeps the code of an order and has its terminal told. False when the order ended meanwhile or has a code. */
export async function offerOrder(
  database: Database,
  orderId: string,
  offer: { qr: string; referenceNo: string | null; nowMs: number },
): Promise<boolean> {
  return tellAfter(
    database,
    `UPDATE qris_orders SET qr = $2, reference_no = $3, offered_at = $4, tell = true
      WHERE order_id = $1 AND state = 'pending' AND qr IS NULL RETURNING device_no AS "deviceNo"`,
    [orderId, offer.qr, offer.referenceNo, new Date(offer.nowMs)],
  );
}

/** No code was to be had: the order ends, and its terminal is told. */
export async function failOrder(database: Database, orderId: string, why: string, nowMs: number): Promise<boolean> {
  return tellAfter(
    database,
    `UPDATE qris_orders SET state = 'unavailable', why = $2, ended_at = $3, tell = true, next_query_at = NULL
      WHERE order_id = $1 AND state = 'pending' AND qr IS NULL RETURNING device_no AS "deviceNo"`,
    [orderId, why.slice(0, 200), new Date(nowMs)],
  );
}

/** The terminal asks again for what it was told before. */
export async function tellAgain(database: Database, orderId: string): Promise<boolean> {
  return tellAfter(
    database,
    `UPDATE qris_orders SET tell = true WHERE order_id = $1 AND (qr IS NOT NULL OR state <> 'pending')
     RETURNING device_no AS "deviceNo"`,
    [orderId],
  );
}

async function tellAfter(database: Database, text: string, values: readonly unknown[]): Promise<boolean> {
  return database.transaction(async (sql) => {
    const [changed] = await sql.query<{ deviceNo: number }>(text, values);
    if (changed) await notifyPayments(sql, changed.deviceNo);
    return changed !== undefined;
  });
}

/** Gateways hear of it at the commit. */
export async function notifyPayments(sql: Sql, deviceNo: number): Promise<void> {
  await sql.query('SELECT pg_notify($1, $2)', [PAYMENTS_CHANNEL, String(deviceNo)]);
}

/** What a terminal must be told of an order. */
export interface OrderNews {
  orderId: string;
  requestId: string;
  deviceNo: number;
  state: QrisOrderState;
  qr: string | null;
  rrn: string | null;
  expiresAt: number;
  /** When it came to be as it is. */
  at: number;
}

/** A terminal that comes back is told again what it was told so shortly before that it may have been lost. */
const AGAIN_WITHIN_MS = 10 * 60_000;

/**
 * What these devices have not been told, oldest first; of those that came back also what they were told lately.
 * @param returned numbers of devices that came back
 */
export async function orderNews(
  sql: Sql,
  deviceNos: readonly number[],
  returned: readonly number[],
  nowMs: number,
  rowsMax: number,
): Promise<OrderNews[]> {
  return sql.query<OrderNews>(
    `SELECT order_id AS "orderId", request_id AS "requestId", device_no AS "deviceNo", state, qr, rrn,
            expires_at AS "expiresAt", coalesce(paid_at, ended_at, offered_at, created_at) AS at
       FROM qris_orders
      WHERE (device_no = ANY($1) AND tell)
         OR (device_no = ANY($2) AND created_at > $3::timestamptz - interval '1 day' AND told_at > $3::timestamptz - $4 * interval '1 millisecond')
      ORDER BY created_at, order_id LIMIT $5`,
    [deviceNos, returned, new Date(nowMs), AGAIN_WITHIN_MS, rowsMax],
  );
}

/** Notes what was told; an order that changed since is told again. */
export async function markTold(sql: Sql, news: readonly OrderNews[], nowMs: number): Promise<void> {
  await sql.query(
    `UPDATE qris_orders o SET tell = false, told_at = $3
       FROM unnest($1::text[], $2::text[]) AS t (order_id, state) WHERE o.order_id = t.order_id AND o.state = t.state`,
    [news.map((item) => item.orderId), news.map((item) => item.state), new Date(nowMs)],
  );
}

const ORDER = /* sql */ `
SELECT o.order_id AS "orderId", o.request_id AS "requestId", d.device_id AS device, p.code AS point,
       o.acquirer_code AS provider, o.amount, o.created_at AS "createdAt", o.expires_at AS "expiresAt", o.state,
       o.reference_no AS "referenceNo", o.rrn, o.paid_at AS "paidAt"
  FROM qris_orders o JOIN devices d USING (device_no) JOIN points p ON p.id = o.point_id`;

/** An order, held until the transaction ends. Undefined when there is none. */
export async function lockOrder(sql: Sql, orderId: string): Promise<QrisOrder | undefined> {
  const [order] = await sql.query<QrisOrder>(`${ORDER} WHERE o.order_id = $1 FOR UPDATE OF o`, [orderId]);
  return order;
}

/** Keeps what became of an order, and has its terminal told where it is something to it. */
export async function keepOrder(sql: Sql, order: QrisOrder, why: string | null, nowMs: number): Promise<void> {
  // A refund is the office's matter: the terminal has journaled the payment, and its driver is gone.
  const isNews = order.state !== 'refunded' && order.state !== 'pending';
  const askAt = nextQueryAt(order, nowMs);
  const [kept] = await sql.query<{ deviceNo: number }>(
    `UPDATE qris_orders SET state = $2, reference_no = $3, rrn = $4, paid_at = $5, ended_at = $6, why = $7,
            tell = tell OR $8, next_query_at = $9 WHERE order_id = $1 RETURNING device_no AS "deviceNo"`,
    [
      order.orderId,
      order.state,
      order.referenceNo,
      order.rrn,
      order.paidAt === null ? null : new Date(order.paidAt),
      order.state === 'pending' ? null : new Date(nowMs),
      why,
      isNews,
      askAt === null ? null : new Date(askAt),
    ],
  );
  if (kept && isNews) await notifyPayments(sql, kept.deviceNo);
}

/**
 * Takes orders about which the provider is due to be asked, the most overdue first, and sets when they are due again:
 * two workers never ask about the same one at once, and one that dies costs a pause.
 */
export async function takeDueOrders(
  database: Database,
  nowMs: number,
  options: { rowsMax: number; pauseMs: number },
): Promise<(QrisOrder & { hasCode: boolean })[]> {
  return database.query(
    `WITH due AS MATERIALIZED (
       SELECT order_id FROM qris_orders WHERE next_query_at <= $1 ORDER BY next_query_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ), taken AS (
       UPDATE qris_orders o SET next_query_at = $1::timestamptz + $3 * interval '1 millisecond', queries = queries + 1
         FROM due WHERE o.order_id = due.order_id RETURNING o.*)
     SELECT o.order_id AS "orderId", o.request_id AS "requestId", d.device_id AS device, p.code AS point,
            o.acquirer_code AS provider, o.amount, o.created_at AS "createdAt", o.expires_at AS "expiresAt", o.state,
            o.reference_no AS "referenceNo", o.rrn, o.paid_at AS "paidAt", o.qr IS NOT NULL AS "hasCode"
       FROM taken o JOIN devices d USING (device_no) JOIN points p ON p.id = o.point_id`,
    [new Date(nowMs), options.rowsMax, options.pauseMs],
  );
}

/** When an order is asked about again; null: never. */
export async function setNextQuery(sql: Sql, orderId: string, atMs: number | null): Promise<void> {
  await sql.query('UPDATE qris_orders SET next_query_at = $2 WHERE order_id = $1', [
    orderId,
    atMs === null ? null : new Date(atMs),
  ]);
}
