import { rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Charging more than a quarter of an hour before opening or after closing, shift after shift. */
export const offHours: PatternEvidence = {
  pattern: 'off-hours',
  prior: 0,
  own: (window) =>
    rateEvidence(window, 'offHours', {
      id: 'giliran kerja dengan pembayaran di luar jam operasi',
      en: 'shifts with payments outside opening hours',
    }),
  rupiah: (window) => tallyOf(window, 'offHours').amount,
};
