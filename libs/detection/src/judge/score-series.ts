import type { ScoreTable } from './cases.js';
import { dateOf, dayCounts, type Series } from './series.js';
import type { BusinessDate } from '@app/kernel';
import type { DayKind } from '../calendar/day-kind.js';
import { createDetector, type Detector, type DayScore } from '../detector.js';
import { defaultSettings, type DetectorSettings } from '../settings.js';
import type { DetectorState } from '../state.js';

export interface ScoredSeries extends ScoreTable {
  /** Share of judged test days whose count lies in [lower, upper]; days with data only. */
  readonly coverage: number;
}

export interface ScoreOptions {
  readonly settings?: DetectorSettings;
  readonly state?: DetectorState;
  readonly from?: number;
  readonly coverageFrom?: number;
  /** The calendar of the place where the series was counted; without it every day is an ordinary one. */
  readonly kindOf?: (date: BusinessDate) => DayKind | null;
}

/**
 * Run the detector over a series, from its beginning or from the state it had before day `from`.
 *
 * @param visit called with each day's rows
 */
export function scoreSeries(
  series: Series,
  options: ScoreOptions = {},
  visit?: (day: number, rows: readonly DayScore[], detector: Detector) => void,
): ScoredSeries {
  const { settings = defaultSettings, state, from = 0, coverageFrom = 0, kindOf } = options;
  const detector = createDetector(settings, state);
  const index = new Map(series.points.map((point, p) => [point, p]));
  const scores = new Float64Array(series.points.length * series.days).fill(NaN);
  let judged = 0;
  let inside = 0;
  for (let day = from; day < series.days; day++) {
    const date = dateOf(series, day);
    const rows = detector.ingestDay(date, dayCounts(series, day), kindOf?.(date));
    visit?.(day, rows, detector);
    for (const row of rows) {
      scores[index.get(row.point)! * series.days + day] = row.score ?? NaN;
      if (day < coverageFrom || row.recorded === null || row.expected === null) continue;
      judged++;
      if (row.recorded >= row.lower! && row.recorded <= row.upper!) inside++;
    }
  }
  return { points: series.points.length, days: series.days, scores, coverage: judged > 0 ? inside / judged : NaN };
}
