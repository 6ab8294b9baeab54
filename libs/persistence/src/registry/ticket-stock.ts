import type { BusinessDate } from '@app/kernel';
import { ConflictError, FieldError, NotFoundError, type Scope } from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { askWork, type BookWork } from '../money/work.js';
import type { WriteTx } from '../writes.js';
import { INSTANT } from './sql-parts.js';

export const TICKET_STATES = ['issued', 'returned', 'voided'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export interface TicketRangeRow {
  id: number;
  /** What stands before the number on every ticket, e.g. `KR-`. */
  prefix: string;
  from: number;
  to: number;
  state: TicketState;
  attendant: string | null;
  issuedOn: BusinessDate;
  closedOn: BusinessDate | null;
  tickets: number;
  /** Tickets on payments that were not voided. */
  used: number;
}

export interface TicketFilter {
  state?: string;
  attendant?: string;
  prefix?: string;
  /** A range that holds this number. */
  number?: number;
}

/** Used tickets from one number to another. A use counts while its payment is not voided; a serial used twice is one ticket. */
const usedBetween = (from: string, to: string): string => /* sql */ `
(SELECT count(DISTINCT u.number) FROM ticket_uses u
  WHERE u.prefix = t.prefix AND u.number BETWEEN ${from} AND ${to}
    AND NOT EXISTS (SELECT FROM voids v WHERE v.device_no = u.device_no AND v.epoch = u.epoch AND v.seq = u.seq
      AND v.state = 'effective'))`;

/** Numbers before this one, and up to it, are no whole hundred at a range's beginning; after the other, at its end. */
const HEAD_END = '(t.from_no + 98) / 100 * 100';
const TAIL_START = `greatest(t.to_no / 100 * 100, ${HEAD_END}) + 1`;
/** Whole hundreds were counted when their days were reconciled; what is left at both ends is counted now. */
const USED = /* sql */ `
coalesce((SELECT sum(b.used) FROM ticket_blocks b
   WHERE b.prefix = t.prefix AND b.block BETWEEN (t.from_no + 98) / 100 + 1 AND t.to_no / 100), 0)::bigint
 + ${usedBetween('t.from_no', `least(t.to_no, ${HEAD_END})`)} + ${usedBetween(TAIL_START, 't.to_no')}`;

/** The ticket stock. An operator's clerk sees what the operator's attendants have. */
export function ticketRangesQuery(filter: TicketFilter, scope: Scope): ListQuery<TicketRangeRow> {
  const conditions = new Conditions()
    .add(
      'EXISTS (SELECT FROM attendants a WHERE a.code = t.attendant_code AND a.operator_code = {})',
      scope.operatorCode,
    )
    .add('t.state = {}', filter.state)
    .add('t.attendant_code = {}', filter.attendant)
    .add('t.prefix = {}', filter.prefix)
    .add('{} BETWEEN t.from_no AND t.to_no', filter.number);
  return {
    text: `SELECT t.id, t.prefix, t.from_no AS "from", t.to_no AS "to", t.state, t.attendant_code AS attendant,
        t.issued_on AS "issuedOn", t.closed_on AS "closedOn", t.to_no - t.from_no + 1 AS tickets, (${USED}) AS used
      FROM ticket_ranges t ${conditions.where}`,
    values: conditions.values,
    orderBy: 'prefix, "from"',
    sums: ['tickets', 'used'],
  };
}

export interface TicketEventRow {
  id: number;
  at: string;
  actor: string;
  change: string;
  detail: Record<string, unknown>;
}

/** What happened to a range, the newest first. */
export function ticketEventsQuery(id: number, scope: Scope): ListQuery<TicketEventRow> {
  const conditions = new Conditions()
    .add('e.range_id = {}', id)
    .add(
      'EXISTS (SELECT FROM attendants a WHERE a.code = t.attendant_code AND a.operator_code = {})',
      scope.operatorCode,
    );
  return {
    text: `SELECT e.id, ${INSTANT('e.at')} AS at, e.actor, e.change, e.detail FROM ticket_events e
      JOIN ticket_ranges t ON t.id = e.range_id ${conditions.where}`,
    values: conditions.values,
    orderBy: 'id DESC',
  };
}

interface Range {
  id: number;
  prefix: string;
  from: number;
  to: number;
  state: TicketState;
  attendant: string | null;
  issuedOn: BusinessDate;
}

export interface TicketIssue {
  prefix: string;
  from: number;
  to: number;
  attendant: string | null;
  issuedOn: BusinessDate;
}

/** Tickets of one range at most: a typing mistake must not take the whole stock. */
export const TICKETS_MAX = 1_000_000;

/** Puts new tickets into the stock, issued to an attendant. @throws ConflictError where one of them is there already */
export async function issueTickets(tx: WriteTx, issue: TicketIssue, nowMs: number): Promise<number> {
  const { prefix, from, to, attendant } = issue;
  if (/[0-9]$/.test(prefix))
    throw new FieldError('prefix', 'The prefix must not end with a digit.', 'Digits at its end belong to the number.');
  checkBounds(from, to, { from: 0, to: Number.MAX_SAFE_INTEGER });
  await attendantExists(tx, attendant);
  await lockStock(tx);
  const [other] = await tx.query<Range>(
    `SELECT id, prefix, from_no AS "from", to_no AS "to", state, attendant_code AS attendant FROM ticket_ranges
      WHERE prefix = $1 AND from_no <= $3 AND to_no >= $2 ORDER BY from_no LIMIT 1`,
    [prefix, from, to],
  );
  if (other)
    throw new ConflictError(
      `Tickets ${other.prefix}${other.from} to ${other.prefix}${other.to} are in the stock already (${other.state}).`,
      other.state === 'returned'
        ? `Issue returned tickets anew at POST /ticket-ranges/${other.id}/issue.`
        : 'Check the first and last number on the block.',
      'from',
    );
  const [first] = await tx.query<{ first: boolean }>('SELECT NOT EXISTS (SELECT FROM ticket_ranges) AS first');
  const id = await insertRange(tx, { ...issue, state: 'issued', closedOn: null });
  await note(tx, id, 'issued', { from, to, attendant }, nowMs);
  // As long as no stock was registered no serial could be called unknown.
  await lookAgain(tx, first!.first ? null : issue, nowMs);
  await tx.audit('tickets.issue', `${prefix}${from}-${to}`, issue);
  return id;
}

export interface TicketChange {
  change: TicketState;
  /** Part of the range; the rest stays as it is. */
  from?: number | undefined;
  to?: number | undefined;
  /** Who gets tickets that are issued anew. */
  attendant?: string | null;
  on: BusinessDate;
  reason: string;
}

const MAY_BECOME: Record<TicketState, readonly TicketState[]> = {
  issued: ['returned', 'voided'],
  returned: ['issued', 'voided'],
  voided: [],
};

/**
 * Returns, voids or issues anew a range, or a part of it: then the range is split and the rest stays.
 * @returns id of the range that holds the part
 * @throws NotFoundError, ConflictError, FieldError
 */
export async function changeTickets(tx: WriteTx, id: number, change: TicketChange, nowMs: number): Promise<number> {
  await lockStock(tx);
  const [range] = await tx.query<Range>(
    `SELECT id, prefix, from_no AS "from", to_no AS "to", state, attendant_code AS attendant, issued_on AS "issuedOn"
       FROM ticket_ranges WHERE id = $1`,
    [id],
  );
  if (!range) throw new NotFoundError('ticket range', String(id));
  const part = { prefix: range.prefix, from: change.from ?? range.from, to: change.to ?? range.to };
  checkBounds(part.from, part.to, range);
  if (!MAY_BECOME[range.state].includes(change.change))
    throw new ConflictError(`The tickets are ${range.state}; they cannot become ${change.change}.`);
  if (change.on < range.issuedOn)
    throw new FieldError('on', `${change.on} lies before the day of issue, ${range.issuedOn}.`);
  const issued = change.change === 'issued';
  if (issued) await attendantExists(tx, change.attendant ?? null);
  if (change.change === 'returned') await refuseUsed(tx, part);
  const partId = await splitOff(tx, range, part, nowMs);
  await tx.query(
    `UPDATE ticket_ranges SET state = $2, closed_on = $3, attendant_code = $4, issued_on = $5 WHERE id = $1`,
    [
      partId,
      change.change,
      issued ? null : change.on,
      issued ? (change.attendant ?? null) : range.attendant,
      issued ? change.on : range.issuedOn,
    ],
  );
  const { reason, on, attendant } = change;
  await note(tx, partId, change.change, { ...part, on, reason, ...(issued && { attendant }) }, nowMs);
  await lookAgain(tx, part, nowMs);
  await tx.audit(`tickets.${change.change}`, `${range.prefix}${part.from}-${part.to}`, { id: partId, ...change });
  return partId;
}

/** Leaves before and after the part get rows of their own; the range's own row becomes the part. */
async function splitOff(tx: WriteTx, range: Range, part: { from: number; to: number }, nowMs: number): Promise<number> {
  const rest = [
    { from: range.from, to: part.from - 1 },
    { from: part.to + 1, to: range.to },
  ].filter(({ from, to }) => from <= to);
  if (rest.length === 0) return range.id;
  for (const { from, to } of rest) {
    const [row] = await tx.query<{ id: number }>(
      `INSERT INTO ticket_ranges (prefix, from_no, to_no, state, attendant_code, issued_on, closed_on)
       SELECT prefix, $2, $3, state, attendant_code, issued_on, closed_on FROM ticket_ranges WHERE id = $1 RETURNING id`,
      [range.id, from, to],
    );
    await note(tx, row!.id, 'split', { from, to, outOf: range.id }, nowMs);
  }
  await tx.query('UPDATE ticket_ranges SET from_no = $2, to_no = $3 WHERE id = $1', [range.id, part.from, part.to]);
  await note(tx, range.id, 'split', { ...part, before: { from: range.from, to: range.to } }, nowMs);
  return range.id;
}

/** Who returns tickets gives them back unused. */
async function refuseUsed(tx: WriteTx, part: { prefix: string; from: number; to: number }): Promise<void> {
  const [use] = await tx.query<{ serial: string; day: BusinessDate; record: string }>(
    `SELECT u.serial, u.business_date AS day, u.record FROM ticket_uses u
      WHERE u.prefix = $1 AND u.number BETWEEN $2 AND $3
        AND NOT EXISTS (SELECT FROM voids v WHERE v.device_no = u.device_no AND v.epoch = u.epoch AND v.seq = u.seq
          AND v.state = 'effective')
      ORDER BY u.number DESC LIMIT 1`,
    [part.prefix, part.from, part.to],
  );
  if (use)
    throw new ConflictError(
      `Ticket ${use.serial} was used on ${use.day} (record ${use.record}).`,
      'Give with from and to the part that came back unused.',
      'from',
    );
}

function checkBounds(from: number, to: number, range: { from: number; to: number }): void {
  if (to < from) throw new FieldError('to', `The last number (${to}) lies before the first (${from}).`);
  if (from < range.from) throw new FieldError('from', `The range begins with ${range.from}.`);
  if (to > range.to) throw new FieldError('to', `The range ends with ${range.to}.`);
  if (to - from >= TICKETS_MAX) throw new FieldError('to', `These are more than ${TICKETS_MAX} tickets.`);
}

async function attendantExists(sql: Sql, code: string | null): Promise<void> {
  if (code !== null && (await sql.query('SELECT 1 FROM attendants WHERE code = $1', [code])).length === 0)
    throw new FieldError(
      'attendant',
      `There is no attendant ${JSON.stringify(code)}.`,
      'Register the attendant first.',
    );
}

/** One change of the stock at a time, so that no two ranges can come to overlap. */
async function lockStock(sql: Sql): Promise<void> {
  await sql.query(`SELECT pg_advisory_xact_lock(hashtext('ticket stock'))`);
}

async function insertRange(
  sql: Sql,
  range: TicketIssue & { state: TicketState; closedOn: BusinessDate | null },
): Promise<number> {
  const [row] = await sql.query<{ id: number }>(
    `INSERT INTO ticket_ranges (prefix, from_no, to_no, state, attendant_code, issued_on, closed_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [range.prefix, range.from, range.to, range.state, range.attendant, range.issuedOn, range.closedOn],
  );
  return row!.id;
}

async function note(tx: WriteTx, id: number, change: string, detail: object, nowMs: number): Promise<void> {
  await tx.query('INSERT INTO ticket_events (range_id, at, actor, change, detail) VALUES ($1, $2, $3, $4, $5)', [
    id,
    new Date(nowMs),
    tx.actor.username,
    change,
    JSON.stringify(detail),
  ]);
}

/** The days on which these tickets (null: any) were used are judged again. */
async function lookAgain(
  sql: Sql,
  part: { prefix: string; from: number; to: number } | null,
  nowMs: number,
): Promise<void> {
  const days = await sql.query<BookWork>(
    `SELECT DISTINCT business_date AS "businessDate", NULL AS "pointId" FROM ticket_uses
      WHERE $1::text IS NULL OR prefix = $1 AND number BETWEEN $2 AND $3`,
    [part?.prefix ?? null, part?.from ?? null, part?.to ?? null],
  );
  await askWork(sql, 'reconcile-day', days, nowMs);
}
