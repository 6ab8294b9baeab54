export * from './canonical-json.js';
export { faultText, hasPlainStrings, type Fault } from './fault.js';
export * from './instants.js';
export * from './json-text.js';
export * from './limits.js';
export * from './message-faults.js';
export * from './record-faults.js';
export type {
  BodyOf,
  BootBody,
  ClassCount,
  CollectionBody,
  CountBody,
  PaymentBody,
  ShiftCloseBody,
  ShiftOpenBody,
  TestBody,
  VoidBody,
} from './schemas/bodies.js';
export type { ConfigHours, ConfigTariff, DeviceConfig, TariffRule } from './schemas/device-config.js';
export type { Envelope, JournalRecord, RecordOf } from './schemas/envelope.js';
export type {
  Command,
  OrderOffer,
  OrderStateMessage,
  PaymentMessage,
  QrisRequest,
  Receipt,
  ReceiptResult,
  Reply,
  Status,
  Telemetry,
} from './schemas/messages.js';
export * from './topics.js';
export * from './vocabulary.js';
