import { fail, ok, type Result, type Rupiah } from '@app/kernel';
import { outstandingOf, type Case, type CaseOutcome, type CaseState } from './case.js';
import { applyEvent, type CaseChange, type CaseEvent } from './case-event.js';
import { dueFrom, type CaseRules } from './severity.js';

export type Role = 'administrator' | 'revenue-officer' | 'operator-clerk' | 'auditor';

/** Who moves a case. */
export interface Actor {
  id: string;
  role: Role;
}

/** What a person may ask for. What the system does is in findings.ts. */
export type CaseMove =
  | { type: 'assign'; to: string }
  | { type: 'start-review' }
  | { type: 'comment'; text: string }
  | { type: 'attach'; name: string; sha256: string; bytes: number }
  | { type: 'record-recovery'; amount: Rupiah; into: string; reference: string }
  | { type: 'request-write-off'; reason: string }
  | { type: 'approve-write-off' }
  | { type: 'reject-write-off'; reason: string }
  | { type: 'resolve'; outcome: Exclude<CaseOutcome, 'written-off'>; reason: string }
  | { type: 'reopen'; reason: string };

/** Why a move is refused, with what to do instead. */
export interface CaseError {
  code: 'wrong-state' | 'not-allowed' | 'same-person' | 'bad-field' | 'too-much' | 'stale';
  /** The field at fault; `''` when it is none. */
  field: string;
  message: string;
}

/** From which states, and by whom, each move is allowed: the table of docs/CASES.md. */
export const moveTable: Readonly<Record<CaseMove['type'], { from: readonly CaseState[]; roles: readonly Role[] }>> = {
  assign: { from: ['open', 'assigned', 'under-review'], roles: ['administrator', 'revenue-officer'] },
  'start-review': { from: ['assigned'], roles: ['administrator', 'revenue-officer'] },
  comment: {
    from: ['open', 'assigned', 'under-review', 'resolved'],
    roles: ['administrator', 'revenue-officer', 'operator-clerk', 'auditor'],
  },
  attach: {
    from: ['open', 'assigned', 'under-review', 'resolved'],
    roles: ['administrator', 'revenue-officer', 'operator-clerk', 'auditor'],
  },
  'record-recovery': { from: ['assigned', 'under-review', 'resolved'], roles: ['administrator', 'revenue-officer'] },
  'request-write-off': { from: ['under-review'], roles: ['administrator', 'revenue-officer'] },
  'approve-write-off': { from: ['under-review'], roles: ['administrator', 'revenue-officer'] },
  'reject-write-off': { from: ['under-review'], roles: ['administrator', 'revenue-officer'] },
  resolve: { from: ['under-review'], roles: ['administrator', 'revenue-officer'] },
  reopen: { from: ['resolved'], roles: ['administrator', 'revenue-officer'] },
};

/** A case after a move, and what to append to its history. */
export interface Moved {
  case: Case;
  events: CaseEvent[];
}

/**
 * Applies a person's move. Nothing is changed in place; the store appends the events under (case, number), so of two
 * moves at once one fails on the number and is tried again on the new case.
 * @param now instant of the move, ms
 */
export function applyMove(
  item: Case,
  move: CaseMove,
  actor: Actor,
  now: number,
  rules: CaseRules,
): Result<Moved, CaseError> {
  const { from, roles } = moveTable[move.type];
  if (!roles.includes(actor.role)) {
    return refuse('not-allowed', '', `the role ${actor.role} may not ${move.type}; ask ${roles.join(' or ')}`);
  }
  if (!from.includes(item.state)) {
    return refuse(
      'wrong-state',
      '',
      `a case that is ${item.state} cannot ${move.type}; it must be ${from.join(' or ')}`,
    );
  }
  const change = changeOf(item, move, actor, now, rules);
  return change.ok ? ok(record(item, [change.value], actor.id, now)) : change;
}

/** Numbers changes as history and folds them in. */
export function record(item: Case, changes: readonly CaseChange[], actor: string, at: number): Moved {
  const events: CaseEvent[] = [];
  let current = item;
  for (const change of changes) {
    const event: CaseEvent = { case: item.id, number: current.version + 1, at, actor, change };
    events.push(event);
    current = applyEvent(current, event);
  }
  return { case: current, events };
}

function changeOf(
  item: Case,
  move: CaseMove,
  actor: Actor,
  now: number,
  rules: CaseRules,
): Result<CaseChange, CaseError> {
  switch (move.type) {
    case 'assign':
      return withText('to', move.to, 64, (to) => ({ type: 'assigned', to }));
    case 'start-review':
      return item.assignee === actor.id || actor.role === 'administrator'
        ? ok({ type: 'review-started' })
        : refuse('not-allowed', '', `the case is assigned to ${item.assignee}; have it assigned to you first`);
    case 'comment':
      return withText('text', move.text, 4_000, (text) => ({ type: 'commented', text }));
    case 'attach':
      return attach(move);
    case 'record-recovery':
      return recover(item, move);
    case 'request-write-off':
      return requestWriteOff(item, move.reason);
    case 'approve-write-off':
      return approveWriteOff(item, actor);
    case 'reject-write-off':
      return item.writeOff
        ? withText('reason', move.reason, 1_000, (reason) => ({ type: 'write-off-rejected', reason }))
        : noRequest();
    case 'resolve':
      return resolve(item, move.outcome, move.reason);
    case 'reopen': {
      const dueAt = dueFrom(item.severity, now, rules);
      return withText('reason', move.reason, 1_000, (reason) => ({ type: 'reopened', reason, dueAt }));
    }
  }
}

function attach(move: Extract<CaseMove, { type: 'attach' }>): Result<CaseChange, CaseError> {
  const { name, sha256, bytes } = move;
  if (!/^[0-9a-f]{64}$/.test(sha256)) return refuse('bad-field', 'sha256', 'must be 64 hexadecimal digits');
  if (!Number.isSafeInteger(bytes) || bytes < 1) return refuse('bad-field', 'bytes', 'must be 1 or more');
  return withText('name', name, 200, (text) => ({ type: 'attached', name: text, sha256, bytes }));
}

/** What comes back may not exceed what is lost; after a write-off nothing is expected, but it may still come. */
function recover(item: Case, move: Extract<CaseMove, { type: 'record-recovery' }>): Result<CaseChange, CaseError> {
  const { amount, into, reference } = move;
  if (!Number.isSafeInteger(amount) || amount < 1)
    return refuse('bad-field', 'amount', 'must be whole rupiah, 1 or more');
  if (amount > outstandingOf(item)) {
    return refuse(
      'too-much',
      'amount',
      `only ${outstandingOf(item)} rupiah are outstanding; book a surplus as a deposit`,
    );
  }
  if (into.length < 1 || into.length > 200)
    return refuse('bad-field', 'into', 'must name the account that received it');
  const number = item.recoveries + 1;
  return withText('reference', reference, 64, (text) => ({ type: 'recovered', number, amount, into, reference: text }));
}

function requestWriteOff(item: Case, reason: string): Result<CaseChange, CaseError> {
  if (item.writeOff) {
    return refuse('wrong-state', '', `${item.writeOff.by} has already asked; a second person must approve or reject`);
  }
  const amount = outstandingOf(item);
  if (amount === 0) return refuse('bad-field', '', 'nothing is outstanding; resolve the case with another outcome');
  return withText('reason', reason, 1_000, (text) => ({ type: 'write-off-requested', reason: text, amount }));
}

/** Four eyes: never the person who asked. The sum approved is the sum asked for, or the request is stale. */
function approveWriteOff(item: Case, actor: Actor): Result<CaseChange, CaseError> {
  const { writeOff } = item;
  if (!writeOff) return noRequest();
  if (writeOff.by === actor.id) {
    return refuse('same-person', '', 'a write-off needs a second person; somebody else must approve it');
  }
  if (writeOff.amount !== outstandingOf(item)) {
    return refuse('stale', '', 'the sum has changed since it was asked for; reject it and ask again');
  }
  return ok({ type: 'resolved', outcome: 'written-off', reason: writeOff.reason, writtenOff: writeOff.amount });
}

function resolve(
  item: Case,
  outcome: Exclude<CaseOutcome, 'written-off'>,
  reason: string,
): Result<CaseChange, CaseError> {
  const known: readonly string[] = ['explained', 'recovered', 'device-fault', 'confirmed'];
  if (!known.includes(outcome)) return refuse('bad-field', 'outcome', `must be one of ${known.join(', ')}`);
  if (item.writeOff)
    return refuse('wrong-state', '', 'a write-off waits for its second person; approve or reject it first');
  if (outcome === 'recovered' && outstandingOf(item) > 0) {
    return refuse(
      'bad-field',
      'outcome',
      `${outstandingOf(item)} rupiah are outstanding; record the recovery, or confirm`,
    );
  }
  return withText('reason', reason, 1_000, (text) => ({ type: 'resolved', outcome, reason: text, writtenOff: 0 }));
}

function noRequest(): Result<never, CaseError> {
  return refuse('wrong-state', '', 'no write-off has been asked for; ask for one first');
}

function withText(
  field: string,
  value: string,
  max: number,
  make: (text: string) => CaseChange,
): Result<CaseChange, CaseError> {
  const text = value.trim();
  if (text.length < 1 || text.length > max) {
    return refuse('bad-field', field, `${field} must have 1 to ${max} characters`);
  }
  return ok(make(text));
}

function refuse(code: CaseError['code'], field: string, message: string): Result<never, CaseError> {
  return fail({ code, field, message });
}
