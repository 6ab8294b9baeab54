import { ASSISTED, CASH, DEARER, MOTORCYCLE } from '../fusion/cells.js';
import { classStep } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** The attendant's own card pays a motorcycle's fee for drivers of dearer vehicles who gave him cash. */
export const assistedAbuse: PatternEvidence = {
  pattern: 'assisted-abuse',
  prior: -0.5,
  tilt: (honest, share, out) => {
    out.set(honest);
    const moved = share * honest[DEARER + CASH]!;
    out[DEARER + CASH]! -= moved;
    out[MOTORCYCLE + ASSISTED]! += moved;
  },
  own: ({ cells, mix, recorded }) => {
    const taps = cells[MOTORCYCLE + ASSISTED]!;
    const usual = mix[MOTORCYCLE + ASSISTED]! * recorded;
    return {
      weight: 0,
      terms: [
        {
          kind: 'assisted',
          weight: 0,
          numbers: { taps, usual: Math.round(usual * 10) / 10 },
          text: {
            id: `kartu juru parkir dipakai untuk ${taps} motor (biasanya ${usual.toFixed(1)})`,
            en: `the attendant's card paid for ${taps} motorcycles (usually ${usual.toFixed(1)})`,
          },
        },
      ],
    };
  },
  rupiah: (window, share) => ((window.cells[DEARER + CASH]! * share) / (1 - share)) * classStep(window),
};
