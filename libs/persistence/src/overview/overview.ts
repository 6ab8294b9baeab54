import type { BusinessDate } from '@app/kernel';
import type { Scope } from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { OPEN, OVERDUE } from '../money/case-views.js';
import { EXCEPTION_OF } from '../money/exception-views.js';
import { INSTANT, OPERATOR_ON, RUN_BY, RUN_BY_ON, STREET_CLASS_ON, TODAY } from '../registry/sql-parts.js';

/** A point with what a period brought, for the map and its table. Money in rupiah. */
export interface PointOverviewRow {
  code: string;
  name: string;
  street: string;
  district: string;
  streetClass: string | null;
  operator: string | null;
  latitudeMicrodegrees: number | null;
  longitudeMicrodegrees: number | null;
  coordinatesSource: 'none' | 'illustrative' | 'surveyed';
  count: number;
  recorded: number;
  cashRecorded: number;
  potential: number | null;
  settled: number;
  deposited: number;
  /** potential - recorded, of the days that have a potential. */
  unrecorded: number | null;
  unsettled: number;
  undeposited: number;
  openCases: number;
  devices: number;
  lastJournalAt: string | null;
}

export interface PointOverviewFilter {
  from: BusinessDate;
  to: BusinessDate;
  district?: string;
  street?: string;
  operator?: string;
  streetClass?: string;
  search?: string;
}

/** Where a device works now. */
const HERE = `da.point_id = p.id AND da.valid_from <= now() AND (da.valid_to IS NULL OR da.valid_to > now())`;

/**
 * The points of the city, or those that the asking operator runs today, with the sums of the period; a closed point as
 * long as the period has money of it, so that the sums are the waterfall's.
 */
export function pointsOverview(filter: PointOverviewFilter, scope: Scope): ListQuery<PointOverviewRow> {
  const conditions = new Conditions();
  conditions.values.push(filter.from, filter.to);
  conditions
    .add(RUN_BY('p.id'), scope.operatorCode)
    .add('p.district = {}', filter.district)
    .add('p.street = {}', filter.street)
    .add('po.operator_code = {}', filter.operator)
    .add(`${STREET_CLASS_ON('p.id', TODAY)} = {}`, filter.streetClass)
    .add(`strpos(lower(p.code || ' ' || p.name || ' ' || p.street), lower({})) > 0`, filter.search);
  const text = `
    SELECT p.code, p.name, p.street, p.district, ${STREET_CLASS_ON('p.id', TODAY)} AS "streetClass", po.operator_code AS operator,
      p.latitude_microdeg AS "latitudeMicrodegrees", p.longitude_microdeg AS "longitudeMicrodegrees",
      p.coordinates_source AS "coordinatesSource", coalesce(r.count, 0)::bigint AS count,
      coalesce(r.recorded, 0)::bigint AS recorded, coalesce(r.cash, 0)::bigint AS "cashRecorded",
      r.potential::bigint AS potential, coalesce(r.settled, 0)::bigint AS settled,
      coalesce(r.deposited, 0)::bigint AS deposited, r.unrecorded::bigint AS unrecorded,
      coalesce(r.recorded - r.settled, 0)::bigint AS unsettled, coalesce(r.settled - r.deposited, 0)::bigint AS undeposited,
      (SELECT count(*) FROM cases c WHERE c.point_id = p.id AND c.state <> 'resolved') AS "openCases",
      (SELECT count(*) FROM device_assignments da WHERE ${HERE}) AS devices,
      (SELECT ${INSTANT('max(dp.journal_at)')} FROM device_assignments da JOIN device_presence dp USING (device_no)
        WHERE ${HERE}) AS "lastJournalAt"
    FROM points p
    ${OPERATOR_ON('p.id', TODAY)}
    LEFT JOIN (SELECT point_id, sum(count) AS count, sum(recorded) AS recorded, sum(cash) AS cash, sum(settled) AS settled,
      sum(deposited) AS deposited, CASE WHEN sum(known) > 0 THEN sum(mid) END AS potential,
      CASE WHEN sum(known) > 0 THEN sum(mid - recorded * known) END AS unrecorded
      FROM road_days WHERE business_date BETWEEN $1 AND $2 GROUP BY 1) r ON r.point_id = p.id
    ${conditions.where} AND (p.closed_at IS NULL OR r.point_id IS NOT NULL)`;
  return { text, values: conditions.values, orderBy: 'code' };
}

/** Sums of what a points list shows, over all its rows. */
export async function pointsOverviewSums(sql: Sql, list: ListQuery<PointOverviewRow>): Promise<PointOverviewSums> {
  const [sums] = await sql.query<PointOverviewSums>(
    `SELECT count(*) AS points, coalesce(sum(count), 0)::bigint AS count, coalesce(sum(recorded), 0)::bigint AS recorded,
       sum(potential)::bigint AS potential, sum(unrecorded)::bigint AS unrecorded, coalesce(sum(settled), 0)::bigint AS settled,
       coalesce(sum(deposited), 0)::bigint AS deposited, coalesce(sum(unsettled), 0)::bigint AS unsettled,
       coalesce(sum(undeposited), 0)::bigint AS undeposited, coalesce(sum("openCases"), 0)::bigint AS "openCases"
     FROM (${list.text}) AS list`,
    list.values,
  );
  return sums!;
}

export interface PointOverviewSums {
  points: number;
  count: number;
  recorded: number;
  potential: number | null;
  unrecorded: number | null;
  settled: number;
  deposited: number;
  unsettled: number;
  undeposited: number;
  openCases: number;
}

export interface HourRow {
  date: BusinessDate;
  hour: number;
  count: number;
  amount: number;
}

/** What each hour of a point's days brought; hours without income have no row. */
export function incomeHours(
  sql: Sql,
  question: { point: string; from: BusinessDate; to: BusinessDate },
  scope: Scope,
): Promise<HourRow[]> {
  const conditions = new Conditions()
    .add('p.code = {}', question.point)
    .add('h.business_date >= {}', question.from)
    .add('h.business_date <= {}', question.to)
    .add(RUN_BY_ON('h.point_id', 'h.business_date'), scope.operatorCode);
  return sql.query<HourRow>(
    `SELECT h.business_date AS date, h.hour, sum(h.count)::bigint AS count, sum(h.amount)::bigint AS amount
     FROM income_hours h JOIN points p ON p.id = h.point_id ${conditions.where} GROUP BY 1, 2 ORDER BY 1, 2`,
    conditions.values,
  );
}

/** The state of the city, or of an operator's part of it, at this moment: what the live stream tells. */
export interface LiveState {
  date: BusinessDate;
  count: number;
  amount: number;
  openCases: number;
  /** Open cases of each severity that has any. */
  openBySeverity: Record<string, number>;
  overdueCases: number;
  /** Exceptions that are certain, and those that time may still mend. */
  mismatched: number;
  expected: number;
  openAlarms: number;
}

export async function liveState(sql: Sql, scope: Scope): Promise<LiveState> {
  const own = (condition: string): string => `($1::text IS NULL OR ${condition.replaceAll('{}', '$1')})`;
  const [state] = await sql.query<Omit<LiveState, 'openCases'>>(
    `SELECT ${TODAY}::text AS date, coalesce(sum(i.count), 0)::bigint AS count, coalesce(sum(i.amount), 0)::bigint AS amount,
       (SELECT count(*) FROM alarms a WHERE a.cleared_at IS NULL AND $1::text IS NULL) AS "openAlarms",
       (SELECT coalesce(json_object_agg(severity, cases), '{}') FROM (SELECT severity, count(*) AS cases
          FROM cases c WHERE ${OPEN} AND ${own('c.operator_code = {}')} GROUP BY severity) each) AS "openBySeverity",
       (SELECT count(*) FROM cases c WHERE ${OVERDUE} AND ${own('c.operator_code = {}')}) AS "overdueCases",
       (SELECT count(*) FROM exceptions e WHERE e.state = 'mismatched' AND ${own(EXCEPTION_OF)}) AS mismatched,
       (SELECT count(*) FROM exceptions e WHERE e.state = 'expected' AND ${own(EXCEPTION_OF)}) AS expected
     FROM income_days i WHERE i.business_date = ${TODAY} AND ${own(RUN_BY_ON('i.point_id', 'i.business_date'))}`,
    [scope.operatorCode ?? null],
  );
  return { ...state!, openCases: Object.values(state!.openBySeverity).reduce((sum, cases) => sum + cases, 0) };
}
