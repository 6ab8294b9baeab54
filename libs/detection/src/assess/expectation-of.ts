import type { DayScore } from '../detector.js';
import type { PointDay } from '../input/city-day.js';
import type { AssessSettings } from './assess-settings.js';
import type { PointExpectation, Range } from './assessment.js';

/** The day's expectation of a point, split over hours and classes, with intervals that widen as the numbers get small. */
export function expectationOf(score: DayScore, day: PointDay | undefined, settings: AssessSettings): PointExpectation {
  const { expected, lower, upper, recorded } = score;
  const counted = hourTotals(day);
  const whole = score.hours.reduce((sum, value) => sum + value, 0);
  const part = (share: number, seen: number | null): Range => rangeOf(score, share, seen, settings);
  const classes = classShares(day);
  const fee = feesOf(day, classes, score.hours);
  const amount =
    expected === null || fee.high === 0
      ? null
      : {
          expected: Math.round(expected * fee.mean),
          lower: Math.round(lower! * fee.low),
          upper: Math.round(upper! * fee.high),
        };
  return {
    point: score.point,
    expected,
    lower,
    upper,
    recorded,
    amount,
    score: score.score,
    notes: score.notes,
    terms: score.terms,
    hours: score.hours.map((value, hour) => ({
      hour,
      ...part(whole > 0 ? value / whole : 0, counted?.[hour] ?? null),
    })),
    classes: classes.map(({ vehicleClass, share, count }) => ({ vehicleClass, ...part(share, count) })),
  };
}

/** Rupiah a vehicle: on a day whose tariff changed, the mean by the hours expected, between the two. */
function feesOf(
  day: PointDay | undefined,
  classes: readonly { share: number; vehicleClass: string }[],
  hours: readonly number[],
): { low: number; mean: number; high: number } {
  const feeBy = (fees: Readonly<Record<string, number>>): number =>
    classes.reduce((sum, { share, vehicleClass }) => sum + share * (fees[vehicleClass] ?? 0), 0);
  const after = feeBy(day?.fees ?? {});
  if (!day?.feesBefore) return { low: after, mean: after, high: after };
  const before = feeBy(day.feesBefore.fees);
  const { minute } = day.feesBefore;
  const whole = hours.reduce((sum, value) => sum + value, 0);
  const early = hours.reduce((sum, value, hour) => sum + value * Math.min(1, Math.max(0, minute / 60 - hour)), 0);
  const part = whole > 0 ? early / whole : minute / 1440;
  return {
    low: Math.min(before, after),
    mean: part * before + (1 - part) * after,
    high: Math.max(before, after),
  };
}

function hourTotals(day: PointDay | undefined): number[] | null {
  if (!day?.opening) return null;
  const out = new Array<number>(24).fill(0);
  for (const row of day.counts) if (row.hour >= 0 && row.hour < 24) out[row.hour]! += row.count;
  return out;
}

/** A part of the day: the day's relative width, and the part's own scatter (variance = mean + k mean^2). */
function rangeOf(score: DayScore, share: number, seen: number | null, { volume }: AssessSettings): Range {
  if (score.expected === null) return { expected: null, lower: null, upper: null, recorded: seen };
  const mean = score.expected * share;
  const scatter = 1.645 * Math.sqrt(1.9 * mean + volume.overdispersion * mean * mean);
  const down = Math.hypot((score.expected - score.lower!) * share, scatter);
  const up = Math.hypot((score.upper! - score.expected) * share, scatter);
  return { expected: mean, lower: Math.max(0, mean - down), upper: mean + up, recorded: seen };
}

function classShares(day: PointDay | undefined): { vehicleClass: string; share: number; count: number }[] {
  const counts = new Map<string, number>();
  for (const row of day?.counts ?? []) counts.set(row.vehicleClass, (counts.get(row.vehicleClass) ?? 0) + row.count);
  const n = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([vehicleClass, count]) => ({ vehicleClass, share: n > 0 ? count / n : 0, count }));
}
