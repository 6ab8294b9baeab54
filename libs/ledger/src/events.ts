import type { BusinessDate, Rupiah } from '@app/kernel';
import type { SettlementKind } from '@app/settlement';
import type { Account } from './account.js';

/** Who holds the cash of a payment: an attendant at a point, or a meter's cash box. */
export type CashHolder = { kind: 'attendant'; attendant: string } | { kind: 'box'; device: string };

/** Somebody who may owe money. */
export interface Debtor {
  kind: 'attendant' | 'operator' | 'collector' | 'treasurer';
  id: string;
}

interface Common {
  businessDate: BusinessDate;
  /** When the books learn of it, ms. */
  bookedAt: number;
}

/** A payment that counts. `record` is `device/epoch/seq`. Free and subscription payments have amount 0 as a rule. */
export interface PaymentEvent extends Common {
  type: 'payment';
  record: string;
  point: string;
  method: 'cash' | 'qris' | 'card' | 'subscription' | 'free';
  amount: Rupiah;
  holder: CashHolder;
  /** Who owes a QRIS or card payment, e.g. `dana`, `card-flazz`; unused otherwise. */
  acquirer: string;
}

/**
 * What a point received on a business day, voided payments left out, summed by who holds it. The journal is the
 * subledger: the books take its day sums, and correct them when a late record or void changes a day (ADR on day sums).
 */
export interface DayReceiptsEvent extends Common {
  type: 'day-receipts';
  point: string;
  receipts: Pick<PaymentEvent, 'method' | 'amount' | 'holder' | 'acquirer'>[];
}

/** A void takes its payment off the payment's own business day, whenever it comes. */
export interface VoidEvent {
  type: 'void';
  /** The void's own record id. */
  record: string;
  bookedAt: number;
  payment: PaymentEvent;
}

/** A shift's blind count against its recorded cash, both without the float. */
export interface ShiftCloseEvent extends Common {
  type: 'shift-close';
  /** Terminals number shifts as they like: device, shift and the day it began on name one. */
  device: string;
  shift: string;
  point: string;
  attendant: string;
  recorded: Rupiah;
  counted: Rupiah;
}

/** A meter's cash box was emptied. */
export interface CollectionEvent extends Common {
  type: 'collection';
  /** `device/epoch/seq`: a terminal may give a number twice. */
  record: string;
  device: string;
  point: string;
  collector: string;
  registerCash: Rupiah;
  counted: Rupiah;
}

/** One canonical settlement line (its key, see libs/settlement). */
export interface SettlementEvent extends Common {
  type: 'settlement';
  key: string;
  acquirer: string;
  kind: SettlementKind;
  amount: Rupiah;
  fee: Rupiah;
  net: Rupiah;
}

/** The lines of an acquirer's batch that have come so far, summed by kind; on the day it is paid out. */
export interface SettledBatchEvent extends Common {
  type: 'settled-batch';
  acquirer: string;
  batch: string;
  sums: Pick<SettlementEvent, 'kind' | 'amount' | 'fee' | 'net'>[];
}

/** The acquirer's payout arrived at a bank account: a collecting one, or at once the treasury account. */
export interface PayoutCreditEvent extends Common {
  type: 'payout-credit';
  bankEntry: string;
  acquirer: string;
  account: string;
  accountKind: 'collecting' | 'treasury';
  amount: Rupiah;
}

/** A settled payment that nobody recorded is set aside; when its record comes late, the entry is reversed. */
export interface UnallocatedEvent extends Common {
  type: 'unallocated';
  exception: string;
  acquirer: string;
  amount: Rupiah;
}

/** Cash handed over. To a treasurer it is a proof of payment (TBP). */
export interface HandOverEvent extends Common {
  type: 'hand-over';
  number: string;
  amount: Rupiah;
  from: { kind: 'holder'; point: string; holder: string } | { kind: 'operator'; operator: string };
  to: { kind: 'operator'; operator: string } | { kind: 'treasurer'; treasurer: string };
}

/** A deposit slip (STS): money leaves the treasurer, or the collecting bank account, for the treasury account. */
export interface DepositSlipEvent extends Common {
  type: 'deposit-slip';
  slip: string;
  amount: Rupiah;
  from: { kind: 'treasurer'; treasurer: string } | { kind: 'bank'; account: string };
}

/** The bank's credit note (nota kredit): the money is in the treasury account. Only now is revenue final. */
export interface CreditNoteEvent extends Common {
  type: 'credit-note';
  bankEntry: string;
  slip: string;
  treasuryAccount: string;
  amount: Rupiah;
}

export interface SecurityDepositEvent extends Common {
  type: 'security-deposit';
  reference: string;
  operator: string;
  treasuryAccount: string;
  amount: Rupiah;
}

/** A day on which an operator deposited less than its contract's minimum; `drawn` comes off the security deposit. */
export interface MinimumShortfallEvent extends Common {
  type: 'minimum-shortfall';
  operator: string;
  shortfall: Rupiah;
  drawn: Rupiah;
}

/** An operator's monthly statement: the gross split into shares. A corrected statement has the next revision. */
export interface ShareStatementEvent extends Common {
  type: 'share-statement';
  operator: string;
  /** `YYYY-MM`. */
  month: string;
  revision: number;
  city: Rupiah;
  attendant: Rupiah;
  operatorShare: Rupiah;
}

/** Money that a case brought back, into the treasurer's hands or a bank account. */
export interface RecoveryEvent extends Common {
  type: 'recovery';
  case: string;
  /** Grows with each recovery of the case. */
  number: number;
  amount: Rupiah;
  from: Account;
  into: Account;
}

/** A loss that two people agreed to bear. */
export interface WriteOffEvent extends Common {
  type: 'write-off';
  case: string;
  amount: Rupiah;
  from: Account;
}

/** Everything that moves money in the books. */
export type MoneyEvent =
  | PaymentEvent
  | DayReceiptsEvent
  | VoidEvent
  | ShiftCloseEvent
  | CollectionEvent
  | SettlementEvent
  | SettledBatchEvent
  | PayoutCreditEvent
  | UnallocatedEvent
  | HandOverEvent
  | DepositSlipEvent
  | CreditNoteEvent
  | SecurityDepositEvent
  | MinimumShortfallEvent
  | ShareStatementEvent
  | RecoveryEvent
  | WriteOffEvent;
