import { createHash } from 'node:crypto';
import { invariant, rupiah, sumRupiah, type BusinessDate, type Rupiah } from '@app/kernel';
import type { Account } from './account.js';

/** One side of an entry. Debit positive, credit negative, never 0. */
export interface EntryLine {
  account: Account;
  amount: Rupiah;
}

/**
 * One posting: lines that sum to zero. Append-only: what turns out wrong is reversed by a new entry.
 * `businessDate` is the day it belongs to, `bookedAt` (ms) when the books learnt of it; a balance "as it was known then"
 * counts by `bookedAt`, a day's result by `businessDate`.
 */
export interface Entry {
  /** Derived from the source, so that the same event never books twice. */
  id: string;
  kind: string;
  businessDate: BusinessDate;
  bookedAt: number;
  lines: EntryLine[];
  /** What it comes from: record, settlement line, deposit, case. */
  source: string;
  /** The entry this one takes back. */
  reverses: string | null;
}

/** Money going from one account to another: `to` is debited, `from` credited. A negative amount goes the other way. */
export interface Move {
  to: Account;
  from: Account;
  amount: Rupiah;
}

export type EntryHead = Omit<Entry, 'lines' | 'reverses'>;

/**
 * An entry out of moves. Every move adds its amount once as a debit and once as a credit, so the lines sum to zero by
 * construction. Lines of one account are merged and stand in the order of the account; null when nothing moves.
 */
export function entryOf(head: EntryHead, moves: readonly Move[]): Entry | null {
  const sums = new Map<Account, Rupiah>();
  const add = (account: Account, amount: Rupiah): void => {
    sums.set(account, rupiah((sums.get(account) ?? 0) + amount));
  };
  for (const { to, from, amount } of moves) {
    add(to, rupiah(amount));
    add(from, -amount);
  }
  const lines = [...sums]
    .filter(([, amount]) => amount !== 0)
    .map(([account, amount]) => ({ account, amount }))
    .sort((a, b) => (a.account < b.account ? -1 : 1));
  if (lines.length === 0) return null;
  invariant(sumRupiah(lines.map((line) => line.amount)) === 0, `entry ${head.id} does not sum to zero`);
  return { ...head, lines, reverses: null };
}

/** The entry that takes another back whole, on the same business day, booked now. */
export function reversalOf(entry: Entry, id: string, bookedAt: number, source: string): Entry {
  return {
    id,
    kind: 'reversal',
    businessDate: entry.businessDate,
    bookedAt,
    lines: entry.lines.map((line) => ({ account: line.account, amount: -line.amount })),
    source,
    reverses: entry.id,
  };
}

/**
 * What to book when an event that was booked before says something else now (a late record changed a shift's sum):
 * the reversal of the earlier entry and the new one, both under the next revision. Empty when nothing changed.
 * @param before the entry that counts now
 * @param after what the event posts now, null when it moves nothing any more
 * @param revision 1 for the first correction of this event, then 2, 3 ...
 */
export function correctionOf(before: Entry, after: Entry | null, revision: number, bookedAt: number): Entry[] {
  const lines = (entry: Entry | null): string => JSON.stringify(entry?.lines ?? []);
  if (lines(before) === lines(after) && before.businessDate === after?.businessDate) return [];
  const root = before.id.replace(/~\d+$/, '');
  const reversal = reversalOf(before, `reversal:${before.id}`, bookedAt, before.source);
  return after ? [reversal, { ...after, id: `${root}~${revision}`, bookedAt }] : [reversal];
}

/**
 * SHA-256 (hex) of what an entry says; `bookedAt` is left out, so that an event processed again hashes the same.
 * Same id and another hash is a conflict, never a silent success.
 */
export function entryHash(entry: Entry): string {
  const { id, kind, businessDate, source, reverses } = entry;
  const lines = entry.lines.map((line) => [line.account, line.amount]);
  return createHash('sha256')
    .update(JSON.stringify([id, kind, businessDate, source, reverses, lines]))
    .digest('hex');
}
