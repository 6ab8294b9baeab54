import { fail, ok, type Result, type Rupiah } from '@app/kernel';
import { buildQris, parseQris, type QrisCode } from './qris.js';
import { qrisError, type QrisError } from './tlv.js';

/** Merchant category code of parking lots and garages (ISO 18245). */
const PARKING_MCC = '7523';
/** EMVCo: additional data fields have at most 25 characters. */
const LABEL_CHARACTERS_MAX = 25;

/** What the code of an order must say. */
export interface WantedOffer {
  orderId: string;
  /** The terminal that shows it. */
  device: string;
  amount: Rupiah;
}

/** The text of a dynamic code that we make ourselves, for an acquirer that only notifies. */
export function localOffer(
  wanted: WantedOffer,
  payee: { nmid: string; merchantName: string; merchantCity: string },
): Result<string, QrisError> {
  const code: QrisCode = {
    dynamic: true,
    accounts: [],
    nmid: payee.nmid,
    criteria: null,
    mcc: PARKING_MCC,
    amount: wanted.amount,
    merchantName: payee.merchantName,
    merchantCity: payee.merchantCity,
    postalCode: null,
    reference: wanted.orderId,
    terminal: wanted.device.length <= LABEL_CHARACTERS_MAX ? wanted.device : null,
    other: [],
  };
  return buildQris(code);
}

/**
 * Checks a code before a driver is shown it: checksum and structure, dynamic, the order's amount, paid to us. A code
 * that carries a reference of its own in 62.05 is fine; one that carries an order id of ours must carry this one.
 * @param payees merchant ids that are ours
 */
export function checkOffer(qr: string, wanted: WantedOffer, payees: ReadonlySet<string>): Result<QrisCode, QrisError> {
  const parsed = parseQris(qr);
  if (!parsed.ok) return parsed;
  const { dynamic, amount, nmid } = parsed.value;
  if (!dynamic) return fail(qrisError('value', '01', 'is a static code; an order needs a dynamic one (12)'));
  if (amount !== wanted.amount) {
    return fail(qrisError('value', '54', `amount ${amount} is not the order's ${wanted.amount}`));
  }
  const paidTo = [nmid, ...parsed.value.accounts.flatMap(({ fields }) => fields.map((field) => field.value))];
  if (nmid !== null ? !payees.has(nmid) : !paidTo.some((id) => id !== null && payees.has(id))) {
    return fail(qrisError('value', '51.02', 'the merchant is none of ours'));
  }
  return ok(parsed.value);
}
