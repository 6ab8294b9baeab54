import { addDays } from '@app/kernel';
import { ConflictError, FieldError, NotFoundError, type Scope } from '@app/registry';
import { askReconciledDays } from '../money/work.js';
import type { WriteTx } from '../writes.js';
import { Conditions, type ListQuery } from '../lists.js';
import { operatorExists } from './operators.js';
import { INSTANT } from './sql-parts.js';
import { endPeriod } from './timeline.js';

export interface ContractRow {
  number: string;
  operator: string;
  streetClass: string | null;
  /** Shares of the gross in basis points (1/10,000); they add up to 10,000. */
  cityShareBp: number;
  attendantShareBp: number;
  operatorShareBp: number;
  /** Rupiah a business day. */
  dailyMinimumDeposit: number;
  /** Rupiah. */
  securityDeposit: number;
  validFrom: string;
  validTo: string | null;
  createdAt: string;
}

export interface ContractFilter {
  operator?: string;
  /** Day on which they are in force. */
  on?: string;
}

/** The contracts with operators; a clerk sees the own operator's. */
export function contractsQuery(filter: ContractFilter, scope: Scope): ListQuery<ContractRow> {
  const conditions = new Conditions()
    .add('operator_code = {}', scope.operatorCode)
    .add('operator_code = {}', filter.operator)
    .add('daterange(valid_from, valid_to) @> {}::date', filter.on);
  return {
    text: `SELECT number, operator_code AS operator, street_class AS "streetClass", city_share_bp AS "cityShareBp",
        attendant_share_bp AS "attendantShareBp", operator_share_bp AS "operatorShareBp",
        daily_minimum_deposit AS "dailyMinimumDeposit", security_deposit AS "securityDeposit",
        valid_from AS "validFrom", valid_to AS "validTo", ${INSTANT('created_at')} AS "createdAt"
      FROM operator_contracts ${conditions.where}`,
    values: conditions.values,
    orderBy: 'number',
  };
}

export type NewContract = Omit<ContractRow, 'createdAt' | 'streetClass' | 'validTo'> & {
  streetClass?: string | null;
  validTo?: string;
};

/**
 * Enters a contract. It may have begun already: the days since then look again.
 * @throws ConflictError when the number is taken, FieldError for an unknown operator or shares that are not whole
 */
export async function createContract(tx: WriteTx, contract: NewContract, nowMs: number): Promise<void> {
  const { cityShareBp, attendantShareBp, operatorShareBp, validFrom, validTo } = contract;
  const sum = cityShareBp + attendantShareBp + operatorShareBp;
  if (sum !== 10_000)
    throw new FieldError('operatorShareBp', `The shares add up to ${sum} basis points, not to 10,000.`);
  if (validTo !== undefined && validTo <= validFrom)
    throw new FieldError('validTo', 'validTo must lie after validFrom.');
  if (!(await operatorExists(tx, contract.operator)))
    throw new FieldError(
      'operator',
      `There is no operator ${JSON.stringify(contract.operator)}.`,
      'Register it first.',
    );
  await refuseOverlap(tx, contract);
  const created = await tx.query(
    `INSERT INTO operator_contracts (number, operator_code, street_class, city_share_bp, attendant_share_bp,
       operator_share_bp, daily_minimum_deposit, security_deposit, valid_from, valid_to)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (number) DO NOTHING RETURNING id`,
    [
      contract.number,
      contract.operator,
      contract.streetClass ?? null,
      cityShareBp,
      attendantShareBp,
      operatorShareBp,
      contract.dailyMinimumDeposit,
      contract.securityDeposit,
      validFrom,
      validTo ?? null,
    ],
  );
  if (created.length === 0)
    throw new ConflictError(`A contract with the number ${contract.number} exists.`, 'Check the number.', 'number');
  await lookAgain(tx, validFrom, validTo ?? null, nowMs);
  await tx.audit('contract.create', contract.number, contract);
}

/** Minimum deposits of days that are over are judged by the terms that hold for them now; `to` is exclusive. */
async function lookAgain(tx: WriteTx, from: string, to: string | null, nowMs: number): Promise<void> {
  await askReconciledDays(tx, { from, ...(to !== null && { to: addDays(to, -1) }) }, nowMs);
}

type Terms = Pick<ContractRow, 'number' | 'operator' | 'validFrom'> & { streetClass?: string | null; validTo?: string };

/** One contract at a time says how an operator shares in a street class. */
async function refuseOverlap(tx: WriteTx, contract: Terms): Promise<void> {
  const { operator, streetClass, validFrom, validTo } = contract;
  const [other] = await tx.query<{ number: string }>(
    `SELECT number FROM operator_contracts WHERE operator_code = $1 AND street_class IS NOT DISTINCT FROM $2
        AND number <> $5 AND daterange(valid_from, valid_to) && daterange($3::date, $4::date) LIMIT 1`,
    [operator, streetClass ?? null, validFrom, validTo ?? null, contract.number],
  );
  if (other)
    throw new ConflictError(
      `The contract ${other.number} holds for the same operator and street class at that time.`,
      'End it first, or begin when it has ended.',
      'validFrom',
    );
}

/**
 * Ends a contract, if need be on a day that is over: the days it no longer covers look again. Its terms never change: a
 * new contract follows it.
 * @throws NotFoundError, ConflictError
 */
export async function endContract(tx: WriteTx, number: string, validTo: string, nowMs: number): Promise<void> {
  const [contract] = await tx.query<Terms & { id: number }>(
    `SELECT id, number, operator_code AS operator, street_class AS "streetClass", valid_from AS "validFrom"
       FROM operator_contracts WHERE number = $1`,
    [number],
  );
  if (!contract) throw new NotFoundError('contract', number);
  const timeline = { table: 'operator_contracts', unit: 'date', noun: 'contract' } as const;
  const before = await endPeriod(tx, timeline, contract.id, validTo);
  await refuseOverlap(tx, { ...contract, validTo });
  const [from, to] = before !== null && before < validTo ? [before, validTo] : [validTo, before];
  await lookAgain(tx, from, to, nowMs);
  await tx.audit('contract.end', number, { validTo });
}
