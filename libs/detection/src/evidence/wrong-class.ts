import { CASH, DEARER, MOTORCYCLE } from '../fusion/cells.js';
import { classStep } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Dearer vehicles paying cash become motorcycles: the number of payments holds, the mix of classes moves. */
export const wrongClass: PatternEvidence = {
  pattern: 'wrong-class',
  prior: 0,
  tilt: (honest, share, out) => {
    out.set(honest);
    const moved = share * honest[DEARER + CASH]!;
    out[DEARER + CASH]! -= moved;
    out[MOTORCYCLE + CASH]! += moved;
  },
  rupiah: (window, share) => ((window.cells[DEARER + CASH]! * share) / (1 - share)) * classStep(window),
};
