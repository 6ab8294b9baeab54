import { CELLS, total } from './cells.js';
import { amongOf, RATE_RULES, type RateStream } from './rate-streams.js';
import { addToPast, copyPast, type Past, type ShiftRecord, type Subject } from './subject.js';

/** Shifts in a row up to the newest, and what honest shifts of the same person would be like. */
export interface EvidenceWindow {
  readonly shifts: readonly ShiftRecord[];
  /** Shifts worked at the point before the window, fading memory. */
  readonly tenure: number;
  /** Payments by cell in the window. */
  readonly cells: Float64Array;
  /** Share of each cell when honest: own past, pulled towards colleagues and city, times the city's mix of the days. */
  readonly mix: Float64Array;
  /** How many payments' worth that share is known by. */
  readonly mixKnown: number;
  readonly recorded: number;
  /** Expected over the window, after own and colleagues' level; null without an expectation. */
  readonly expected: number | null;
  /** Standard deviation of log(recorded / expected) when honest. */
  readonly spread: number;
  /** Field counts in the window: arrivals that owe, and how many of them were recorded. */
  readonly counted: { readonly arrivals: number; readonly recorded: number };
  /** Usual rate of a stream, of those among which it is counted, for the person. */
  rate(stream: RateStream): number;
}

/** What is known besides the subject. */
export interface Surroundings {
  /** Honest past of the point's other attendants, and of the whole city. */
  readonly colleagues: Past;
  readonly city: Past;
}

export const WINDOW_SHIFTS = [1, 2, 3, 4, 6, 8, 11, 15, 20, 28] as const;

const COLLEAGUES_WEIGH = 250;
const CITY_WEIGHS = 15;
/** Shares of honest people drift as if known by this many payments at best. */
const MIX_DRIFT_PAYMENTS = 2500;
const OWN_LEVEL_PRIOR = 200;
const OTHERS_PRIOR = 60;
const DISPERSION = 1.9;
const SHIFT_SD = 0.11;
const LEVEL_SD = 0.06;
/** The city's rate weighs as much as so many of the person's own payments, or shifts. */
const RATE_PRIOR_PAYMENTS = 400;
const RATE_PRIOR_SHIFTS = 40;

/** The windows that end with the newest shift, shortest first. */
export function windowsOf(subject: Subject, around: Surroundings): EvidenceWindow[] {
  const { ring } = subject;
  const out: EvidenceWindow[] = [];
  const past = copyPast(subject.base);
  let known = 0;
  // The longest window has the shortest past before it: each past goes on from the one before.
  for (const length of [...WINDOW_SHIFTS].reverse()) {
    if (length > ring.length) continue;
    for (; known < ring.length - length; known++) if (!ring[known]!.suspect) addToPast(past, ring[known]!);
    out.push(windowOf(ring.slice(ring.length - length), copyPast(past), around));
  }
  return out.reverse();
}

function windowOf(shifts: readonly ShiftRecord[], past: Past, around: Surroundings): EvidenceWindow {
  const cells = new Float64Array(CELLS);
  const mix = new Float64Array(CELLS);
  const honest = honestMix(past, around);
  const counted = { arrivals: 0, recorded: 0 };
  for (const shift of shifts) {
    for (const [came, written] of shift.fieldCounts) {
      counted.arrivals += came;
      counted.recorded += Math.min(written, came);
    }
    const n = total(shift.cells);
    let norm = 0;
    for (let i = 0; i < CELLS; i++) norm += honest.mix[i]! * shift.cityMix[i]!;
    for (let i = 0; i < CELLS; i++) {
      cells[i]! += shift.cells[i]!;
      mix[i]! += ((n + 0.01) * honest.mix[i]! * shift.cityMix[i]!) / norm;
    }
  }
  const all = total(mix);
  for (let i = 0; i < CELLS; i++) mix[i]! /= all;
  return {
    shifts,
    tenure: past.shifts,
    cells,
    mix,
    mixKnown: 1 / (1 / MIX_DRIFT_PAYMENTS + 1 / honest.known),
    ...volumeOf(shifts, past),
    counted,
    rate: (stream) => rateOf(stream, past, around),
  };
}

function honestMix(past: Past, { colleagues, city }: Surroundings): { mix: Float64Array; known: number } {
  const mix = new Float64Array(CELLS);
  const own = total(past.cells);
  const theirs = total(colleagues.cells);
  const everybody = total(city.cells);
  const theirWeight = Math.min(COLLEAGUES_WEIGH, theirs);
  for (let i = 0; i < CELLS; i++) {
    mix[i] =
      past.cells[i]! +
      (theirs > 0 ? (theirWeight * colleagues.cells[i]!) / theirs : 0) +
      (everybody > 0 ? (CITY_WEIGHS * city.cells[i]!) / everybody : CITY_WEIGHS / CELLS) +
      0.05;
  }
  const known = total(mix);
  for (let i = 0; i < CELLS; i++) mix[i]! /= known;
  return { mix, known: own + theirWeight + CITY_WEIGHS };
}

function volumeOf(shifts: readonly ShiftRecord[], past: Past) {
  let recorded = 0;
  let plain = 0;
  let othersRecorded = 0;
  let othersExpected = 0;
  let judged = 0;
  for (const shift of shifts) {
    if (shift.expected === null) continue;
    judged++;
    recorded += total(shift.cells);
    plain += shift.expected;
    othersRecorded += shift.othersRecorded;
    othersExpected += shift.othersExpected;
  }
  if (plain < 5) return { recorded, expected: null, spread: 1 };
  const own = (past.recorded + OWN_LEVEL_PRIOR) / (past.expected + OWN_LEVEL_PRIOR);
  const others = (othersRecorded + OTHERS_PRIOR) / (othersExpected + OTHERS_PRIOR);
  const expected = plain * own * others;
  const known = 1 / (past.expected + OWN_LEVEL_PRIOR) + 1 / (othersExpected + OTHERS_PRIOR);
  const spread = Math.sqrt(DISPERSION / expected + SHIFT_SD ** 2 / judged + LEVEL_SD ** 2 + DISPERSION * known);
  return { recorded, expected, spread };
}

function rateOf(stream: RateStream, past: Past, { city }: Surroundings): number {
  const { floor, among } = RATE_RULES[stream];
  const prior = among === 'shifts' ? RATE_PRIOR_SHIFTS : RATE_PRIOR_PAYMENTS;
  const countIn = ({ cells, shifts, rates }: Past): number => amongOf(stream, { cells, shifts, count: rates[stream] });
  const everybody = countIn(city);
  const cityRate = Math.max(floor, everybody > 0 ? city.rates[stream] / everybody : floor);
  const rate = (past.rates[stream] + prior * cityRate) / (countIn(past) + prior);
  return Math.min(0.5, Math.max(floor, rate));
}
