import { rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Tickets that the city never issued. */
export const serialUnknown: PatternEvidence = {
  pattern: 'serial-unknown',
  prior: 0,
  own: (window) =>
    rateEvidence(window, 'unknown', {
      id: 'nomor karcis di luar persediaan resmi',
      en: 'ticket serials outside the issued stock',
    }),
  rupiah: (window) => tallyOf(window, 'unknown').amount,
};
