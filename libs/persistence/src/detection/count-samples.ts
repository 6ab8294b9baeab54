import { addDays, businessDateOf, HOUR_MS, startOfBusinessDay, weekdayOf, type BusinessDate } from '@app/kernel';
import { nationalHolidayOf, type CountSample, type DayType } from '@app/detection';
import type { Sql } from '../database.js';
import type { ClassCount } from './field-counts.js';

/** Counts of people are looked back at this long, those of sensors, which come every day, this long. */
const TEAM_DAYS = 180;
const DEVICE_DAYS = 28;

/** A stretch shorter than this of an hour says nothing of it. */
const SHARE_MIN = 0.05;

/** Counts up to a day, cut into hours (a stretch's arrivals are spread over it), with what day type each was. */
export async function loadSamples(sql: Sql, date: BusinessDate): Promise<CountSample[]> {
  const rows = await sql.query<{ point: string; from: number; to: number; classes: Record<string, ClassCount> }>(
    `SELECT p.code AS point, f.from_at AS "from", f.to_at AS "to", f.classes
       FROM current_field_counts f JOIN points p ON p.id = f.point_id
      WHERE f.business_date BETWEEN $2 AND $1 AND (f.source <> 'device' OR f.business_date >= $3)
      ORDER BY f.from_at, f.id`,
    [date, addDays(date, -TEAM_DAYS), addDays(date, -DEVICE_DAYS)],
  );
  const dayTypeOf = await dayTypes(sql, addDays(date, -TEAM_DAYS), date);
  return rows.flatMap(({ point, from, to, classes }) =>
    Object.entries(classes).flatMap(([vehicleClass, { arrivals, exempt }]) =>
      arrivals === undefined
        ? []
        : hoursOf(from, to).map(({ day, hour, share, part }): CountSample => ({
            point,
            vehicleClass,
            date: day,
            dayType: dayTypeOf(day),
            hour,
            share,
            arrivals: arrivals * part,
            exempt: exempt === undefined ? null : exempt * part,
          })),
    ),
  );
}

/** Sundays and public holidays (national ones not called ordinary, and those that officers entered) are of one type. */
export async function dayTypes(
  sql: Sql,
  from: BusinessDate,
  to: BusinessDate,
): Promise<(date: BusinessDate) => DayType> {
  const rows = await sql.query<{ day: BusinessDate }>('SELECT day FROM holidays WHERE day BETWEEN $1 AND $2', [
    from,
    to,
  ]);
  const holidays = new Set(rows.map(({ day }) => day));
  const ordinary = await sql.query<{ day: BusinessDate }>(
    `SELECT d::date AS day FROM calendar_events, generate_series(from_date, to_date, interval '1 day') AS d
      WHERE kind = 'ordinary' AND district IS NULL AND point_id IS NULL AND withdrawn_at IS NULL
        AND from_date <= $2 AND to_date >= $1`,
    [from, to],
  );
  const ordinaryDays = new Set(ordinary.map(({ day }) => day));
  return (date) => {
    const weekday = weekdayOf(date);
    const isNational = nationalHolidayOf(date) !== null && !ordinaryDays.has(date);
    return weekday === 0 || holidays.has(date) || isNational ? 2 : weekday === 6 ? 1 : 0;
  };
}

function hoursOf(from: number, to: number): { day: BusinessDate; hour: number; share: number; part: number }[] {
  const out = [];
  const first = startOfBusinessDay(businessDateOf(from));
  for (let begin = first + Math.floor((from - first) / HOUR_MS) * HOUR_MS; begin < to; begin += HOUR_MS) {
    const span = Math.min(to, begin + HOUR_MS) - Math.max(from, begin);
    const day = businessDateOf(begin);
    const hour = Math.round((begin - startOfBusinessDay(day)) / HOUR_MS);
    if (span / HOUR_MS >= SHARE_MIN) out.push({ day, hour, share: span / HOUR_MS, part: span / (to - from) });
  }
  return out;
}
