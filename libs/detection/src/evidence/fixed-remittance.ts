import type { EvidenceTerm } from '../assess/assessment.js';
import { cashOf, digitalOf, total } from '../fusion/cells.js';
import type { EvidenceWindow } from '../fusion/window.js';
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

/**
 * Once the sum is reached no more cash is recorded, while drivers go on paying by QRIS and card. Honest shifts end with
 * such a run by chance, and now and then for a reason of their own (no change, no tickets), however long.
 */
const REACHED = 0.6;
const ODD_RUN = 0.01;

/** Log likelihood ratio of so many payments after the last one in cash, of `digital` in the shift. */
function logAfterCash(run: number, digital: number, cashShare: number): number {
  const among = Math.max(1, digital);
  const chance = cashShare * (1 - cashShare) ** run;
  const honest = (1 - ODD_RUN) * chance + ODD_RUN / (among + 1);
  // The sum may be reached at any time of the second half.
  const half = among / 2;
  const reached = run <= half ? 1 / (half + 1) : 0.1 / (among + 1);
  return Math.log(((1 - REACHED) * honest + REACHED * reached) / honest);
}

function cashStops(window: EvidenceWindow): { weight: number; terms: EvidenceTerm[] } {
  const cashShare = cashOf(window.mix) / Math.max(1e-6, cashOf(window.mix) + digitalOf(window.mix));
  let weight = 0;
  let after = 0;
  const seen = window.shifts.filter((shift) => shift.afterCash !== null);
  for (const shift of seen) {
    weight += logAfterCash(shift.afterCash!, digitalOf(shift.cells), cashShare);
    after += shift.afterCash!;
  }
  if (after === 0) return { weight, terms: [] };
  const each = (after / seen.length).toFixed(1);
  return {
    weight,
    terms: [
      {
        kind: 'cash-stops',
        weight,
        numbers: { shifts: seen.length, after },
        text: {
          id: `setelah tunai terakhir masih ada rata-rata ${each} pembayaran QRIS atau kartu tiap giliran kerja`,
          en: `after the last payment in cash ${each} more by QRIS or card came in each shift on average`,
        },
      },
    ],
  };
}

/** The day's cash is too much alike, whatever came: variance far below honest over-dispersion. */
function tooAlike(window: EvidenceWindow): { weight: number; terms: EvidenceTerm[] } {
  const share = cashOf(window.mix);
  const cash = window.shifts
    .filter((shift) => shift.cashRecorded > 0 && shift.expected !== null && shift.expected > 5)
    .map((shift) => {
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
  const about = Math.round(Math.exp(middle));
  return {
    weight,
    terms: [
      {
        kind: 'variance',
        weight,
        numbers: { shifts: cash.length, sum: about, spread: Math.round(sd * 1000) / 1000 },
        text: {
          id: `tunai ${cash.length} giliran kerja hampir sama, sekitar Rp${about.toLocaleString('id-ID')} (simpangan ${(100 * sd).toFixed(0)} %)`,
          en: `the cash of ${cash.length} shifts is nearly the same, about Rp${about.toLocaleString('id-ID')} (spread ${(100 * sd).toFixed(0)} %)`,
        },
      },
    ],
  };
}

/** A fixed sum is handed in, and what comes beyond it is kept: sums too much alike, and cash that stops. */
export const fixedRemittance: PatternEvidence = {
  pattern: 'fixed-remittance',
  prior: -0.5,
  tilt: cashGone,
  own: (window) => {
    const alike = tooAlike(window);
    const stops = cashStops(window);
    return { weight: alike.weight + stops.weight, terms: [...alike.terms, ...stops.terms] };
  },
  rupiah: (window, share) => (total(window.cells) > 0 ? cashShareGone(window, share) : 0),
};

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
