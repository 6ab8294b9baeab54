import { cashOf, total } from '../fusion/cells.js';
import { cashGone, cashShareGone } from './helpers.js';
import { logStudent4, logSumExp } from './likelihood.js';
import type { PatternEvidence } from './pattern.js';

/** A fixed sum repeats within a payment or two; honest cash wanders with demand. */
const FIXED_SD = 0.03;
const HONEST_SHIFT_SD = 0.12;
const DISPERSION = 1.9;
const LEVEL_RANGE = 1.5;
/** Slow days bring less than the sum. */
const SLOW_DAYS = 0.2;
const SHIFTS_MIN = 3;

/** The day's cash is too much alike, whatever came: variance far below honest over-dispersion. */
export const fixedRemittance: PatternEvidence = {
  pattern: 'fixed-remittance',
  prior: -0.5,
  tilt: cashGone,
  own: (window) => {
    const cash = window.shifts
      .filter((shift) => shift.cashRecorded > 0 && shift.expected !== null && shift.expected > 5)
      .map((shift) => {
        const share = cashOf(window.mix);
        const mean = Math.max(1, shift.expected! * share);
        const fee = shift.cashRecorded / Math.max(1, cashOf(shift.cells));
        return {
          log: Math.log(shift.cashRecorded),
          usual: Math.log(mean * fee),
          sd: Math.hypot(HONEST_SHIFT_SD, Math.sqrt(DISPERSION / mean)),
        };
      });
    if (cash.length < SHIFTS_MIN) return { weight: -3, terms: [] };
    const middle = medianOf(cash.map((shift) => shift.log));
    const level = medianOf(cash.map((shift) => shift.log - shift.usual));
    let weight = Math.log((FIXED_SD * 2.5) / Math.sqrt(cash.length) / LEVEL_RANGE);
    for (const { log, usual, sd } of cash) {
      const honest = logStudent4(log - usual - level, sd);
      const z = (log - middle) / FIXED_SD;
      const fixed = -0.5 * z * z - Math.log(FIXED_SD * 2.5066);
      weight += logSumExp([Math.log(1 - SLOW_DAYS) + fixed, Math.log(SLOW_DAYS) + honest]) - honest;
    }
    const sd = Math.sqrt(cash.reduce((sum, s) => sum + (s.log - middle) ** 2, 0) / cash.length);
    return {
      weight,
      terms: [
        {
          kind: 'variance',
          weight,
          numbers: { shifts: cash.length, sum: Math.round(Math.exp(middle)), spread: Math.round(sd * 1000) / 1000 },
          text: {
            id: `tunai ${cash.length} giliran kerja hampir sama, sekitar Rp${Math.round(Math.exp(middle)).toLocaleString('id-ID')} (simpangan ${(100 * sd).toFixed(0)} %)`,
            en: `the cash of ${cash.length} shifts is nearly the same, about Rp${Math.round(Math.exp(middle)).toLocaleString('id-ID')} (spread ${(100 * sd).toFixed(0)} %)`,
          },
        },
      ],
    };
  },
  rupiah: (window, share) => (total(window.cells) > 0 ? cashShareGone(window, share) : 0),
};

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
