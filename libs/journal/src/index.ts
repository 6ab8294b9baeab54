export * from './decide.js';
export { DeviceState, type EpochState, type WaitingVoid } from './device-state.js';
export type { FlagLimits } from './flags.js';
export * from './gap-policy.js';
export { collectNeeds, type Lookups, type Needs, type PlacedRecord } from './lookups.js';
export * from './plan.js';
export { Sequence, type GapChanges, type SeqRange } from './sequence.js';
export {
  messageDigest,
  verifyMessage,
  type Unacceptable,
  type VerifiedItem,
  type VerifiedRecord,
} from './verify-message.js';
