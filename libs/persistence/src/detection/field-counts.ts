import { randomUUID } from 'node:crypto';
import { addDays, businessDateOf, MINUTE_MS, type BusinessDate } from '@app/kernel';
import { ConflictError, FieldError, NotFoundError, type Scope } from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { pointIdOfField } from '../registry/points.js';
import { INSTANT, RUN_BY_ON } from '../registry/sql-parts.js';
import type { WriteTx } from '../writes.js';
import { askAssessment } from './work.js';

/** What was seen of one vehicle class. `exempt` of the arrivals owe nothing (subscribers, free vehicles). */
export interface ClassCount {
  arrivals?: number;
  exempt?: number;
  departures?: number;
  /** Spaces taken at the end. */
  occupied?: number;
}

export type ClassCounts = Readonly<Record<string, ClassCount>>;

export interface FieldCountRow {
  id: string;
  revision: number;
  point: string;
  businessDate: BusinessDate;
  from: string;
  to: string;
  classes: Record<string, ClassCount>;
  /** `device`: of a sensor, or entered by an officer on a terminal. */
  source: 'officer' | 'import' | 'device';
  team: string;
  plan: number | null;
  note: string;
  withdrawn: boolean;
  /** Why it was corrected or withdrawn. */
  reason: string;
  /** `device/epoch/seq` of the journal record it came with. */
  record: string | null;
  enteredBy: string;
  enteredAt: string;
}

export interface FieldCountFilter {
  from?: BusinessDate;
  to?: BusinessDate;
  point?: string;
  source?: string;
  plan?: number;
}

const ROW = /* sql */ `
SELECT f.id, f.revision, p.code AS point, f.business_date AS "businessDate", ${INSTANT('f.from_at')} AS "from",
  ${INSTANT('f.to_at')} AS "to", f.classes, f.source, f.team, f.plan_id AS plan, f.note, f.withdrawn, f.reason, f.record,
  f.entered_by AS "enteredBy", ${INSTANT('f.entered_at')} AS "enteredAt"`;

/** Field counts as they stand, the newest day first. */
export function fieldCountsQuery(filter: FieldCountFilter, scope: Scope): ListQuery<FieldCountRow> {
  const conditions = new Conditions()
    .add(RUN_BY_ON('f.point_id', 'f.business_date'), scope.operatorCode)
    .add('f.business_date >= {}', filter.from)
    .add('f.business_date <= {}', filter.to)
    .add('p.code = {}', filter.point)
    .add('f.source = {}', filter.source)
    .add('f.plan_id = {}', filter.plan);
  return {
    text: `${ROW} FROM current_field_counts f JOIN points p ON p.id = f.point_id ${conditions.where}`,
    values: conditions.values,
    orderBy: '"businessDate" DESC, "from" DESC, id',
  };
}

/** Every revision of one count, the newest first. */
export function fieldCountHistoryQuery(id: string, scope: Scope): ListQuery<FieldCountRow> {
  const conditions = new Conditions()
    .add(RUN_BY_ON('f.point_id', 'f.business_date'), scope.operatorCode)
    .add('f.id = {}', id);
  return {
    text: `${ROW} FROM field_counts f JOIN points p ON p.id = f.point_id ${conditions.where}`,
    values: conditions.values,
    orderBy: 'revision DESC',
  };
}

export interface NewFieldCount {
  point: string;
  /** Instants, ms. */
  from: number;
  to: number;
  classes: ClassCounts;
  team?: string;
  plan?: number;
  note?: string;
}

/** A count is of at least so long. */
const MINUTES_MIN = 5;
const HOURS_MAX = 24;
/** Older counts say nothing any more; a typing error in the year is likelier. */
const DAYS_BACK_MAX = 1_100;

/** What is wrong with a count before the database is asked; null when nothing is. */
export function countFault(count: NewFieldCount, nowMs: number): FieldError | null {
  const { from, to, classes } = count;
  if (to - from < MINUTES_MIN * MINUTE_MS)
    return new FieldError('to', `to must lie at least ${MINUTES_MIN} minutes after from.`);
  if (to - from > HOURS_MAX * 60 * MINUTE_MS)
    return new FieldError('to', `A count is of at most ${HOURS_MAX} hours.`, 'Enter a count for each hour.');
  if (to > nowMs) return new FieldError('to', 'A count cannot end in the future.', 'Check day and time.');
  if (businessDateOf(from) < addDays(businessDateOf(nowMs), -DAYS_BACK_MAX))
    return new FieldError('from', `A count is at most ${DAYS_BACK_MAX} days old.`, 'Check the year.');
  for (const [name, { arrivals, exempt }] of Object.entries(classes))
    if ((exempt ?? 0) > (arrivals ?? Infinity))
      return new FieldError('classes', `More ${name} are exempt (${exempt}) than arrived (${arrivals}).`);
  return null;
}

/**
 * Enters a field count.
 * @returns its id
 * @throws FieldError, ConflictError when the same team has one that overlaps it
 */
export async function enterFieldCount(
  tx: WriteTx,
  count: NewFieldCount,
  source: 'officer' | 'import',
  nowMs: number,
): Promise<string> {
  const fault = countFault(count, nowMs);
  if (fault) throw fault;
  const pointId = await pointIdOfField(tx, 'point', count.point);
  await tx.query('LOCK TABLE field_counts IN SHARE ROW EXCLUSIVE MODE');
  await refuseOverlap(tx, pointId, count, null);
  if (count.plan !== undefined) await planOfPoint(tx, count.plan, pointId);
  const id = randomUUID();
  await insertRevision(tx, { ...count, id, revision: 1, pointId, source }, nowMs);
  await tx.audit('field-count.enter', id, { point: count.point, from: count.from, to: count.to, source });
  return id;
}

/**
 * Corrects a count: its next revision. What is left out stays.
 * @throws NotFoundError, FieldError, ConflictError when somebody else corrected it meanwhile
 */
export async function reviseFieldCount(
  tx: WriteTx,
  id: string,
  change: { revision: number; reason: string; withdrawn?: boolean } & Partial<Omit<NewFieldCount, 'point' | 'plan'>>,
  nowMs: number,
): Promise<void> {
  await tx.query('LOCK TABLE field_counts IN SHARE ROW EXCLUSIVE MODE');
  const [last] = await tx.query<LastRevision>(
    `SELECT f.revision, f.point_id AS "pointId", p.code AS point, f.from_at AS "from", f.to_at AS "to", f.classes, f.source,
       f.team, f.plan_id AS plan, f.note, f.record, f.withdrawn
       FROM field_counts f JOIN points p ON p.id = f.point_id WHERE f.id = $1 ORDER BY f.revision DESC LIMIT 1`,
    [id],
  );
  if (!last) throw new NotFoundError('field count', id);
  if (last.revision !== change.revision)
    throw new ConflictError(
      `Field count ${id} is at revision ${last.revision}, not ${change.revision}.`,
      'Read it again and correct the newest revision.',
      'revision',
    );
  const { plan, ...before } = last;
  const next = { ...before, ...(plan !== null && { plan }), ...change, id, revision: last.revision + 1 };
  const fault = next.withdrawn ? null : countFault(next, nowMs);
  if (fault) throw fault;
  if (!next.withdrawn && next.source !== 'device') await refuseOverlap(tx, last.pointId, next, id);
  await insertRevision(tx, next, nowMs);
  if (businessDateOf(last.from) !== businessDateOf(next.from))
    await askAssessment(tx, [businessDateOf(last.from)], 'field-count', nowMs);
  await tx.audit(change.withdrawn ? 'field-count.withdraw' : 'field-count.revise', id, change);
}

interface LastRevision {
  revision: number;
  pointId: number;
  point: string;
  from: number;
  to: number;
  classes: Record<string, ClassCount>;
  source: 'officer' | 'import' | 'device';
  team: string;
  plan: number | null;
  note: string;
  record: string | null;
  withdrawn: boolean;
}

/** Two teams may count the same hour, that is worth knowing; one team twice is an entry made twice. */
async function refuseOverlap(tx: WriteTx, pointId: number, count: NewFieldCount, id: string | null): Promise<void> {
  const [other] = await tx.query<{ id: string; from: string; to: string }>(
    `SELECT id, ${INSTANT('from_at')} AS "from", ${INSTANT('to_at')} AS "to" FROM current_field_counts
      WHERE point_id = $1 AND from_at < $3 AND to_at > $2 AND team = $4 AND source <> 'device' AND id IS DISTINCT FROM $5`,
    [pointId, new Date(count.from), new Date(count.to), count.team ?? '', id],
  );
  if (other)
    throw new ConflictError(
      `The same team's count ${other.id} is of ${other.from} to ${other.to}.`,
      'Correct that one, or name another team.',
      'from',
    );
}

async function planOfPoint(tx: WriteTx, plan: number, pointId: number): Promise<void> {
  const [found] = await tx.query<{ pointId: number }>(
    'SELECT point_id AS "pointId" FROM field_count_plans WHERE id = $1 AND cancelled_at IS NULL',
    [plan],
  );
  if (found?.pointId !== pointId)
    throw new FieldError(
      'plan',
      `Plan ${plan} is not a plan of this point.`,
      'Leave it out, or name the point’s plan.',
    );
}

interface Revision extends NewFieldCount {
  id: string;
  revision: number;
  pointId: number;
  source: string;
  withdrawn?: boolean;
  reason?: string;
  record?: string | null;
}

async function insertRevision(tx: WriteTx, row: Revision, nowMs: number): Promise<void> {
  await tx.query(
    `INSERT INTO field_counts (id, revision, point_id, from_at, to_at, business_date, source, team, plan_id, classes, note,
       withdrawn, reason, record, entered_by, entered_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      row.id,
      row.revision,
      row.pointId,
      new Date(row.from),
      new Date(row.to),
      businessDateOf(row.from),
      row.source,
      row.team ?? '',
      row.plan ?? null,
      JSON.stringify(row.classes),
      row.note ?? '',
      row.withdrawn ?? false,
      row.reason ?? '',
      row.record ?? null,
      tx.actor.username,
      new Date(nowMs),
    ],
  );
  await askAssessment(tx, [businessDateOf(row.from)], 'field-count', nowMs);
}

/**
 * Takes over `count` records of a business day out of the journal: of sensors, and of officers who counted on a terminal.
 * Each record once, whatever happens; a count that an officer corrected stays corrected.
 * @param day `pointIds` null: all points
 * @returns how many were new
 */
export async function takeDeviceCounts(
  sql: Sql,
  day: { pointIds: readonly number[] | null; businessDate: BusinessDate },
): Promise<number> {
  const taken = await sql.query(
    `INSERT INTO field_counts (id, revision, point_id, from_at, to_at, business_date, source, classes, record, entered_by)
     SELECT d.device_id || '/' || j.epoch || '/' || j.seq, 1, j.point_id, c.from_at, c.to_at,
            (c.from_at AT TIME ZONE 'Asia/Jakarta')::date, 'device', c.classes,
            d.device_id || '/' || j.epoch || '/' || j.seq, d.device_id
       FROM points p JOIN journal_records j ON j.point_id = p.id AND j.business_date = $2 JOIN devices d USING (device_no)
       CROSS JOIN LATERAL (SELECT (j.record::jsonb #>> '{body,from}')::timestamptz AS from_at,
         (j.record::jsonb #>> '{body,to}')::timestamptz AS to_at, j.record::jsonb #> '{body,classes}' AS classes OFFSET 0) c
      WHERE ($1::int[] IS NULL OR p.id = ANY($1)) AND j.type = 'count' AND j.body_fault IS NULL
        AND c.to_at > c.from_at AND c.to_at <= c.from_at + interval '24 hours' AND c.classes <> '{}'
      ORDER BY 1 ON CONFLICT DO NOTHING RETURNING 1`,
    [day.pointIds, day.businessDate],
  );
  return taken.length;
}
