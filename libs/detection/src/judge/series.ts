import { addDays, daysBetween, type BusinessDate } from '@app/kernel';
import type { HourCount } from '../detector.js';

/** Hourly counts of many points over consecutive days, compact: one number an hour. */
export interface Series {
  readonly points: readonly string[];
  /** The first day; days are consecutive. */
  readonly start: BusinessDate;
  readonly days: number;
  /** [(point * days + day) * 24 + hour]: a count, NaN = no data, negative = cannot be a count. */
  readonly counts: Float32Array;
}

/** One planted or true theft: from the first to the last day, both included. */
export interface Episode {
  readonly point: number;
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** One day's counts as the detector takes them. */
export function dayCounts(series: Series, day: number): HourCount[] {
  const out: HourCount[] = [];
  series.points.forEach((point, p) => {
    const at = (p * series.days + day) * 24;
    for (let hour = 0; hour < 24; hour++) {
      const count = series.counts[at + hour]!;
      out.push({ point, hour, count: Number.isNaN(count) ? null : count });
    }
  });
  return out;
}

/** Day totals, [point * days + day]; NaN unless every hour that is ever seen at the point is there. */
export function dayTotals(series: Series): Float64Array {
  const out = new Float64Array(series.points.length * series.days);
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let hour = 0; hour < 24; hour++) sum += series.counts[i * 24 + hour]!;
    out[i] = sum;
  }
  return out;
}

export function dateOf(series: Series, day: number): BusinessDate {
  return addDays(series.start, day);
}

export function dayOf(series: Series, date: BusinessDate): number {
  return daysBetween(series.start, date);
}
