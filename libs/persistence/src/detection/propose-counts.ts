import { addDays, weekdayOf, type BusinessDate, type Rupiah } from '@app/kernel';
import { proposeCounts, type CountCandidate, type CountForce, type ProposedCount } from '@app/detection';
import { hoursOn } from '@app/registry';
import type { Sql } from '../database.js';
import { loadPoints } from '../ingest/registry-loader.js';

/** Where a team should count, and why. */
export interface CountProposal extends ProposedCount {
  rank: number;
  pointName: string;
}

/** What is expected is taken from so many days, and how it lies over the hours, a hundred times the rows, from the last week. */
const RECENT_DAYS = 28;
const HOURS_DAYS = 7;

interface CandidateRow {
  id: number;
  code: string;
  name: string;
  low: Rupiah | null;
  mid: Rupiah | null;
  high: Rupiah | null;
  recorded: Rupiah;
  suspected: Rupiah;
  lastCount: number | null;
  byHour: Record<string, number> | null;
}

/** Where the people at hand would learn or recover most on a day. Points with a plan for that day are left out. */
export async function proposeFieldCounts(
  sql: Sql,
  { date, today, ...force }: CountForce & { date: BusinessDate; today: BusinessDate },
): Promise<CountProposal[]> {
  const rows = await sql.query<CandidateRow>(CANDIDATES, [addDays(today, -RECENT_DAYS), today, date]);
  const points = await loadPoints(sql);
  const names = new Map(rows.map(({ code, name }) => [code, name]));
  const candidates = rows.map((row): CountCandidate => {
    const hours = hoursOn(points.get(row.id)!, date);
    const span = hours ? hours[String(weekdayOf(date))] : ([0, 1440] as const);
    const isOpen = (hour: number): boolean =>
      span !== undefined && 60 * hour >= span[0] && 60 * hour + 60 <= (span[1] > span[0] ? span[1] : 1440);
    const { low, mid, high } = row;
    return {
      point: row.code,
      potential: low === null || mid === null || high === null ? null : { low, mid, high },
      recorded: row.recorded,
      suspected: row.suspected,
      lastCountDays: row.lastCount,
      byHour: Array.from({ length: 24 }, (_, hour) => (isOpen(hour) ? (row.byHour?.[hour] ?? 0) : 0)),
    };
  });
  return proposeCounts(candidates, force).map((found, i) => ({
    ...found,
    rank: i + 1,
    pointName: names.get(found.point)!,
  }));
}

const CANDIDATES = /* sql */ `
SELECT p.id, p.code, p.name, d.low, d.mid, d.high, coalesce(d.recorded, 0) AS recorded, coalesce(s.suspected, 0) AS suspected,
       $2::date - c.last AS "lastCount", h."byHour"
  FROM points p
  LEFT JOIN (SELECT point_id, avg(low) FILTER (WHERE known > 0)::bigint AS low, avg(mid) FILTER (WHERE known > 0)::bigint AS mid,
              avg(high) FILTER (WHERE known > 0)::bigint AS high, avg(recorded) FILTER (WHERE count <> 0)::bigint AS recorded
              FROM road_days WHERE business_date BETWEEN $1 AND $2 GROUP BY 1) d ON d.point_id = p.id
  LEFT JOIN (SELECT point_id, sum(rupiah_mid * 30 / (to_date - from_date + 1))::bigint AS suspected FROM suspicions
              WHERE withdrawn_at IS NULL AND to_date >= $1 AND NOT EXISTS (SELECT FROM cases k WHERE k.id = case_id
                AND k.state = 'resolved') GROUP BY 1) s ON s.point_id = p.id
  LEFT JOIN (SELECT point_id, max(business_date) AS last FROM current_field_counts WHERE business_date <= $2 GROUP BY 1) c
    ON c.point_id = p.id
  LEFT JOIN (SELECT point_id, jsonb_object_agg(hour, mean) AS "byHour" FROM (
              SELECT point_id, hour, sum(count)::float8 / ${HOURS_DAYS} AS mean FROM income_hours
               WHERE business_date > $2::date - ${HOURS_DAYS} AND business_date <= $2 GROUP BY 1, 2) x GROUP BY 1) h ON h.point_id = p.id
 WHERE p.closed_at IS NULL AND h."byHour" IS NOT NULL AND NOT EXISTS (SELECT FROM field_count_plans g
   WHERE g.point_id = p.id AND g.planned_on = $3 AND g.cancelled_at IS NULL)
 ORDER BY p.code`;
