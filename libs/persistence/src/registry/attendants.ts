import { ConflictError, FieldError, NotFoundError, type Scope } from '@app/registry';
import type { Sql } from '../database.js';
import type { WriteTx } from '../writes.js';
import { Conditions, type ListQuery } from '../lists.js';
import { operatorExists } from './operators.js';
import { pointIdOfField } from './points.js';
import { INSTANT, RUN_BY } from './sql-parts.js';
import { endPeriod, makeRoom } from './timeline.js';

export type AttendantStatus = 'active' | 'withdrawn';

export interface AttendantRow {
  code: string;
  name: string;
  badgeNumber: string;
  operator: string | null;
  /** `withdrawn`: the badge was taken. */
  status: AttendantStatus;
  /** Codes of the points where the attendant works now. */
  points: string[];
  createdAt: string;
}

const ATTENDANTS = /* sql */ `
SELECT a.code, a.name, a.badge_number AS "badgeNumber", a.operator_code AS operator, a.status,
  ARRAY(SELECT p.code FROM attendant_assignments aa JOIN points p ON p.id = aa.point_id
    WHERE aa.attendant_code = a.code AND aa.valid_from <= now() AND (aa.valid_to IS NULL OR aa.valid_to > now())
    ORDER BY p.code) AS points,
  ${INSTANT('a.created_at')} AS "createdAt"
FROM attendants a`;

/** An operator's clerk sees the own attendants and those who work at the own points. */
const OWN = `a.operator_code = {} OR EXISTS (SELECT 1 FROM attendant_assignments aa WHERE aa.attendant_code = a.code
  AND aa.valid_from <= now() AND (aa.valid_to IS NULL OR aa.valid_to > now()) AND ${RUN_BY('aa.point_id')})`;

export interface AttendantFilter {
  operator?: string;
  status?: AttendantStatus;
  /** Code of a point where they work now. */
  point?: string;
  search?: string;
}

export function attendantsQuery(filter: AttendantFilter, scope: Scope): ListQuery<AttendantRow> {
  const conditions = new Conditions()
    .add(OWN, scope.operatorCode)
    .add('a.operator_code = {}', filter.operator)
    .add('a.status = {}', filter.status)
    .add(
      `EXISTS (SELECT 1 FROM attendant_assignments aa JOIN points p ON p.id = aa.point_id WHERE p.code = {}
        AND aa.attendant_code = a.code AND aa.valid_from <= now() AND (aa.valid_to IS NULL OR aa.valid_to > now()))`,
      filter.point,
    )
    .add(`strpos(lower(a.code || ' ' || a.name || ' ' || a.badge_number), lower({})) > 0`, filter.search);
  return { text: `${ATTENDANTS} ${conditions.where}`, values: conditions.values, orderBy: 'code' };
}

/** @throws NotFoundError */
export async function findAttendant(sql: Sql, code: string, scope: Scope): Promise<AttendantRow> {
  const conditions = new Conditions().add(OWN, scope.operatorCode).add('a.code = {}', code);
  const [attendant] = await sql.query<AttendantRow>(`${ATTENDANTS} ${conditions.where}`, conditions.values);
  if (!attendant) throw new NotFoundError('attendant', code);
  return attendant;
}

export interface NewAttendant {
  code: string;
  name: string;
  badgeNumber: string;
  operator?: string;
}

/** @throws ConflictError when code or badge number are taken, FieldError for an unknown operator */
export async function createAttendant(tx: WriteTx, attendant: NewAttendant): Promise<void> {
  const { code, name, badgeNumber, operator } = attendant;
  await checkOperator(tx, operator);
  await refuseTakenBadge(tx, badgeNumber, code);
  const created = await tx.query(
    `INSERT INTO attendants (code, name, badge_number, operator_code) VALUES ($1, $2, $3, $4)
     ON CONFLICT (code) DO NOTHING RETURNING code`,
    [code, name, badgeNumber, operator ?? null],
  );
  if (created.length === 0)
    throw new ConflictError(`An attendant with the code ${code} exists.`, 'Choose another code.', 'code');
  await tx.audit('attendant.create', code, attendant);
}

export interface AttendantChange {
  name?: string;
  badgeNumber?: string;
  operator?: string | null;
  /** Withdrawing the badge ends the assignments. */
  status?: AttendantStatus;
}

/** @throws NotFoundError, ConflictError, FieldError */
export async function changeAttendant(tx: WriteTx, code: string, change: AttendantChange): Promise<void> {
  await checkOperator(tx, change.operator ?? undefined);
  if (change.badgeNumber !== undefined) await refuseTakenBadge(tx, change.badgeNumber, code);
  const changed = await tx.query(
    `UPDATE attendants SET name = coalesce($2, name), badge_number = coalesce($3, badge_number),
       operator_code = CASE WHEN $4 THEN $5 ELSE operator_code END, status = coalesce($6, status)
     WHERE code = $1 RETURNING code`,
    [
      code,
      change.name ?? null,
      change.badgeNumber ?? null,
      change.operator !== undefined,
      change.operator ?? null,
      change.status ?? null,
    ],
  );
  if (changed.length === 0) throw new NotFoundError('attendant', code);
  if (change.status === 'withdrawn') await endAssignmentsOf(tx, code);
  await tx.audit('attendant.change', code, change);
}

async function endAssignmentsOf(tx: WriteTx, code: string): Promise<void> {
  await tx.query('DELETE FROM attendant_assignments WHERE attendant_code = $1 AND valid_from >= now()', [code]);
  await tx.query(
    `UPDATE attendant_assignments SET valid_to = now() WHERE attendant_code = $1 AND (valid_to IS NULL OR valid_to > now())`,
    [code],
  );
}

async function checkOperator(sql: Sql, operator: string | undefined): Promise<void> {
  if (operator !== undefined && !(await operatorExists(sql, operator)))
    throw new FieldError('operator', `There is no operator ${JSON.stringify(operator)}.`, 'Register it first.');
}

async function refuseTakenBadge(sql: Sql, badgeNumber: string, code: string): Promise<void> {
  const [taken] = await sql.query<{ code: string }>(
    'SELECT code FROM attendants WHERE badge_number = $1 AND code <> $2',
    [badgeNumber, code],
  );
  if (taken)
    throw new ConflictError(`Badge ${badgeNumber} is worn by ${taken.code}.`, 'Check the badge number.', 'badgeNumber');
}

export interface AssignmentRow {
  id: number;
  attendant: string;
  attendantName: string;
  point: string;
  pointName: string;
  /** Number of the assignment order (SPT). */
  assignmentOrder: string;
  validFrom: string | null;
  validTo: string | null;
}

export interface AssignmentFilter {
  attendant?: string;
  point?: string;
  /** Instant at which they are in force. */
  at?: string;
}

/** Who worked, works and will work where. */
export function assignmentsQuery(filter: AssignmentFilter, scope: Scope): ListQuery<AssignmentRow> {
  const conditions = new Conditions()
    .add(RUN_BY('aa.point_id'), scope.operatorCode)
    .add('aa.attendant_code = {}', filter.attendant)
    .add('p.code = {}', filter.point)
    .add('tstzrange(aa.valid_from, aa.valid_to) @> {}::timestamptz', filter.at);
  return {
    text: `SELECT aa.id, aa.attendant_code AS attendant, a.name AS "attendantName", p.code AS point, p.name AS "pointName",
        aa.assignment_order AS "assignmentOrder", ${INSTANT('aa.valid_from')} AS "validFrom",
        ${INSTANT('aa.valid_to')} AS "validTo"
      FROM attendant_assignments aa JOIN attendants a ON a.code = aa.attendant_code JOIN points p ON p.id = aa.point_id
      ${conditions.where}`,
    values: conditions.values,
    orderBy: 'attendant, "validFrom", id',
  };
}

export interface NewAssignment {
  attendant: string;
  point: string;
  assignmentOrder?: string;
  /** Instants, RFC 3339. */
  validFrom: string;
  validTo?: string;
}

/**
 * Assigns an attendant to a point; several points at once are possible, the same one twice at a time is not.
 * @returns the assignment's id
 */
export async function createAssignment(tx: WriteTx, assignment: NewAssignment): Promise<number> {
  const { attendant, point, validFrom, validTo = null } = assignment;
  const pointId = await pointIdOfField(tx, 'point', point);
  const [worker] = await tx.query<{ status: string }>('SELECT status FROM attendants WHERE code = $1', [attendant]);
  if (!worker)
    throw new FieldError(
      'attendant',
      `There is no attendant ${JSON.stringify(attendant)}.`,
      'Register the attendant first.',
    );
  if (worker.status === 'withdrawn')
    throw new ConflictError(`The badge of ${attendant} is withdrawn.`, 'Set the status to active first.', 'attendant');
  const owner = { attendant_code: attendant, point_id: pointId };
  const noun = 'assignment to this point';
  await makeRoom(tx, { table: 'attendant_assignments', owner, unit: 'timestamptz', noun }, validFrom, validTo);
  const [created] = await tx.query<{ id: number }>(
    `INSERT INTO attendant_assignments (attendant_code, point_id, assignment_order, valid_from, valid_to)
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [attendant, pointId, assignment.assignmentOrder ?? '', validFrom, validTo],
  );
  await tx.audit('assignment.create', attendant, assignment);
  return created!.id;
}

/** @throws NotFoundError, ConflictError */
export async function endAssignment(tx: WriteTx, id: number, validTo: string): Promise<void> {
  const [row] = await tx.query<{ attendant: string }>(
    'SELECT attendant_code AS attendant FROM attendant_assignments WHERE id = $1',
    [id],
  );
  if (!row) throw new NotFoundError('assignment', String(id));
  await endPeriod(tx, { table: 'attendant_assignments', unit: 'timestamptz', noun: 'assignment' }, id, validTo);
  await tx.audit('assignment.end', row.attendant, { id, validTo });
}
