import { createHash } from 'node:crypto';
import { businessDateOf } from '@app/kernel';
import { applyMove, defaultCaseRules, type Actor, type Case, type CaseError, type CaseMove } from '@app/cases';
import { account, parseAccount, post, type Account } from '@app/ledger';
import { ConflictError, FieldError, NotFoundError, type Scope } from '@app/registry';
import type { WriteTx } from '../writes.js';
import { moveCase } from './case-store.js';
import { bookOnce } from './ledger-store.js';
import { findCase } from './case-views.js';

/** An officer moves a case; what it brings back or gives up is booked with it. */
export interface CaseMoveRequest {
  id: string;
  /** The version the officer saw: a move of another one is refused. */
  version: number;
  move: CaseMove;
  actor: Actor;
  scope: Scope;
  nowMs: number;
}

/** @throws NotFoundError, ConflictError when the case moved on or stands elsewhere, FieldError */
export async function moveCaseBy(tx: WriteTx, request: CaseMoveRequest): Promise<void> {
  const { id, version, move, actor, scope, nowMs } = request;
  const shown = await findCase(tx, id, scope);
  if (move.type === 'record-recovery') checkInto(move.into);
  if (
    move.type === 'assign' &&
    (await tx.query('SELECT 1 FROM users WHERE username = $1 AND disabled_at IS NULL', [move.to])).length === 0
  )
    throw new FieldError('to', `There is no user ${JSON.stringify(move.to)}.`, 'Give the user name of an active user.');
  let before: Case | undefined;
  // A comment is true whatever else happened meanwhile.
  const after = await moveCase(tx, id, move.type === 'comment' ? null : version, (item) => {
    before = item;
    const moved = applyMove(item, move, actor, nowMs, defaultCaseRules);
    if (!moved.ok) throw refusalOf(moved.error);
    return moved.value;
  });
  if (!after || !before) throw new NotFoundError('case', id);
  const from = lossAccount(after, shown.point);
  const day = { businessDate: businessDateOf(nowMs), bookedAt: nowMs, case: id };
  if (move.type === 'record-recovery') {
    const { amount, into } = move;
    await bookOnce(tx, [post({ type: 'recovery', ...day, number: after.recoveries, amount, from, into })!]);
  }
  if (move.type === 'approve-write-off' && before.writeOff)
    await bookOnce(tx, [post({ type: 'write-off', ...day, amount: before.writeOff.amount, from })!]);
  await tx.audit(`case.${move.type}`, id, move);
}

function refusalOf({ code, field, message }: CaseError): Error {
  return code === 'bad-field'
    ? new FieldError(field, message)
    : new ConflictError(message, undefined, field || undefined);
}

function checkInto(into: string): void {
  try {
    if (['treasurer', 'bank', 'treasury-account'].includes(parseAccount(into).type)) return;
  } catch {
    // told below
  }
  throw new FieldError(
    'into',
    'into must be an account of a treasurer, a bank or the treasury, such as treasurer/bp-1.',
  );
}

/** Where the books hold what a case is about, until it comes back or is given up. */
export function lossAccount(item: Pick<Case, 'pattern' | 'subject'>, point: string | null): Account {
  const { pattern, subject } = item;
  if (subject.kind === 'acquirer')
    return account(pattern.startsWith('payout') ? 'payout-due' : 'receivable', subject.id);
  if (pattern === 'late-deposit' || pattern === 'short-deposit') {
    if (subject.kind === 'operator') return account('operator-cash', subject.id);
    if (subject.kind === 'treasurer') return account('treasurer', subject.id);
    if (point !== null) return account('cash-in-hand', point, subject.id);
  }
  if (subject.kind === 'point') return account('receivable', 'unknown');
  if (subject.kind === 'device') return account('cash-box', subject.id);
  if (pattern === 'collection-difference' && point !== null) return account('cash-difference', point);
  return account('arrears', subject.kind, subject.id);
}

/** Keeps a file with a case. @throws as moveCaseBy */
export async function attachToCase(
  tx: WriteTx,
  request: Omit<CaseMoveRequest, 'move'>,
  file: { name: string; contentType: string; bytes: Buffer },
): Promise<void> {
  const sha256 = createHash('sha256').update(file.bytes).digest();
  const move: CaseMove = { type: 'attach', name: file.name, sha256: sha256.toString('hex'), bytes: file.bytes.length };
  await moveCaseBy(tx, { ...request, move });
  await tx.query(
    `INSERT INTO case_attachments (case_id, sha256, name, content_type, bytes, attached_at, attached_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [request.id, sha256, file.name, file.contentType, file.bytes, new Date(request.nowMs), request.actor.id],
  );
}

/** @throws NotFoundError */
export async function attachmentBytes(
  sql: Pick<WriteTx, 'query'>,
  id: string,
  sha256: string,
): Promise<{ name: string; bytes: Buffer }> {
  const [row] = await sql.query<{ name: string; bytes: Buffer }>(
    `SELECT name, bytes FROM case_attachments WHERE case_id = $1 AND sha256 = decode($2, 'hex')`,
    [id, /^[0-9a-f]{64}$/.test(sha256) ? sha256 : ''],
  );
  if (!row) throw new NotFoundError('attachment', sha256);
  return row;
}
