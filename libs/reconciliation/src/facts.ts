import type { BusinessDate, Rupiah } from '@app/kernel';
import type { BankEntry, SettlementRow } from '@app/settlement';
import type { Channel } from './rules.js';

/** A payment record that was paid by QRIS or card. Voided ones are given too: a void of a settled payment matters. */
export interface RecordFact {
  /** `device/epoch/seq`. */
  id: string;
  channel: Channel;
  device: string;
  point: string;
  attendant: string;
  amount: Rupiah;
  at: number;
  businessDate: BusinessDate;
  orderId: string | null;
  rrn: string | null;
  nmid: string | null;
  /** Card trace number. */
  trace: string | null;
  voided: { record: string; at: number } | null;
}

/** A settlement line with what the store knows about its order. */
export interface SettlementFact extends SettlementRow {
  /** Its key (libs/settlement). */
  id: string;
  /** No line of a file: the acquirer told us of it (SNAP). It settles nothing. */
  announced?: true;
  channel: Channel;
  /** Point and device of its order or terminal, null when neither is known. */
  point: string | null;
  device: string | null;
}

/** The payout that an acquirer's batch should bring. */
export interface BatchFact {
  acquirer: string;
  batchId: string;
  settlementDate: BusinessDate;
  /** Signed sum of the exact nets of its lines, in 1/100 rupiah. */
  netSen: number;
  rows: number;
}

/** A bank credit on a collecting account. */
export interface CreditFact extends BankEntry {
  /** Its key (libs/settlement). */
  id: string;
  /** The acquirer it comes from, null when the statement does not tell. */
  acquirer: string | null;
}

/** A shift with the sum of its recorded cash, voids taken off. */
export interface ShiftFact {
  point: string;
  device: string;
  attendant: string;
  shift: string;
  businessDate: BusinessDate;
  openedAt: number;
  closedAt: number | null;
  float: Rupiah;
  declared: Rupiah | null;
  recordedCash: Rupiah;
  /** False while records of the shift's device are missing: then the sum may still grow. */
  recordsComplete: boolean;
}

/** A meter's cash-box collection. */
export interface CollectionFact {
  /** Record id of the collection. */
  record: string;
  device: string;
  point: string;
  collector: string;
  number: number;
  at: number;
  businessDate: BusinessDate;
  registerCash: Rupiah;
  cashCounted: Rupiah;
}

/** Somebody who has to hand cash in. */
export interface Payer {
  kind: 'attendant' | 'collector' | 'operator';
  id: string;
}

/** Cash that a payer has to hand in for one business day (and point, where the due is per point). */
export interface DepositDue {
  payer: Payer;
  point: string | null;
  businessDate: BusinessDate;
  amount: Rupiah;
}

/** A proof of payment (TBP): cash handed to the treasurer for a business day. */
export interface DepositFact {
  /** TBP number. */
  number: string;
  payer: Payer;
  point: string | null;
  businessDate: BusinessDate;
  amount: Rupiah;
  handedAt: number;
  treasurer: string;
  /** Deposit slip (STS) that took it to the bank. */
  slip: string | null;
}

/** A deposit slip (STS) and its credit note. */
export interface SlipFact {
  slip: string;
  treasurer: string;
  businessDate: BusinessDate;
  writtenAt: number;
  amount: Rupiah;
  credit: { id: string; amount: Rupiah; at: number } | null;
}

/** What an operator deposited for a day against its contract. */
export interface OperatorDayFact {
  operator: string;
  businessDate: BusinessDate;
  minimum: Rupiah;
  deposited: Rupiah;
}

/** A ticket serial on a payment record. For reuse, earlier and later uses of the day's serials are given too. */
export interface TicketUse {
  record: string;
  device: string;
  point: string;
  attendant: string;
  serial: string;
  at: number;
  businessDate: BusinessDate;
  amount: Rupiah;
  voided: boolean;
}

/** A range of ticket stock: `prefix` and numbers `from` to `to`, both inclusive. */
export interface TicketRange {
  prefix: string;
  from: number;
  to: number;
  state: 'issued' | 'returned' | 'voided';
  /** Who may use it; null: anybody. */
  attendant: string | null;
  issuedOn: BusinessDate;
  /** Day on which it was returned or voided. */
  closedOn: BusinessDate | null;
}

/** Records of a device that are missing. */
export interface GapFact {
  device: string;
  epoch: number;
  from: number;
  to: number;
  point: string;
  /** Attendant of the shift the gap lies in, null when unknown. */
  attendant: string | null;
  /** Business day of the record after the gap. */
  businessDate: BusinessDate;
  /** When it was first seen, ms. */
  since: number;
}

/** A record whose integrity is in doubt. */
export interface IntegrityFact {
  kind: 'record-conflict' | 'broken-chain';
  record: string;
  /** Content hash: a conflict may come with several contents. */
  hash: string;
  device: string;
  point: string;
  attendant: string | null;
  at: number;
  businessDate: BusinessDate;
  amount: Rupiah;
}
