import { medianOf } from './robust.js';
import type { Scale } from './stabilise.js';
import { KEPT_DAYS, PARTS } from '../settings.js';
import { slotOf, type Track } from '../track.js';

/** Fewer days than this say nothing about a level. */
const DAYS_MIN = 10;
const scratch = new Float64Array(KEPT_DAYS);

/**
 * Write down the level of each part (log ratio to the profile) before `day`: the median of the `span` days that end the
 * day before. Written once, on its day; evidence compares with the level of some days ago.
 */
export function writeLevels(track: Track, day: number, span: number, scale: Scale): void {
  for (let part = 0; part < PARTS; part++) {
    let n = 0;
    for (let past = Math.max(track.firstDay, day - span); past < day; past++) {
      const i = part * KEPT_DAYS + slotOf(past);
      const residual = track.residual[i]!;
      if (Number.isNaN(residual)) continue;
      scratch[n++] = residual / Math.max(0.3, scale.slope(track.expected[i]!));
    }
    track.level[part * KEPT_DAYS + slotOf(day)] = n >= DAYS_MIN ? medianOf(scratch, n) : 0;
  }
}

/** The level of a part before `day`; zero (as the profile says) when that is before the point's time. */
export function levelBefore(track: Track, part: number, day: number): number {
  if (day < track.firstDay) return 0;
  const level = track.level[part * KEPT_DAYS + slotOf(day)]!;
  return Number.isNaN(level) ? 0 : level;
}
