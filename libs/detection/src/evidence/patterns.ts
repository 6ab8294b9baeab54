import { assistedAbuse } from './assisted-abuse.js';
import { cashInsteadOfQris } from './cash-instead-of-qris.js';
import { cashUnderDeclared } from './cash-under-declared.js';
import { clockTampering } from './clock-tampering.js';
import { collectionDifference } from './collection-difference.js';
import { deviceOff } from './device-off.js';
import { fixedRemittance } from './fixed-remittance.js';
import { foreignQris } from './foreign-qris.js';
import { freeZoneCharge } from './free-zone-charge.js';
import { handOverStep } from './hand-over-step.js';
import { lapping } from './lapping.js';
import { offHours } from './off-hours.js';
import type { PatternEvidence } from './pattern.js';
import { serialReuse } from './serial-reuse.js';
import { serialUnknown } from './serial-unknown.js';
import { subscriberCharged } from './subscriber-charged.js';
import { subscriptionAbuse } from './subscription-abuse.js';
import { tariffMismatch } from './tariff-mismatch.js';
import { unrecordedCash } from './unrecorded-cash.js';
import { voidAbuse } from './void-abuse.js';
import { withheldRecords } from './withheld-records.js';
import { wrongClass } from './wrong-class.js';

/** Every pattern that is weighed. */
export const PATTERNS: readonly PatternEvidence[] = [
  unrecordedCash,
  handOverStep,
  withheldRecords,
  deviceOff,
  wrongClass,
  voidAbuse,
  cashInsteadOfQris,
  foreignQris,
  cashUnderDeclared,
  collectionDifference,
  lapping,
  fixedRemittance,
  offHours,
  freeZoneCharge,
  subscriberCharged,
  subscriptionAbuse,
  assistedAbuse,
  tariffMismatch,
  clockTampering,
  serialReuse,
  serialUnknown,
];
