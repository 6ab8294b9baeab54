export * from './account.js';
export * from './balances.js';
export * from './contracts.js';
export * from './entry.js';
export * from './events.js';
export { arrearsOf, entryIdOf, post } from './post.js';
