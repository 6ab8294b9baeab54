import { cashGone, cashShareGone } from './helpers.js';
import type { PatternEvidence } from './pattern.js';
import { KNOWN_AFTER_SHIFTS } from './unrecorded-cash.js';

/** The same step, but it came with a new attendant: there is no past of his own, colleagues' is the measure. */
export const handOverStep: PatternEvidence = {
  pattern: 'hand-over-step',
  prior: -1,
  tilt: cashGone,
  own: ({ tenure }) => ({
    weight: tenure < KNOWN_AFTER_SHIFTS ? 1.5 : -6,
    terms:
      tenure < KNOWN_AFTER_SHIFTS
        ? [
            {
              kind: 'hand-over',
              weight: 1.5,
              numbers: { tenure: Math.round(tenure) },
              text: {
                id: 'perubahan terjadi bersamaan dengan pergantian juru parkir',
                en: 'the change came with the change of attendant',
              },
            },
          ]
        : [],
  }),
  rupiah: cashShareGone,
};
