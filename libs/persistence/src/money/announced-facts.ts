import { businessDateOf, type BusinessDate, type Rupiah } from '@app/kernel';
import type { RecordFact, SettlementFact } from '@app/reconciliation';
import type { Sql } from '../database.js';

interface AnnouncedRow {
  acquirer: string;
  referenceNo: string;
  orderId: string | null;
  rrn: string | null;
  nmid: string | null;
  amount: Rupiah;
  fee: Rupiah;
  paidAt: number;
  refundedAt: number | null;
  point: string | null;
  device: string | null;
  isSettled: boolean;
  isBackSettled: boolean;
}

/** What acquirers announced of the day and no settlement line says yet, payment or refund. */
const ANNOUNCED = /* sql */ `
SELECT * FROM (
  SELECT a.acquirer_code AS acquirer, a.reference_no AS "referenceNo", a.order_id AS "orderId", a.rrn, a.nmid, a.amount, a.fee,
         a.paid_at AS "paidAt", a.refunded_at AS "refundedAt", p.code AS point, d.device_id AS device,
         EXISTS (SELECT FROM settlement_rows s WHERE s.kind = 'payment' AND s.acquirer = a.acquirer_code
           AND coalesce(s.original_transaction_id, s.transaction_id) = a.reference_no)
           OR EXISTS (SELECT FROM settlement_rows s WHERE s.kind = 'payment' AND s.order_id = a.order_id) AS "isSettled",
         EXISTS (SELECT FROM settlement_rows s WHERE s.kind IN ('refund', 'cancel') AND s.acquirer = a.acquirer_code
           AND coalesce(s.original_transaction_id, s.transaction_id) = a.reference_no) AS "isBackSettled"
    FROM announced_payments a LEFT JOIN points p ON p.id = a.point_id LEFT JOIN devices d ON d.device_no = a.device_no
   WHERE a.business_date = $1) x
 WHERE NOT "isSettled" OR ("refundedAt" IS NOT NULL AND NOT "isBackSettled")`;

/** Payments and refunds that an acquirer told us of, in the form of the settlement lines that will say them again. */
export async function announcedFacts(sql: Sql, date: BusinessDate): Promise<SettlementFact[]> {
  const rows = await sql.query<AnnouncedRow>(ANNOUNCED, [date]);
  return rows.flatMap((row) => {
    const facts: SettlementFact[] = [];
    if (!row.isSettled) facts.push(factOf(row, 'payment', row.paidAt));
    if (row.refundedAt !== null && !row.isBackSettled) facts.push(factOf(row, 'refund', row.refundedAt));
    return facts;
  });
}

/** The same transaction id as in the settlement file: an exception found early stays the same when the file comes. */
function factOf(row: AnnouncedRow, kind: 'payment' | 'refund', at: number): SettlementFact {
  const { acquirer, referenceNo, orderId, rrn, nmid, amount, point, device } = row;
  const fee = kind === 'payment' ? row.fee : 0;
  return {
    id: `announced/${kind}/${acquirer}/${referenceNo}`,
    announced: true,
    channel: 'qris',
    acquirer,
    kind,
    transactionId: kind === 'payment' ? referenceNo : `refund of ${referenceNo}`,
    part: '',
    originalTransactionId: kind === 'payment' ? null : referenceNo,
    batchId: '',
    orderId,
    rrn,
    nmid,
    mid: null,
    terminal: null,
    cardLast4: null,
    trace: null,
    amount,
    fee,
    net: amount - fee,
    netSen: (amount - fee) * 100,
    transactionAt: at,
    settlementDate: businessDateOf(at),
    point,
    device,
  };
}

/**
 * An announcement settles nothing: where a record stands for it, the settlement line is still to come, and the
 * announcement is left out. It counts where nobody recorded the payment, and where the money went back.
 */
export function withoutExplained(rows: readonly SettlementFact[], records: readonly RecordFact[]): SettlementFact[] {
  const standing = records.filter((record) => record.voided === null);
  const orders = new Set(standing.map((record) => record.orderId).filter((id) => id !== null));
  const rrns = new Set(standing.map((record) => record.rrn).filter((id) => id !== null));
  const back = new Set(
    rows.filter((row) => row.announced && row.kind === 'refund').map((row) => row.originalTransactionId),
  );
  const isRecorded = (row: SettlementFact): boolean => orders.has(row.orderId ?? '') || rrns.has(row.rrn ?? '');
  return rows.filter(
    (row) => !row.announced || row.kind === 'refund' || back.has(row.transactionId) || !isRecorded(row),
  );
}
