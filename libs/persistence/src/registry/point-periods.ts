import { ConflictError, FieldError, NotFoundError, type Scope } from '@app/registry';
import { askReconciledDays } from '../money/work.js';
import type { WriteTx } from '../writes.js';
import { Conditions, type ListQuery } from '../lists.js';
import { operatorExists } from './operators.js';
import { pointIdOf } from './points.js';
import { INSTANT, RUN_BY } from './sql-parts.js';
import { endPeriod, makeRoom } from './timeline.js';

export interface PointHoursRow {
  id: number;
  point: string;
  hours: Record<string, [number, number]>;
  validFrom: string;
  validTo: string | null;
}

/** The timetables a point has had, has and will have. */
export function pointHoursQuery(point: string, scope: Scope): ListQuery<PointHoursRow> {
  const conditions = new Conditions().add('p.code = {}', point).add(RUN_BY('p.id'), scope.operatorCode);
  return {
    text: `SELECT h.id, p.code AS point, h.hours, h.valid_from AS "validFrom", h.valid_to AS "validTo"
      FROM point_hours h JOIN points p ON p.id = h.point_id ${conditions.where}`,
    values: conditions.values,
    orderBy: '"validFrom"',
  };
}

export interface NewHours {
  hours: Record<string, [number, number]>;
  /** First day, Asia/Jakarta. */
  validFrom: string;
}

/** A new timetable from a day on; the one before ends there. @throws NotFoundError, ConflictError */
export async function setPointHours(tx: WriteTx, point: string, change: NewHours): Promise<void> {
  const pointId = await pointIdOf(tx, point);
  const timeline = { table: 'point_hours', owner: { point_id: pointId }, unit: 'date', noun: 'timetable' } as const;
  await makeRoom(tx, timeline, change.validFrom, null);
  await tx.query('INSERT INTO point_hours (point_id, hours, valid_from) VALUES ($1, $2, $3)', [
    pointId,
    JSON.stringify(change.hours),
    change.validFrom,
  ]);
  await tx.audit('point.hours', point, change);
}

export interface PointOperatorRow {
  id: number;
  point: string;
  operator: string;
  operatorName: string;
  contract: string | null;
  validFrom: string;
  validTo: string | null;
}

export interface PointOperatorFilter {
  point?: string;
  operator?: string;
  contract?: string;
}

/** Who ran, runs and will run which points. */
export function pointOperatorsQuery(filter: PointOperatorFilter, scope: Scope): ListQuery<PointOperatorRow> {
  const conditions = new Conditions()
    .add('po.operator_code = {}', scope.operatorCode)
    .add('p.code = {}', filter.point)
    .add('po.operator_code = {}', filter.operator)
    .add('c.number = {}', filter.contract);
  return {
    text: `SELECT po.id, p.code AS point, po.operator_code AS operator, o.name AS "operatorName", c.number AS contract,
        po.valid_from AS "validFrom", po.valid_to AS "validTo"
      FROM point_operators po JOIN points p ON p.id = po.point_id JOIN operators o ON o.code = po.operator_code
      LEFT JOIN operator_contracts c ON c.id = po.contract_id ${conditions.where}`,
    values: conditions.values,
    orderBy: 'point, "validFrom"',
  };
}

export interface NewPointOperator {
  operator: string;
  /** Number of the contract under which it runs the point. */
  contract?: string;
  validFrom: string;
  validTo?: string;
}

/** Gives a point to an operator from a day on; who ran it before does so until there. Days since then look again. */
export async function setPointOperator(
  tx: WriteTx,
  point: string,
  change: NewPointOperator,
  nowMs: number,
): Promise<void> {
  const pointId = await pointIdOf(tx, point);
  const { operator, contract, validFrom, validTo = null } = change;
  if (!(await operatorExists(tx, operator)))
    throw new FieldError('operator', `There is no operator ${JSON.stringify(operator)}.`, 'Register it first.');
  const contractId = contract === undefined ? null : await contractOf(tx, operator, contract);
  if (validTo !== null && validTo <= validFrom) throw new FieldError('validTo', 'validTo must lie after validFrom.');
  const timeline = { table: 'point_operators', owner: { point_id: pointId }, unit: 'date', noun: 'operator' } as const;
  await makeRoom(tx, timeline, validFrom, validTo);
  await tx.query(
    `INSERT INTO point_operators (point_id, operator_code, contract_id, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5)`,
    [pointId, operator, contractId, validFrom, validTo],
  );
  await askReconciledDays(tx, { from: validFrom }, nowMs);
  await tx.audit('point.operator', point, change);
}

/** The city runs the point itself from a day on. @throws NotFoundError, ConflictError when nobody runs it then */
export async function endPointOperator(tx: WriteTx, point: string, validTo: string, nowMs: number): Promise<void> {
  const pointId = await pointIdOf(tx, point);
  const [current] = await tx.query<{ id: number }>(
    `SELECT id FROM point_operators WHERE point_id = $1 AND (valid_to IS NULL OR valid_to >= $2::date)
     ORDER BY valid_from LIMIT 1`,
    [pointId, validTo],
  );
  if (!current) throw new ConflictError(`No operator runs ${point} at ${validTo}.`);
  const timeline = { table: 'point_operators', unit: 'date', noun: 'operator' } as const;
  const before = await endPeriod(tx, timeline, current.id, validTo);
  await askReconciledDays(tx, { from: before !== null && before < validTo ? before : validTo }, nowMs);
  await tx.audit('point.operator-end', point, { validTo });
}

async function contractOf(tx: WriteTx, operator: string, number: string): Promise<number> {
  const [contract] = await tx.query<{ id: number; operator: string }>(
    'SELECT id, operator_code AS operator FROM operator_contracts WHERE number = $1',
    [number],
  );
  if (!contract)
    throw new FieldError('contract', `There is no contract ${JSON.stringify(number)}.`, 'Register it first.');
  if (contract.operator !== operator)
    throw new FieldError('contract', `Contract ${number} is one of ${contract.operator}, not of ${operator}.`);
  return contract.id;
}

export interface FreeZoneRow {
  id: number;
  point: string;
  basis: string;
  validFrom: string;
  validTo: string | null;
}

/** Where and when no fee may be charged. */
export function freeZonesQuery(point: string | undefined, scope: Scope): ListQuery<FreeZoneRow> {
  const conditions = new Conditions().add('p.code = {}', point).add(RUN_BY('p.id'), scope.operatorCode);
  return {
    text: `SELECT z.id, p.code AS point, z.basis, ${INSTANT('z.valid_from')} AS "validFrom",
        ${INSTANT('z.valid_to')} AS "validTo"
      FROM free_zones z JOIN points p ON p.id = z.point_id ${conditions.where}`,
    values: conditions.values,
    orderBy: 'point, "validFrom"',
  };
}

export interface NewFreeZone {
  point: string;
  /** The decision that makes it free. */
  basis?: string;
  validFrom: string;
  validTo?: string;
}

/** @returns its id */
export async function createFreeZone(tx: WriteTx, zone: NewFreeZone, pointId: number): Promise<number> {
  const timeline = {
    table: 'free_zones',
    owner: { point_id: pointId },
    unit: 'timestamptz',
    noun: 'free zone',
  } as const;
  await makeRoom(tx, timeline, zone.validFrom, zone.validTo ?? null);
  const [created] = await tx.query<{ id: number }>(
    'INSERT INTO free_zones (point_id, basis, valid_from, valid_to) VALUES ($1, $2, $3, $4) RETURNING id',
    [pointId, zone.basis ?? '', zone.validFrom, zone.validTo ?? null],
  );
  await tx.audit('free-zone.create', zone.point, zone);
  return created!.id;
}

/** @throws NotFoundError, ConflictError */
export async function endFreeZone(tx: WriteTx, id: number, validTo: string): Promise<void> {
  const [zone] = await tx.query('SELECT 1 FROM free_zones WHERE id = $1', [id]);
  if (!zone) throw new NotFoundError('free zone', String(id));
  await endPeriod(tx, { table: 'free_zones', unit: 'timestamptz', noun: 'free zone' }, id, validTo);
  await tx.audit('free-zone.end', String(id), { validTo });
}
