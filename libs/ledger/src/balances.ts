import { rupiah, type BusinessDate, type Rupiah } from '@app/kernel';
import { parseAccount, type Account, type AccountType } from './account.js';
import type { Entry } from './entry.js';

/** Which entries a balance counts. */
export interface BalanceScope {
  /** Only what the books knew at this instant (ms, inclusive). */
  bookedUntil?: number;
  /** Only business days up to this one, inclusive. */
  businessDateUntil?: BusinessDate;
}

/** Sums per account, debit positive; accounts at 0 are left out. */
export function balancesOf(entries: Iterable<Entry>, scope: BalanceScope = {}): Map<Account, Rupiah> {
  const sums = new Map<Account, Rupiah>();
  for (const entry of entries) {
    if (scope.bookedUntil !== undefined && entry.bookedAt > scope.bookedUntil) continue;
    if (scope.businessDateUntil !== undefined && entry.businessDate > scope.businessDateUntil) continue;
    for (const { account, amount } of entry.lines) sums.set(account, rupiah((sums.get(account) ?? 0) + amount));
  }
  for (const [account, amount] of sums) if (amount === 0) sums.delete(account);
  return sums;
}

/** The sum over all accounts of a type. */
export function sumOfType(balances: ReadonlyMap<Account, Rupiah>, type: AccountType): Rupiah {
  let total = 0;
  for (const [account, amount] of balances) if (parseAccount(account).type === type) total = rupiah(total + amount);
  return total;
}

/** What the books lack to balance: 0, always. Anything else is a fault in the store, to be alarmed. */
export function imbalanceOf(balances: ReadonlyMap<Account, Rupiah>): Rupiah {
  let total = 0;
  for (const amount of balances.values()) total = rupiah(total + amount);
  return total;
}
