export * from './case.js';
export * from './case-event.js';
export * from './findings.js';
export { applyMove, moveTable, type Actor, type CaseError, type CaseMove, type Moved, type Role } from './moves.js';
export * from './severity.js';
