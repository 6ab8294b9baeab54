import { DEARER, MOTORCYCLE, QRIS } from '../fusion/cells.js';
import { amountIn, rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Somebody else's code: QRIS falls while cash and card hold, or records name a payee that is not registered. */
export const foreignQris: PatternEvidence = {
  pattern: 'foreign-qris',
  prior: 0,
  tilt: (honest, share, out) => {
    out.set(honest);
    for (const group of [MOTORCYCLE, DEARER]) out[group + QRIS]! *= 1 - share;
  },
  own: (window) =>
    rateEvidence(window, 'foreignQris', {
      id: 'QRIS dengan NMID yang tidak terdaftar',
      en: 'QRIS with an NMID that is not registered',
    }),
  rupiah: (window, share) =>
    tallyOf(window, 'foreignQris').amount +
    (amountIn(window, [MOTORCYCLE + QRIS, DEARER + QRIS]) * share) / (1 - share),
};
