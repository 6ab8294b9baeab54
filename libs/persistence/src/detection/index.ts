export * from './calendar-events.js';
export * from './detector-settings.js';
export * from './field-count-plans.js';
export * from './field-counts.js';
export * from './views.js';
export { askAssessment } from './work.js';
export * from './notes.js';
export * from './propose-counts.js';
export * from './quality.js';
