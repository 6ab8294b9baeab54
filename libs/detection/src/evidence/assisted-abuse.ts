import { ASSISTED, CASH, DEARER, MOTORCYCLE } from '../fusion/cells.js';
import { classStep, rateEvidence } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** The attendant's own card pays a motorcycle's fee for drivers of dearer vehicles who gave him cash, marked or not. */
export const assistedAbuse: PatternEvidence = {
  pattern: 'assisted-abuse',
  prior: -0.5,
  tilt: (honest, share, out) => {
    out.set(honest);
    const moved = share * honest[DEARER + CASH]!;
    out[DEARER + CASH]! -= moved;
    out[MOTORCYCLE + ASSISTED]! += moved;
  },
  own: (window) => {
    const { cells, mix, recorded } = window;
    const repeated = rateEvidence(window, 'cardRepeated', {
      id: 'kartu yang sama berulang dalam satu giliran tanpa tanda bantuan',
      en: 'the same card again in a shift, not marked as assisted',
    });
    const taps = cells[MOTORCYCLE + ASSISTED]!;
    const usual = mix[MOTORCYCLE + ASSISTED]! * recorded;
    return {
      weight: Math.max(0, repeated.weight),
      terms: [
        ...repeated.terms,
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
