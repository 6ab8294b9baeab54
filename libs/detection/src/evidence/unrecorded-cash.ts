import { cashGone, cashShareGone } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Shifts worked before the window until somebody counts as known at the point. */
export const KNOWN_AFTER_SHIFTS = 5;

/** Cash falls while payments by QRIS and card hold, and the whole falls by as much. */
export const unrecordedCash: PatternEvidence = {
  pattern: 'unrecorded-cash',
  prior: 0,
  tilt: cashGone,
  own: ({ tenure }) => ({ weight: tenure < KNOWN_AFTER_SHIFTS ? -1.5 : 0, terms: [] }),
  rupiah: cashShareGone,
};
