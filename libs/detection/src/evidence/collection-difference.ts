import type { EvidenceWindow } from '../fusion/window.js';
import type { PatternEvidence } from './pattern.js';
import { shortEvidence, shortsIn, type CashCount } from './shorts.js';

const boxesOf = ({ shifts }: EvidenceWindow): CashCount[] =>
  shifts.flatMap(({ collections }) => collections.map(([recorded, counted]) => ({ recorded, counted })));

/** A meter's box holds less than its register says, collection after collection. Each one is an exact exception too. */
export const collectionDifference: PatternEvidence = {
  pattern: 'collection-difference',
  prior: 0,
  own: (window) =>
    shortEvidence(boxesOf(window), ({ times, of, missing, recorded }) => ({
      id: `isi kotak meter kurang ${times} dari ${of} kali, jumlah ${missing} dari register ${recorded}`,
      en: `the meter's box short ${times} of ${of} times, ${missing} in all of ${recorded} by the register`,
    })),
  rupiah: (window) => shortsIn(boxesOf(window)),
};
