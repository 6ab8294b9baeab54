import { paymentsIn, rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Charging more than a quarter of an hour before opening or after closing, as a habit. */
export const offHours: PatternEvidence = {
  pattern: 'off-hours',
  prior: 0,
  own: (window) =>
    rateEvidence(window, 'offHours', paymentsIn(window), {
      id: 'pembayaran di luar jam operasi',
      en: 'payments outside opening hours',
    }),
  rupiah: (window) => tallyOf(window, 'offHours').amount,
};
