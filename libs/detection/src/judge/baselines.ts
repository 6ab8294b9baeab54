import { weekdayOf } from '@app/kernel';
import { median } from '../expectation/robust.js';
import type { ScoreTable } from './cases.js';
import { dayTotals, type Series } from './series.js';

/** A detector as the judge sees it: a series in, a score a point-day out. All causal once trained on the first days. */
export type Scorer = (series: Series, trainDays: number) => ScoreTable;

/** Weight of the point's mean in its weekday means, days. */
const WEEKDAY_PRIOR_DAYS = 3;
const DRIFT_DAYS = 56;
const DRIFT_GUARD_DAYS = 7;

/** What cities use and what control charts offer, as measured in the literature; to compare with, not to use. */
export const baselines: Record<string, Scorer> = {
  '< 80 % of flat target': (series, train) => {
    const totals = dayTotals(series);
    const means = trainMeans(totals, series, train);
    return tableOf(series, (p, day) => 1 - totals[p * series.days + day]! / means[p]!);
  },
  'Shewhart, weekday': (series, train) => residuals(series, train, false),
  'EWMA .2, weekday': (series, train) => ewma(residuals(series, train, false)),
  'CUSUM .5, weekday': (series, train) => cusum(residuals(series, train, false)),
  'EWMA .2, peer + drift': (series, train) => ewma(residuals(series, train, true)),
  'CUSUM .5, peer + drift': (series, train) => cusum(residuals(series, train, true)),
};

function tableOf(series: Series, score: (point: number, day: number) => number): ScoreTable {
  const points = series.points.length;
  const scores = new Float64Array(points * series.days);
  for (let p = 0; p < points; p++)
    for (let day = 0; day < series.days; day++) scores[p * series.days + day] = score(p, day);
  return { points, days: series.days, scores };
}

function trainMeans(totals: Float64Array, series: Series, train: number): number[] {
  return series.points.map((_, p) => meanOf(totals.subarray(p * series.days, p * series.days + train)));
}

function meanOf(values: Iterable<number>): number {
  let sum = 0;
  let n = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    n++;
  }
  return n > 0 ? sum / n : NaN;
}

/** Relative shortfall against the weekday mean (with the common day factor and slow drift, if asked), in train sd. */
function residuals(series: Series, train: number, peers: boolean): ScoreTable {
  const { days } = series;
  const totals = dayTotals(series);
  const startWeekday = weekdayOf(series.start);
  const means = trainMeans(totals, series, train);
  const weekly = means.map((mean, p) =>
    Array.from({ length: 7 }, (_, weekday) => {
      const seen: number[] = [];
      for (let day = 0; day < train; day++)
        if ((startWeekday + day) % 7 === weekday) seen.push(totals[p * days + day]!);
      const kept = seen.filter((value) => !Number.isNaN(value));
      return (kept.reduce((a, b) => a + b, 0) + WEEKDAY_PRIOR_DAYS * mean) / (kept.length + WEEKDAY_PRIOR_DAYS);
    }),
  );
  const ratio = tableOf(series, (p, day) => totals[p * days + day]! / weekly[p]![(startWeekday + day) % 7]!);
  if (peers) {
    divideByCommonFactor(ratio);
    divideByDrift(ratio);
  }
  const short = tableOf(series, (p, day) => 1 - ratio.scores[p * days + day]!);
  const sds = means.map((_, p) => sdOf(short.scores.subarray(p * days + (peers ? 20 : 0), p * days + train)));
  return tableOf(series, (p, day) => short.scores[p * days + day]! / sds[p]!);
}

function sdOf(values: Float64Array): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2))) || 1;
}

function divideByCommonFactor({ points, days, scores }: ScoreTable): void {
  for (let day = 0; day < days; day++) {
    const factor = median(Array.from({ length: points }, (_, p) => scores[p * days + day]!));
    for (let p = 0; p < points; p++) scores[p * days + day]! /= factor > 0 ? factor : 1;
  }
}

function divideByDrift({ points, days, scores }: ScoreTable): void {
  for (let p = 0; p < points; p++) {
    const own = scores.slice(p * days, p * days + days);
    for (let day = 20; day < days; day++) {
      const to = day - DRIFT_GUARD_DAYS;
      const drift = median(own.subarray(Math.max(0, to - DRIFT_DAYS), to));
      scores[p * days + day] = own[day]! / (drift > 0.2 ? Math.min(5, drift) : 1);
    }
  }
}

function accumulate(table: ScoreTable, next: (sum: number, value: number) => number): ScoreTable {
  const scores = new Float64Array(table.scores.length);
  for (let p = 0; p < table.points; p++) {
    let sum = 0;
    for (let day = 0; day < table.days; day++) {
      const value = table.scores[p * table.days + day]!;
      if (!Number.isNaN(value)) sum = next(sum, value);
      scores[p * table.days + day] = sum;
    }
  }
  return { ...table, scores };
}

const ewma = (table: ScoreTable): ScoreTable => accumulate(table, (sum, value) => 0.8 * sum + 0.2 * value);
const cusum = (table: ScoreTable): ScoreTable => accumulate(table, (sum, value) => Math.max(0, sum + value - 0.5));
