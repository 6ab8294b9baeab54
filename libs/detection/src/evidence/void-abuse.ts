import { cashPayments, rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Cash payments voided minutes later: a slip is put right at once. */
export const voidAbuse: PatternEvidence = {
  pattern: 'void-abuse',
  prior: 0,
  own: (window) =>
    rateEvidence(window, 'lateVoids', cashPayments(window), {
      id: 'pembayaran tunai dibatalkan dua menit atau lebih setelahnya',
      en: 'cash payments voided two minutes or more later',
    }),
  rupiah: (window) => tallyOf(window, 'lateVoids').amount,
};
