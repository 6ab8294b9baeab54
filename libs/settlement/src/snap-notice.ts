import { fail, ok, type Result, type Rupiah } from '@app/kernel';
import { parseSnapInstant } from './snap-request.js';
import type { SnapFault } from './snap-response.js';

/** The state of a transaction at the provider (SNAP's latestTransactionStatus 00-07). */
export type NoticeStatus =
  'success' | 'initiated' | 'paying' | 'pending' | 'refunded' | 'cancelled' | 'failed' | 'not-found';

const statuses: Record<string, NoticeStatus> = {
  '00': 'success',
  '01': 'initiated',
  '02': 'paying',
  '03': 'pending',
  '04': 'refunded',
  '05': 'cancelled',
  '06': 'failed',
  '07': 'not-found',
};

/** What a provider told us about one QRIS payment, whatever the provider. */
export interface PaymentNotice {
  provider: string;
  /** The provider's transaction id (originalReferenceNo). */
  referenceNo: string;
  /** Our order id (originalPartnerReferenceNo); null for a static code. */
  orderId: string | null;
  status: NoticeStatus;
  amount: Rupiah;
  fee: Rupiah | null;
  rrn: string | null;
  nmid: string | null;
  issuer: string | null;
  /** Keyed hash of the payer's number, never the number. */
  payerHash: string | null;
  payerLast4: string | null;
  /** When the payer paid, ms; null where the provider does not say. */
  paidAt: number | null;
}

/** Keyed hash (HMAC) of a payer's number; the key stays with the caller. */
export type HashPan = (pan: string) => string;

/**
 * `"2000.00"` -> 2000. A SNAP sum is a string with two decimals, which must be 00: there are no sen in parking.
 * Whole sums without decimals are read too, as some providers send them. At most 9,007,199,254,740 rupiah.
 */
export function parseSnapAmount(value: unknown): Rupiah | null {
  if (typeof value !== 'string') return null;
  const match = /^(\d{1,13})(?:\.00?)?$/.exec(value);
  return match ? Number(match[1]) : null;
}

/** Rupiah as SNAP writes them: `2000` -> `"2000.00"`. */
export function formatSnapAmount(amount: Rupiah): string {
  return `${amount}.00`;
}

type Fields = Record<string, unknown>;

/**
 * Reads the body of `POST /v1.0/qr/qr-mpm-notify` (and the answer of the query endpoint) into a notice.
 * Call it only after the signature was verified over the same bytes.
 * Providers place rrn, nmid, fee and paid time under their own names in additionalInfo: they are looked up there first,
 * then at the top.
 */
export function parseNotice(provider: string, raw: Uint8Array, hashPan: HashPan): Result<PaymentNotice, SnapFault> {
  const body = parseObject(raw);
  if (!body) return fail({ code: 'bad-body', field: '' });
  const info = isObject(body.additionalInfo) ? body.additionalInfo : {};
  const extra = (...names: string[]): string | null => firstText(info, names) ?? firstText(body, names);
  const referenceNo = firstText(body, ['originalReferenceNo']);
  if (!referenceNo) return fail({ code: 'missing-field', field: 'originalReferenceNo' });
  const code = body.latestTransactionStatus;
  if (code === undefined) return fail({ code: 'missing-field', field: 'latestTransactionStatus' });
  const status = typeof code === 'string' ? statuses[code] : undefined;
  if (!status) return fail({ code: 'bad-field', field: 'latestTransactionStatus' });
  const amount = readMoney(body.amount, 'amount');
  if (!amount.ok) return amount;
  const feeField = info.FeeAmount ?? info.feeAmount ?? body.feeAmount;
  const fee = feeField === undefined ? ok(null) : readMoney(feeField, 'feeAmount');
  if (!fee.ok) return fee;
  const paidTime = extra('paidTime', 'paidtime', 'transactionDate');
  const paidAt = paidTime === null ? null : parseSnapInstant(paidTime);
  if (paidTime !== null && paidAt === null) return fail({ code: 'bad-field', field: 'paidTime' });
  const pan = extra('cpan', 'customerPan');
  return ok({
    provider,
    referenceNo,
    // Finpay's table spells the field "Referance", its sample "Reference": both are read.
    orderId: firstText(body, ['originalPartnerReferenceNo', 'originalPartnerReferanceNo']),
    status,
    amount: amount.value,
    fee: fee.value,
    rrn: extra('rrn', 'RRN'),
    nmid: extra('nmid', 'NMID'),
    issuer: extra('issuer', 'issuerName'),
    payerHash: pan === null ? null : hashPan(pan),
    payerLast4: pan === null ? null : pan.slice(-4),
    paidAt,
  });
}

function parseObject(raw: Uint8Array): Fields | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
    return isObject(value) ? value : null;
  } catch {
    // Not UTF-8 or not JSON: the caller answers "Bad Request", the raw bytes are kept by whoever received them.
    return null;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of these fields that holds text of 1 to 64 characters. */
function firstText(fields: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string' && value.length >= 1 && value.length <= 64) return value;
  }
  return null;
}

function readMoney(value: unknown, field: string): Result<Rupiah, SnapFault> {
  if (value === undefined) return fail({ code: 'missing-field', field });
  if (!isObject(value)) return fail({ code: 'bad-field', field });
  if (value.currency !== 'IDR') return fail({ code: 'bad-field', field: `${field}.currency` });
  const amount = parseSnapAmount(value.value);
  return amount === null ? fail({ code: 'bad-field', field: `${field}.value` }) : ok(amount);
}
