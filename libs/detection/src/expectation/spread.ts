import { medianOf } from './robust.js';
import { KEPT_DAYS, PARTS } from '../settings.js';
import { slotOf, type Track } from '../track.js';

const LOOK_BACK = 120;
const OWN_PRIOR_DAYS = 20;
const WEEKDAY_PRIOR_DAYS = 6;
/** Median absolute deviation to standard deviation under a normal law. */
const TO_SD = 1.4826;
const scratch = new Float64Array(KEPT_DAYS);

interface Deviations {
  n: number;
  sd: number;
  byWeekday: { n: number; sd: number }[];
}

function deviationsOf(track: Track, part: number, today: number, weekdayOf: (day: number) => number): Deviations {
  const values: number[] = [];
  const days: number[] = [];
  for (let day = Math.max(track.firstDay, today - LOOK_BACK); day < today; day++) {
    const value = track.residual[part * KEPT_DAYS + slotOf(day)]!;
    if (Number.isNaN(value)) continue;
    values.push(value);
    days.push(day);
  }
  scratch.set(values);
  const centre = medianOf(scratch, values.length);
  const off = values.map((value) => Math.abs(value - centre));
  const sdOf = (kept: readonly number[]): { n: number; sd: number } => {
    scratch.set(kept);
    return { n: kept.length, sd: medianOf(scratch, kept.length) * TO_SD };
  };
  const byWeekday = Array.from({ length: 7 }, (_, k) => sdOf(off.filter((_value, i) => weekdayOf(days[i]!) === k)));
  return { ...sdOf(off), byWeekday };
}

/**
 * Spread of each point's residuals by part and weekday (stabilised units): robust, pulled towards the group's by
 * 20 days and each weekday towards the point's by 6, all as geometric means. [part * 7 + weekday] per track.
 */
export function fitSpreads(
  tracks: readonly Track[],
  today: number,
  weekdayOf: (day: number) => number,
): Float64Array[] {
  const out = tracks.map(() => new Float64Array(PARTS * 7));
  for (let part = 0; part < PARTS; part++) {
    const all = tracks.map((track) => deviationsOf(track, part, today, weekdayOf));
    const grown = all.filter((own) => own.n >= 10).map((own) => own.sd);
    const group = grown.length > 0 ? Math.max(0.3, medianOf(Float64Array.from(grown), grown.length)) : 1.5;
    all.forEach((own, p) => {
      const sd = geometric(own.n >= 5 ? own.n : 0, own.sd, OWN_PRIOR_DAYS, group);
      own.byWeekday.forEach((day, k) => {
        out[p]![part * 7 + k] = geometric(day.n, day.sd, WEEKDAY_PRIOR_DAYS, sd);
      });
    });
  }
  return out;
}

/** Weighted geometric mean of an own estimate on n days and a prior; a small floor keeps a constant series finite. */
function geometric(n: number, own: number, priorDays: number, prior: number): number {
  if (n === 0 || Number.isNaN(own)) return prior;
  return Math.exp((n * Math.log(own + 0.1) + priorDays * Math.log(prior)) / (n + priorDays));
}
