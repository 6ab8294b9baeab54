import { startOfBusinessDay, sumRupiah, type BusinessDate, type Rupiah } from '@app/kernel';
import {
  countedOf,
  type CollectionFact,
  type DayFacts,
  type DepositDue,
  type DepositFact,
  type OperatorDayFact,
  type Payer,
  type RuleBook,
  type SettlementFact,
  type ShiftFact,
} from '@app/reconciliation';
import { settlementSign } from '@app/settlement';
import type { Sql } from '../database.js';
import type { PaymentRow } from './payment-facts.js';

interface DayCash {
  shifts: readonly ShiftFact[];
  collections: readonly CollectionFact[];
  payments: readonly PaymentRow[];
  settlements: readonly SettlementFact[];
}

/** Who runs which point on a day, by point code. */
export async function operatorsOn(sql: Sql, date: BusinessDate): Promise<Map<string, string>> {
  const rows = await sql.query<{ point: string; operator: string }>(
    `SELECT p.code AS point, o.operator_code AS operator FROM point_operators o JOIN points p ON p.id = o.point_id
      WHERE o.valid_from <= $1 AND (o.valid_to IS NULL OR o.valid_to > $1)`,
    [date],
  );
  return new Map(rows.map((row) => [row.point, row.operator]));
}

/** The cash of a day that somebody holds and has to hand in, and the chain that took it on. */
export async function loadDeposits(
  sql: Sql,
  date: BusinessDate,
  cash: DayCash,
  rules: RuleBook,
): Promise<Pick<DayFacts, 'dues' | 'deposits' | 'slips' | 'operatorDays'>> {
  const operators = await operatorsOn(sql, date);
  const deposits = await sql.query<Omit<DepositFact, 'payer'> & { payerKind: Payer['kind']; payerId: string }>(
    `SELECT h.number, h.payer_kind AS "payerKind", h.payer_id AS "payerId", p.code AS point,
            h.business_date AS "businessDate", h.amount, h.handed_at AS "handedAt", h.receiver_id AS treasurer, h.slip
       FROM hand_overs h LEFT JOIN points p ON p.id = h.point_id
      WHERE h.business_date = $1 AND h.receiver_kind = 'treasurer' ORDER BY h.number`,
    [date],
  );
  const slips = await sql.query<{
    slip: string;
    treasurer: string;
    businessDate: BusinessDate;
    writtenAt: number;
    amount: Rupiah;
    bankKey: string | null;
    credited: Rupiah | null;
    creditedOn: BusinessDate | null;
  }>(
    `SELECT s.number AS slip, s.from_id AS treasurer, s.business_date AS "businessDate", s.written_at AS "writtenAt",
            s.amount, c.bank_key AS "bankKey", b.amount AS credited, b.value_date AS "creditedOn"
       FROM deposit_slips s LEFT JOIN credit_notes c ON c.slip = s.number LEFT JOIN bank_entries b ON b.key = c.bank_key
      WHERE s.business_date = $1 ORDER BY s.number`,
    [date],
  );
  const facts = deposits.map(({ payerKind, payerId, point, ...rest }): DepositFact => {
    const payer: Payer = { kind: payerKind, id: payerId };
    return { ...rest, payer, point: payerKind === 'operator' ? null : point };
  });
  return {
    dues: duesOf(date, cash, operators, rules),
    deposits: facts,
    slips: slips.map(({ bankKey, credited, creditedOn, ...slip }) => ({
      ...slip,
      credit: bankKey === null ? null : { id: bankKey, amount: credited!, at: startOfBusinessDay(creditedOn!) },
    })),
    operatorDays: await operatorDays(sql, date, facts, cash.settlements, operators),
  };
}

/**
 * What was counted at the shifts' end; where there was no shift, or it was not closed, what was recorded. The operator
 * answers for the points it runs, as one sum; elsewhere each attendant and collector for each point.
 */
function duesOf(
  businessDate: BusinessDate,
  cash: DayCash,
  operators: ReadonlyMap<string, string>,
  rules: RuleBook,
): DepositDue[] {
  const dues = new Map<string, DepositDue>();
  const add = (kind: 'attendant' | 'collector', id: string, point: string, amount: Rupiah): void => {
    const operator = operators.get(point);
    const payer: Payer = operator === undefined ? { kind, id } : { kind: 'operator', id: operator };
    const place = operator === undefined ? point : null;
    const key = JSON.stringify([payer, place]);
    const due = dues.get(key) ?? { payer, point: place, businessDate, amount: 0 };
    dues.set(key, { ...due, amount: sumRupiah([due.amount, amount]) });
  };
  for (const shift of cash.shifts) {
    const counted = shift.declared === null ? shift.recordedCash : Math.max(0, countedOf(shift, rules.cash));
    add('attendant', shift.attendant, shift.point, counted);
  }
  for (const item of cash.collections) add('collector', item.collector, item.point, item.cashCounted);
  for (const { method, voidRecord, shift, deviceKind, attendant, point, amount } of cash.payments)
    if (method === 'cash' && voidRecord === null && shift === '' && deviceKind === 'handheld')
      add('attendant', attendant, point, amount);
  return [...dues.values()].filter((due) => due.amount > 0);
}

/** What operators under contract brought: cash deposited, and what acquirers settled for the points they run. */
async function operatorDays(
  sql: Sql,
  date: BusinessDate,
  deposits: readonly DepositFact[],
  settlements: readonly SettlementFact[],
  operators: ReadonlyMap<string, string>,
): Promise<OperatorDayFact[]> {
  const minimums = await sql.query<{ operator: string; minimum: Rupiah }>(
    `SELECT operator_code AS operator, sum(daily_minimum_deposit)::bigint AS minimum FROM operator_contracts
      WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1) GROUP BY 1 HAVING sum(daily_minimum_deposit) > 0
      ORDER BY 1`,
    [date],
  );
  const brought = new Map<string, Rupiah>();
  const add = (operator: string | undefined, amount: Rupiah): void => {
    if (operator !== undefined) brought.set(operator, (brought.get(operator) ?? 0) + amount);
  };
  for (const { payer, amount } of deposits) if (payer.kind === 'operator') add(payer.id, amount);
  for (const row of settlements)
    if (row.point !== null) add(operators.get(row.point), settlementSign(row.kind) * row.amount);
  return minimums.map(({ operator, minimum }) => ({
    operator,
    businessDate: date,
    minimum,
    deposited: brought.get(operator) ?? 0,
  }));
}
