import type { BusinessDate, Rupiah } from '@app/kernel';
import { entryIdOf, minimumShortfalls, parseAccount, post, type MinimumShortfallEvent } from '@app/ledger';
import { ConflictError, FieldError, type Scope } from '@app/registry';
import type { Database, Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { operatorExists } from '../registry/operators.js';
import { INSTANT } from '../registry/sql-parts.js';
import type { WriteTx } from '../writes.js';
import { bookOnce, bookStanding } from './ledger-store.js';
import { loadTerms } from './operator-facts.js';

export interface SecurityDepositRow {
  operator: string;
  reference: string;
  businessDate: BusinessDate;
  amount: Rupiah;
  treasuryAccount: string;
  enteredBy: string;
  enteredAt: string;
}

/** Security deposits paid in, the newest first; a clerk sees the own operator's. */
export function securityDepositsQuery(operator: string | undefined, scope: Scope): ListQuery<SecurityDepositRow> {
  const conditions = new Conditions().add('operator_code = {}', scope.operatorCode).add('operator_code = {}', operator);
  return {
    text: `SELECT operator_code AS operator, reference, business_date AS "businessDate", amount,
        treasury_account AS "treasuryAccount", entered_by AS "enteredBy", ${INSTANT('entered_at')} AS "enteredAt"
      FROM security_deposits ${conditions.where}`,
    values: conditions.values,
    orderBy: '"businessDate" DESC, operator, reference',
    sums: ['amount'],
  };
}

export type NewSecurityDeposit = Omit<SecurityDepositRow, 'enteredBy' | 'enteredAt'>;

/** Books a security deposit. The same one again changes nothing. @throws ConflictError, FieldError */
export async function takeSecurityDeposit(tx: WriteTx, item: NewSecurityDeposit, nowMs: number): Promise<void> {
  const { operator, reference, businessDate, amount, treasuryAccount } = item;
  if (!(await operatorExists(tx, operator)))
    throw new FieldError('operator', `There is no operator ${JSON.stringify(operator)}.`);
  const [account] = await tx.query<{ kind: string }>('SELECT kind FROM bank_accounts WHERE account = $1', [
    treasuryAccount,
  ]);
  if (account && account.kind !== 'treasury')
    throw new FieldError('treasuryAccount', `${treasuryAccount} is no treasury account.`);
  if (!account) await tx.query(`INSERT INTO bank_accounts (account, kind) VALUES ($1, 'treasury')`, [treasuryAccount]);
  const values = [operator, reference, businessDate, amount, treasuryAccount];
  const added = await tx.query(
    `INSERT INTO security_deposits (operator_code, reference, business_date, amount, treasury_account, entered_by, entered_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING 1`,
    [...values, tx.actor.username, new Date(nowMs)],
  );
  if (added.length === 0) {
    const same = await tx.query(
      `SELECT 1 FROM security_deposits WHERE operator_code = $1 AND reference = $2 AND business_date = $3 AND amount = $4
         AND treasury_account = $5`,
      values,
    );
    if (same.length === 0)
      throw new ConflictError(
        `${operator} has another security deposit with the reference ${reference}.`,
        'Check the reference on the paper.',
        'reference',
      );
    await tx.audit('security-deposit.repeat', `${operator} ${reference}`);
    return;
  }
  await bookOnce(tx, [post({ type: 'security-deposit', ...item, bookedAt: nowMs })!]);
  await tx.audit('security-deposit.take', `${operator} ${reference}`, item);
}

/**
 * Makes the books say which operators fell short of their daily minimum on which days: those that reconciliation holds
 * as mismatched, each drawn on the security deposit paid in by then, oldest first; the rest is arrears. A day that is no
 * longer short is taken back.
 * @returns days booked or corrected
 */
export async function bookShortfalls(database: Database, nowMs: number): Promise<number> {
  const operators = await database.query<{ operator: string }>(
    `SELECT subject_id AS operator FROM exceptions WHERE pattern = 'below-minimum' AND state = 'mismatched'
     UNION SELECT split_part(source, '/', 1) FROM ledger_entries WHERE kind = 'minimum-shortfall'
     ORDER BY 1`,
  );
  let booked = 0;
  for (const { operator } of operators)
    booked += await database.transaction((sql) => bookShortfallsOf(sql, operator, nowMs));
  return booked;
}

async function bookShortfallsOf(sql: Sql, operator: string, nowMs: number): Promise<number> {
  await sql.query(`SELECT pg_advisory_xact_lock(hashtext('shortfall'), hashtext($1))`, [operator]);
  const short = await sql.query<{ date: BusinessDate; deposited: Rupiah }>(
    `SELECT business_date AS date, (details ->> 'deposited')::bigint AS deposited FROM exceptions
      WHERE pattern = 'below-minimum' AND state = 'mismatched' AND subject_kind = 'operator' AND subject_id = $1`,
    [operator],
  );
  const paid = await sql.query<{ date: BusinessDate; amount: Rupiah }>(
    'SELECT business_date AS date, amount FROM security_deposits WHERE operator_code = $1',
    [operator],
  );
  const events = minimumShortfalls(operator, await loadTerms(sql, operator), short, paid, nowMs);
  const now = new Map(events.map((event) => [entryIdOf(event), event]));
  const event = (businessDate: BusinessDate): MinimumShortfallEvent => ({
    type: 'minimum-shortfall',
    operator,
    businessDate,
    bookedAt: nowMs,
    shortfall: 0,
    drawn: 0,
  });
  const known = await sql.query<{ date: BusinessDate }>(
    `SELECT DISTINCT business_date AS date FROM ledger_entries WHERE kind = 'minimum-shortfall'
       AND starts_with(root, $1)`,
    [entryIdOf(event(''))],
  );
  const gone = known.map(({ date }) => entryIdOf(event(date))).filter((root) => !now.has(root));
  return bookStanding(
    sql,
    [...[...now].map(([root, item]) => ({ root, entry: post(item) })), ...gone.map((root) => ({ root, entry: null }))],
    nowMs,
  );
}

export interface ArrearsRow {
  debtorKind: string;
  debtor: string;
  name: string | null;
  /** What is owed, in rupiah. */
  amount: Rupiah;
  /** What is left of an operator's security deposit. */
  securityDeposit: Rupiah;
  /** Business day of the oldest entry that stands. */
  since: BusinessDate;
}

/** Who owes the city: attendants for short shifts, operators for days below the minimum. */
export function arrearsQuery(filter: { debtorKind?: string }, scope: Scope): ListQuery<ArrearsRow> {
  const conditions = new Conditions()
    .add(
      `a.account = 'arrears/operator/' || {} OR EXISTS (SELECT FROM attendants t WHERE t.operator_code = {}
         AND a.account = 'arrears/attendant/' || t.code)`,
      scope.operatorCode,
    )
    .add(`split_part(a.account, '/', 2) = {}`, filter.debtorKind);
  return {
    text: `SELECT a.account, a.amount, a.since,
        coalesce(o.name, t.name) AS name,
        coalesce((SELECT -sum(s.amount)::bigint FROM ledger_lines s WHERE s.account = 'security-deposit/' ||
          split_part(a.account, '/', 3) AND split_part(a.account, '/', 2) = 'operator'), 0) AS "securityDeposit"
      FROM (SELECT l.account, sum(l.amount)::bigint AS amount, min(e.business_date) FILTER (WHERE e.reverses IS NULL
              AND NOT EXISTS (SELECT FROM ledger_entries r WHERE r.reverses = e.id)) AS since
              FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id
             WHERE l.account LIKE 'arrears/%' GROUP BY 1 HAVING sum(l.amount) <> 0) a
      LEFT JOIN operators o ON a.account = 'arrears/operator/' || o.code
      LEFT JOIN attendants t ON a.account = 'arrears/attendant/' || t.code ${conditions.where}`,
    values: conditions.values,
    orderBy: 'amount DESC, account',
    sums: ['amount'],
    map: ({ account, name, amount, securityDeposit, since }: ArrearsRow & { account: string | null }) => {
      const [debtorKind, debtor] = account === null ? ['', ''] : parseAccount(account).dimensions;
      return { debtorKind: debtorKind!, debtor: debtor!, name, amount, securityDeposit, since };
    },
  };
}
