import type { BusinessDate } from '@app/kernel';
import type { Database, Sql } from '../database.js';
import type { IncomeScope } from '../income-audit.js';

/** Sums of a point's business day: payments, then rupiah; `known` is 1 where the day has a potential, else 0. */
const SUMS = ['count', 'recorded', 'cash', 'cashless', 'settled', 'deposited', 'known', 'low', 'mid', 'high'] as const;
type DaySums = Record<(typeof SUMS)[number], number>;

/** A point's day whose sums are not those of the tables that they are made of. */
export interface RoadDifference {
  readonly table: 'road_days';
  readonly businessDate: BusinessDate;
  readonly pointId: number;
  /** What is missing of each sum (negative: too much), those that are right left out. */
  readonly missing: Partial<DaySums>;
}

/** Rows folded in one statement, so that a long pause of the worker is made up for in pieces. */
const FOLDED_MAX = 50_000;
const FOLD_LOCK = 'road-fold';

/**
 * Adds what triggers have noted to the totals, in pieces; readers see each piece either before or after.
 * @returns how many rows were folded; 0 also while another process is at it
 */
export async function foldRoad(database: Database): Promise<number> {
  let folded = 0;
  for (;;) {
    const rows = await database.transaction(async (sql) => {
      const [lock] = await sql.query<{ got: boolean }>('SELECT pg_try_advisory_xact_lock(hashtext($1)) AS got', [
        FOLD_LOCK,
      ]);
      return lock!.got ? foldSome(sql) : 0;
    });
    folded += rows;
    if (rows < FOLDED_MAX) return folded;
  }
}

async function foldSome(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ rows: number }>(
    `WITH taken AS (
       DELETE FROM road_changes WHERE ctid = ANY (ARRAY(SELECT ctid FROM road_changes LIMIT $1)) RETURNING *
     ), folded AS (
       INSERT INTO road_totals AS t (business_date, point_id, ${SUMS.join(', ')})
       SELECT business_date, point_id, ${SUMS.map((name) => `sum(${name})`).join(', ')} FROM taken GROUP BY 1, 2
       ON CONFLICT (business_date, point_id) DO UPDATE SET ${SUMS.map((name) => `${name} = t.${name} + excluded.${name}`).join(', ')}
     )
     SELECT count(*) AS rows FROM taken`,
    [FOLDED_MAX],
  );
  return row!.rows;
}

const IN_SCOPE = 'business_date BETWEEN $1 AND $2 AND ($3::int[] IS NULL OR point_id = ANY($3))';

/** Of points $3 (null: all) on $1 to $2, what the tables say less what is kept; in one statement, so at one instant. */
const MISSING = /* sql */ `
SELECT business_date, point_id, ${SUMS.map((name) => `sum(${name})::bigint AS ${name}`).join(', ')} FROM (
  SELECT business_date, point_id, count, amount AS recorded, CASE WHEN method = 'cash' THEN amount ELSE 0 END AS cash,
         CASE WHEN method IN ('qris', 'card') THEN amount ELSE 0 END AS cashless, 0 AS settled, 0 AS deposited,
         0 AS known, 0 AS low, 0 AS mid, 0 AS high FROM income_days WHERE ${IN_SCOPE}
  UNION ALL
  SELECT business_date, point_id, 0, 0, 0, 0, settled_cash + settled_cashless, deposited_cash + deposited_cashless, 0, 0, 0, 0
    FROM waterfall_days WHERE ${IN_SCOPE}
  UNION ALL
  SELECT business_date, point_id, 0, 0, 0, 0, 0, 0, 1, low, mid, high FROM potential_days WHERE ${IN_SCOPE}
  UNION ALL
  SELECT business_date, point_id, ${SUMS.map((name) => `-${name}`).join(', ')} FROM road_days WHERE ${IN_SCOPE}
) parts GROUP BY 1, 2 HAVING ${SUMS.map((name) => `sum(${name}) <> 0`).join(' OR ')}`;

const valuesOf = ({ from, to, pointIds }: IncomeScope): unknown[] => [from, to, pointIds ?? null];

/** Where the sums by point and day are not those of their tables, at most `limit`; empty when all is well. */
export async function roadDifferences(sql: Sql, scope: IncomeScope, limit: number): Promise<RoadDifference[]> {
  const rows = await sql.query<DaySums & { business_date: BusinessDate; point_id: number }>(
    `${MISSING} ORDER BY 1, 2 LIMIT $4`,
    [...valuesOf(scope), limit],
  );
  return rows.map(({ business_date, point_id, ...sums }) => ({
    table: 'road_days',
    businessDate: business_date,
    pointId: point_id,
    missing: Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0)),
  }));
}

/**
 * Makes the sums right by adding what is missing. Safe while others write.
 * @returns the points and days that were wrong
 */
export async function mendRoad(
  sql: Sql,
  scope: IncomeScope,
): Promise<{ businessDate: BusinessDate; pointId: number }[]> {
  return sql.query(
    `INSERT INTO road_changes (business_date, point_id, ${SUMS.join(', ')}) ${MISSING}
     RETURNING business_date AS "businessDate", point_id AS "pointId"`,
    valuesOf(scope),
  );
}
