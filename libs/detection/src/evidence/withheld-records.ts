import { cashGone, cashShareGone, rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Numbers of the journal that never come although later ones did: a terminal does not lose single records by itself. */
export const withheldRecords: PatternEvidence = {
  pattern: 'withheld-records',
  prior: 0,
  tilt: cashGone,
  own: (window) =>
    rateEvidence(window, 'missing', {
      id: 'nomor urut jurnal yang hilang',
      en: 'journal numbers missing',
    }),
  rupiah: (window, share) => Math.max(tallyOf(window, 'missing').amount, cashShareGone(window, share) * 0.5),
};
