import { CELLS } from '../fusion/cells.js';
import type { EvidenceWindow } from '../fusion/window.js';
import { logRising, logStudent4, logSumExp } from './likelihood.js';

/** What a theft of this share would make of the honest shares of cells (they need not add up to one: the rest is gone). */
export type Tilt = (honest: Float64Array, share: number, out: Float64Array) => void;

export const SHARES = [0.08, 0.15, 0.22, 0.3, 0.4, 0.55, 0.75] as const;

export interface TiltReading {
  /** Log Bayes factor against honest variation, all shares alike. */
  readonly logBayes: number;
  /** Its part from the mix of cells alone, at the likeliest share. */
  readonly mixWeight: number;
  readonly volumeWeight: number;
  readonly fieldWeight: number;
  /** Likelihood of each of SHARES, adding up to one. */
  readonly shares: readonly number[];
}

/** Chance that the demand of a stretch of days is unlike anything before, by any size between a third and threefold. */
const ODD_DEMAND = 0.03;
const ODD_DENSITY = 1 / (2 * Math.log(3));
const CAPTURE_STRENGTH = 150;
/** Field counts: share of arrivals that owe nothing, and that a sensor sees (city's usual; calibrated by control points). */
const EXEMPT_SHARE = 0.05;
const tilted = new Float64Array(CELLS);

/** Weigh one theft's tilt of mix and volume in a window: Dirichlet-multinomial on the mix, Student on the log of volume. */
export function weighTilt(window: EvidenceWindow, tilt: Tilt): TiltReading {
  const honestMix = logMix(window, window.mix);
  const logs: number[] = [];
  const parts: [number, number, number][] = [];
  for (const share of SHARES) {
    tilt(window.mix, share, tilted);
    let kept = 0;
    for (let i = 0; i < CELLS; i++) kept += tilted[i]!;
    for (let i = 0; i < CELLS; i++) tilted[i]! /= kept;
    const mix = logMix(window, tilted) - honestMix;
    const volume = logVolume(window, kept);
    const field = logField(window, kept);
    parts.push([mix, volume, field]);
    logs.push(mix + volume + field);
  }
  const all = logSumExp(logs);
  const shares = logs.map((log) => Math.exp(log - all));
  const best = parts[shares.indexOf(Math.max(...shares))]!;
  const [mixWeight, volumeWeight, fieldWeight] = best;
  return { logBayes: all - Math.log(SHARES.length), mixWeight, volumeWeight, fieldWeight, shares };
}

function logMix({ cells, mixKnown }: EvidenceWindow, mix: Float64Array): number {
  let log = 0;
  for (let i = 0; i < CELLS; i++) {
    log += logRising(mixKnown * mix[i]! + 1e-3, cells[i]!);
  }
  return log;
}

/** Log likelihood ratio of the volume when a share `kept` of it is recorded. */
function logVolume({ recorded, expected, spread }: EvidenceWindow, kept: number): number {
  if (expected === null || kept > 0.995) return 0;
  const x = Math.log((recorded + 0.5) / (expected + 0.5));
  const odd = Math.log(ODD_DEMAND * ODD_DENSITY);
  const usual = Math.log(1 - ODD_DEMAND);
  const honest = logSumExp([usual + logStudent4(x, spread), odd]);
  return logSumExp([usual + logStudent4(x - Math.log(kept), spread), odd]) - honest;
}

/** Log likelihood ratio of field counts: recorded of those who came and owed. */
function logField({ counted: { arrivals, recorded } }: EvidenceWindow, kept: number): number {
  if (kept > 0.995 || arrivals < 3) return 0;
  const capture = 1 - EXEMPT_SHARE;
  return logCapture(recorded, arrivals, capture * kept) - logCapture(recorded, arrivals, capture);
}

function logCapture(k: number, n: number, p: number): number {
  const a = p * CAPTURE_STRENGTH;
  const b = (1 - p) * CAPTURE_STRENGTH;
  return logRising(a, k) + logRising(b, n - k);
}
