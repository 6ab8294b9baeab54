import { learnTurnover, potentialOf, type CityDay, type PointDay, type Potential } from '@app/detection';
import type { Sql } from '../database.js';
import { dayTypes, loadSamples } from './count-samples.js';

/** A range wider than this (high over low) says less than the point's own past. */
const RANGE_MAX = 2.5;

/**
 * Makes a day's potential what is known now: of a point that was counted well, by its field counts, also where its own
 * past says less (a point that was always skimmed has no honest past); of any other, what its past lets expect.
 */
export async function replacePotentials(sql: Sql, day: CityDay, nowMs: number): Promise<void> {
  const counted = [...(await countedPotentials(sql, day))].map(([point, found]) => ({ point, ...found }));
  const isSure = ({ low, high }: Potential): boolean => high <= RANGE_MAX * low;
  await sql.query('DELETE FROM potential_days WHERE business_date = $1', [day.date]);
  const fill = (rows: readonly object[]): Promise<unknown[]> =>
    sql.query(
      `INSERT INTO potential_days (business_date, point_id, basis, low, mid, high, classes, made_at)
       SELECT $2::date, p.id, 'field-count', c.low, c.mid, c.high, c.classes, $3::timestamptz
         FROM jsonb_to_recordset($1::jsonb) AS c (point text, low bigint, mid bigint, high bigint, classes jsonb)
         JOIN points p ON p.code = c.point ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows), day.date, new Date(nowMs)],
    );
  await fill(counted.filter(isSure));
  await sql.query(
    `INSERT INTO potential_days (business_date, point_id, basis, low, mid, high, classes, made_at)
     SELECT business_date, point_id, 'expectation', amount_lower, amount, amount_upper, classes, $2
       FROM current_expectation_days WHERE business_date = $1 AND amount IS NOT NULL
        AND 0 <= amount_lower AND amount_lower <= amount AND amount <= amount_upper ON CONFLICT DO NOTHING`,
    [day.date, new Date(nowMs)],
  );
  await fill(counted.filter((found) => !isSure(found)));
}

/** Potential of the points that have field counts, by code; closed and free points owe nothing. */
export async function countedPotentials(sql: Sql, { date, points }: CityDay): Promise<Map<string, Potential>> {
  const samples = await loadSamples(sql, date);
  const byPoint = new Map(points.map((point) => [point.point, point]));
  const turnover = learnTurnover(samples, (point, vehicleClass) => byPoint.get(point)?.spaces[vehicleClass] ?? 0);
  const dayType = (await dayTypes(sql, date, date))(date);
  const out = new Map<string, Potential>();
  for (const point of points) {
    const { fees, spaces } = point;
    const own = samples.filter((sample) => sample.point === point.point);
    const openShare = openShares(point);
    const found = potentialOf({ point: point.point, date, dayType, openShare, fees, spaces, samples: own, turnover });
    if (found) out.set(point.point, found);
  }
  return out;
}

function openShares({ opening }: PointDay): number[] {
  return Array.from({ length: 24 }, (_, hour) =>
    opening ? Math.max(0, Math.min(opening.closes, 60 * hour + 60) - Math.max(opening.opens, 60 * hour)) / 60 : 0,
  );
}
