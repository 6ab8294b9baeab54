import { addDays, type BusinessDate, type Rupiah } from '@app/kernel';
import { termsOf, type Contract, type ContractTerms, type PointGross } from '@app/ledger';
import type { Sql } from '../database.js';
import { STREET_CLASS_ON } from '../registry/sql-parts.js';

/** The terms of an operator's contracts, period by period. */
export async function loadTerms(sql: Sql, operator: string): Promise<ContractTerms[]> {
  const rows = await sql.query<{
    streetClass: string | null;
    cityBp: number;
    attendantBp: number;
    operatorBp: number;
    dailyMinimum: Rupiah;
    from: BusinessDate;
    to: BusinessDate | null;
  }>(
    `SELECT street_class AS "streetClass", city_share_bp AS "cityBp", attendant_share_bp AS "attendantBp",
            operator_share_bp AS "operatorBp", daily_minimum_deposit AS "dailyMinimum", valid_from AS "from", valid_to AS "to"
       FROM operator_contracts WHERE operator_code = $1 ORDER BY number`,
    [operator],
  );
  const contracts = rows.map(({ cityBp, attendantBp, operatorBp, ...rest }): Contract => ({
    operator,
    ...rest,
    shares: { cityBp, attendantBp, operatorBp },
  }));
  return termsOf(operator, contracts);
}

/** What was recorded, gross, at the points an operator ran, on the days it ran them. */
export async function loadGross(sql: Sql, operator: string, month: string): Promise<PointGross[]> {
  const first = `${month}-01`;
  const next = `${addDays(first, 31).slice(0, 7)}-01`;
  return sql.query<PointGross>(
    `SELECT p.code AS point, coalesce(${STREET_CLASS_ON('p.id', 'i.business_date')}, '') AS "streetClass", i.business_date AS date,
            sum(i.amount)::bigint AS gross
       FROM point_operators o JOIN income_days i ON i.point_id = o.point_id AND i.business_date >= o.valid_from
         AND (o.valid_to IS NULL OR i.business_date < o.valid_to)
       JOIN points p ON p.id = o.point_id
      WHERE o.operator_code = $1 AND i.business_date >= $2 AND i.business_date < $3
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [operator, first, next],
  );
}
