import { medianOf } from './robust.js';
import type { Scale } from './stabilise.js';
import { KEPT_DAYS, PARTS } from '../settings.js';
import { slotOf, type Profile, type Track } from '../track.js';

/** Fewer days than this say nothing about a level. */
const DAYS_MIN = 10;
const scratch = new Float64Array(KEPT_DAYS);

/** Honest levels differ from the profile by about so much (log): how far a level estimate on few days is believed. */
const HONEST_SPREAD = 0.15;
/** Standard error of a median over that of a mean. */
const MEDIAN_PRICE = 1.25;

/**
 * Write down the level of each part (log ratio to the profile) before `day`, and its standard error: the median of the
 * `span` days that end the day before, pulled towards the profile as far as its error asks (empirical Bayes). Written
 * once, on its day; evidence compares with the level of some days ago.
 */
export function writeLevels(track: Track, day: number, span: number, scale: Scale): void {
  const profile = track.profile!;
  for (let part = 0; part < PARTS; part++) {
    let n = 0;
    for (let past = Math.max(track.firstDay, day - span); past < day; past++) {
      const i = part * KEPT_DAYS + slotOf(past);
      const residual = track.residual[i]!;
      if (Number.isNaN(residual)) continue;
      scratch[n++] = residual / Math.max(0.3, scale.slope(track.expected[i]!));
    }
    const median = n >= DAYS_MIN ? medianOf(scratch, n) : 0;
    const slope = Math.max(0.3, scale.slope(scale.from(profile.level[part]!)));
    const error = n >= DAYS_MIN ? (MEDIAN_PRICE * meanSpread(profile, part)) / (slope * Math.sqrt(n)) : Infinity;
    const belief = HONEST_SPREAD ** 2 / (HONEST_SPREAD ** 2 + error ** 2);
    const at = part * KEPT_DAYS + slotOf(day);
    track.level[at] = median * belief;
    track.levelError[at] = HONEST_SPREAD * Math.sqrt(1 - belief);
  }
}

function meanSpread(profile: Profile, part: number): number {
  let sum = 0;
  for (let weekday = 0; weekday < 7; weekday++) sum += profile.spread[part * 7 + weekday]!;
  return sum / 7;
}

/** The standard error (log) of the day's level before `day`. */
export function levelErrorBefore(track: Track, day: number): number {
  if (day < track.firstDay) return HONEST_SPREAD;
  const error = track.levelError[slotOf(day)]!;
  return Number.isNaN(error) ? HONEST_SPREAD : error;
}

/** The level of a part before `day`; zero (as the profile says) when that is before the point's time. */
export function levelBefore(track: Track, part: number, day: number): number {
  if (day < track.firstDay) return 0;
  const level = track.level[part * KEPT_DAYS + slotOf(day)]!;
  return Number.isNaN(level) ? 0 : level;
}
