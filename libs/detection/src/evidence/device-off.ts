import type { EvidenceTerm } from '../assess/assessment.js';
import { paymentsIn, ALL_CELLS, amountIn } from './helpers.js';
import { logSumExp } from './likelihood.js';
import type { PatternEvidence } from './pattern.js';

/** Honest times off by hand, and by a fault, in a shift; and a thief's (assumptions; a city's own rates replace them). */
const HONEST_BY_HAND = 0.02;
const HONEST_BY_FAULT = 0.04;
const THEFT_TIMES = 1.5;
/** A thief who makes it look like a fault is rarer. */
const LOOKS_LIKE_FAULT = -4;

/** Log density of the minutes off: honest ones are short, a thief's pay. */
function logMinutes(minutes: number, theft: boolean): number {
  const bell = (median: number, sd: number): number => {
    const z = (Math.log(minutes) - Math.log(median)) / sd;
    return Math.exp(-0.5 * z * z) / (minutes * sd * 2.5066);
  };
  return Math.log(theft ? bell(50, 0.8) : 0.85 * bell(10, 0.7) + 0.15 * bell(40, 1.2));
}

/** The terminal is off in the shift while drivers come, again and again, and goes on in the same shift. */
export const deviceOff: PatternEvidence = {
  pattern: 'device-off',
  prior: 0,
  own: ({ shifts }) => {
    let byHand = -(THEFT_TIMES - HONEST_BY_HAND) * shifts.length;
    let byFault = -(0.7 - HONEST_BY_FAULT) * shifts.length + LOOKS_LIKE_FAULT;
    let minutesOff = 0;
    let lost = 0;
    let times = 0;
    for (const shift of shifts) {
      for (const [minutes, hand, gone] of shift.silences) {
        times++;
        minutesOff += minutes;
        lost += gone;
        if (hand)
          byHand += Math.log(THEFT_TIMES / HONEST_BY_HAND) + logMinutes(minutes, true) - logMinutes(minutes, false);
        else byHand -= 2;
        byFault += hand ? 0 : Math.log(0.7 / HONEST_BY_FAULT);
      }
    }
    const weight = logSumExp([byHand, byFault]);
    return { weight, terms: times > 0 ? [term(weight, times, minutesOff, lost, shifts.length)] : [] };
  },
  rupiah: (window) => {
    const lost = window.shifts.reduce((sum, s) => sum + s.silences.reduce((all, [, , gone]) => all + gone, 0), 0);
    return (lost * amountIn(window, ALL_CELLS)) / Math.max(1, paymentsIn(window));
  },
};

function term(weight: number, times: number, minutes: number, lost: number, shifts: number): EvidenceTerm {
  return {
    kind: 'silences',
    weight,
    numbers: { times, minutes: Math.round(minutes), lost: Math.round(lost), shifts },
    text: {
      id: `terminal mati ${times} kali (${Math.round(minutes)} menit) dalam ${shifts} giliran kerjanya, padahal diharapkan ${Math.round(lost)} kendaraan`,
      en: `the terminal was off ${times} times (${Math.round(minutes)} minutes) in ${shifts} of his shifts, when ${Math.round(lost)} vehicles were expected`,
    },
  };
}
