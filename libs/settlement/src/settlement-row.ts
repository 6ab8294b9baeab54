import { createHash } from 'node:crypto';
import type { BusinessDate, Rupiah } from '@app/kernel';

/** `payment` brings money to the city, `refund` and `cancel` take it back, `fee` is a charge on its own line. */
export type SettlementKind = 'payment' | 'refund' | 'cancel' | 'fee';

/**
 * One line of an acquirer's settlement, whatever its format was. Sums are never negative: `kind` tells the direction.
 * `amount = fee + net` in rupiah, always; `netSen` is the exact net in 1/100 rupiah, because acquirers compute fees to
 * the sen and pay out the rounded sum of a batch. For kind `fee`, amount is the charge and fee is 0.
 */
export interface SettlementRow {
  acquirer: string;
  kind: SettlementKind;
  /** The acquirer's id of the transaction. One payment may come in several parts (balance and voucher). */
  transactionId: string;
  /** Tells the parts of one transaction apart; `''` where the acquirer knows none. */
  part: string;
  /** The payment that a refund or cancel takes back. */
  originalTransactionId: string | null;
  /** The payout this line belongs to. */
  batchId: string;
  /** Our order id, as we gave it to the acquirer. */
  orderId: string | null;
  rrn: string | null;
  /** Who was paid: national merchant id (QRIS) or the acquirer's own merchant id. */
  nmid: string | null;
  mid: string | null;
  /** The acquirer's terminal or shop id. */
  terminal: string | null;
  cardLast4: string | null;
  /** The terminal's transaction counter (card). */
  trace: string | null;
  amount: Rupiah;
  fee: Rupiah;
  net: Rupiah;
  netSen: number;
  /** When the payer paid, ms. */
  transactionAt: number;
  /** The business day on which the acquirer pays out. */
  settlementDate: BusinessDate;
}

/** Which way the money goes: +1 to the city, -1 away from it. */
export function settlementSign(kind: SettlementKind): 1 | -1 {
  return kind === 'payment' ? 1 : -1;
}

/** Who was paid according to this line, or null when it does not say. */
export function payeeOf(row: Pick<SettlementRow, 'nmid' | 'mid'>): string | null {
  return row.nmid ?? row.mid;
}

/** What identifies a line for ever: the same key twice is the same line, or a conflict. */
export function settlementKey(row: SettlementRow): string {
  return [row.acquirer, row.kind, row.transactionId, row.part].map(encodeURIComponent).join('/');
}

/** SHA-256 (hex) over every field in a fixed order: equal content, equal hash, whatever file it came in. */
export function settlementHash(row: SettlementRow): string {
  const fields = Object.entries(row)
    .filter(([name]) => name !== 'id')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** Whether a line may be booked: `duplicate` changes nothing, `conflict` is told and changes nothing. */
export function judgeKnown(hash: string, knownHash: string | undefined): 'new' | 'duplicate' | 'conflict' {
  if (knownHash === undefined) return 'new';
  return knownHash === hash ? 'duplicate' : 'conflict';
}

/** A line of a bank statement. Credit notes (nota kredit) are its credits. */
export interface BankEntry {
  account: string;
  /** The bank's id of the entry, unique within the account. */
  entryId: string;
  direction: 'credit' | 'debit';
  valueDate: BusinessDate;
  amount: Rupiah;
  /** What the payer wrote: batch id of an acquirer, number of a deposit slip. */
  reference: string | null;
  description: string;
}

/** What identifies a bank entry for ever. */
export function bankEntryKey(entry: BankEntry): string {
  return [entry.account, entry.entryId].map(encodeURIComponent).join('/');
}

/** SHA-256 (hex) over every field of a bank entry in a fixed order. */
export function bankEntryHash(entry: BankEntry): string {
  const { account, entryId, direction, valueDate, amount, reference, description } = entry;
  const fields = [account, entryId, direction, valueDate, amount, reference, description];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
