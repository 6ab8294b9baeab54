import { RATE_RULES } from '../fusion/rate-streams.js';
import { rateEvidence, tallyOf, weighRate } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Honest people's late shifts are far off hours at most this often. */
const FAR_SHARE_MAX = 0.3;

/** Charging more than a quarter of an hour before opening or after closing, shift after shift; or far outside, even seldom. */
export const offHours: PatternEvidence = {
  pattern: 'off-hours',
  prior: 0,
  own: (window) => {
    const late = rateEvidence(window, 'offHours', {
      id: 'giliran kerja dengan pembayaran di luar jam operasi',
      en: 'shifts with payments outside opening hours',
    });
    const usual = Math.min(FAR_SHARE_MAX, window.rate('farOffHours') / window.rate('offHours'));
    const far = weighRate(
      'farOffHours',
      { ...tallyOf(window, 'farOffHours'), n: tallyOf(window, 'offHours').count, usual },
      RATE_RULES.farOffHours.strength,
      { id: 'di antaranya lebih dari satu jam di luar jam operasi', en: 'of them more than an hour outside' },
    );
    // A late hour is no excuse because it was not a later one.
    return { weight: late.weight + Math.max(0, far.weight), terms: [...late.terms, ...far.terms] };
  },
  rupiah: (window) => tallyOf(window, 'offHours').amount,
};
