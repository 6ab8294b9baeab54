export * from './sealing.js';
export * from './snapshot.js';
