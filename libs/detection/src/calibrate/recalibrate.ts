import { daysBetween, type BusinessDate } from '@app/kernel';
import type { Calibration } from '../assess/assess-settings.js';
import { DELIVERED_POINTS, thresholdOf } from './threshold.js';
import { SILENT_DAYS } from '../fusion/episodes.js';

/** The highest reading of a point on a day, as `Assessment.scores` tells it. */
export interface DailyScore {
  readonly date: BusinessDate;
  readonly point: string;
  readonly score: number;
}

/** What officers found out about a suspicion: `theft` days teach nothing of false cases, `honest` ones do. */
export interface CaseVerdict {
  readonly point: string;
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly verdict: 'theft' | 'honest';
}

export interface CalibrationReport {
  readonly calibration: Calibration;
  /** Point-days that were believed honest, and the rate of false cases a week of the city at each threshold. */
  readonly honestPointDays: number;
  readonly thresholds: readonly {
    readonly falseCasesPerWeek: number;
    readonly threshold: number;
    readonly extrapolated: boolean;
  }[];
}

const RATES_PER_WEEK = [0.25, 0.5, 1, 2, 5, 10, 20] as const;
/** Without a verdict, cases far above everything are left out: theft is what they most likely are. */
const UNJUDGED_MAX = 6;
const POINT_DAYS_MIN = 2000;
const TAIL_FROM = 0.9;
const TAIL_TO = 0.995;
/**
 * Learned thresholds stay within this reach of what was delivered: unjudged thefts count as honest scores and lift them,
 * and a past in which officers confirmed much leaves few honest days to learn from.
 */
const REACH_DOWN = 1.2;
const REACH_UP = 3;

/**
 * Thresholds out of the city's own past: cases that honest point-days made at each score, counted as officers would have
 * met them (first day above, then a week of silence). Where the past is too short for a rate, the tail of the scores
 * (exponential between its 90 % and 99.5 % quantiles, which the few thieves hardly move) goes on.
 *
 * @param points how many points the city has now
 * @returns null when there is too little past: keep what was
 */
export function recalibrate(
  scores: readonly DailyScore[],
  verdicts: readonly CaseVerdict[],
  points: number,
): CalibrationReport | null {
  const ofPoint = new Map<string, CaseVerdict[]>();
  for (const verdict of verdicts) ofPoint.set(verdict.point, [...(ofPoint.get(verdict.point) ?? []), verdict]);
  const honest = scores.filter((score) => isHonest(score, ofPoint.get(score.point) ?? [])).sort(byPointAndDay);
  if (honest.length < POINT_DAYS_MIN) return null;
  const sorted = honest.map((row) => row.score).sort((a, b) => a - b);
  const tail = tailOf(sorted);
  const thresholds = RATES_PER_WEEK.map((falseCasesPerWeek) => {
    const perPointDay = falseCasesPerWeek / (7 * Math.max(1, points));
    const isCounted = perPointDay * honest.length >= 3;
    const threshold = isCounted ? countedThreshold(honest, sorted, perPointDay) : tail(perPointDay);
    const delivered = thresholdOf({
      falseCasesPerWeek: (falseCasesPerWeek * DELIVERED_POINTS) / Math.max(1, points),
      calibration: null,
    });
    const within = Math.min(delivered + REACH_UP, Math.max(0, delivered - REACH_DOWN, threshold));
    return { falseCasesPerWeek, threshold: within, extrapolated: !isCounted };
  });
  // A rarer case never has a lower threshold.
  let least = -Infinity;
  const steady = [...thresholds].reverse().map((row) => {
    least = Math.max(least, row.threshold);
    return { ...row, threshold: least };
  });
  steady.reverse();
  const calibration: Calibration = {
    version: 1,
    thresholds: steady.map(({ falseCasesPerWeek, threshold }) => ({ falseCasesPerWeek, threshold })),
  };
  return { calibration, honestPointDays: honest.length, thresholds: steady };
}

function isHonest({ date, score }: DailyScore, verdicts: readonly CaseVerdict[]): boolean {
  if (!Number.isFinite(score)) return false;
  const own = verdicts.filter((v) => v.from <= date && date <= v.to);
  if (own.some((v) => v.verdict === 'theft')) return false;
  return own.length > 0 || score <= UNJUDGED_MAX;
}

function byPointAndDay(a: DailyScore, b: DailyScore): number {
  if (a.point !== b.point) return a.point < b.point ? -1 : 1;
  return a.date < b.date ? -1 : a.date > b.date ? 1 : 0;
}

function casesAbove(rows: readonly DailyScore[], threshold: number): number {
  let cases = 0;
  let last: DailyScore | null = null;
  for (const row of rows) {
    if (row.score <= threshold) continue;
    if (last && last.point === row.point && daysBetween(last.date, row.date) <= SILENT_DAYS) continue;
    cases++;
    last = row;
  }
  return cases;
}

function countedThreshold(rows: readonly DailyScore[], sorted: readonly number[], perPointDay: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (casesAbove(rows, sorted[middle]!) <= perPointDay * rows.length) high = middle;
    else low = middle + 1;
  }
  return sorted[low]!;
}

/** Score that is passed with a chance: exponential beyond the 90 % quantile. */
function tailOf(sorted: readonly number[]): (chance: number) => number {
  const at = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
  const low = at(TAIL_FROM);
  const scale = Math.max(0.1, (at(TAIL_TO) - low) / Math.log((1 - TAIL_FROM) / (1 - TAIL_TO)));
  return (chance) => low + scale * Math.log((1 - TAIL_FROM) / chance);
}
