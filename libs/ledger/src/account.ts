import { invariant } from '@app/kernel';

/**
 * The chart of accounts (docs/LEDGER.md). Each type names what its dimensions are, in order. Debit is positive: `asset`
 * and `expense` accounts grow by debits, `liability` and `income` accounts by credits.
 */
export const chart = {
  'cash-in-hand': { class: 'asset', dimensions: ['point', 'holder'] },
  'cash-box': { class: 'asset', dimensions: ['device'] },
  'operator-cash': { class: 'asset', dimensions: ['operator'] },
  treasurer: { class: 'asset', dimensions: ['treasurer'] },
  'deposit-in-transit': { class: 'asset', dimensions: ['slip'] },
  bank: { class: 'asset', dimensions: ['account'] },
  'treasury-account': { class: 'asset', dimensions: ['account'] },
  receivable: { class: 'asset', dimensions: ['acquirer'] },
  'payout-due': { class: 'asset', dimensions: ['acquirer'] },
  arrears: { class: 'asset', dimensions: ['debtorKind', 'debtor'] },
  uncollected: { class: 'asset', dimensions: ['point'] },
  'gross-retribution': { class: 'income', dimensions: ['point'] },
  'minimum-deposit': { class: 'income', dimensions: ['operator'] },
  'cash-difference': { class: 'income', dimensions: ['point'] },
  refunds: { class: 'expense', dimensions: ['acquirer'] },
  fees: { class: 'expense', dimensions: ['acquirer'] },
  'share-allocation': { class: 'expense', dimensions: ['operator'] },
  'write-offs': { class: 'expense', dimensions: [] },
  'unallocated-settlement': { class: 'liability', dimensions: ['acquirer'] },
  'city-share': { class: 'liability', dimensions: ['operator'] },
  'attendant-share': { class: 'liability', dimensions: ['operator'] },
  'operator-share': { class: 'liability', dimensions: ['operator'] },
  'security-deposit': { class: 'liability', dimensions: ['operator'] },
} as const satisfies Record<
  string,
  { class: 'asset' | 'liability' | 'income' | 'expense'; dimensions: readonly string[] }
>;

export type AccountType = keyof typeof chart;

/** An account as one text, e.g. `cash-in-hand/MDN-001/att-07`; dimensions are percent-encoded, so it reads back exactly. */
export type Account = string;

/** The account of a type with its dimensions, in the chart's order. */
export function account(type: AccountType, ...dimensions: string[]): Account {
  const wanted = chart[type].dimensions.length;
  invariant(dimensions.length === wanted, `account ${type} takes ${wanted} dimensions, got ${dimensions.length}`);
  return [type, ...dimensions.map(encodeURIComponent)].join('/');
}

export interface ParsedAccount {
  type: AccountType;
  dimensions: string[];
}

/** Reads an account back; throws InvariantError on a text that no posting wrote. */
export function parseAccount(text: Account): ParsedAccount {
  const [type, ...dimensions] = text.split('/');
  invariant(type !== undefined && Object.hasOwn(chart, type), `no account type in "${text}"`);
  const known = type as AccountType;
  invariant(chart[known].dimensions.length === dimensions.length, `account "${text}" has a wrong number of dimensions`);
  return { type: known, dimensions: dimensions.map(decodeURIComponent) };
}
