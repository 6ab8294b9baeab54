export { createDetector, type DayScore, type Detector, type HourCount, type ScoreTerms } from './detector.js';
export type { ScoreNote } from './expectation/day.js';
export { defaultSettings, type DetectorSettings } from './settings.js';
export type { DetectorState } from './state.js';
export { dayKindOf, type DayKind } from './calendar/day-kind.js';
export { islamicSeasonOf, type IslamicSeason } from './calendar/islamic-months.js';
export { isTold } from './calendar/day-kind.js';
export { nationalHolidayOf } from './calendar/national-holidays.js';
export { assessDay, ENGINE } from './assess/assess-day.js';
export { Assessor, type AssessState } from './assess/assessor.js';
export { defaultAssessSettings, type AssessSettings, type Calibration } from './assess/assess-settings.js';
export type {
  Assessment,
  DayNote,
  EvidenceTerm,
  PointExpectation,
  PointScore,
  Range,
  Suspicion,
} from './assess/assessment.js';
export type * from './input/city-day.js';
export type { DeviceFacts, JournalBody, JournalFact, PointFacts } from './input/journal-fact.js';
export { rollUpPointDay } from './input/roll-up.js';
export { learnTurnover, type CountSample, type DayType, type Turnover } from './field-counts/samples.js';
export { potentialOf, type ClassPotential, type Potential } from './field-counts/potential.js';
export {
  calibrateByControl,
  controlFactorOf,
  type ControlDays,
  type ControlFactor,
  type RupiahRange,
} from './field-counts/control.js';
export { proposeCounts, type CountCandidate, type CountForce, type ProposedCount } from './field-counts/plan-counts.js';
export { falseCaseFactor, type VerdictCount } from './calibrate/verdicts.js';
export { baselines } from './judge/baselines.js';
export { casesOf, thresholdFor, type ScoreTable } from './judge/cases.js';
export type { Series } from './judge/series.js';
export { recalibrate, type CalibrationReport, type CaseVerdict, type DailyScore } from './calibrate/recalibrate.js';
export { thresholdOf } from './calibrate/threshold.js';
export { Replant, REPLANT_DAYS_MIN, type PlantedRecall } from './replant/replant.js';
