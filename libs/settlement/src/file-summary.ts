import type { BusinessDate, Rupiah } from '@app/kernel';
import type { BankEntry, SettlementKind, SettlementRow } from './settlement-row.js';

interface Sums {
  count: number;
  amount: Rupiah;
  fee: Rupiah;
  net: Rupiah;
}

/** What of a settlement file was new, added up. */
export interface SettlementSummary {
  totals: Record<SettlementKind, Sums>;
  /** First and last settlement day; null when nothing was new. */
  settlementDates: { from: BusinessDate; to: BusinessDate } | null;
}

/** What of a bank statement was new, added up. */
export interface BankSummary {
  totals: Record<BankEntry['direction'], { count: number; amount: Rupiah }>;
  valueDates: { from: BusinessDate; to: BusinessDate } | null;
}

const nothing = (): Sums => ({ count: 0, amount: 0, fee: 0, net: 0 });

export function emptySettlementSummary(): SettlementSummary {
  const totals = { payment: nothing(), refund: nothing(), cancel: nothing(), fee: nothing() };
  return { totals, settlementDates: null };
}

/** Adds one new line to the summary. */
export function addSettlement(summary: SettlementSummary, row: SettlementRow): void {
  const sums = summary.totals[row.kind];
  sums.count += 1;
  sums.amount += row.amount;
  sums.fee += row.fee;
  sums.net += row.net;
  summary.settlementDates = widened(summary.settlementDates, row.settlementDate);
}

export function emptyBankSummary(): BankSummary {
  return { totals: { credit: { count: 0, amount: 0 }, debit: { count: 0, amount: 0 } }, valueDates: null };
}

/** Adds one new entry to the summary. */
export function addBankEntry(summary: BankSummary, entry: BankEntry): void {
  const sums = summary.totals[entry.direction];
  sums.count += 1;
  sums.amount += entry.amount;
  summary.valueDates = widened(summary.valueDates, entry.valueDate);
}

function widened(
  dates: { from: BusinessDate; to: BusinessDate } | null,
  date: BusinessDate,
): { from: BusinessDate; to: BusinessDate } {
  if (dates === null) return { from: date, to: date };
  return { from: date < dates.from ? date : dates.from, to: date > dates.to ? date : dates.to };
}
