import { businessDateOf } from '@app/kernel';
import { ConflictError, FieldError, NotFoundError } from '@app/registry';
import type { Sql } from '../database.js';
import { askAssessmentSince } from '../detection/work.js';
import { Conditions, type ListQuery } from '../lists.js';
import type { WriteTx } from '../writes.js';
import { pointIdOfField } from './points.js';
import { INSTANT } from './sql-parts.js';
import { endPeriod, makeRoom } from './timeline.js';

/** Progressive: the amount covers the first minutes, each further period begun adds a step, up to the maximum. */
export interface TariffRuleRow {
  firstMinutes: number;
  stepMinutes: number;
  stepAmount: number;
  maxAmount?: number;
}

export interface TariffRow {
  code: string;
  vehicleClass: string;
  /** Holds for streets of this class; null: for the whole city. */
  streetClass: string | null;
  /** Holds for this point only. */
  point: string | null;
  kind: 'flat' | 'progressive';
  /** Rupiah: the flat fee, or the fee of the first minutes. */
  amount: number;
  rule: TariffRuleRow | null;
  legalBasis: string;
  validFrom: string;
  validTo: string | null;
  state: 'past' | 'current' | 'future';
  createdAt: string;
}

const TARIFFS = /* sql */ `
SELECT t.code, t.vehicle_class AS "vehicleClass", t.street_class AS "streetClass", p.code AS point, t.kind, t.amount,
  t.rule, t.legal_basis AS "legalBasis", ${INSTANT('t.valid_from')} AS "validFrom", ${INSTANT('t.valid_to')} AS "validTo",
  CASE WHEN t.valid_from > now() THEN 'future' WHEN t.valid_to <= now() THEN 'past' ELSE 'current' END AS state,
  ${INSTANT('t.created_at')} AS "createdAt"
FROM tariffs t LEFT JOIN points p ON p.id = t.point_id`;

export interface TariffFilter {
  vehicleClass?: string;
  streetClass?: string;
  point?: string;
  state?: 'past' | 'current' | 'future';
}

/** All tariffs that were, are and will be in force. Tariffs are public: everyone sees all. */
export function tariffsQuery(filter: TariffFilter): ListQuery<TariffRow> {
  const conditions = new Conditions()
    .add('list."vehicleClass" = {}', filter.vehicleClass)
    .add('list."streetClass" = {}', filter.streetClass)
    .add('list.point = {}', filter.point)
    .add('list.state = {}', filter.state);
  return {
    text: `SELECT * FROM (${TARIFFS}) AS list ${conditions.where}`,
    values: conditions.values,
    orderBy: '"validFrom", code',
  };
}

/** @throws NotFoundError */
export async function findTariff(sql: Sql, code: string): Promise<TariffRow> {
  const [tariff] = await sql.query<TariffRow>(`${TARIFFS} WHERE t.code = $1`, [code]);
  if (!tariff) throw new NotFoundError('tariff', code);
  return tariff;
}

export interface NewTariff {
  code: string;
  vehicleClass: string;
  streetClass?: string;
  point?: string;
  amount: number;
  /** Makes it progressive. */
  rule?: TariffRuleRow;
  legalBasis?: string;
  /** Instants, RFC 3339; `validTo` exclusive. */
  validFrom: string;
  validTo?: string;
}

const TIMELINE = { table: 'tariffs', unit: 'timestamptz', noun: 'tariff of this class and scope' } as const;

/**
 * Enters a tariff, in force now, later, or since a day that is over: those days are assessed again. The open-ended one of the same class and scope (point, street class or city)
 * ends where it begins.
 * @throws ConflictError when the code is taken or it would overlap another one, FieldError
 */
export async function createTariff(tx: WriteTx, tariff: NewTariff, nowMs: number): Promise<void> {
  if (tariff.point !== undefined && tariff.streetClass !== undefined)
    throw new FieldError('streetClass', 'A tariff is of a point or of a street class, not of both.', 'Leave one out.');
  if (tariff.validTo !== undefined && Date.parse(tariff.validTo) <= Date.parse(tariff.validFrom))
    throw new FieldError('validTo', 'validTo must lie after validFrom.');
  const pointId = tariff.point === undefined ? null : await pointIdOfField(tx, 'point', tariff.point);
  const [taken] = await tx.query('SELECT 1 FROM tariffs WHERE code = $1', [tariff.code]);
  if (taken) throw new ConflictError(`A tariff with the code ${tariff.code} exists.`, 'Choose another code.', 'code');
  const owner = { vehicle_class: tariff.vehicleClass, street_class: tariff.streetClass ?? null, point_id: pointId };
  await makeRoom(tx, { ...TIMELINE, owner }, tariff.validFrom, tariff.validTo ?? null);
  await tx.query(
    `INSERT INTO tariffs (code, vehicle_class, street_class, point_id, kind, amount, rule, legal_basis, valid_from, valid_to)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tariff.code,
      tariff.vehicleClass,
      tariff.streetClass ?? null,
      pointId,
      tariff.rule ? 'progressive' : 'flat',
      tariff.amount,
      tariff.rule ? JSON.stringify(tariff.rule) : null,
      tariff.legalBasis ?? '',
      tariff.validFrom,
      tariff.validTo ?? null,
    ],
  );
  await lookAgain(tx, tariff.validFrom, nowMs);
  await tx.audit('tariff.create', tariff.code, tariff);
}

/**
 * What was expected of days that are over is by the tariff in force on them. Flags of records stay: they say what the
 * gateway knew when they came.
 */
async function lookAgain(tx: WriteTx, sinceInstant: string, nowMs: number): Promise<void> {
  await askAssessmentSince(tx, businessDateOf(Date.parse(sinceInstant)), 'tariff', nowMs);
}

/** Ends a tariff. Its amount never changes: another tariff follows it. @throws NotFoundError, ConflictError */
export async function endTariff(tx: WriteTx, code: string, validTo: string, nowMs: number): Promise<void> {
  const [tariff] = await tx.query<{ id: number; validTo: number | null }>(
    'SELECT id, valid_to AS "validTo" FROM tariffs WHERE code = $1 FOR UPDATE',
    [code],
  );
  if (!tariff) throw new NotFoundError('tariff', code);
  if (tariff.validTo !== null && tariff.validTo < Date.parse(validTo))
    throw new ConflictError(
      `Tariff ${code} ends before that already.`,
      'Enter a new tariff for the time after it.',
      'validTo',
    );
  await endPeriod(tx, TIMELINE, tariff.id, validTo);
  await lookAgain(tx, validTo, nowMs);
  await tx.audit('tariff.end', code, { validTo });
}

/**
 * Takes back a tariff that is not in force yet. The one that was to end where it began goes on.
 * @throws NotFoundError, ConflictError when it is or was in force
 */
export async function withdrawTariff(tx: WriteTx, code: string): Promise<void> {
  await findTariff(tx, code);
  const [removed] = await tx.query<{ scope: unknown[] }>(
    `WITH gone AS (DELETE FROM tariffs WHERE code = $1 AND valid_from > now()
       RETURNING vehicle_class, street_class, point_id, valid_from, valid_to)
     SELECT json_build_array(vehicle_class, street_class, point_id, valid_from, valid_to) AS scope FROM gone`,
    [code],
  );
  if (!removed)
    throw new ConflictError(`Tariff ${code} is or was in force.`, 'End it instead, and enter the one that follows.');
  await tx.query(
    `UPDATE tariffs SET valid_to = $5 WHERE vehicle_class = $1 AND street_class IS NOT DISTINCT FROM $2
       AND point_id IS NOT DISTINCT FROM $3 AND valid_to = $4`,
    removed.scope,
  );
  await tx.audit('tariff.withdraw', code);
}
