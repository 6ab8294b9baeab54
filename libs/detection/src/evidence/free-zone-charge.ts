import { rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Fees taken where or when nothing is due. */
export const freeZoneCharge: PatternEvidence = {
  pattern: 'free-zone-charge',
  prior: 0,
  own: (window) =>
    rateEvidence(window, 'freeZone', {
      id: 'pungutan di zona atau hari bebas parkir',
      en: 'charged in a free zone or on a free day',
    }),
  rupiah: (window) => tallyOf(window, 'freeZone').amount,
};
