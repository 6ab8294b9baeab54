export { countedOf } from './check-cash.js';
export { parseSerial, type UnknownReason } from './check-tickets.js';
export {
  exceptionId,
  type EvidenceRef,
  type ExceptionPattern,
  type MoneyException,
  type Subject,
} from './exception.js';
export * from './facts.js';
export { type PaymentMatch } from './match-payments.js';
export { batchesOf, type PayoutMatch } from './match-payouts.js';
export * from './reconcile.js';
export * from './rules.js';
