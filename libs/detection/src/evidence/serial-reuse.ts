import { rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** A ticket is sold twice. */
export const serialReuse: PatternEvidence = {
  pattern: 'serial-reuse',
  prior: 0,
  own: (window) =>
    rateEvidence(window, 'reused', {
      id: 'nomor karcis dipakai lagi',
      en: 'ticket serials used again',
    }),
  rupiah: (window) => tallyOf(window, 'reused').amount,
};
