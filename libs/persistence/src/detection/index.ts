export * from './calendar-events.js';
export * from './detector-settings.js';
export * from './field-count-plans.js';
export * from './field-counts.js';
export * from './views.js';
export { askAssessment } from './work.js';
export * from './notes.js';
export * from './propose-counts.js';
export * from './quality.js';
export {
  DayAssessor,
  loadAssessSettings,
  type AssessedDay,
  type AssessOptions,
  type AssessStep,
} from './assess-days.js';
export { loadCityDay } from './city-day.js';
export { keepState } from './states.js';
export { replantIfDue, type ReplantDone } from './replant.js';
