/** The closed word lists of protocol version 1. A word outside its list is a bad schema. */
export const VEHICLE_CLASSES = ['motorcycle', 'car', 'minibus', 'truck', 'trailer'] as const;
export type VehicleClass = (typeof VEHICLE_CLASSES)[number];

export const METHODS = ['cash', 'qris', 'card', 'subscription', 'free'] as const;
export type Method = (typeof METHODS)[number];

export const RECORD_TYPES = [
  'payment',
  'void',
  'shift-open',
  'shift-close',
  'collection',
  'count',
  'boot',
  'test',
] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** What became of a journal record. */
export const OUTCOMES = ['accepted', 'duplicate', 'conflict', 'quarantined'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a message or record is in quarantine, in the order in which the gateway looks. */
export const QUARANTINE_CODES = ['too-large', 'bad-json', 'bad-schema', 'unknown-epoch', 'bad-mac'] as const;
export type QuarantineCode = (typeof QUARANTINE_CODES)[number];

/** What an officer should know about an accepted record. A flag never refuses. */
export const FLAGS = [
  'wrong-tariff',
  'clock-skew',
  'broken-chain',
  'unknown-attendant',
  'unknown-shift',
  'outside-hours',
  'outside-geofence',
  'free-zone',
  'subscriber',
  'void-without-effect',
] as const;
export type Flag = (typeof FLAGS)[number];

export const COMMAND_NAMES = ['resend', 'lock', 'unlock', 'sync-config', 'message'] as const;
export type CommandName = (typeof COMMAND_NAMES)[number];

/** How a QRIS order ended. */
export const ORDER_STATES = ['paid', 'expired', 'failed', 'unavailable'] as const;
export type OrderState = (typeof ORDER_STATES)[number];
