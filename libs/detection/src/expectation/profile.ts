import { clamp, medianOf } from './robust.js';
import type { Scale } from './stabilise.js';
import { KEPT_DAYS, LOOK_BACK_DAYS, PARTS, type DetectorSettings } from '../settings.js';
import { dayTypeOf, slotOf, type Profile, type Track } from '../track.js';

const scratch = new Float64Array(KEPT_DAYS);

/** A point tells its ordinary days apart once it has seen so many: until then every day is better than none. */
const ORDINARY_DAYS_MIN = 14;

/** The days that a point's ordinary week is learned from: Ramadan, holidays and the like have their own memory (season.ts). */
function ordinaryDays(track: Track, today: number): number[] {
  const all: number[] = [];
  const ordinary: number[] = [];
  for (let day = Math.max(track.firstDay, today - LOOK_BACK_DAYS); day < today; day++) {
    all.push(day);
    if (track.special[slotOf(day)] !== 1 && !Number.isNaN(track.count[slotOf(day)]!)) ordinary.push(day);
  }
  return ordinary.length < ORDINARY_DAYS_MIN ? all : ordinary;
}

/** Which quarter of the day (0-3) each hour belongs to. */
export type Quarters = readonly number[];

/** Cut the day into four quarters of about equal volume, from the volume by hour over all points. */
export function cutQuarters(volumeByHour: readonly number[]): Quarters {
  const total = volumeByHour.reduce((a, b) => a + b, 0);
  let before = 0;
  return volumeByHour.map((volume, hour) => {
    const middle = total > 0 ? (before + volume / 2) / total : hour / 24;
    before += volume;
    return clamp(Math.floor(middle * 4), 0, 3);
  });
}

/**
 * Share of the day's volume by hour and day type, learned from the hours seen with an exponential memory; each day type
 * is pulled towards the point's all-days shape by `priorDays` days' worth.
 */
export function hourShares(track: Track, today: number, weekdayOf: (day: number) => number, halfLifeDays: number) {
  const sums = new Float64Array(4 * 24);
  const weights = new Float64Array(4 * 24);
  for (const day of ordinaryDays(track, today)) {
    const weight = 0.5 ** ((today - day) / halfLifeDays);
    const type = dayTypeOf(weekdayOf(day));
    for (let hour = 0; hour < 24; hour++) {
      const count = track.hours[slotOf(day) * 24 + hour]!;
      if (Number.isNaN(count)) continue;
      for (const row of [type, 3]) {
        sums[row * 24 + hour]! += weight * count;
        weights[row * 24 + hour]! += weight;
      }
    }
  }
  const priorDays = 3;
  const out = new Float64Array(3 * 24);
  const overall = Array.from({ length: 24 }, (_, hour) =>
    weights[72 + hour]! > 0 ? (sums[72 + hour]! + 0.02) / (weights[72 + hour]! + 0.1) : 0,
  );
  for (let type = 0; type < 3; type++) {
    let total = 0;
    for (let hour = 0; hour < 24; hour++) {
      const at = type * 24 + hour;
      out[at] = (sums[at]! + priorDays * overall[hour]!) / (weights[at]! + priorDays);
      total += out[at]!;
    }
    for (let hour = 0; hour < 24; hour++) out[type * 24 + hour]! /= total > 0 ? total : 1;
    if (total === 0) out.fill(1 / 24, type * 24, type * 24 + 24);
  }
  return out;
}

/** Level and raw weekday effects of one part of the day: medians, so that holidays and outages hardly move them. */
function rawWeek(
  track: Track,
  part: number,
  today: number,
  weekdayOf: (day: number) => number,
  scale: Scale,
  minShare: number,
) {
  const values: number[] = [];
  const days: number[] = [];
  for (const day of ordinaryDays(track, today)) {
    const at = part * KEPT_DAYS + slotOf(day);
    const share = track.observed[at]!;
    if (!(share >= minShare)) continue;
    values.push(scale.to(track.count[at]! / share));
    days.push(day);
  }
  scratch.set(values);
  const level = medianOf(scratch, values.length);
  const effect = new Float64Array(7);
  for (let weekday = 0; weekday < 7; weekday++) {
    let n = 0;
    days.forEach((day, i) => {
      if (weekdayOf(day) === weekday) scratch[n++] = values[i]! - level;
    });
    effect[weekday] = n >= 2 ? medianOf(scratch, n) : NaN;
  }
  return { level, effect, values, days };
}

export type RawWeek = ReturnType<typeof rawWeek>;

/** The raw weeks of all parts of one point's day. */
export function rawWeeks(
  track: Track,
  today: number,
  weekdayOf: (day: number) => number,
  scale: Scale,
  minShare: number,
): RawWeek[] {
  return Array.from({ length: PARTS }, (_, part) => rawWeek(track, part, today, weekdayOf, scale, minShare));
}

/** The group's weekday effects as log ratios by part: median over points, zero where nothing is known. */
export function groupWeek(all: readonly RawWeek[][], scale: Scale): Float64Array {
  const out = new Float64Array(PARTS * 7);
  const values = new Float64Array(all.length);
  for (let part = 0; part < PARTS; part++) {
    for (let weekday = 0; weekday < 7; weekday++) {
      let n = 0;
      for (const weeks of all) {
        const week = weeks[part]!;
        const slope = scale.slope(scale.from(week.level));
        const ratio = week.effect[weekday]! / slope;
        if (!Number.isNaN(ratio) && slope > 0.5) values[n++] = clamp(ratio, -3, 3);
      }
      out[part * 7 + weekday] = n > 0 ? medianOf(values, n) : 0;
    }
  }
  return out;
}

/**
 * The weekly profile of one point: Huber-like mean of each weekday around the level with an exponential memory, pulled
 * towards the group's weekday pattern by `weekdayPriorDays` days.
 */
export function shrinkWeek(
  weeks: readonly RawWeek[],
  group: Float64Array,
  today: number,
  weekdayOf: (day: number) => number,
  scale: Scale,
  settings: DetectorSettings,
): Pick<Profile, 'level' | 'weekday'> {
  const level = Float64Array.from(weeks, (week) => (Number.isNaN(week.level) ? scale.to(0) : week.level));
  const weekday = new Float64Array(PARTS * 7);
  weeks.forEach((week, part) => {
    const slope = scale.slope(scale.from(level[part]!));
    for (let k = 0; k < 7; k++) {
      const prior = group[part * 7 + k]! * slope;
      let effect = Number.isNaN(week.effect[k]!) ? prior : week.effect[k]!;
      for (let pass = 0; pass < 3; pass++) {
        let sum = settings.weekdayPriorDays * prior;
        let weight = settings.weekdayPriorDays;
        week.days.forEach((day, i) => {
          if (weekdayOf(day) !== k) return;
          const w = 0.5 ** ((today - day) / settings.profileHalfLifeDays);
          sum += w * (effect + clamp(week.values[i]! - level[part]! - effect, -2.5, 2.5));
          weight += w;
        });
        effect = sum / weight;
      }
      weekday[part * 7 + k] = effect;
    }
  });
  return { level, weekday };
}

/** Relearn the profile of every point from its ring; spreads are kept until they are refitted from the residuals. */
export function fitProfiles(
  tracks: readonly Track[],
  today: number,
  weekdayOf: (day: number) => number,
  scale: Scale,
  settings: DetectorSettings,
): void {
  const weeks = tracks.map((track) => rawWeeks(track, today, weekdayOf, scale, settings.observedShareMin));
  const group = groupWeek(weeks, scale);
  tracks.forEach((track, p) => {
    const days = weeks[p]![0]!.days.length;
    if (days === 0 && track.profile === null && !hasHours(track)) return;
    const hourShare = hourShares(track, today, weekdayOf, settings.profileHalfLifeDays);
    const week = shrinkWeek(weeks[p]!, group, today, weekdayOf, scale, settings);
    track.profile = {
      ...week,
      hourShare,
      spread: track.profile?.spread ?? new Float64Array(PARTS * 7).fill(1.5),
      days,
    };
  });
}

function hasHours(track: Track): boolean {
  return track.hours.some((count) => !Number.isNaN(count));
}
