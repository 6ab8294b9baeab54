import type { Scope } from '@app/registry';
import type { QrisOrderState } from '@app/settlement';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT, RUN_BY_ON } from '../registry/sql-parts.js';

export interface QrisOrderRow {
  orderId: string;
  device: string;
  point: string;
  acquirer: string;
  vehicleClass: string;
  amount: number;
  state: QrisOrderState;
  createdAt: string;
  expiresAt: string;
  offeredAt: string | null;
  paidAt: string | null;
  endedAt: string | null;
  toldAt: string | null;
  referenceNo: string | null;
  rrn: string | null;
  queries: number;
  why: string | null;
}

export interface QrisOrderFilter {
  from?: string;
  to?: string;
  state?: QrisOrderState;
  device?: string;
  point?: string;
  acquirer?: string;
  orderId?: string;
}

const CREATED_ON = `(o.created_at AT TIME ZONE 'Asia/Jakarta')::date`;
const DAY_BEGINS = (more: number): string => `({}::date + ${more})::timestamp AT TIME ZONE 'Asia/Jakarta'`;

/** Orders, the newest first. An operator's clerk sees those of points that the operator ran on their day. */
export function qrisOrdersQuery(filter: QrisOrderFilter, scope: Scope): ListQuery<QrisOrderRow> {
  const conditions = new Conditions()
    .add(RUN_BY_ON('o.point_id', CREATED_ON), scope.operatorCode)
    .add(`o.created_at >= ${DAY_BEGINS(0)}`, filter.from)
    .add(`o.created_at < ${DAY_BEGINS(1)}`, filter.to)
    .add('o.state = {}', filter.state)
    .add('d.device_id = {}', filter.device)
    .add('p.code = {}', filter.point)
    .add('o.acquirer_code = {}', filter.acquirer)
    .add('o.order_id = {}', filter.orderId);
  return {
    text: `SELECT o.order_id AS "orderId", d.device_id AS device, p.code AS point, o.acquirer_code AS acquirer,
        o.vehicle_class AS "vehicleClass", o.amount, o.state, ${INSTANT('o.created_at')} AS "createdAt",
        ${INSTANT('o.expires_at')} AS "expiresAt", ${INSTANT('o.offered_at')} AS "offeredAt",
        ${INSTANT('o.paid_at')} AS "paidAt", ${INSTANT('o.ended_at')} AS "endedAt", ${INSTANT('o.told_at')} AS "toldAt",
        o.reference_no AS "referenceNo", o.rrn, o.queries, o.why, o.created_at AS newest
      FROM qris_orders o JOIN devices d USING (device_no) JOIN points p ON p.id = o.point_id ${conditions.where}`,
    values: conditions.values,
    orderBy: 'newest DESC, "orderId"',
    unseen: ['newest'],
    sums: ['amount'],
  };
}

export interface SnapNoticeRow {
  /** `n…` was authentic, `r…` was turned down before. */
  id: string;
  acquirer: string | null;
  receivedAt: string;
  externalId: string | null;
  outcome: string;
  responseCode: string;
  orderId: string | null;
  flag: string | null;
  times: number;
}

export interface SnapNoticeFilter {
  from?: string;
  to?: string;
  acquirer?: string;
  orderId?: string;
  refused?: boolean;
}

/** Notices of acquirers, the newest first, with those that were turned down. */
export function snapNoticesQuery(filter: SnapNoticeFilter): ListQuery<SnapNoticeRow> {
  const conditions = new Conditions()
    .add('n.day >= {}', filter.from)
    .add('n.day <= {}', filter.to)
    .add('n.acquirer = {}', filter.acquirer)
    .add('n."orderId" = {}', filter.orderId)
    .add(`(n."responseCode" NOT LIKE '200%') = {}`, filter.refused);
  return {
    text: `SELECT n.id, n.acquirer, ${INSTANT('n.at')} AS "receivedAt", n."externalId", n.outcome, n."responseCode",
        n."orderId", n.flag, n.times
      FROM (
        SELECT 'n' || id AS id, day, acquirer_code AS acquirer, received_at AS at, external_id AS "externalId", outcome,
               response_code AS "responseCode", order_id AS "orderId", flag, 1 AS times FROM snap_notices
        UNION ALL
        SELECT 'r' || id, day, acquirer_code, received_at, headers ->> 'x-external-id', reason, response_code, NULL, NULL,
               times FROM snap_refusals) n ${conditions.where}`,
    values: conditions.values,
    orderBy: '"receivedAt" DESC, id',
  };
}
