import { eachBusinessDate, type BusinessDate, type Rupiah } from '@app/kernel';
import {
  compareExceptions,
  reconcileDay,
  reconcilePayouts,
  type MoneyException,
  type OutcomeDifference,
  type RuleBook,
} from '@app/reconciliation';
import type { Database, Sql } from '../database.js';
import { loadDayFacts } from './day-facts.js';
import { loadPayouts } from './reconcile-payouts.js';
import { currentRules } from './rule-books.js';

/** Days of one dry run at most: each is reconciled twice, while the officer waits. */
export const DRY_RUN_DAYS_MAX = 14;

export interface DryRun extends OutcomeDifference {
  /** Version of the rules in force, against which the others were held. */
  against: string;
  days: number;
  /** Exceptions (expected and mismatched) under the rules in force, and under the others. */
  before: { count: number; amount: Rupiah };
  after: { count: number; amount: Rupiah };
}

/** What would change if these rules were in force for these days. Reads only, from one snapshot. */
export async function dryRunRules(
  database: Database,
  rules: RuleBook,
  period: { from: BusinessDate; to: BusinessDate },
  nowMs: number,
): Promise<DryRun> {
  return database.transaction(
    async (sql) => {
      const inForce = await currentRules(sql);
      const [before, after]: [MoneyException[], MoneyException[]] = [[], []];
      const days = eachBusinessDate(period.from, period.to);
      for (const day of days) {
        before.push(...(await exceptionsOf(sql, day, inForce, nowMs)));
        after.push(...(await exceptionsOf(sql, day, rules, nowMs)));
      }
      const payouts = await loadPayouts(sql, period.from, period.to);
      const inside = ({ businessDate }: MoneyException): boolean =>
        businessDate >= period.from && businessDate <= period.to;
      for (const [book, found] of [
        [inForce, before],
        [rules, after],
      ] as const) {
        const { exceptions, expected } = reconcilePayouts(payouts.batches, payouts.credits, book, nowMs);
        found.push(...[...exceptions, ...expected].filter(inside));
      }
      const difference = compareExceptions(before, after);
      return { against: inForce.version, days: days.length, before: sumOf(before), after: sumOf(after), ...difference };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

async function exceptionsOf(sql: Sql, day: BusinessDate, rules: RuleBook, nowMs: number): Promise<MoneyException[]> {
  const { facts } = await loadDayFacts(sql, day, rules);
  const { exceptions, expected } = reconcileDay(day, facts, rules, nowMs);
  return [...exceptions, ...expected];
}

function sumOf(exceptions: readonly MoneyException[]): { count: number; amount: Rupiah } {
  return { count: exceptions.length, amount: exceptions.reduce((sum, { amount }) => sum + amount, 0) };
}
