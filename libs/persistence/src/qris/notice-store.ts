import { createHash } from 'node:crypto';
import { businessDateOf, HOUR_MS, type BusinessDate, type Result } from '@app/kernel';
import type { Sealer } from '@app/registry';
import {
  snapFaultAnswer,
  snapService,
  snapSuccess,
  takeNotice,
  type NoticeFlag,
  type PaymentNotice,
  type SnapAnswer,
  type SnapFault,
} from '@app/settlement';
import { raiseAlarms } from '../alarms.js';
import type { Database, Sql } from '../database.js';
import { askWork } from '../money/work.js';
import { keepOrder, lockOrder } from './order-store.js';

/** A notice as it came, believed to be the acquirer's own. */
export interface AuthenticNotice {
  acquirer: string;
  externalId: string;
  /** Without the access token. */
  headers: Readonly<Record<string, string>>;
  bytes: Uint8Array;
  receivedAtMs: number;
}

/** What a notice did. */
export interface NoticeOutcome {
  answer: SnapAnswer;
  flag: NoticeFlag | null;
  /** Nothing new: a repeated notice, or one that was turned down. */
  changed: boolean;
}

const repeated: SnapFault = { code: 'repeated-external-id', field: 'X-EXTERNAL-ID' };

/**
 * Books an authentic notice and keeps it byte for byte (sealed, for it may carry a payer's number), in one transaction:
 * what was answered with success is kept. The same X-EXTERNAL-ID of the same day is a conflict and books nothing; the
 * same message under a new id changes nothing and is a success.
 */
export async function bookNotice(
  database: Database,
  sealer: Sealer,
  received: AuthenticNotice,
  parsed: Result<PaymentNotice, SnapFault>,
): Promise<NoticeOutcome> {
  const { acquirer, externalId, headers, bytes, receivedAtMs } = received;
  const day = businessDateOf(receivedAtMs);
  try {
    return await database.transaction(async (sql) => {
      const [before] = await sql.query(
        'SELECT 1 FROM snap_notices WHERE acquirer_code = $1 AND day = $2 AND external_id = $3',
        [acquirer, day, externalId],
      );
      if (before) return refusal(repeated);
      const outcome = parsed.ok
        ? await takeAnnouncement(sql, parsed.value, 'notice', receivedAtMs)
        : refusal(parsed.error);
      await sql.query(
        `INSERT INTO snap_notices (acquirer_code, day, external_id, received_at, headers, bytes, outcome, response_code,
           order_id, flag) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          acquirer,
          day,
          externalId,
          new Date(receivedAtMs),
          JSON.stringify(headers),
          sealer.seal(bytes, noticeContext(acquirer, day, externalId)),
          parsed.ok ? parsed.value.status : parsed.error.code,
          outcome.answer.responseCode,
          parsed.ok ? parsed.value.orderId : null,
          outcome.flag,
        ],
      );
      return outcome;
    });
  } catch (error) {
    // Two of the same came at once: the other one is booked.
    if ((error as { code?: string }).code === '23505') return refusal(repeated);
    throw error;
  }
}

/** The context under which a notice's bytes are sealed. */
export function noticeContext(acquirer: string, day: BusinessDate, externalId: string): string {
  return `snap-notice/${acquirer}/${day}/${externalId}`;
}

function refusal(fault: SnapFault): NoticeOutcome {
  return { answer: snapFaultAnswer(snapService.notify, fault), flag: null, changed: false };
}

/**
 * Takes what an acquirer said of a payment, in a notice or in the answer to a question, in the caller's transaction:
 * moves the order, keeps the payment as a fact for reconciliation, and calls an officer where something is odd.
 */
export async function takeAnnouncement(
  sql: Sql,
  notice: PaymentNotice,
  source: 'notice' | 'query',
  nowMs: number,
): Promise<NoticeOutcome> {
  const found = notice.orderId === null ? undefined : await lockOrder(sql, notice.orderId);
  const order = found?.provider === notice.provider ? found : undefined;
  const step = order && takeNotice(order, notice, nowMs);
  if (step?.changed) await keepOrder(sql, step.order, whyOf(notice), nowMs);
  const isFact = await keepAnnounced(sql, notice, source, nowMs);
  const flag = step?.flag ?? null;
  if (flag) await alarm(sql, flag, notice, nowMs);
  const changed = (step?.changed ?? false) || isFact;
  if (notice.orderId !== null && !order) {
    return { ...refusal({ code: 'unknown-transaction', field: 'originalPartnerReferenceNo' }), changed };
  }
  if (flag === 'wrong-amount') return { ...refusal({ code: 'bad-amount', field: 'amount' }), flag, changed };
  return { answer: snapSuccess(snapService.notify), flag, changed };
}

function whyOf({ status }: PaymentNotice): string | null {
  return status === 'failed' || status === 'cancelled' ? `the provider said ${status}` : null;
}

async function alarm(sql: Sql, flag: NoticeFlag, notice: PaymentNotice, nowMs: number): Promise<void> {
  const { provider, orderId, referenceNo, amount } = notice;
  const key = `qris-${flag}:${provider}:${referenceNo}`;
  const detail = { acquirer: provider, orderId, referenceNo, amount };
  await raiseAlarms(sql, [{ key, kind: `qris-${flag}`, severity: 'major', detail }], nowMs);
}

/**
 * Point and device come from the order, else from a merchant id that belongs to one point. A query's answer that lacks
 * the provider's own reference tells nothing new of an order whose payment is known.
 */
const KEEP_ANNOUNCED = /* sql */ `
INSERT INTO announced_payments AS t (acquirer_code, reference_no, order_id, amount, fee, rrn, nmid, issuer, payer_hash,
  payer_last4, paid_at, business_date, refunded_at, point_id, device_no, source, first_heard_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, coalesce(o.point_id, y.point_id), o.device_no, $14, $15
  FROM (SELECT) one
  LEFT JOIN qris_orders o ON o.order_id = $3
  LEFT JOIN payees y ON y.id = $7
 WHERE $2 IS DISTINCT FROM $3 OR NOT EXISTS (SELECT FROM announced_payments x WHERE x.order_id = $3)
ON CONFLICT (acquirer_code, reference_no) DO UPDATE SET refunded_at = excluded.refunded_at
 WHERE t.refunded_at IS NULL AND excluded.refunded_at IS NOT NULL
RETURNING business_date AS "businessDate"`;

/** A payment may be announced so long before or after its terminal recorded it. */
const NEAR_MIDNIGHT_MS = 6 * HOUR_MS;

/** Money that came, or went back. @returns whether that is news */
async function keepAnnounced(
  sql: Sql,
  notice: PaymentNotice,
  source: 'notice' | 'query',
  nowMs: number,
): Promise<boolean> {
  const isBack = notice.status === 'refunded';
  if (notice.status !== 'success' && !isBack) return false;
  const paidAt = notice.paidAt ?? nowMs;
  const { provider, referenceNo, orderId, amount, fee, rrn, nmid, issuer, payerHash, payerLast4 } = notice;
  const [kept] = await sql.query<{ businessDate: BusinessDate }>(KEEP_ANNOUNCED, [
    provider,
    referenceNo,
    orderId,
    amount,
    fee ?? 0,
    rrn,
    nmid,
    issuer,
    payerHash,
    payerLast4,
    new Date(paidAt),
    businessDateOf(paidAt),
    isBack ? new Date(nowMs) : null,
    source,
    new Date(nowMs),
  ]);
  if (!kept) return false;
  // A payment near midnight may belong to a record of the day before or after; days to come are looked at when they come.
  const near = [paidAt - NEAR_MIDNIGHT_MS, paidAt + NEAR_MIDNIGHT_MS].map(businessDateOf);
  const days = [...new Set([kept.businessDate, ...near.filter((day) => day <= businessDateOf(nowMs))])];
  await askWork(
    sql,
    'reconcile-day',
    days.map((businessDate) => ({ businessDate, pointId: null })),
    nowMs,
  );
  return true;
}

/** A notice that was turned down before anything in it was believed. */
export interface RefusedNotice {
  /** Known by its partner id; null for a stranger. */
  acquirer: string | null;
  headers: Readonly<Record<string, string>>;
  bytes: Uint8Array;
  /** More came than is kept. */
  truncated: boolean;
  answer: SnapAnswer;
  receivedAtMs: number;
}

/**
 * Different refused notices kept a day, and their bytes; beyond, they are only counted by who measures. Anybody may send
 * them, and they are never removed.
 */
const REFUSALS_A_DAY_MAX = 2_000;
const REFUSED_BYTES_A_DAY_MAX = 16 * 2 ** 20;

/** Keeps a refused notice byte for byte (sealed), once; the same again is counted. @returns false when the day is full */
export async function keepRefusal(sql: Sql, sealer: Sealer, refused: RefusedNotice): Promise<boolean> {
  const { acquirer, headers, bytes, truncated, answer, receivedAtMs } = refused;
  const day = businessDateOf(receivedAtMs);
  const sha256 = createHash('sha256')
    .update(`${acquirer ?? ''}\n${answer.responseCode}\n`)
    .update(bytes)
    .digest();
  const kept = await sql.query(
    `WITH again AS (
       UPDATE snap_refusals SET times = times + 1, last_at = $8 WHERE day = $2 AND sha256 = $1 RETURNING id
     ), fresh AS (
       INSERT INTO snap_refusals AS t (sha256, day, acquirer_code, response_code, reason, headers, bytes, truncated,
         received_at, last_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $9, $8, $8
        WHERE NOT EXISTS (SELECT FROM again)
          AND (SELECT count(*) < $10 AND coalesce(sum(length(bytes)), 0) < $11 FROM snap_refusals WHERE day = $2)
       ON CONFLICT (day, sha256) DO UPDATE SET times = t.times + 1, last_at = excluded.last_at
       RETURNING id)
     SELECT id FROM again UNION ALL SELECT id FROM fresh`,
    [
      sha256,
      day,
      acquirer,
      answer.responseCode,
      answer.responseMessage,
      JSON.stringify(headers),
      sealer.seal(bytes, refusalContext(sha256)),
      new Date(receivedAtMs),
      truncated,
      REFUSALS_A_DAY_MAX,
      REFUSED_BYTES_A_DAY_MAX,
    ],
  );
  return kept.length > 0;
}

/** The context under which a refused notice's bytes are sealed. */
export function refusalContext(sha256: Uint8Array): string {
  return `snap-refusal/${Buffer.from(sha256).toString('hex')}`;
}
