import { addDays, businessDateOf, type BusinessDate, type Rupiah } from '@app/kernel';
import {
  entryIdOf,
  post,
  type CashHolder,
  type DayReceiptsEvent,
  type MoneyEvent,
  type PaymentEvent,
} from '@app/ledger';
import { countedOf, type RuleBook } from '@app/reconciliation';
import type { Database, Sql } from '../database.js';
import {
  loadCollections,
  loadShifts,
  pairsOf,
  type PointDay,
  READABLE,
  recordsOfDays,
  VOID_OF_PAYMENT,
} from './cash-facts.js';
import { bookStanding, type Standing } from './ledger-store.js';
import { continueTraces } from '../trace.js';
import { takeWork, tracesOf } from './work.js';

/** What a point's day brought in, by who holds it. The acquirer of a payment is the order's, else the payee's. */
const RECEIPTS = /* sql */ `
SELECT p.code AS point, j.business_date AS "businessDate", paid AS method,
       CASE WHEN paid = 'cash' AND d.kind = 'meter' THEN d.device_id END AS box,
       CASE WHEN paid = 'cash' AND d.kind <> 'meter' THEN coalesce(r.attendant, j.attendant, '') ELSE '' END AS attendant,
       CASE paid WHEN 'card' THEN 'card-' || lower(coalesce(body #>> '{card,issuer}', 'unknown'))
         WHEN 'qris' THEN coalesce(o.acquirer_code, py.acquirer_code, 'unknown') ELSE '' END AS acquirer,
       sum(coalesce(r.amount, j.amount))::bigint AS amount
  FROM ${recordsOfDays(`'payment'`)}
  CROSS JOIN LATERAL (SELECT coalesce(r.method, j.method) AS paid) m
  LEFT JOIN LATERAL (SELECT j.record::jsonb -> 'body' AS body WHERE paid IN ('qris', 'card')) b ON true
  LEFT JOIN qris_orders o ON o.order_id = body #>> '{qris,orderId}'
  LEFT JOIN payees py ON py.id = body #>> '{qris,nmid}'
  ${VOID_OF_PAYMENT}
 WHERE ${READABLE} AND v.device_no IS NULL
 GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`;

interface ReceiptRow {
  point: string;
  businessDate: BusinessDate;
  method: PaymentEvent['method'];
  box: string | null;
  attendant: string;
  acquirer: string;
  amount: Rupiah;
}

export interface PostOptions {
  rules: RuleBook;
  nowMs: number;
  /** A running day is posted at most this often, ms: each time is a reversal and an entry anew. */
  runningPauseMs: number;
  pointDaysMax: number;
}

/**
 * Takes points' days that changed and makes the ledger say what the journal says of them: receipts, shift closes,
 * collections. All in one transaction: killed at any moment, it is as if it had not begun.
 * @returns points' days looked at, and entries that were new or corrected
 */
export async function postDays(database: Database, options: PostOptions): Promise<{ days: number; booked: number }> {
  const { nowMs, runningPauseMs, pointDaysMax, rules } = options;
  return database.transaction(async (sql) => {
    const work = await takeWork(sql, 'post-day', {
      rowsMax: pointDaysMax,
      runningFrom: businessDateOf(nowMs),
      restedUntilMs: nowMs - runningPauseMs,
    });
    const pairs = new Map(
      work.flatMap(({ businessDate, pointId }) =>
        pointId === null ? [] : [[`${pointId}:${businessDate}`, { pointId, businessDate }] as const],
      ),
    );
    const days = [...pairs.values()];
    if (days.length === 0) return { days: 0, booked: 0 };
    const booked = await continueTraces('post days', tracesOf(work), { 'eparking.point_days': days.length }, () =>
      postPointDays(sql, days, rules, nowMs),
    );
    return { days: days.length, booked };
  });
}

/** Makes the ledger say what the journal says of these points' days now. @returns entries new or corrected */
export async function postPointDays(
  sql: Sql,
  days: readonly PointDay[],
  rules: RuleBook,
  nowMs: number,
): Promise<number> {
  const receipts = await receiptsOf(sql, days, nowMs);
  // A shift that ran past midnight belongs to the day before the one its close came on.
  const before = days.map(({ pointId, businessDate }) => ({ pointId, businessDate: addDays(businessDate, -1) }));
  const all = [...new Map([...days, ...before].map((day) => [JSON.stringify(day), day])).values()];
  const shifts = (await loadShifts(sql, all)).flatMap((shift): MoneyEvent[] => {
    if (shift.declared === null) return [];
    const { device, shift: name, point, attendant, businessDate, recordedCash: recorded } = shift;
    const counted = countedOf(shift, rules.cash);
    return [
      { type: 'shift-close', device, shift: name, point, attendant, businessDate, recorded, counted, bookedAt: nowMs },
    ];
  });
  const collections = (await loadCollections(sql, days)).map((item): MoneyEvent => {
    const { record, device, point, collector, registerCash, cashCounted: counted, businessDate } = item;
    return {
      type: 'collection',
      record,
      device,
      point,
      collector,
      registerCash,
      counted,
      businessDate,
      bookedAt: nowMs,
    };
  });
  return bookStanding(sql, [...receipts, ...shifts, ...collections].map(standingOf), nowMs);
}

/** The id does not depend on whether anything moves, so a day that emptied is taken back. */
function standingOf(event: MoneyEvent): Standing {
  return { root: entryIdOf(event), entry: post(event) };
}

async function receiptsOf(sql: Sql, days: readonly PointDay[], nowMs: number): Promise<DayReceiptsEvent[]> {
  const rows = await sql.query<ReceiptRow>(RECEIPTS, pairsOf(days));
  const named = await sql.query<{ point: string; businessDate: BusinessDate }>(
    `SELECT p.code AS point, w.date AS "businessDate" FROM unnest($1::int[], $2::date[]) AS w (id, date)
       JOIN points p USING (id)`,
    pairsOf(days),
  );
  const events = new Map<string, DayReceiptsEvent>(
    named.map(({ point, businessDate }) => [
      `${point}\n${businessDate}`,
      { type: 'day-receipts', point, businessDate, bookedAt: nowMs, receipts: [] },
    ]),
  );
  for (const { point, businessDate, method, box, attendant, acquirer, amount } of rows) {
    const holder: CashHolder = box === null ? { kind: 'attendant', attendant } : { kind: 'box', device: box };
    events.get(`${point}\n${businessDate}`)!.receipts.push({ method, amount, holder, acquirer });
  }
  return [...events.values()];
}
