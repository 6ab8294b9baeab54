import type { BusinessDate, Rupiah } from '@app/kernel';
import { countedOf, type RecordFact, type RuleBook, type SettlementFact } from '@app/reconciliation';
import { payeeOf, settlementSign } from '@app/settlement';
import type { Sql } from '../database.js';
import { settledOn, type LoadedDay } from './day-facts.js';
import { operatorsOn } from './deposit-facts.js';

interface PointSums {
  settledCash: Rupiah;
  settledCashless: Rupiah;
  depositedCash: Rupiah;
  depositedCashless: Rupiah;
}

/** Money settled or deposited for no known point. */
const NOWHERE = '';

/** Makes the day's rows of the waterfall what is known now. */
export async function replaceWaterfallDay(
  sql: Sql,
  date: BusinessDate,
  loaded: LoadedDay,
  rules: RuleBook,
): Promise<void> {
  const sums = new Map<string, PointSums>();
  const add = (point: string, key: keyof PointSums, amount: Rupiah): void => {
    const row = sums.get(point) ?? { settledCash: 0, settledCashless: 0, depositedCash: 0, depositedCashless: 0 };
    row[key] += amount;
    sums.set(point, row);
  };
  for (const shift of loaded.facts.shifts)
    if (shift.declared !== null) add(shift.point, 'settledCash', countedOf(shift, rules.cash));
  for (const item of loaded.facts.collections) add(item.point, 'settledCash', item.cashCounted);
  await addDeposits(sql, date, sums, add);
  await addCashless(sql, date, loaded, add);
  const rows = [...sums].map(([point, row]) => ({ point, ...row }));
  await sql.query('DELETE FROM waterfall_days WHERE business_date = $1', [date]);
  await sql.query(
    `INSERT INTO waterfall_days (business_date, point_id, settled_cash, settled_cashless, deposited_cash, deposited_cashless)
     SELECT $2::date, coalesce(p.id, 0), sum("settledCash"), sum("settledCashless"), sum("depositedCash"), sum("depositedCashless")
       FROM jsonb_to_recordset($1::jsonb) AS w (point text, "settledCash" bigint, "settledCashless" bigint,
         "depositedCash" bigint, "depositedCashless" bigint) LEFT JOIN points p ON p.code = w.point GROUP BY 1, 2`,
    [JSON.stringify(rows), date],
  );
}

type Add = (point: string, key: keyof PointSums, amount: Rupiah) => void;

/** Cash whose slip has its credit note. What an operator brought as one sum is spread by what its points counted. */
async function addDeposits(
  sql: Sql,
  date: BusinessDate,
  sums: ReadonlyMap<string, PointSums>,
  add: Add,
): Promise<void> {
  const final = await sql.query<{ point: string | null; operator: string; amount: Rupiah }>(
    `SELECT p.code AS point, CASE h.payer_kind WHEN 'operator' THEN h.payer_id ELSE '' END AS operator,
            sum(CASE WHEN b.amount >= s.amount THEN h.amount ELSE h.amount * b.amount / s.amount END)::bigint AS amount
       FROM hand_overs h JOIN deposit_slips s ON s.number = h.slip JOIN credit_notes c ON c.slip = s.number
       JOIN bank_entries b ON b.key = c.bank_key LEFT JOIN points p ON p.id = h.point_id
      WHERE h.business_date = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
    [date],
  );
  const operators = await operatorsOn(sql, date);
  for (const { point, operator, amount } of final) {
    if (point !== null) {
      add(point, 'depositedCash', amount);
      continue;
    }
    const counted = [...sums].filter(([code, row]) => operators.get(code) === operator && row.settledCash > 0);
    const parts = spread(
      amount,
      counted.map(([, row]) => row.settledCash),
    );
    counted.forEach(([code], i) => add(code, 'depositedCash', parts[i]!));
    if (counted.length === 0) add(NOWHERE, 'depositedCash', amount);
  }
}

/** Splits a sum in proportion; what rounding leaves over goes to the last part. */
function spread(total: Rupiah, weights: readonly Rupiah[]): Rupiah[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let left = total;
  return weights.map((weight, i) => {
    const part = i === weights.length - 1 ? left : Number((BigInt(total) * BigInt(weight)) / BigInt(whole));
    left -= part;
    return part;
  });
}

/** What acquirers settled to us for payments of this day, gross of fees, refunds taken off; and what of it is final. */
async function addCashless(sql: Sql, date: BusinessDate, { facts }: LoadedDay, add: Add): Promise<void> {
  const rows = facts.settlements.filter((row) => {
    const payee = payeeOf(row);
    return !row.announced && settledOn(row) === date && (payee === null || facts.payees.has(payee));
  });
  const final = await finalBatches(sql, rows);
  const pointOf = pointFinder(facts.records);
  for (const row of rows) {
    const point = row.point ?? pointOf(row) ?? NOWHERE;
    const amount = settlementSign(row.kind) * row.amount;
    add(point, 'settledCashless', amount);
    if (final.has(JSON.stringify([row.acquirer, row.batchId]))) add(point, 'depositedCashless', amount);
  }
}

function pointFinder(records: readonly RecordFact[]): (row: SettlementFact) => string | undefined {
  const byKey = new Map<string, string>();
  for (const { orderId, rrn, point } of records) {
    if (orderId !== null) byKey.set(`order ${orderId}`, point);
    if (rrn !== null) byKey.set(`rrn ${rrn}`, point);
  }
  return (row) => byKey.get(`order ${row.orderId}`) ?? byKey.get(`rrn ${row.rrn}`);
}

/** Batches paid out to the treasury account, or taken there by a slip that has its credit note. */
async function finalBatches(sql: Sql, rows: readonly SettlementFact[]): Promise<Set<string>> {
  const pairs = [...new Set(rows.map((row) => JSON.stringify([row.acquirer, row.batchId])))].map(
    (text) => JSON.parse(text) as [string, string],
  );
  const final = await sql.query<{ acquirer: string; batch: string }>(
    `SELECT b.acquirer, b.batch FROM unnest($1::text[], $2::text[]) AS b (acquirer, batch)
      WHERE EXISTS (SELECT FROM payout_matches m WHERE m.acquirer = b.acquirer AND b.batch = ANY(m.batches)
          AND NOT EXISTS (SELECT FROM unnest(m.credits) AS c (key) JOIN bank_entries e USING (key)
            JOIN bank_accounts a USING (account) WHERE a.kind <> 'treasury'))
         OR EXISTS (SELECT FROM slip_batches s JOIN credit_notes n USING (slip)
          WHERE s.acquirer = b.acquirer AND s.batch_id = b.batch)`,
    [pairs.map(([acquirer]) => acquirer), pairs.map(([, batch]) => batch)],
  );
  return new Set(final.map(({ acquirer, batch }) => JSON.stringify([acquirer, batch])));
}
