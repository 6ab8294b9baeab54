import { DAY_MS, HOUR_MS, type Rupiah } from '@app/kernel';
import { severities, type Severity } from './case.js';

/** Everything about cases that is a number, as data. */
export interface CaseRules {
  /** At this sum or more a case has this severity. */
  amountFrom: Readonly<Record<'critical' | 'major' | 'minor' | 'warning', Rupiah>>;
  /** A case as old as this (days since it opened) has at least this severity. */
  ageDaysFrom: Readonly<Record<'critical' | 'major' | 'minor', number>>;
  /** At least this severity whatever the sum, by pattern. */
  floors: Readonly<Record<string, Severity>>;
  /** Hours to resolve it, by severity. */
  dueHours: Readonly<Record<Severity, number>>;
  /** A resolved case takes a new finding of its period for so many days; after that a new episode begins. */
  reopenDaysMax: number;
  /** A case holds so many findings at most; what comes beyond them names the case, and is not told in it. */
  findingsMax: number;
}

export const defaultCaseRules: CaseRules = {
  amountFrom: { critical: 10_000_000, major: 1_000_000, minor: 100_000, warning: 1 },
  ageDaysFrom: { critical: 60, major: 30, minor: 14 },
  floors: { 'broken-chain': 'major', 'record-conflict': 'major', 'wrong-payee': 'major', 'sequence-gap': 'minor' },
  dueHours: { critical: 24, major: 72, minor: 168, warning: 336, indeterminate: 336 },
  reopenDaysMax: 30,
  findingsMax: 1_000,
};

/** The worse of two. */
export function worse(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) < severities.indexOf(b) ? a : b;
}

/** Severity by sum or age, whichever is worse; `indeterminate` for a young case whose sum nobody knows. */
export function severityOf(pattern: string, amount: Rupiah, ageMs: number, rules: CaseRules): Severity {
  let severity = rules.floors[pattern] ?? 'indeterminate';
  for (const level of ['critical', 'major', 'minor', 'warning'] as const) {
    if (amount >= rules.amountFrom[level]) severity = worse(severity, level);
  }
  for (const level of ['critical', 'major', 'minor'] as const) {
    if (ageMs >= rules.ageDaysFrom[level] * DAY_MS) severity = worse(severity, level);
  }
  return severity;
}

/** When a case of this severity must be resolved, counted from an instant (ms). */
export function dueFrom(severity: Severity, fromMs: number, rules: CaseRules): number {
  return fromMs + rules.dueHours[severity] * HOUR_MS;
}
