import type { DayScore } from '../detector.js';
import { isOff } from '../fusion/read-shift.js';
import type { PointDay } from '../input/city-day.js';

export interface HourFactors {
  /** A point's expectation by hour, moved by what this hour does at all other points today (fasting, Friday, rain). */
  expectedAt(point: string, hours: readonly number[]): number[];
}

const USUAL_WEIGHS = 30;

/** How each hour of today stands to its expectation over the city. */
export function cityHours(points: readonly PointDay[], scores: ReadonlyMap<string, DayScore>): HourFactors {
  const seen = new Map<string, Float64Array>();
  const due = new Map<string, Float64Array>();
  const allSeen = new Float64Array(24);
  const allDue = new Float64Array(24);
  for (const point of points) {
    const hours = scores.get(point.point)?.hours ?? [];
    const wasOff = point.devices.some((device) => device.silences.some((s) => isOff(s) && s.to - s.from >= 30));
    if (hours.length === 0 || point.opening === null || wasOff) continue;
    const own = new Float64Array(24);
    for (const row of point.counts) if (row.hour >= 0 && row.hour < 24) own[row.hour]! += row.count;
    for (let hour = 0; hour < 24; hour++) {
      allSeen[hour]! += own[hour]!;
      allDue[hour]! += hours[hour]!;
    }
    seen.set(point.point, own);
    due.set(point.point, Float64Array.from(hours));
  }
  return {
    expectedAt: (point, hours) =>
      hours.map((expected, hour) => {
        const others = allSeen[hour]! - (seen.get(point)?.[hour] ?? 0);
        const theirs = allDue[hour]! - (due.get(point)?.[hour] ?? 0);
        return expected * Math.min(3, Math.max(0.2, (others + USUAL_WEIGHS) / (theirs + USUAL_WEIGHS)));
      }),
  };
}
