import { businessDateOf, type BusinessDate } from '@app/kernel';
import { ConflictError, FieldError, NotFoundError, type Scope } from '@app/registry';
import type { Sql } from '../database.js';
import type { WriteTx } from '../writes.js';
import { Conditions, type ListQuery } from '../lists.js';
import { operatorExists } from './operators.js';
import { INSTANT, OPERATOR_ON, RUN_BY, STREET_CLASS_ON, TODAY } from './sql-parts.js';
import { setStreetClass } from './street-classes.js';

export interface PointRow {
  code: string;
  name: string;
  street: string;
  district: string;
  subdistrict: string;
  streetClass: string | null;
  latitudeMicrodegrees: number | null;
  longitudeMicrodegrees: number | null;
  coordinatesSource: 'none' | 'illustrative' | 'surveyed';
  geofenceRadiusMetres: number | null;
  /** Parking spaces (SRP) per vehicle class. */
  spaces: Record<string, number>;
  /** Operating hours in force today: minutes since midnight Asia/Jakarta per weekday (0 = Sunday). */
  hours: Record<string, [number, number]> | null;
  operator: string | null;
  operatorName: string | null;
  devices: number;
  createdAt: string;
  closedAt: string | null;
}

export interface PointFilter {
  district?: string;
  street?: string;
  operator?: string;
  streetClass?: string;
  /** Part of the code, the name or the street, in any case. */
  search?: string;
}

const POINTS = /* sql */ `
SELECT p.code, p.name, p.street, p.district, p.subdistrict, ${STREET_CLASS_ON('p.id', TODAY)} AS "streetClass",
  p.latitude_microdeg AS "latitudeMicrodegrees", p.longitude_microdeg AS "longitudeMicrodegrees",
  p.coordinates_source AS "coordinatesSource", p.geofence_radius_m AS "geofenceRadiusMetres", p.spaces,
  (SELECT h.hours FROM point_hours h WHERE h.point_id = p.id AND h.valid_from <= ${TODAY}
    AND (h.valid_to IS NULL OR h.valid_to > ${TODAY}) ORDER BY h.valid_from DESC LIMIT 1) AS hours,
  po.operator_code AS operator, o.name AS "operatorName",
  (SELECT count(*) FROM device_assignments da WHERE da.point_id = p.id AND da.valid_from <= now()
    AND (da.valid_to IS NULL OR da.valid_to > now())) AS devices,
  ${INSTANT('p.created_at')} AS "createdAt", ${INSTANT('p.closed_at')} AS "closedAt"
FROM points p
${OPERATOR_ON('p.id', TODAY)}
LEFT JOIN operators o ON o.code = po.operator_code`;

/** The parking points of the city, or of the operator that asks. */
export function pointsQuery(filter: PointFilter, scope: Scope): ListQuery<PointRow> {
  const conditions = new Conditions()
    .add(RUN_BY('p.id'), scope.operatorCode)
    .add('p.district = {}', filter.district)
    .add('p.street = {}', filter.street)
    .add('po.operator_code = {}', filter.operator)
    .add(`${STREET_CLASS_ON('p.id', TODAY)} = {}`, filter.streetClass)
    .add(`strpos(lower(p.code || ' ' || p.name || ' ' || p.street), lower({})) > 0`, filter.search);
  return { text: `${POINTS} ${conditions.where}`, values: conditions.values, orderBy: 'code' };
}

/** One point. @throws NotFoundError when there is none, or none of this operator's */
export async function findPoint(sql: Sql, code: string, scope: Scope): Promise<PointRow> {
  const conditions = new Conditions().add(RUN_BY('p.id'), scope.operatorCode).add('p.code = {}', code);
  const [point] = await sql.query<PointRow>(`${POINTS} ${conditions.where}`, conditions.values);
  if (!point) throw new NotFoundError('point', code);
  return point;
}

export interface NewPoint {
  code: string;
  name: string;
  street?: string;
  district?: string;
  subdistrict?: string;
  streetClass?: string | null;
  latitudeMicrodegrees?: number | null;
  longitudeMicrodegrees?: number | null;
  coordinatesSource?: 'none' | 'illustrative' | 'surveyed';
  geofenceRadiusMetres?: number | null;
  spaces?: Record<string, number>;
  hours?: Record<string, [number, number]>;
  /** Who runs it from today on; absent: the city itself. */
  operator?: string;
}

/** Days before this one cannot be meant: the first period of a thing reaches back to it, so that late records find it. */
export const SINCE_EVER = '2000-01-01';

/**
 * Registers a point. Its first street class, hours and operator hold since ever.
 * @throws ConflictError when the code is taken, FieldError when the operator is unknown
 */
export async function createPoint(tx: WriteTx, point: NewPoint): Promise<void> {
  const [created] = await tx.query<{ id: number }>(
    `INSERT INTO points (code, name, street, district, subdistrict, latitude_microdeg, longitude_microdeg,
       coordinates_source, geofence_radius_m, spaces)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (code) DO NOTHING RETURNING id`,
    [point.code, point.name, ...columnsOf(point)],
  );
  if (!created)
    throw new ConflictError(
      `A point with the code ${point.code} exists.`,
      'Choose another code, or change that point.',
      'code',
    );
  if (point.streetClass)
    await tx.query('INSERT INTO point_street_classes (point_id, street_class, valid_from) VALUES ($1, $2, $3)', [
      created.id,
      point.streetClass,
      SINCE_EVER,
    ]);
  if (point.hours)
    await tx.query('INSERT INTO point_hours (point_id, hours, valid_from) VALUES ($1, $2, $3)', [
      created.id,
      JSON.stringify(point.hours),
      SINCE_EVER,
    ]);
  if (point.operator !== undefined) {
    if (!(await operatorExists(tx, point.operator)))
      throw new FieldError('operator', `There is no operator ${JSON.stringify(point.operator)}.`, 'Register it first.');
    await tx.query('INSERT INTO point_operators (point_id, operator_code, valid_from) VALUES ($1, $2, $3)', [
      created.id,
      point.operator,
      SINCE_EVER,
    ]);
  }
  await tx.audit('point.create', point.code, { ...point });
}

function columnsOf(point: Omit<NewPoint, 'code' | 'name'>): unknown[] {
  const located = typeof point.latitudeMicrodegrees === 'number' && typeof point.longitudeMicrodegrees === 'number';
  return [
    point.street ?? '',
    point.district ?? '',
    point.subdistrict ?? '',
    point.latitudeMicrodegrees ?? null,
    point.longitudeMicrodegrees ?? null,
    point.coordinatesSource ?? (located ? 'surveyed' : 'none'),
    point.geofenceRadiusMetres ?? null,
    JSON.stringify(point.spaces ?? {}),
  ];
}

const COLUMNS: Record<string, string> = {
  name: 'name',
  street: 'street',
  district: 'district',
  subdistrict: 'subdistrict',
  latitudeMicrodegrees: 'latitude_microdeg',
  longitudeMicrodegrees: 'longitude_microdeg',
  coordinatesSource: 'coordinates_source',
  geofenceRadiusMetres: 'geofence_radius_m',
  spaces: 'spaces',
};

export type PointChange = Partial<Omit<NewPoint, 'code' | 'hours' | 'operator'>> & {
  closed?: boolean;
  /** First business day of `streetClass`; today unless given. */
  streetClassFrom?: BusinessDate;
};

/** Changes what is said of a point (not its code, which records name). @throws NotFoundError */
export async function changePoint(tx: WriteTx, code: string, change: PointChange, nowMs: number): Promise<void> {
  const pointId = await pointIdOf(tx, code);
  const { streetClass, streetClassFrom = businessDateOf(nowMs) } = change;
  if (streetClass !== undefined) await setStreetClass(tx, pointId, { streetClass, from: streetClassFrom }, nowMs);
  else if (change.streetClassFrom !== undefined)
    throw new FieldError('streetClassFrom', 'There is no streetClass to hold from that day.', 'Send both, or neither.');
  const before = await placeOf(tx, pointId);
  const params: unknown[] = [code];
  const sets = Object.entries(change).flatMap(([key, value]) => {
    const column = COLUMNS[key];
    if (!column || value === undefined) return [];
    params.push(key === 'spaces' ? JSON.stringify(value) : value);
    return [`${column} = $${params.length}`];
  });
  if (change.closed !== undefined) sets.push(`closed_at = ${change.closed ? 'coalesce(closed_at, now())' : 'NULL'}`);
  if (sets.length > 0) await tx.query(`UPDATE points SET ${sets.join(', ')} WHERE code = $1`, params);
  if (isElsewhere(before, await placeOf(tx, pointId))) await tellMoved(tx, pointId, nowMs);
  await tx.audit('point.change', code, { ...change });
}

/** Microdegrees of longitude and latitude; null where one is not known. */
type Place = readonly [longitude: number, latitude: number] | null;

async function placeOf(sql: Sql, pointId: number): Promise<Place> {
  const [point] = await sql.query<{ longitude: number | null; latitude: number | null }>(
    'SELECT longitude_microdeg AS longitude, latitude_microdeg AS latitude FROM points WHERE id = $1',
    [pointId],
  );
  const { longitude, latitude } = point!;
  return longitude === null || latitude === null ? null : [longitude, latitude];
}

/** About 110 m: less is a better survey of the same place. */
const MOVED_MICRODEGREES = 1000;

function isElsewhere(before: Place, after: Place): boolean {
  if (before === null || after === null) return false;
  return Math.hypot(before[0] - after[0], before[1] - after[1]) > MOVED_MICRODEGREES;
}

/** From today on the detector learns the point anew; an officer who meant another day corrects the calendar. */
async function tellMoved(tx: WriteTx, pointId: number, nowMs: number): Promise<void> {
  const today = businessDateOf(nowMs);
  await tx.query(
    `INSERT INTO calendar_events (kind, name, from_date, to_date, point_id, created_by)
     SELECT 'moved', 'moved', $1, $1, $2, $3 WHERE NOT EXISTS (SELECT FROM calendar_events
       WHERE kind = 'moved' AND point_id = $2 AND from_date = $1 AND withdrawn_at IS NULL)`,
    [today, pointId, tx.actor.username],
  );
}

/** The point's number within the database. @throws NotFoundError */
export async function pointIdOf(sql: Sql, code: string): Promise<number> {
  const [point] = await sql.query<{ id: number }>('SELECT id FROM points WHERE code = $1', [code]);
  if (!point) throw new NotFoundError('point', code);
  return point.id;
}

/** The same for a point named in a field of what was sent. @throws FieldError */
export async function pointIdOfField(sql: Sql, field: string, code: string): Promise<number> {
  const [point] = await sql.query<{ id: number }>('SELECT id FROM points WHERE code = $1', [code]);
  if (!point) throw new FieldError(field, `There is no point ${JSON.stringify(code)}.`, 'Register the point first.');
  return point.id;
}

/** Says what stands against new points: codes that are taken, operators that are unknown. */
export async function existingPoints(
  sql: Sql,
  points: readonly NewPoint[],
): Promise<(point: NewPoint) => { field: string; message: string }[]> {
  const taken = await sql.query<{ code: string }>('SELECT code FROM points WHERE code = ANY ($1)', [
    points.map((point) => point.code),
  ]);
  const operators = await sql.query<{ code: string }>('SELECT code FROM operators');
  const codes = new Set(taken.map(({ code }) => code));
  const known = new Set(operators.map(({ code }) => code));
  return ({ code, operator }) => [
    ...(codes.has(code) ? [{ field: 'code', message: `a point with the code ${code} exists` }] : []),
    ...(operator !== undefined && !known.has(operator)
      ? [{ field: 'operator', message: `there is no operator ${JSON.stringify(operator)}` }]
      : []),
  ];
}
