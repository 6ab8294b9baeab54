export * from './acquirer-store.js';
export * from './notice-store.js';
export * from './order-store.js';
export * from './qris-views.js';
