import { quantileOf } from './robust.js';
import { KEPT_DAYS, type DetectorSettings } from '../settings.js';
import { slotOf, type Track } from '../track.js';

const LOOK_BACK = 120;
/** Days the pooled quantiles weigh in a point's own. */
const POOL_PRIOR_DAYS = 60;
/** Standardised residuals kept of the whole group for the pooled quantiles. */
const POOL_MAX = 8192;
/** A Student-like first guess (90 %: about +-2.1) while the group has no history. */
export const firstBand: Band = Object.freeze({ low: -2.2, high: 2.2 });
const FIRST_BAND_DAYS = 200;

const scratch = new Float64Array(KEPT_DAYS);
const poolScratch = new Float64Array(POOL_MAX);

/** How far the truth lies from the expectation, in spreads. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Quantiles of the standardised residuals of all points in the last 120 days. */
export function pooledBand(tracks: readonly Track[], today: number, settings: DetectorSettings): Band {
  let n = 0;
  const stride = Math.max(1, Math.ceil((tracks.length * LOOK_BACK) / POOL_MAX));
  let turn = 0;
  for (const track of tracks) {
    for (let day = Math.max(track.firstDay, today - LOOK_BACK); day < today; day++) {
      const value = track.standard[slotOf(day)]!;
      if (Number.isNaN(value) || turn++ % stride !== 0 || n >= POOL_MAX) continue;
      poolScratch[n++] = value;
    }
  }
  return blend(poolScratch, n, firstBand, FIRST_BAND_DAYS, settings);
}

/** A point's own quantiles of the last 120 days, pulled towards the pooled ones. */
export function ownBand(track: Track, today: number, pool: Band, settings: DetectorSettings): Band {
  let n = 0;
  for (let day = Math.max(track.firstDay, today - LOOK_BACK); day < today; day++) {
    const value = track.standard[slotOf(day)]!;
    if (!Number.isNaN(value)) scratch[n++] = value;
  }
  return blend(scratch, n, pool, POOL_PRIOR_DAYS, settings);
}

function blend(values: Float64Array, n: number, prior: Band, priorDays: number, settings: DetectorSettings): Band {
  if (n === 0) return prior;
  const tail = (1 - settings.intervalCoverage) / 2;
  const low = quantileOf(values, n, tail);
  const high = quantileOf(values, n, 1 - tail);
  return {
    low: (n * low + priorDays * prior.low) / (n + priorDays),
    high: (n * high + priorDays * prior.high) / (n + priorDays),
  };
}
