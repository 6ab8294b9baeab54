import type { EvidenceTerm } from '../assess/assessment.js';
import type { OwnEvidence } from './pattern.js';

/** An honest count is right, or out by a note or two; the odd one is wild. */
const HONEST_EXACT = 0.95;
const NOTE_RUPIAH = 1500;
const WILD_MASS = 1000;
/** A thief keeps between so much and so much of the drawer, and now and then nothing. */
const SHORT_MIN = 0.01;
const SHORT_MAX = 0.5;
const THEFT_EXACT = 0.12;

/** Log likelihood ratio of one count: short by `short` rupiah (below zero: over) of `cash` recorded. */
function logShort(short: number, cash: number): number {
  const cauchy = (x: number): number => (WILD_MASS * NOTE_RUPIAH) / (Math.PI * (NOTE_RUPIAH ** 2 + x ** 2));
  const honest = short === 0 ? HONEST_EXACT : (1 - HONEST_EXACT) * cauchy(short);
  const inReach = short > 0 && short >= SHORT_MIN * cash && short <= SHORT_MAX * cash;
  const planned = inReach ? (0.85 * WILD_MASS) / ((SHORT_MAX - SHORT_MIN) * Math.max(cash, 10_000)) : 0;
  const theft = short === 0 ? THEFT_EXACT : planned + 0.03 * cauchy(short);
  return Math.log(theft / honest);
}

/** What was counted of a drawer or a box, and what its records say, rupiah. */
export interface CashCount {
  readonly recorded: number;
  readonly counted: number;
}

/** Small shorts, count after count; `tell` puts them into words. */
export function shortEvidence(
  counts: readonly CashCount[],
  tell: (found: { times: number; of: number; missing: string; recorded: string }) => EvidenceTerm['text'],
): OwnEvidence {
  let weight = 0;
  let missing = 0;
  let recorded = 0;
  let times = 0;
  const usable = counts.filter((count) => count.recorded > 0);
  for (const count of usable) {
    const short = count.recorded - count.counted;
    weight += logShort(short, count.recorded);
    recorded += count.recorded;
    missing += short;
    if (short > 0) times++;
  }
  if (times === 0) return { weight, terms: [] };
  const rupiah = (value: number): string => `Rp${Math.round(value).toLocaleString('id-ID')}`;
  const text = tell({ times, of: usable.length, missing: rupiah(missing), recorded: rupiah(recorded) });
  return {
    weight,
    terms: [{ kind: 'declared', weight, numbers: { times, closes: usable.length, missing, recorded }, text }],
  };
}

/** Rupiah that the counts fell short of the records. */
export const shortsIn = (counts: readonly CashCount[]): number =>
  counts.reduce((sum, { recorded, counted }) => sum + Math.max(0, recorded - counted), 0);
