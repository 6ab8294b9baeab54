import { paymentsIn, ALL_CELLS, amountIn } from './helpers.js';
import type { PatternEvidence } from './pattern.js';

/**
 * A clock that is lost goes back once in hundreds of days; one that is set goes back shift after shift, by a day. Once
 * alone is a fault: in a city of hundreds of attendants it happens every other day.
 */
const HONEST_PER_SHIFT = 0.008;
const THEFT_PER_SHIFT = 0.8;
const DAY_MINUTES = 1440;

/** The terminal's clock is set back, so that the evening's payments count on another day. */
export const clockTampering: PatternEvidence = {
  pattern: 'clock-tampering',
  prior: -1,
  own: ({ shifts }) => {
    let weight = 0;
    let times = 0;
    let records = 0;
    let stepped = 0;
    for (const { clockSteps } of shifts) {
      const steps = clockSteps.filter(([, written]) => written >= 2);
      if (steps.length === 0) weight += Math.log((1 - THEFT_PER_SHIFT) / (1 - HONEST_PER_SHIFT));
      else {
        stepped++;
        weight += Math.log(THEFT_PER_SHIFT / HONEST_PER_SHIFT);
      }
      for (const [back, written] of steps) {
        times++;
        records += written;
        const wholeDays = Math.abs(back / DAY_MINUTES - Math.round(back / DAY_MINUTES)) < 0.03 && back > 1000;
        weight += wholeDays ? 1.5 : -0.5;
      }
    }
    if (stepped < 2) weight = Math.min(weight, 0);
    const terms =
      times > 0
        ? [
            {
              kind: 'clock',
              weight,
              numbers: { times, shifts: shifts.length, records },
              text: {
                id: `jam terminal mundur ${times} kali dalam ${shifts.length} giliran kerjanya (${records} catatan)`,
                en: `the terminal's clock went back ${times} times in ${shifts.length} of his shifts (${records} records)`,
              },
            },
          ]
        : [];
    return { weight, terms };
  },
  rupiah: (window) => {
    const records = window.shifts.reduce((sum, s) => sum + s.clockSteps.reduce((all, [, n]) => all + n, 0), 0);
    return (records * amountIn(window, ALL_CELLS)) / Math.max(1, paymentsIn(window));
  },
};
