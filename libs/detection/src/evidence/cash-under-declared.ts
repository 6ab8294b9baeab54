import type { PatternEvidence } from './pattern.js';

/** An honest count is right, or out by a note or two; the odd one is wild. */
const HONEST_EXACT = 0.95;
const NOTE_RUPIAH = 1500;
const WILD_MASS = 1000;
/** A thief keeps between so much and so much of the drawer, and now and then nothing. */
const SHORT_MIN = 0.01;
const SHORT_MAX = 0.5;
const THEFT_EXACT = 0.12;

/** Log likelihood ratio of one blind declaration: short by `short` rupiah (below zero: over) of `cash` recorded. */
function logShort(short: number, cash: number): number {
  const cauchy = (x: number): number => (WILD_MASS * NOTE_RUPIAH) / (Math.PI * (NOTE_RUPIAH ** 2 + x ** 2));
  const honest = short === 0 ? HONEST_EXACT : (1 - HONEST_EXACT) * cauchy(short);
  const inReach = short > 0 && short >= SHORT_MIN * cash && short <= SHORT_MAX * cash;
  const planned = inReach ? (0.85 * WILD_MASS) / ((SHORT_MAX - SHORT_MIN) * Math.max(cash, 10_000)) : 0;
  const theft = short === 0 ? THEFT_EXACT : planned + 0.03 * cauchy(short);
  return Math.log(theft / honest);
}

/** Small shorts at the blind declaration, shift after shift. */
export const cashUnderDeclared: PatternEvidence = {
  pattern: 'cash-under-declared',
  prior: 0,
  own: ({ shifts }) => {
    let weight = 0;
    let missing = 0;
    let recorded = 0;
    let times = 0;
    let closes = 0;
    for (const { cashDeclared, cashRecorded } of shifts) {
      if (cashDeclared === null || cashRecorded <= 0) continue;
      const short = cashRecorded - cashDeclared;
      weight += logShort(short, cashRecorded);
      closes++;
      recorded += cashRecorded;
      missing += short;
      if (short > 0) times++;
    }
    const rupiah = (value: number): string => `Rp${Math.round(value).toLocaleString('id-ID')}`;
    const terms =
      times > 0
        ? [
            {
              kind: 'declared',
              weight,
              numbers: { times, closes, missing, recorded },
              text: {
                id: `setoran buta kurang ${times} dari ${closes} kali, jumlah ${rupiah(missing)} dari tunai tercatat ${rupiah(recorded)}`,
                en: `blind declarations short ${times} of ${closes} times, ${rupiah(missing)} in all of ${rupiah(recorded)} cash recorded`,
              },
            },
          ]
        : [];
    return { weight, terms };
  },
  rupiah: ({ shifts }) =>
    shifts.reduce((sum, s) => sum + (s.cashDeclared === null ? 0 : Math.max(0, s.cashRecorded - s.cashDeclared)), 0),
};
