import type { BusinessDate } from '@app/kernel';
import type { PointExpectation } from '@app/detection';
import type { Sql } from '../database.js';

/** Stores what was expected on a day, as the day's version; versions before it stay. @param supervised points watched */
export async function storeExpectations(
  sql: Sql,
  date: BusinessDate,
  version: number,
  expectations: readonly PointExpectation[],
  supervised: ReadonlySet<string>,
): Promise<void> {
  const rows = expectations.map(({ amount, ...row }) => ({
    ...row,
    supervised: supervised.has(row.point),
    amount: amount && Math.round(amount.expected),
    amountLower: amount && Math.round(amount.lower),
    amountUpper: amount && Math.round(amount.upper),
  }));
  await sql.query(
    `INSERT INTO expectation_days (business_date, point_id, version, expected, lower, upper, recorded, amount, amount_lower,
       amount_upper, score, notes, hours, classes, terms, supervised)
     SELECT $2, p.id, $3, e.expected, e.lower, e.upper, e.recorded, e.amount, e."amountLower", e."amountUpper", e.score,
       e.notes, e.hours, e.classes, e.terms, e.supervised
       FROM jsonb_to_recordset($1::jsonb) AS e (point text, expected float8, lower float8, upper float8, recorded float8,
         amount bigint, "amountLower" bigint, "amountUpper" bigint, score float8, notes text[], hours jsonb, classes jsonb,
         terms jsonb, supervised boolean) JOIN points p ON p.code = e.point`,
    [JSON.stringify(rows), date, version],
  );
}
