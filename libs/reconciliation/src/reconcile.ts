import type { BusinessDate } from '@app/kernel';
import { checkCollections, checkDeposits, checkShifts, type DepositFacts } from './check-cash.js';
import { checkJournal } from './check-journal.js';
import { checkTickets } from './check-tickets.js';
import { Findings, type MoneyException } from './exception.js';
import type {
  BatchFact,
  CollectionFact,
  CreditFact,
  GapFact,
  IntegrityFact,
  RecordFact,
  SettlementFact,
  ShiftFact,
  TicketRange,
  TicketUse,
} from './facts.js';
import { matchPayments, type PaymentMatch } from './match-payments.js';
import { matchPayouts, type PayoutMatch } from './match-payouts.js';
import type { Channel, RuleBook } from './rules.js';

/**
 * Everything known about one business day. Payments and tickets need complete groups: besides the day's own records and
 * lines (by transaction day) also those of other days that share an order id, reference, transaction or serial.
 */
export interface DayFacts extends DepositFacts {
  records: readonly RecordFact[];
  settlements: readonly SettlementFact[];
  /** NMIDs and merchant ids that are ours. */
  payees: ReadonlySet<string>;
  shifts: Iterable<ShiftFact>;
  collections: Iterable<CollectionFact>;
  tickets: Iterable<TicketUse>;
  ticketRanges: readonly TicketRange[];
  gaps: Iterable<GapFact>;
  integrity: Iterable<IntegrityFact>;
  holidays: ReadonlySet<BusinessDate>;
}

/** The outcome of looking at a day: replace what the last look at the same day left. */
export interface DayOutcome {
  matches: PaymentMatch[];
  /** What does not add up and will not by waiting. */
  exceptions: MoneyException[];
  /** One-sided, but still in time. */
  expected: MoneyException[];
  ruleVersion: string;
}

/**
 * Reconciles one business day, exactly. Deterministic: the same facts in any order, at the same instant and with the
 * same rules give the same outcome; a dry run of a changed rule is this function with other rules.
 * @param day null decides about everything given, whatever its day
 * @param asOf the instant (ms) at which deadlines are judged
 */
export function reconcileDay(day: BusinessDate | null, facts: DayFacts, rules: RuleBook, asOf: number): DayOutcome {
  const findings = new Findings(asOf, rules.version);
  const matches: PaymentMatch[] = [];
  for (const channel of ['qris', 'card'] satisfies Channel[]) {
    const records = facts.records.filter((record) => record.channel === channel);
    const rows = facts.settlements.filter((row) => row.channel === channel);
    const found = matchPayments(records, rows, day, rules.channels[channel], facts.payees, findings);
    for (const match of found) matches.push(match);
  }
  matches.sort((a, b) => (a.id < b.id ? -1 : 1));
  checkShifts(facts.shifts, rules.cash, rules.integrity.gapHoursMax, findings);
  checkCollections(facts.collections, rules.cash, findings);
  checkDeposits(facts, rules.cash, facts.holidays, findings);
  checkTickets(facts.tickets, facts.ticketRanges, day, findings);
  checkJournal(facts.gaps, facts.integrity, rules.integrity, findings);
  return { matches, ...findings.sorted(), ruleVersion: rules.version };
}

/** Facts of a day on which nothing happened; spread over it what is known. */
export const noFacts: DayFacts = {
  records: [],
  settlements: [],
  payees: new Set(),
  shifts: [],
  collections: [],
  dues: [],
  deposits: [],
  slips: [],
  operatorDays: [],
  tickets: [],
  ticketRanges: [],
  gaps: [],
  integrity: [],
  holidays: new Set(),
};

export interface PayoutOutcome {
  matches: PayoutMatch[];
  exceptions: MoneyException[];
  expected: MoneyException[];
  ruleVersion: string;
}

/** Reconciles acquirers' payouts with bank credits over a window of settlement days (batches and credits both whole). */
export function reconcilePayouts(
  batches: readonly BatchFact[],
  credits: readonly CreditFact[],
  rules: RuleBook,
  asOf: number,
): PayoutOutcome {
  const findings = new Findings(asOf, rules.version);
  const matches = matchPayouts(batches, credits, rules.payouts, findings);
  return { matches, ...findings.sorted(), ruleVersion: rules.version };
}

/** What a run (a later one, or one with other rules) would change. */
export interface OutcomeDifference {
  appeared: MoneyException[];
  gone: MoneyException[];
  /** Same id, other state, amount or evidence: as it would be. */
  changed: MoneyException[];
}

/** Compares the exceptions of two runs by id; the rule version alone is no change. */
export function compareExceptions(
  before: readonly MoneyException[],
  after: readonly MoneyException[],
): OutcomeDifference {
  const old = new Map(before.map((exception) => [exception.id, exception]));
  const now = new Map(after.map((exception) => [exception.id, exception]));
  const content = (exception: MoneyException): string => JSON.stringify({ ...exception, ruleVersion: '' });
  return {
    appeared: after.filter((exception) => !old.has(exception.id)),
    gone: before.filter((exception) => !now.has(exception.id)),
    changed: after.filter((exception) => {
      const earlier = old.get(exception.id);
      return earlier !== undefined && content(earlier) !== content(exception);
    }),
  };
}
