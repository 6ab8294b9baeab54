import { CASH, DEARER, MOTORCYCLE, NONE } from '../fusion/cells.js';
import { rateEvidence, tallyOf } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Cash is taken and a subscriber's plate written down: payments by subscription grow, one plate again and again. */
export const subscriptionAbuse: PatternEvidence = {
  pattern: 'subscription-abuse',
  prior: 0,
  tilt: (honest, share, out) => {
    out.set(honest);
    for (const group of [MOTORCYCLE, DEARER]) {
      const moved = share * honest[group + CASH]!;
      out[group + CASH]! -= moved;
      out[group + NONE]! += moved;
    }
  },
  own: (window) =>
    rateEvidence(window, 'subscriptionRepeated', {
      id: 'parkir langganan dengan pelat yang sama berulang dalam satu giliran',
      en: 'subscription parkings of a plate seen before in the same shift',
    }),
  rupiah: (window) => tallyOf(window, 'subscriptionRepeated').amount,
};
