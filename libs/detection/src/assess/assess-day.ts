import type { Assessment, PointExpectation, Range } from './assessment.js';
import { createDetector, type DayScore, type HourCount } from '../detector.js';
import type { CityDay, PointDay } from '../input/city-day.js';
import type { DetectorState } from '../state.js';
import { defaultAssessSettings, type AssessSettings } from './assess-settings.js';

/** Name of the engine that made an assessment; a change that can change results changes it. */
export const ENGINE = 'fusion-1';

/** The memory between days, plain JSON. `null` before the first day. */
export interface AssessState {
  readonly version: 1;
  readonly volume: DetectorState;
}

/**
 * Assess one business day of the whole city. Pure and causal: the same state, day and settings give the same result, and
 * nothing of later days is known. Days must come in order.
 *
 * @param state what the day before returned; null for the first day
 */
export function assessDay(
  state: AssessState | null,
  day: CityDay,
  settings: AssessSettings = defaultAssessSettings,
): { state: AssessState; assessment: Assessment } {
  const detector = createDetector(settings.volume, state?.volume);
  const scores = detector.ingestDay(day.date, day.points.flatMap(hourCounts));
  const known = new Map(day.points.map((point) => [point.point, point]));
  const expectations = scores.map((score) => expectationOf(score, known.get(score.point)));
  return {
    state: { version: 1, volume: detector.state() },
    assessment: {
      date: day.date,
      engine: ENGINE,
      expectations,
      suspicions: [],
      notes: [],
      scores: scores.flatMap(({ point, score }) => (score === null ? [] : [{ point, score }])),
    },
  };
}

/** Payments by hour, voided ones included; zero in open hours without any, no data when closed. */
function hourCounts(point: PointDay): HourCount[] {
  const { opening } = point;
  return Array.from({ length: 24 }, (_, hour) => {
    const count = point.counts.filter((row) => row.hour === hour).reduce((sum, row) => sum + row.count, 0);
    const isOpen = opening !== null && hour * 60 < opening.closes && (hour + 1) * 60 > opening.opens;
    return { point: point.point, hour, count: isOpen ? count : null };
  });
}

function expectationOf(score: DayScore, day: PointDay | undefined): PointExpectation {
  const range: Range = {
    expected: score.expected,
    lower: score.lower,
    upper: score.upper,
    recorded: score.recorded,
  };
  void day;
  return {
    point: score.point,
    ...range,
    amount: null,
    score: score.score,
    notes: score.notes,
    terms: score.terms,
    hours: [],
    classes: [],
  };
}
