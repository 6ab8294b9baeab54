export { createDetector, type DayScore, type Detector, type HourCount, type ScoreTerms } from './detector.js';
export type { ScoreNote } from './expectation/day.js';
export { defaultSettings, type DetectorSettings } from './settings.js';
export type { DetectorState } from './state.js';
