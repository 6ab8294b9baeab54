import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, businessDateOf, DAY_MS, MINUTE_MS, startOfBusinessDay, type BusinessDate } from '@app/kernel';
import type { ProviderBook, ProviderPayment } from './provider-book.js';
import type { ProviderSettings } from './provider-settings.js';
import { jakartaInstant } from './signing.js';

const COLUMNS =
  'acquirer,kind,transaction_id,original_transaction_id,batch_id,order_id,rrn,nmid,amount,fee,transaction_at,settlement_date';

/** The last cut-off at or before an instant, ms. */
export function cutOffBefore(cutOffs: readonly string[], at: number): number {
  const midnight = startOfBusinessDay(businessDateOf(at));
  const times = (cutOffs.length > 0 ? cutOffs : ['00:00']).map((text) => {
    const [hours, minutes] = text.split(':').map(Number);
    return (hours! * 60 + minutes!) * MINUTE_MS;
  });
  const candidates = times.flatMap((time) => [midnight + time, midnight - DAY_MS + time]);
  return Math.max(...candidates.filter((candidate) => candidate <= at));
}

/**
 * Settles what was paid, or given back, before a cut-off and is not settled: one file in the canonical format, written
 * whole by a rename into `<folder>/<code>/`, named and labelled as simulated. The payment keeps its batch, so that
 * nothing is settled twice; a kill between the file and the note writes the same file again.
 * @returns the batch, or null when there was nothing
 */
export function settleBefore(
  book: ProviderBook,
  settings: Pick<ProviderSettings, 'code' | 'nmid' | 'feeBp' | 'settlementDays'>,
  cutOff: number,
  folder: string,
): string | null {
  const paid = [...book.payments.values()].filter(({ batch, paidAt }) => batch === null && paidAt < cutOff);
  const back = [...book.payments.values()].filter(
    ({ refundBatch, refundedAt }) => refundBatch === null && refundedAt !== null && refundedAt < cutOff,
  );
  if (paid.length + back.length === 0) return null;
  const stamp = jakartaInstant(cutOff).replace(/\D/g, '').slice(0, 12);
  const batch = `SIM-${settings.code}-${stamp}`;
  const settlementDate = addDays(businessDateOf(cutOff), settings.settlementDays);
  const lines = [
    ...paid.map((payment) => paymentLine(settings, batch, settlementDate, payment)),
    ...back.map((payment) => refundLine(settings, batch, settlementDate, payment)),
  ];
  const target = join(folder, settings.code);
  mkdirSync(target, { recursive: true, mode: 0o700 });
  const file = join(target, `simulated-${stamp}.csv`);
  writeFileSync(`${file}.draft`, `${[COLUMNS, ...lines].join('\n')}\n`, { mode: 0o600 });
  renameSync(`${file}.draft`, file);
  for (const payment of paid) book.keepPayment({ ...payment, batch });
  for (const { referenceNo } of back) book.keepPayment({ ...book.payments.get(referenceNo)!, refundBatch: batch });
  return batch;
}

type Terms = Pick<ProviderSettings, 'code' | 'nmid' | 'feeBp'>;

function paymentLine(
  { code, nmid, feeBp }: Terms,
  batch: string,
  date: BusinessDate,
  payment: ProviderPayment,
): string {
  const { referenceNo, orderId, rrn, amount, paidAt } = payment;
  // Basis points of rupiah are sen: 4,000 at 70 is 28.00.
  const feeSen = Math.round((amount * feeBp) / 100);
  const money = [`${amount}.00`, `${Math.floor(feeSen / 100)}.${String(feeSen % 100).padStart(2, '0')}`];
  return [
    code,
    'payment',
    referenceNo,
    '',
    batch,
    orderId ?? '',
    rrn,
    nmid,
    ...money,
    jakartaInstant(paidAt),
    date,
  ].join(',');
}

/** What goes back is the whole amount; the fee stays with the provider. */
function refundLine({ code, nmid }: Terms, batch: string, date: BusinessDate, payment: ProviderPayment): string {
  const { referenceNo, orderId, rrn, amount, refundedAt } = payment;
  const at = jakartaInstant(refundedAt!);
  return [
    code,
    'refund',
    `R${referenceNo}`,
    referenceNo,
    batch,
    orderId ?? '',
    rrn,
    nmid,
    `${amount}.00`,
    '0.00',
    at,
    date,
  ].join(',');
}
