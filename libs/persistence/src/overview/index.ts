export * from './overview.js';
export * from './saved-views.js';
