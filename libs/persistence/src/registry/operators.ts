import { ConflictError, NotFoundError, type Scope } from '@app/registry';
import type { Sql } from '../database.js';
import type { WriteTx } from '../writes.js';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT, TODAY } from './sql-parts.js';

export interface OperatorRow {
  code: string;
  name: string;
  contact: string;
  /** Points it runs today. */
  points: number;
  createdAt: string;
}

const OPERATORS = /* sql */ `
SELECT o.code, o.name, o.contact,
  (SELECT count(*) FROM point_operators po WHERE po.operator_code = o.code AND po.valid_from <= ${TODAY}
    AND (po.valid_to IS NULL OR po.valid_to > ${TODAY})) AS points,
  ${INSTANT('o.created_at')} AS "createdAt"
FROM operators o`;

/** The operators, or the one that asks. */
export function operatorsQuery(scope: Scope): ListQuery<OperatorRow> {
  const conditions = new Conditions().add('o.code = {}', scope.operatorCode);
  return { text: `${OPERATORS} ${conditions.where}`, values: conditions.values, orderBy: 'code' };
}

/** @throws NotFoundError */
export async function findOperator(sql: Sql, code: string, scope: Scope): Promise<OperatorRow> {
  const conditions = new Conditions().add('o.code = {}', scope.operatorCode).add('o.code = {}', code);
  const [operator] = await sql.query<OperatorRow>(`${OPERATORS} ${conditions.where}`, conditions.values);
  if (!operator) throw new NotFoundError('operator', code);
  return operator;
}

export async function operatorExists(sql: Sql, code: string): Promise<boolean> {
  return (await sql.query('SELECT 1 FROM operators WHERE code = $1', [code])).length > 0;
}

/** @throws ConflictError when the code is taken */
export async function createOperator(
  tx: WriteTx,
  operator: { code: string; name: string; contact?: string },
): Promise<void> {
  const created = await tx.query(
    'INSERT INTO operators (code, name, contact) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING code',
    [operator.code, operator.name, operator.contact ?? ''],
  );
  if (created.length === 0)
    throw new ConflictError(`An operator with the code ${operator.code} exists.`, 'Choose another code.', 'code');
  await tx.audit('operator.create', operator.code, operator);
}

/** @throws NotFoundError */
export async function changeOperator(
  tx: WriteTx,
  code: string,
  change: { name?: string; contact?: string },
): Promise<void> {
  const changed = await tx.query(
    'UPDATE operators SET name = coalesce($2, name), contact = coalesce($3, contact) WHERE code = $1 RETURNING code',
    [code, change.name ?? null, change.contact ?? null],
  );
  if (changed.length === 0) throw new NotFoundError('operator', code);
  await tx.audit('operator.change', code, change);
}
