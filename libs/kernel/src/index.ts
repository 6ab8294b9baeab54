export * from './business-day.js';
export * from './clock.js';
export * from './invariant.js';
export * from './random.js';
export * from './result.js';
export * from './rupiah.js';
