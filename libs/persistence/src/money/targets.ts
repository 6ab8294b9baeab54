import type { Rupiah } from '@app/kernel';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT } from '../registry/sql-parts.js';
import type { WriteTx } from '../writes.js';

/** A target as one office set it. Several a year; a change is the next revision, never an edit. */
export interface TargetRow {
  id: number;
  year: number;
  /** 1 to 12; null for the whole year. */
  month: number | null;
  /** Which office, by which paper. */
  source: string;
  revision: number;
  amount: Rupiah;
  note: string;
  /** The highest revision of its source for that period. */
  newest: boolean;
  enteredBy: string;
  enteredAt: string;
}

export interface TargetFilter {
  year?: number;
  source?: string;
  newest?: boolean;
}

const TARGETS = /* sql */ `
SELECT t.id, t.year, t.month, t.source, t.revision, t.amount, t.note,
  NOT EXISTS (SELECT FROM targets n WHERE n.year = t.year AND n.month IS NOT DISTINCT FROM t.month AND n.source = t.source
    AND n.revision > t.revision) AS newest,
  t.entered_by AS "enteredBy", ${INSTANT('t.entered_at')} AS "enteredAt"
FROM targets t`;

/** Targets with all their revisions, the newest year first. */
export function targetsQuery(filter: TargetFilter): ListQuery<TargetRow> {
  const conditions = new Conditions()
    .add('year = {}', filter.year)
    .add('source = {}', filter.source)
    .add('newest = {}', filter.newest);
  return {
    text: `SELECT * FROM (${TARGETS}) t ${conditions.where}`,
    values: conditions.values,
    orderBy: 'year DESC, month NULLS FIRST, source, revision DESC',
  };
}

export type NewTarget = Pick<TargetRow, 'year' | 'month' | 'source' | 'amount' | 'note'>;

/** Enters a target; where its source has one for that period already, as the next revision. */
export async function enterTarget(tx: WriteTx, target: NewTarget): Promise<TargetRow> {
  const { year, month, source, amount, note } = target;
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('targets'), $1)`, [year]);
  const [added] = await tx.query<{ id: number }>(
    `INSERT INTO targets (year, month, source, revision, amount, note, entered_by)
     SELECT $1, $2, $3, 1 + coalesce(max(revision), 0), $4, $5, $6 FROM targets
      WHERE year = $1 AND month IS NOT DISTINCT FROM $2::int AND source = $3 RETURNING id`,
    [year, month, source, amount, note, tx.actor.username],
  );
  const [row] = await tx.query<TargetRow>(`${TARGETS} WHERE t.id = $1`, [added!.id]);
  await tx.audit('target.enter', `${year}${month === null ? '' : `-${month}`} ${source}`, target);
  return row!;
}

/** What came in, gross, by the payment's own business day. */
export interface Realised {
  recorded: Rupiah;
  settled: Rupiah;
  deposited: Rupiah;
}

/** What came in of a target, in hundredths of a percent (10,000 = all of it); null for a target of 0. */
export interface TargetRealised {
  source: string;
  revision: number;
  amount: Rupiah;
  recordedBp: number | null;
  settledBp: number | null;
  depositedBp: number | null;
}

export interface RealisationRow extends Realised {
  /** null: the whole year. */
  month: number | null;
  targets: TargetRealised[];
}

/** The year and its months: what came in, and what of it each source wanted (its newest revision). */
export async function targetRealisation(sql: Sql, year: number): Promise<RealisationRow[]> {
  const months = await sql.query<Realised & { month: number }>(
    `SELECT m.month, coalesce(w.recorded, 0)::bigint AS recorded, coalesce(w.settled, 0)::bigint AS settled,
            coalesce(w.deposited, 0)::bigint AS deposited
       FROM generate_series(1, 12) AS m (month) LEFT JOIN (
         SELECT extract(month FROM business_date)::int AS month, sum(recorded) AS recorded, sum(settled) AS settled,
                sum(deposited) AS deposited
           FROM (SELECT business_date, sum(recorded) AS recorded, sum(settled) AS settled, sum(deposited) AS deposited
                   FROM road_days WHERE business_date BETWEEN make_date($1, 1, 1) AND make_date($1, 12, 31) GROUP BY 1) d
          GROUP BY 1
       ) w USING (month) ORDER BY 1`,
    [year],
  );
  const targets = await sql.query<TargetRow>(
    `SELECT * FROM (${TARGETS}) t WHERE year = $1 AND newest ORDER BY source`,
    [year],
  );
  const sum = (pick: keyof Realised): Rupiah => months.reduce((all, row) => all + row[pick], 0);
  const whole = { month: null, recorded: sum('recorded'), settled: sum('settled'), deposited: sum('deposited') };
  return [whole, ...months].map((row) => ({
    ...row,
    targets: targets.filter((target) => target.month === row.month).map((target) => realisedOf(target, row)),
  }));
}

function realisedOf({ source, revision, amount }: TargetRow, row: Realised): TargetRealised {
  const part = (sum: Rupiah): number | null => (amount === 0 ? null : Math.round((sum * 10_000) / amount));
  const { recorded, settled, deposited } = row;
  const parts = { recordedBp: part(recorded), settledBp: part(settled), depositedBp: part(deposited) };
  return { source, revision, amount, ...parts };
}
