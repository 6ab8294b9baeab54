import { daysBetween, eachBusinessDate, type BusinessDate } from '@app/kernel';
import { ConflictError, FieldError, NotFoundError, type Scope } from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { pointIdOfField } from '../registry/points.js';
import { INSTANT, RUN_BY } from '../registry/sql-parts.js';
import type { WriteTx } from '../writes.js';
import { askAssessment } from './work.js';

export const CALENDAR_EVENT_KINDS = [
  'event',
  'road-works',
  'closure',
  'school-holiday',
  'ramadan',
  'flood',
  'rain',
  'ordinary',
  'moved',
  'other',
] as const;
export type CalendarEventKind = (typeof CALENDAR_EVENT_KINDS)[number];

/** An honest cause of unusual days: at a point, in a district, or (both null) in the whole city. */
export interface CalendarEventRow {
  id: number;
  kind: CalendarEventKind;
  name: string;
  from: BusinessDate;
  to: BusinessDate;
  district: string | null;
  point: string | null;
  createdBy: string;
  createdAt: string;
}

export function calendarEventsQuery(
  filter: { from?: BusinessDate; to?: BusinessDate; point?: string },
  scope: Scope,
): ListQuery<CalendarEventRow> {
  const conditions = new Conditions()
    .add(`e.point_id IS NULL OR ${RUN_BY('e.point_id')}`, scope.operatorCode)
    .add('e.to_date >= {}', filter.from)
    .add('e.from_date <= {}', filter.to)
    .add(
      `p.code = {} OR e.point_id IS NULL AND (e.district IS NULL
        OR e.district = (SELECT own.district FROM points own WHERE own.code = {}))`,
      filter.point,
    );
  return {
    text: `SELECT e.id, e.kind, e.name, e.from_date AS "from", e.to_date AS "to", e.district, p.code AS point,
        e.created_by AS "createdBy", ${INSTANT('e.created_at')} AS "createdAt"
      FROM calendar_events e LEFT JOIN points p ON p.id = e.point_id ${conditions.where} AND e.withdrawn_at IS NULL`,
    values: conditions.values,
    orderBy: '"from" DESC, id',
  };
}

export interface NewCalendarEvent {
  kind: CalendarEventKind;
  name: string;
  from: BusinessDate;
  to: BusinessDate;
  district?: string;
  point?: string;
}

const DAYS_MAX = 400;

/** @returns its id. @throws FieldError, ConflictError when the same event stands already */
export async function createCalendarEvent(tx: WriteTx, event: NewCalendarEvent, nowMs: number): Promise<number> {
  const { kind, name, from, to, district, point } = event;
  if (to < from) throw new FieldError('to', `to (${to}) lies before from (${from}).`);
  if (daysBetween(from, to) >= DAYS_MAX)
    throw new FieldError('to', `An event is of at most ${DAYS_MAX} days.`, 'Enter it year by year.');
  if (district !== undefined && point !== undefined)
    throw new FieldError('district', 'An event is of a point or of a district, not of both.', 'Leave one out.');
  const pointId = point === undefined ? null : await pointIdOfField(tx, 'point', point);
  if (district !== undefined) await knownDistrict(tx, district);
  const [same] = await tx.query(
    `SELECT FROM calendar_events WHERE kind = $1 AND name = $2 AND from_date = $3 AND to_date = $4
       AND district IS NOT DISTINCT FROM $5 AND point_id IS NOT DISTINCT FROM $6 AND withdrawn_at IS NULL`,
    [kind, name, from, to, district ?? null, pointId],
  );
  if (same) throw new ConflictError(`${name} (${from} to ${to}) stands already.`, 'Leave it out.', 'name');
  const [made] = await tx.query<{ id: number }>(
    `INSERT INTO calendar_events (kind, name, from_date, to_date, district, point_id, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [kind, name, from, to, district ?? null, pointId, tx.actor.username],
  );
  await askAssessment(tx, eachBusinessDate(from, to), 'calendar', nowMs);
  await tx.audit('calendar-event.create', String(made!.id), event);
  return made!.id;
}

async function knownDistrict(sql: Sql, district: string): Promise<void> {
  const [known] = await sql.query('SELECT FROM points WHERE district = $1 LIMIT 1', [district]);
  if (!known) throw new FieldError('district', `No point lies in ${JSON.stringify(district)}.`, 'Check the spelling.');
}

/** Takes an event back; what was assessed with it is assessed again. @throws NotFoundError */
export async function withdrawCalendarEvent(tx: WriteTx, id: number, nowMs: number): Promise<void> {
  const [gone] = await tx.query<{ from: BusinessDate; to: BusinessDate }>(
    `UPDATE calendar_events SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1 AND withdrawn_at IS NULL
     RETURNING from_date AS "from", to_date AS "to"`,
    [id, new Date(nowMs), tx.actor.username],
  );
  if (!gone) throw new NotFoundError('calendar event', String(id));
  await askAssessment(tx, eachBusinessDate(gone.from, gone.to), 'calendar', nowMs);
  await tx.audit('calendar-event.withdraw', String(id), gone);
}
