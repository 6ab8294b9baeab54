export * from './crc16.js';
export * from './qris.js';
export { type DataObject, type QrisError } from './tlv.js';
export * from './snap-notice.js';
export * from './snap-request.js';
export * from './snap-response.js';
export * from './snap-signature.js';
