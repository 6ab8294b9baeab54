import { businessDateOf, type Rupiah } from '@app/kernel';
import { entryIdOf, post, shareStatement, statementEvent, type ShareStatement } from '@app/ledger';
import { FieldError, NotFoundError, type Scope } from '@app/registry';
import type { Database, Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { operatorExists } from '../registry/operators.js';
import { INSTANT } from '../registry/sql-parts.js';
import type { WriteTx } from '../writes.js';
import { bookStanding } from './ledger-store.js';
import { loadGross, loadTerms } from './operator-facts.js';

export interface StatementRow {
  operator: string;
  /** `YYYY-MM`. */
  month: string;
  /** 0 for the first, 1 for the first correction. */
  revision: number;
  /** No later revision corrects it. */
  newest: boolean;
  gross: Rupiah;
  city: Rupiah;
  attendant: Rupiah;
  operatorShare: Rupiah;
  /** Gross that no terms cover: shared with nobody. */
  withoutTerms: Rupiah;
  madeAt: string;
}

export interface StatementFilter {
  operator?: string;
  month?: string;
  newest?: boolean;
}

const ROWS = /* sql */ `
SELECT s.operator_code AS operator, s.month, s.revision,
  NOT EXISTS (SELECT FROM operator_statements n WHERE n.operator_code = s.operator_code AND n.month = s.month
    AND n.revision > s.revision) AS newest,
  (s.statement #>> '{total,gross}')::bigint AS gross, (s.statement #>> '{total,city}')::bigint AS city,
  (s.statement #>> '{total,attendant}')::bigint AS attendant, (s.statement #>> '{total,operator}')::bigint AS "operatorShare",
  (SELECT coalesce(sum((w ->> 'gross')::bigint), 0)::bigint FROM jsonb_array_elements(s.statement -> 'withoutTerms') w)
    AS "withoutTerms", ${INSTANT('s.made_at')} AS "madeAt"
FROM operator_statements s`;

const SUMMED = ['gross', 'city', 'attendant', 'operatorShare', 'withoutTerms'];

/** Statements, the newest month and revision first. A clerk sees the own operator's. */
export function statementsQuery(filter: StatementFilter, scope: Scope): ListQuery<StatementRow> {
  const conditions = new Conditions()
    .add('operator = {}', scope.operatorCode)
    .add('operator = {}', filter.operator)
    .add('month = {}', filter.month)
    .add('newest = {}', filter.newest);
  return {
    text: `SELECT * FROM (${ROWS}) s ${conditions.where}`,
    values: conditions.values,
    orderBy: 'month DESC, operator, revision DESC',
    // A revision replaces the one before: only the newest count.
    sums: Object.fromEntries(SUMMED.map((name) => [name, `"${name}" * newest::int`])),
  };
}

export interface StatementDetail extends StatementRow {
  statement: ShareStatement;
}

/** One statement with its lines; the newest revision unless told. @throws NotFoundError */
export async function findStatement(
  sql: Sql,
  key: { operator: string; month: string; revision?: number },
  scope: Scope,
): Promise<StatementDetail> {
  const conditions = new Conditions()
    .add('operator = {}', scope.operatorCode)
    .add('operator = {}', key.operator)
    .add('month = {}', key.month)
    .add('revision = {}', key.revision);
  const [row] = await sql.query<StatementDetail>(
    `SELECT r.*, k.statement FROM (SELECT * FROM (${ROWS}) s ${conditions.where} ORDER BY revision DESC LIMIT 1) r
       JOIN operator_statements k ON k.operator_code = r.operator AND k.month = r.month AND k.revision = r.revision`,
    conditions.values,
  );
  if (!row) throw new NotFoundError('statement', `${key.operator} ${key.month}`);
  return row;
}

/**
 * Makes an operator's statement of a month say what is recorded now: nothing where it says it already, else the next
 * revision, whose entry takes the place of the one before.
 * @returns the revision that is new, or null
 */
export async function makeStatement(
  sql: Sql,
  { operator, month }: { operator: string; month: string },
  nowMs: number,
): Promise<number | null> {
  await sql.query('SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))', [`statement ${operator}`, month]);
  const statement = shareStatement(
    operator,
    month,
    await loadTerms(sql, operator),
    await loadGross(sql, operator, month),
  );
  const [last] = await sql.query<{ revision: number; same: boolean }>(
    `SELECT revision, statement = $3::jsonb AS same FROM operator_statements WHERE operator_code = $1 AND month = $2
      ORDER BY revision DESC LIMIT 1`,
    [operator, month, JSON.stringify(statement)],
  );
  if (last?.same) return null;
  if (!last && statement.lines.length === 0 && statement.withoutTerms.length === 0) return null;
  const revision = last ? last.revision + 1 : 0;
  await sql.query(
    `INSERT INTO operator_statements (operator_code, month, revision, statement, made_at) VALUES ($1, $2, $3, $4, $5)`,
    [operator, month, revision, JSON.stringify(statement), new Date(nowMs)],
  );
  const event = statementEvent(statement, revision, nowMs);
  const before = last && { root: entryIdOf({ ...event, revision: last.revision }), entry: null };
  await bookStanding(sql, [...(before ? [before] : []), { root: entryIdOf(event), entry: post(event) }], nowMs);
  return revision;
}

/** An officer asks for a statement now. @throws FieldError for a month that is not over, or an unknown operator */
export async function requestStatement(
  tx: WriteTx,
  key: { operator: string; month: string },
  nowMs: number,
): Promise<number | null> {
  if (!(await operatorExists(tx, key.operator)))
    throw new FieldError('operator', `There is no operator ${JSON.stringify(key.operator)}.`);
  if (key.month >= businessDateOf(nowMs).slice(0, 7))
    throw new FieldError('month', `The month ${key.month} is not over.`, 'Ask for it when it is.');
  const revision = await makeStatement(tx, key, nowMs);
  await tx.audit('statement.make', `${key.operator} ${key.month}`, { revision });
  return revision;
}

/** Older months are made anew when one of their days was looked at again within this time (days). */
const LOOKED_AT_DAYS = 7;

/**
 * Makes the statements of months that are over anew where something changed, each in a transaction of its own: of the
 * last months, and of older ones whose days were looked at again (a late record, a contract that began in the past).
 */
export async function makeStatements(database: Database, monthsBack: number, nowMs: number): Promise<number> {
  const thisMonth = businessDateOf(nowMs).slice(0, 7);
  const wanted = await database.query<{ operator: string; month: string }>(
    `WITH months AS MATERIALIZED (
       SELECT date_trunc('month', business_date)::date AS first FROM reconciled_days WHERE ran_at >= $3
       UNION SELECT (($1 || '-01')::date - make_interval(months => n))::date FROM generate_series(1, $2) AS n)
     SELECT DISTINCT o.operator_code AS operator, to_char(m.first, 'YYYY-MM') AS month FROM months m
       JOIN income_days i ON i.business_date >= m.first AND i.business_date < m.first + interval '1 month'
       JOIN point_operators o ON o.point_id = i.point_id AND i.business_date >= o.valid_from
        AND (o.valid_to IS NULL OR i.business_date < o.valid_to)
      WHERE m.first < ($1 || '-01')::date
     UNION SELECT s.operator_code, s.month FROM operator_statements s JOIN months m ON s.month = to_char(m.first, 'YYYY-MM')
     ORDER BY 2, 1`,
    [thisMonth, monthsBack, new Date(nowMs - LOOKED_AT_DAYS * 86_400_000)],
  );
  let made = 0;
  for (const key of wanted)
    if ((await database.transaction((sql) => makeStatement(sql, key, nowMs))) !== null) made += 1;
  return made;
}
