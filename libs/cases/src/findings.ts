import { DAY_MS, invariant } from '@app/kernel';
import { periodOf, standingOf, type Beyond, type Case, type Finding } from './case.js';
import { applyEvent, type CaseChange, type CaseEvent } from './case-event.js';
import { record, type Moved } from './moves.js';
import { dueFrom, severityOf, type CaseRules } from './severity.js';

/** Actor of everything the system does by itself. */
export const SYSTEM = 'system';

/**
 * The key under which at most one case is unresolved: a unique index in the store. A suspicion's most likely pattern may
 * change while evidence grows, so its case is of the subject whatever the pattern.
 */
export function caseKey(item: Pick<Finding, 'kind' | 'subject' | 'pattern'>): string {
  const pattern = item.kind === 'suspicion' ? '' : item.pattern;
  return [pattern, item.subject.kind, item.subject.id].map(encodeURIComponent).join('/');
}

/** Whether a case is about exact exceptions or about suspicions: never both. */
export function kindOf(item: Pick<Case, 'findings'>): Finding['kind'] {
  return item.findings[0]!.kind;
}

/**
 * Where a finding goes: into the newest case of its subject and pattern, or into a new episode. A resolved case takes
 * a finding it already holds (it is reopened if the finding grew), and one of its own period for `reopenDaysMax` days.
 * What a full case counts without listing it (`isCounted`) stays with it.
 */
export function placeFinding(
  finding: Finding,
  newest: Case | null,
  now: number,
  rules: CaseRules,
  isCounted = false,
): 'same' | 'join' | 'reopen' | 'new' {
  if (!newest) return 'new';
  const held = newest.findings.find((item) => item.id === finding.id);
  const isNews = !held || held.withdrawn || held.amount !== finding.amount || held.pattern !== finding.pattern;
  if (newest.state !== 'resolved') {
    if (held) return isNews || !sameEvidence(held, finding) ? 'join' : 'same';
    // A full case lists no more; only one case of a key may be unresolved, so no other is opened: see countBeyond.
    return newest.findings.length < rules.findingsMax ? 'join' : 'same';
  }
  if (held && (held.withdrawn || finding.amount > held.amount)) return 'reopen';
  if (held || isCounted) return 'same';
  const { from, to } = periodOf(newest);
  const isOfPeriod = finding.businessDate >= from && finding.businessDate <= to;
  const isYoung = now - (newest.resolvedAt ?? now) < rules.reopenDaysMax * DAY_MS;
  return isOfPeriod && isYoung && newest.findings.length < rules.findingsMax ? 'reopen' : 'new';
}

function sameEvidence(a: Finding, b: Finding): boolean {
  // By what it says: a store may give the fields of an object back in another order.
  const textOf = (finding: Finding): string => JSON.stringify(finding.evidence.map(({ kind, ref }) => [kind, ref]));
  return textOf(a) === textOf(b);
}

/** Opens a case for a finding. The id comes in; episode is one more than the newest case's. */
export function openCase(id: string, finding: Finding, newest: Case | null, now: number, rules: CaseRules): Moved {
  const severity = severityOf(finding.pattern, finding.amount, 0, rules);
  const change: CaseChange = {
    type: 'opened',
    subject: finding.subject,
    pattern: finding.pattern,
    episode: (newest?.episode ?? 0) + 1,
    finding,
    severity,
    dueAt: dueFrom(severity, now, rules),
  };
  const event: CaseEvent = { case: id, number: 1, at: now, actor: SYSTEM, change };
  return { case: applyEvent(null, event), events: [event] };
}

/**
 * Takes one finding in: opens, joins, updates or reopens a case, or does nothing when the finding is known.
 * @param newest the case of this subject and pattern with the highest episode, null when there is none
 * @param newId id for the case, used when one is opened
 * @param isCounted the newest case counts it, over its limit
 */
export function takeFinding(
  finding: Finding,
  newest: Case | null,
  newId: string,
  now: number,
  rules: CaseRules,
  isCounted = false,
): Moved | null {
  const place = placeFinding(finding, newest, now, rules, isCounted);
  if (place === 'same') return null;
  if (place === 'new' || !newest) return openCase(newId, finding, newest, now, rules);
  invariant(
    caseKey({ ...newest, kind: kindOf(newest) }) === caseKey(finding),
    `finding ${finding.id} belongs to another case than ${newest.id}`,
  );
  const isHeld = newest.findings.some((item) => item.id === finding.id);
  const changes: CaseChange[] = [];
  if (place === 'reopen') {
    changes.push({ type: 'reopened', reason: 'new findings', dueAt: dueFrom(newest.severity, now, rules) });
  }
  changes.push({ type: isHeld ? 'finding-updated' : 'finding-joined', finding });
  return grade(record(newest, changes, SYSTEM, now), now, rules);
}

/**
 * A finding that a later look no longer shows. When none is left, an unresolved case is explained by itself.
 * Null when the case does not hold it, or knows already.
 */
export function withdrawFinding(
  item: Case,
  findingId: string,
  reason: string,
  now: number,
  rules: CaseRules,
): Moved | null {
  const held = item.findings.find((finding) => finding.id === findingId);
  if (!held || held.withdrawn) return null;
  const moved = record(item, [{ type: 'finding-withdrawn', finding: findingId, reason }], SYSTEM, now);
  return explainOrGrade(moved, reason, now, rules);
}

/**
 * What stands over the limit of a full case, counted anew by whoever keeps the findings: the sum at stake follows, and a
 * resolved case whose sum grew is reopened. Null when the case says so already.
 */
export function countBeyond(item: Case, beyond: Beyond | null, now: number, rules: CaseRules): Moved | null {
  const before = item.beyond ?? null;
  const grown = (beyond?.amount ?? 0) - (before?.amount ?? 0);
  if (
    grown === 0 &&
    beyond?.findings === before?.findings &&
    beyond?.from === before?.from &&
    beyond?.to === before?.to
  )
    return null;
  const changes: CaseChange[] = [{ type: 'beyond-counted', beyond }];
  if (item.state === 'resolved' && grown > 0)
    changes.unshift({ type: 'reopened', reason: 'new findings', dueAt: dueFrom(item.severity, now, rules) });
  return explainOrGrade(record(item, changes, SYSTEM, now), 'a later look no longer finds it', now, rules);
}

/** A case of which nothing stands any more is explained by itself. */
function explainOrGrade(moved: Moved, reason: string, now: number, rules: CaseRules): Moved {
  if (moved.case.state === 'resolved') return moved;
  if (standingOf(moved.case) > 0) return grade(moved, now, rules);
  const change: CaseChange = { type: 'resolved', outcome: 'explained', reason, writtenOff: 0 };
  return follow(moved, record(moved.case, [change], SYSTEM, now));
}

/**
 * Looks at the clock: a case that has grown old is graded up, one past its due time is escalated and gets a new due
 * time. Null when nothing changes. Call it from a schedule; calling it twice changes nothing more.
 */
export function tick(item: Case, now: number, rules: CaseRules): Moved | null {
  if (item.state === 'resolved') return null;
  const graded = grade({ case: item, events: [] }, now, rules);
  if (now < item.dueAt) return graded.events.length > 0 ? graded : null;
  const change: CaseChange = { type: 'escalated', dueAt: dueFrom(graded.case.severity, now, rules) };
  return follow(graded, record(graded.case, [change], SYSTEM, now));
}

/** Adds a change of severity where the sum or the age asks for one. The due time never moves away. */
function grade(moved: Moved, now: number, rules: CaseRules): Moved {
  const item = moved.case;
  const severity = severityOf(item.pattern, item.amount, now - item.openedAt, rules);
  if (severity === item.severity) return moved;
  const dueAt = Math.min(item.dueAt, dueFrom(severity, now, rules));
  return follow(moved, record(item, [{ type: 'severity-changed', severity, dueAt }], SYSTEM, now));
}

function follow(first: Moved, then: Moved): Moved {
  return { case: then.case, events: [...first.events, ...then.events] };
}
