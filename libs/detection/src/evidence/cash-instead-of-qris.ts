import { CARD, CASH, DEARER, MOTORCYCLE, QRIS } from '../fusion/cells.js';
import { ALL_CELLS, amountIn } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/** Share of drivers steered away from paying without cash. */
const STEERED = 0.85;

/** QRIS and card fall; part of it comes back as cash, part never. */
export const cashInsteadOfQris: PatternEvidence = {
  pattern: 'cash-instead-of-qris',
  prior: 0,
  tilt: (honest, share, out) => {
    out.set(honest);
    for (const group of [MOTORCYCLE, DEARER]) {
      for (const method of [QRIS, CARD]) {
        const moved = STEERED * honest[group + method]!;
        out[group + method]! -= moved;
        out[group + CASH]! += moved * (1 - share);
      }
    }
  },
  rupiah: (window, share) => {
    const digital = [MOTORCYCLE, DEARER].flatMap((group) => [window.mix[group + QRIS]!, window.mix[group + CARD]!]);
    const gone = STEERED * share * digital.reduce((sum, value) => sum + value, 0);
    return (amountIn(window, ALL_CELLS) * gone) / (1 - gone);
  },
};
