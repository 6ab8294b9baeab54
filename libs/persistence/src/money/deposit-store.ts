import { type BusinessDate, type Rupiah } from '@app/kernel';
import { post, type HandOverEvent } from '@app/ledger';
import { ConflictError, FieldError, NotFoundError } from '@app/registry';
import type { BankEntry } from '@app/settlement';
import { bankEntryKey } from '@app/settlement';
import type { Sql } from '../database.js';
import type { WriteTx } from '../writes.js';
import { bookOnce } from './ledger-store.js';
import { takeBankEntries } from './settlement-store.js';
import { askWork } from './work.js';

/** Cash handed over for a business day; to a treasurer it is a proof of payment (TBP). */
export interface NewHandOver {
  number: string;
  /** Code; null only where an operator brings the cash of all its points as one sum. */
  point: string | null;
  payer: { kind: 'attendant' | 'collector' | 'operator'; id: string };
  receiver: { kind: 'treasurer' | 'operator'; id: string };
  businessDate: BusinessDate;
  amount: Rupiah;
  /** ms */
  handedAt: number;
}

/**
 * Books a hand-over. The same one again changes nothing.
 * @returns false when it was there already
 * @throws ConflictError when the number stands for another hand-over, NotFoundError, FieldError
 */
export async function takeHandOver(tx: WriteTx, item: NewHandOver, nowMs: number): Promise<boolean> {
  const { number, point, payer, receiver, businessDate, amount, handedAt } = item;
  if (point === null && payer.kind !== 'operator')
    throw new FieldError(
      'point',
      'Only an operator hands over without a point.',
      'Name the point the cash comes from.',
    );
  const pointId = point === null ? null : await pointIdOf(tx, point);
  const values = [
    number,
    pointId,
    payer.kind,
    payer.id,
    receiver.kind,
    receiver.id,
    businessDate,
    amount,
    new Date(handedAt),
  ];
  const added = await tx.query(
    `INSERT INTO hand_overs (number, point_id, payer_kind, payer_id, receiver_kind, receiver_id, business_date, amount,
       handed_at, entered_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING 1`,
    [...values, tx.actor.username],
  );
  if (added.length === 0) {
    const same = await tx.query(
      `SELECT 1 FROM hand_overs WHERE number = $1 AND point_id IS NOT DISTINCT FROM $2 AND payer_kind = $3 AND payer_id = $4
         AND receiver_kind = $5 AND receiver_id = $6 AND business_date = $7 AND amount = $8 AND handed_at = $9`,
      values,
    );
    if (same.length === 0)
      throw new ConflictError(
        `The number ${number} stands for another hand-over.`,
        'Check the number on the paper; a mistake is put right by a new hand-over.',
        'number',
      );
    await tx.audit('deposit.repeat', number);
    return false;
  }
  const event: HandOverEvent = {
    type: 'hand-over',
    number,
    amount,
    businessDate,
    bookedAt: nowMs,
    from:
      payer.kind === 'operator'
        ? { kind: 'operator', operator: payer.id }
        : { kind: 'holder', point: point!, holder: payer.id },
    to:
      receiver.kind === 'operator'
        ? { kind: 'operator', operator: receiver.id }
        : { kind: 'treasurer', treasurer: receiver.id },
  };
  await bookOnce(tx, [post(event)!]);
  await askDay(tx, [businessDate], nowMs);
  await tx.audit('deposit.take', number, item);
  return true;
}

/** A deposit slip (STS): what it takes to the treasury account. */
export interface NewSlip {
  number: string;
  from: { kind: 'treasurer'; treasurer: string } | { kind: 'bank'; account: string };
  businessDate: BusinessDate;
  amount: Rupiah;
  /** ms */
  writtenAt: number;
  /** Numbers of the hand-overs it takes on. */
  handOvers: readonly string[];
  /** Acquirers' batches whose payout it takes from the collecting account. */
  batches: readonly { acquirer: string; batch: string }[];
}

/** Books a slip and binds what it takes on to it. @throws ConflictError, FieldError */
export async function writeSlip(tx: WriteTx, slip: NewSlip, nowMs: number): Promise<void> {
  const { number, from, businessDate, amount, writtenAt, handOvers, batches } = slip;
  const fromId = from.kind === 'bank' ? from.account : from.treasurer;
  const added = await tx.query(
    `INSERT INTO deposit_slips (number, from_kind, from_id, business_date, amount, written_at, entered_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING 1`,
    [number, from.kind, fromId, businessDate, amount, new Date(writtenAt), tx.actor.username],
  );
  if (added.length === 0)
    throw new ConflictError(`A deposit slip ${number} exists.`, 'Check the number on the paper.', 'number');
  const bound = await tx.query<{ businessDate: BusinessDate }>(
    `UPDATE hand_overs SET slip = $1 WHERE number = ANY($2) AND slip IS NULL AND receiver_kind = 'treasurer'
      RETURNING business_date AS "businessDate"`,
    [number, handOvers],
  );
  if (bound.length !== new Set(handOvers).size)
    throw new FieldError(
      'handOvers',
      'A hand-over is unknown, went to no treasurer, or stands on another slip.',
      'Leave it out, or correct its number.',
    );
  const taken = await tx.query(
    `INSERT INTO slip_batches (acquirer, batch_id, slip) SELECT a, b, $3 FROM unnest($1::text[], $2::text[]) AS t (a, b)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [batches.map((item) => item.acquirer), batches.map((item) => item.batch), number],
  );
  if (taken.length !== batches.length)
    throw new FieldError('batches', 'A batch stands on another slip already.', 'Leave it out.');
  await bookOnce(tx, [post({ type: 'deposit-slip', slip: number, amount, businessDate, bookedAt: nowMs, from })!]);
  await askDay(tx, [businessDate, ...bound.map((row) => row.businessDate)], nowMs);
  await tx.audit('slip.write', number, slip);
  await linkCreditNotes(tx, tx.actor.username, nowMs);
}

/** An officer enters what the bank's credit note says. @throws NotFoundError, ConflictError */
export async function enterCreditNote(tx: WriteTx, entry: BankEntry, slip: string, nowMs: number): Promise<void> {
  if ((await tx.query('SELECT 1 FROM deposit_slips WHERE number = $1', [slip])).length === 0)
    throw new NotFoundError('deposit slip', slip);
  await tx.query(`INSERT INTO bank_accounts (account, kind) VALUES ($1, 'treasury') ON CONFLICT (account) DO NOTHING`, [
    entry.account,
  ]);
  await takeBankEntries(tx, null, [{ entry, line: null }], tx.actor.username, nowMs);
  if ((await creditSlip(tx, bankEntryKey(entry), slip, tx.actor.username, nowMs)) === 0)
    throw new ConflictError(`The slip ${slip} or the bank entry has a credit note already.`, undefined, 'slip');
  await tx.audit('credit-note.enter', slip, entry);
}

/** Binds credits on treasury accounts whose reference is the number of a slip. @returns how many */
export async function linkCreditNotes(sql: Sql, by: string, nowMs: number): Promise<number> {
  const found = await sql.query<{ key: string; slip: string }>(
    `SELECT DISTINCT ON (s.number) b.key, s.number AS slip FROM bank_entries b
       JOIN bank_accounts a ON a.account = b.account AND a.kind = 'treasury'
       JOIN deposit_slips s ON s.number = b.reference
      WHERE b.direction = 'credit' AND NOT EXISTS (SELECT FROM credit_notes c WHERE c.slip = s.number OR c.bank_key = b.key)
      ORDER BY s.number, b.value_date, b.key`,
  );
  let linked = 0;
  for (const { key, slip } of found) linked += await creditSlip(sql, key, slip, by, nowMs);
  return linked;
}

async function creditSlip(sql: Sql, key: string, slip: string, by: string, nowMs: number): Promise<number> {
  const [note] = await sql.query<{ account: string; amount: Rupiah; valueDate: BusinessDate }>(
    `WITH note AS (INSERT INTO credit_notes (bank_key, slip, entered_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
       RETURNING bank_key)
     SELECT b.account, b.amount, b.value_date AS "valueDate" FROM note JOIN bank_entries b ON b.key = note.bank_key`,
    [key, slip, by],
  );
  if (!note) return 0;
  const { account, amount, valueDate } = note;
  await bookOnce(sql, [
    post({
      type: 'credit-note',
      bankEntry: key,
      slip,
      treasuryAccount: account,
      amount,
      businessDate: valueDate,
      bookedAt: nowMs,
    })!,
  ]);
  const days = await sql.query<{ day: BusinessDate }>(
    `SELECT business_date AS day FROM hand_overs WHERE slip = $1
     UNION SELECT business_date FROM deposit_slips WHERE number = $1
     UNION SELECT r.business_date FROM slip_batches s JOIN settlement_totals r USING (acquirer, batch_id) WHERE s.slip = $1`,
    [slip],
  );
  await askDay(
    sql,
    days.map(({ day }) => day),
    nowMs,
  );
  return 1;
}

async function askDay(sql: Sql, days: readonly BusinessDate[], nowMs: number): Promise<void> {
  const all = [...new Set(days)].map((businessDate) => ({ businessDate, pointId: null }));
  await askWork(sql, 'reconcile-day', all, nowMs);
}

async function pointIdOf(sql: Sql, code: string): Promise<number> {
  const [row] = await sql.query<{ id: number }>('SELECT id FROM points WHERE code = $1', [code]);
  if (!row) throw new FieldError('point', `There is no point ${JSON.stringify(code)}.`);
  return row.id;
}
