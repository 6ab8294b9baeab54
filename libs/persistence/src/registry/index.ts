export * from './devices.js';
export * from './income.js';
export * from './operators.js';
export * from './points.js';
export * from './provision-devices.js';
export * from './quarantine.js';
export * from './sessions.js';
export * from './users.js';
