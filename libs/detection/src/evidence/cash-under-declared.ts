import type { EvidenceWindow } from '../fusion/window.js';
import type { PatternEvidence } from './pattern.js';
import { shortEvidence, shortsIn, type CashCount } from './shorts.js';

const closesOf = ({ shifts }: EvidenceWindow): CashCount[] =>
  shifts.flatMap(({ cashDeclared, cashRecorded }) =>
    cashDeclared === null ? [] : [{ recorded: cashRecorded, counted: cashDeclared }],
  );

/** Small shorts at the blind declaration, shift after shift. */
export const cashUnderDeclared: PatternEvidence = {
  pattern: 'cash-under-declared',
  prior: 0,
  own: (window) =>
    shortEvidence(closesOf(window), ({ times, of, missing, recorded }) => ({
      id: `setoran buta kurang ${times} dari ${of} kali, jumlah ${missing} dari tunai tercatat ${recorded}`,
      en: `blind declarations short ${times} of ${of} times, ${missing} in all of ${recorded} cash recorded`,
    })),
  rupiah: (window) => shortsIn(closesOf(window)),
};
