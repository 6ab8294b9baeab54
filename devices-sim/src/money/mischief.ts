import type { Random } from '@app/kernel';

/** How many of each kind happen on a day of the whole city. Few: most of the money arrives as it should. */
const CHANCE_A_DAY = {
  'double-debit': 0.4,
  'settled-not-recorded': 0.4,
  'recorded-not-settled': 0.4,
  'amount-mismatch': 0.3,
  'late-deposit': 0.5,
  'short-deposit': 0.4,
  'no-credit-note': 0.25,
} as const;

/** What goes wrong with money outside of the terminals, on purpose or not. */
export type MoneyPattern = keyof typeof CHANCE_A_DAY;

/** What was planted: a line of the truth, in the words of the exceptions that should come of it. */
export interface TruthMoney {
  readonly kind: 'money';
  readonly pattern: MoneyPattern;
  /** The business day whose money it is. */
  readonly date: string;
  /** Event id of the payment, number of the paper, or transaction of the acquirer. */
  readonly about: string;
  readonly point: string | null;
  /** Rupiah. */
  readonly amount: number;
}

/** Settled a day later than usual, within the window: honest, and no exception. */
export const LATE_SHARE = 0.004;

/** Whether a pattern strikes on a day; one stream a pattern, so that they do not shift one another. */
export function strikes(random: Random, pattern: MoneyPattern): boolean {
  return random.fork(pattern).chance(CHANCE_A_DAY[pattern]);
}
