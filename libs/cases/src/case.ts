import { invariant, type BusinessDate, type Rupiah } from '@app/kernel';
import type { EvidenceRef, MoneyException, Subject } from '@app/reconciliation';

/** Where a case stands (docs/CASES.md). */
export type CaseState = 'open' | 'assigned' | 'under-review' | 'resolved';

/** How a case ended. `confirmed`: the loss is real and somebody answers for it. */
export type CaseOutcome = 'explained' | 'recovered' | 'device-fault' | 'written-off' | 'confirmed';

/** From worst to mildest; `indeterminate` where no sum is known. */
export const severities = ['critical', 'major', 'minor', 'warning', 'indeterminate'] as const;
export type Severity = (typeof severities)[number];

/** An exception or suspicion that a case is about. */
export interface Finding {
  /** The exception's or suspicion's id: the same finding again is an update, never a second one. */
  id: string;
  /** Exact, or statistical: never mixed up on screen. */
  kind: 'exception' | 'suspicion';
  pattern: string;
  subject: Subject;
  businessDate: BusinessDate;
  /** Last business day, of a finding that is of several. */
  until?: BusinessDate;
  /** Rupiah at stake, 0 when unknown. */
  amount: Rupiah;
  evidence: EvidenceRef[];
}

/** A finding in a case; `withdrawn` when a later look no longer finds it (a late record came). */
export interface CaseFinding extends Finding {
  withdrawn: boolean;
}

/** Findings that a full case does not list, but counts: its sum goes on being right. */
export interface Beyond {
  findings: number;
  /** Rupiah at stake. */
  amount: Rupiah;
  /** First and last business day. */
  from: BusinessDate;
  to: BusinessDate;
}

export interface WriteOffRequest {
  by: string;
  at: number;
  reason: string;
  amount: Rupiah;
}

/**
 * A case: one per subject, pattern and episode. A plain value, folded from its history (foldCase); `version` is the
 * number of history events and guards against two people moving it at once.
 */
export interface Case {
  id: string;
  subject: Subject;
  pattern: string;
  /** 1, 2, 3 ... of this subject and pattern. */
  episode: number;
  state: CaseState;
  outcome: CaseOutcome | null;
  severity: Severity;
  openedAt: number;
  /** When it must be resolved, ms. */
  dueAt: number;
  /** How often it went past its due time. */
  escalations: number;
  assignee: string | null;
  findings: CaseFinding[];
  /** What stands over the limit of `findings`; absent in cases that never were full. */
  beyond?: Beyond | null;
  /** Rupiah at stake in the findings that stand, listed or not. */
  amount: Rupiah;
  recovered: Rupiah;
  recoveries: number;
  /** Waiting for a second person. */
  writeOff: WriteOffRequest | null;
  resolvedAt: number | null;
  version: number;
}

/** What is still lost. */
export function outstandingOf(item: Pick<Case, 'amount' | 'recovered'>): Rupiah {
  return Math.max(0, item.amount - item.recovered);
}

/** Findings that stand, listed or not. */
export function standingOf(item: Pick<Case, 'findings' | 'beyond'>): number {
  return item.findings.filter((finding) => !finding.withdrawn).length + (item.beyond?.findings ?? 0);
}

/** First and last business day of the findings. */
export function periodOf(item: Pick<Case, 'findings' | 'beyond'>): { from: BusinessDate; to: BusinessDate } {
  invariant(item.findings.length > 0, 'a case has at least one finding');
  const { findings, beyond } = item;
  const first = [...findings.map((finding) => finding.businessDate), ...(beyond ? [beyond.from] : [])].sort();
  const last = [
    ...findings.map((finding) => finding.until ?? finding.businessDate),
    ...(beyond ? [beyond.to] : []),
  ].sort();
  return { from: first[0]!, to: last.at(-1)! };
}

/** The finding of an exact exception. */
export function findingOf(exception: MoneyException): Finding {
  const { id, pattern, subject, businessDate, amount, evidence } = exception;
  return { id, kind: 'exception', pattern, subject, businessDate, amount, evidence };
}
