import { addDays, type BusinessDate } from '@app/kernel';
import {
  calibrateByControl,
  controlFactorOf,
  learnTurnover,
  potentialOf,
  type CityDay,
  type ControlDays,
  type ControlFactor,
  type PointDay,
  type Potential,
  type RupiahRange,
} from '@app/detection';
import type { Sql } from '../database.js';
import { dayTypes, loadSamples } from './count-samples.js';

/** A range wider than this (high over low) says less than the point's own past. */
const RANGE_MAX = 2.5;
/** Control days tell for so long. */
const CONTROL_KEPT_DAYS = 180;

/**
 * Makes a day's potential what is known now: of a point that was counted well, by its field counts, also where its own
 * past says less (a point that was always skimmed has no honest past); of any other, what its past lets expect, lifted
 * by what the city's control days show that such a past hides.
 */
export async function replacePotentials(sql: Sql, day: CityDay, nowMs: number): Promise<void> {
  const counted = [...(await countedPotentials(sql, day))].map(([point, found]) => ({ point, ...found }));
  const isSure = ({ low, high }: Potential): boolean => high <= RANGE_MAX * low;
  await sql.query('DELETE FROM potential_days WHERE business_date = $1', [day.date]);
  const fill = (basis: 'field-count' | 'expectation', rows: readonly object[], factor = 1): Promise<unknown[]> =>
    sql.query(
      `INSERT INTO potential_days (business_date, point_id, basis, low, mid, high, classes, made_at, control_factor)
       SELECT $2::date, p.id, $4, c.low, c.mid, c.high, c.classes, $3::timestamptz, $5
         FROM jsonb_to_recordset($1::jsonb) AS c (point text, low bigint, mid bigint, high bigint, classes jsonb)
         JOIN points p ON p.code = c.point ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows), day.date, new Date(nowMs), basis, factor],
    );
  await fill('field-count', counted.filter(isSure));
  const control = await controlOf(sql, day.date);
  await fill('expectation', await expectedPotentials(sql, day.date, control), control.factor);
  await fill(
    'field-count',
    counted.filter((found) => !isSure(found)),
  );
}

/** By how much the city's watched points recorded more than their past let expect, up to this day. */
export async function controlOf(sql: Sql, date: BusinessDate): Promise<ControlFactor> {
  const [days] = await sql.query<ControlDays>(CONTROL_DAYS, [addDays(date, -CONTROL_KEPT_DAYS), date]);
  return controlFactorOf(days!);
}

/** A point under suspicion was watched because of it: it says nothing of the others. */
const CONTROL_DAYS = /* sql */ `
SELECT count(*) AS days, coalesce(sum(e.recorded), 0) AS recorded, coalesce(sum(e.expected), 0) AS expected
  FROM current_expectation_days e
 WHERE e.supervised AND e.business_date BETWEEN $1 AND $2 AND e.recorded IS NOT NULL AND e.expected > 0
   AND NOT EXISTS (SELECT FROM suspicions s WHERE s.point_id = e.point_id AND s.withdrawn_at IS NULL
     AND e.business_date BETWEEN s.from_date AND s.to_date + 14)`;

async function expectedPotentials(sql: Sql, date: BusinessDate, control: ControlFactor): Promise<object[]> {
  const rows = await sql.query<RupiahRange & { point: string; classes: object }>(
    `SELECT p.code AS point, e.amount_lower AS low, e.amount AS mid, e.amount_upper AS high, e.classes
       FROM current_expectation_days e JOIN points p ON p.id = e.point_id
      WHERE e.business_date = $1 AND e.amount IS NOT NULL AND 0 <= e.amount_lower AND e.amount_lower <= e.amount
        AND e.amount <= e.amount_upper`,
    [date],
  );
  return rows.map((row) => ({ ...row, ...calibrateByControl(row, control) }));
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
