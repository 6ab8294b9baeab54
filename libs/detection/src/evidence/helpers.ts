import type { EvidenceTerm } from '../assess/assessment.js';
import { CASH, DEARER, MOTORCYCLE, total } from '../fusion/cells.js';
import { amongOf, RATE_RULES, type RateStream } from '../fusion/rate-streams.js';
import type { EvidenceWindow } from '../fusion/window.js';
import { rateBayes } from './likelihood.js';
import type { OwnEvidence } from './pattern.js';
import type { Tilt } from './tilt.js';

/** Events of a stream in the window. */
export function tallyOf(window: EvidenceWindow, stream: RateStream): { count: number; amount: number } {
  let count = 0;
  let amount = 0;
  for (const shift of window.shifts) {
    count += shift.rates[stream][0];
    amount += shift.rates[stream][1];
  }
  return { count, amount };
}

export const paymentsIn = (window: EvidenceWindow): number => total(window.cells);

/** Rupiah of cash, and of all payments, recorded in the window. */
export function amountIn(window: EvidenceWindow, cells: readonly number[]): number {
  let amount = 0;
  for (const shift of window.shifts) for (const cell of cells) amount += shift.amounts[cell]!;
  return amount;
}
export const CASH_CELLS = [MOTORCYCLE + CASH, DEARER + CASH] as const;
export const ALL_CELLS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Fee of a payment of the dearer classes less a motorcycle's, as recorded; 0 when one of them is unknown. */
export function classStep(window: EvidenceWindow): number {
  const fee = (cells: readonly number[]): number => {
    let count = 0;
    for (const shift of window.shifts) for (const cell of cells) count += shift.cells[cell]!;
    return count > 0 ? amountIn(window, cells) / count : 0;
  };
  const dear = fee([DEARER, DEARER + 1, DEARER + 2, DEARER + 3]);
  const cheap = fee([0, 1, 2, 3]);
  return dear > 0 && cheap > 0 ? Math.max(0, dear - cheap) : 0;
}

/** Evidence of a rate of payments (or shifts) that are remarkable in themselves. */
export function rateEvidence(
  window: EvidenceWindow,
  stream: RateStream,
  text: { readonly id: string; readonly en: string },
): OwnEvidence {
  const { count, amount } = tallyOf(window, stream);
  const n = amongOf(stream, { cells: window.cells, shifts: window.shifts.length, count });
  const { strength } = RATE_RULES[stream];
  return weighRate(stream, { count, n, amount, usual: window.rate(stream) }, strength, text);
}

/** Evidence of `count` of `n` where `usual` is the honest share, which differs between people by a beta law of this strength. */
export function weighRate(
  kind: string,
  numbers: { count: number; n: number; amount: number; usual: number },
  strength: number,
  text: { readonly id: string; readonly en: string },
): OwnEvidence {
  const { count, n, usual } = numbers;
  const weight = rateBayes(count, n, usual, strength);
  return { weight, terms: count > 0 ? [rateTerm(kind, weight, numbers, text)] : [] };
}

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

function rateTerm(
  kind: string,
  weight: number,
  numbers: { count: number; n: number; amount: number; usual: number },
  text: { readonly id: string; readonly en: string },
): EvidenceTerm {
  const { count, n, usual } = numbers;
  return {
    kind,
    weight,
    numbers,
    text: {
      id: `${text.id}: ${count} dari ${n} (${percent(count / Math.max(1, n))}; biasanya ${percent(usual)})`,
      en: `${text.en}: ${count} of ${n} (${percent(count / Math.max(1, n))}; usually ${percent(usual)})`,
    },
  };
}

/** Cash that is taken and not recorded. */
export const cashGone: Tilt = (honest, share, out) => {
  out.set(honest);
  for (const cell of CASH_CELLS) out[cell]! *= 1 - share;
};

export const cashShareGone = (window: EvidenceWindow, share: number): number =>
  (amountIn(window, CASH_CELLS) * share) / (1 - share);
