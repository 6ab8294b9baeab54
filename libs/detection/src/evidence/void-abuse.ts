import { rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Cash payments voided minutes later: a slip is put right at once. Or payments voided that an acquirer settled. */
export const voidAbuse: PatternEvidence = {
  pattern: 'void-abuse',
  prior: 0,
  own: (window) => {
    const late = rateEvidence(window, 'lateVoids', {
      id: 'pembayaran tunai dibatalkan dua menit atau lebih setelahnya',
      en: 'cash payments voided two minutes or more later',
    });
    const settled = rateEvidence(window, 'settledVoids', {
      id: 'pembayaran nontunai dibatalkan padahal sudah disetel',
      en: 'cashless payments voided although they were settled',
    });
    // Either is enough; the lack of the other says nothing.
    return { weight: late.weight + Math.max(0, settled.weight), terms: [...late.terms, ...settled.terms] };
  },
  rupiah: (window) => tallyOf(window, 'lateVoids').amount + tallyOf(window, 'settledVoids').amount,
};
