import { invariant, unreachable, type Rupiah } from '@app/kernel';
import type { Subject } from '@app/reconciliation';
import type { Beyond, Case, CaseOutcome, Finding, Severity } from './case.js';

/** What happened to a case. */
export type CaseChange =
  | {
      type: 'opened';
      subject: Subject;
      pattern: string;
      episode: number;
      finding: Finding;
      severity: Severity;
      dueAt: number;
    }
  | { type: 'finding-joined'; finding: Finding }
  | { type: 'finding-updated'; finding: Finding }
  | { type: 'finding-withdrawn'; finding: string; reason: string }
  | { type: 'beyond-counted'; beyond: Beyond | null }
  | { type: 'severity-changed'; severity: Severity; dueAt: number }
  | { type: 'escalated'; dueAt: number }
  | { type: 'assigned'; to: string }
  | { type: 'review-started' }
  | { type: 'commented'; text: string }
  | { type: 'attached'; name: string; sha256: string; bytes: number }
  | { type: 'recovered'; number: number; amount: Rupiah; into: string; reference: string }
  | { type: 'write-off-requested'; reason: string; amount: Rupiah }
  | { type: 'write-off-rejected'; reason: string }
  | { type: 'resolved'; outcome: CaseOutcome; reason: string; writtenOff: Rupiah }
  | { type: 'reopened'; reason: string; dueAt: number };

/** One line of a case's history. Append-only: (case, number) is its key, number counts 1, 2, 3 ... */
export interface CaseEvent {
  case: string;
  number: number;
  at: number;
  /** Account name of the person, or `system`. */
  actor: string;
  change: CaseChange;
}

/** The case after one more event of its history. */
export function applyEvent(before: Case | null, event: CaseEvent): Case {
  const { change, at } = event;
  if (before === null) {
    invariant(change.type === 'opened' && event.number === 1, `case ${event.case}: history must begin with opened`);
    return openedCase(event.case, at, change);
  }
  invariant(event.number === before.version + 1, `case ${event.case}: event ${event.number} after ${before.version}`);
  return { ...before, ...changed(before, change, event), version: event.number };
}

/** The case that a whole history tells. */
export function foldCase(history: readonly CaseEvent[]): Case {
  let current: Case | null = null;
  for (const event of history) current = applyEvent(current, event);
  invariant(current !== null, 'a case has a history');
  return current;
}

function openedCase(id: string, at: number, change: Extract<CaseChange, { type: 'opened' }>): Case {
  const { subject, pattern, episode, finding, severity, dueAt } = change;
  return {
    id,
    subject,
    pattern,
    episode,
    state: 'open',
    outcome: null,
    severity,
    openedAt: at,
    dueAt,
    escalations: 0,
    assignee: null,
    findings: [{ ...finding, withdrawn: false }],
    amount: finding.amount,
    recovered: 0,
    recoveries: 0,
    writeOff: null,
    resolvedAt: null,
    version: 1,
  };
}

function changed(before: Case, change: CaseChange, event: CaseEvent): Partial<Case> {
  switch (change.type) {
    case 'opened':
      throw new Error(`case ${before.id} was opened before`);
    case 'finding-joined':
      return withFindings([...before.findings, { ...change.finding, withdrawn: false }], before.beyond);
    case 'finding-updated': {
      const { finding } = change;
      const findings = before.findings.map((f) => (f.id === finding.id ? { ...finding, withdrawn: false } : f));
      // The evidence of a suspicion that goes on may come to point elsewhere.
      const pattern = finding.kind === 'suspicion' ? finding.pattern : before.pattern;
      return { ...withFindings(findings, before.beyond), pattern };
    }
    case 'finding-withdrawn':
      return withFindings(
        before.findings.map((f) => (f.id === change.finding ? { ...f, withdrawn: true } : f)),
        before.beyond,
      );
    case 'beyond-counted':
      return { ...withFindings(before.findings, change.beyond), beyond: change.beyond };
    case 'severity-changed':
      return { severity: change.severity, dueAt: change.dueAt };
    case 'escalated':
      return { escalations: before.escalations + 1, dueAt: change.dueAt };
    case 'assigned':
      return { state: 'assigned', assignee: change.to, writeOff: null };
    case 'review-started':
      return { state: 'under-review' };
    case 'commented':
    case 'attached':
      return {};
    case 'recovered':
      return { recovered: before.recovered + change.amount, recoveries: change.number };
    case 'write-off-requested':
      return { writeOff: { by: event.actor, at: event.at, reason: change.reason, amount: change.amount } };
    case 'write-off-rejected':
      return { writeOff: null };
    case 'resolved':
      return { state: 'resolved', outcome: change.outcome, resolvedAt: event.at, writeOff: null };
    case 'reopened': {
      const state = before.assignee === null ? 'open' : 'assigned';
      return { state, outcome: null, resolvedAt: null, dueAt: change.dueAt };
    }
    default:
      return unreachable(change);
  }
}

function withFindings(findings: Case['findings'], beyond: Case['beyond']): Partial<Case> {
  const listed = findings.reduce((sum, f) => (f.withdrawn ? sum : sum + f.amount), 0);
  return { findings, amount: listed + (beyond?.amount ?? 0) };
}
