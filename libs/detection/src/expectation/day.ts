import type { Band } from './interval.js';
import { levelBefore, writeLevels } from './level.js';
import type { PeerModel } from './peers.js';
import type { Quarters } from './profile.js';
import type { DaySeason } from './season.js';
import { maskSilence, steadyVolume } from './silence.js';
import type { Scale } from './stabilise.js';
import { KEPT_DAYS, PARTS, type DetectorSettings } from '../settings.js';
import { dayTypeOf, slotOf, type Profile, type Track } from '../track.js';

/** Why a day says less than usual, or nothing. */
export type ScoreNote =
  | 'no-data'
  | 'partial-data'
  | 'silent-hours'
  | 'silent-day'
  | 'short-history'
  | 'bad-count'
  | 'conflicting-counts'
  | 'after-gap'
  | Doubt;

/**
 * What the registry or the journal says against reading a point's day as usual: its terminal's clock jumped (hours and
 * sums may lie on another day), its tariff is new, or the point stands somewhere else from today on.
 */
export type Doubt = 'clock-jump' | 'tariff-changed' | 'moved';
export type Doubts = ReadonlyMap<string, readonly Doubt[]>;

/** Standard deviation (log) by which a day in doubt may differ, on top of all else. */
const DOUBT_ERROR: Partial<Record<ScoreNote, number>> = { 'clock-jump': 0.3, 'tariff-changed': 0.1, 'after-gap': 0.15 };
/** After so many days in a row without data a point is not what it was, for as long as its windows look back. */
const GAP_DAYS = 7;
const GAP_SEEN_DAYS = 28;

/** Writes down how much of the day is in doubt, and why. A day under a wrong clock is no evidence, and teaches nothing. */
export function doubt(track: Track, day: number, told: readonly Doubt[]): readonly ScoreNote[] {
  const notes: ScoreNote[] = hasGap(track, day) ? [...told, 'after-gap'] : [...told];
  track.doubt = Math.hypot(...notes.map((note) => DOUBT_ERROR[note] ?? 0));
  if (told.includes('clock-jump')) track.special[slotOf(day)] = 1;
  return notes;
}

function hasGap(track: Track, day: number): boolean {
  let run = 0;
  for (let past = Math.max(track.firstDay, day - GAP_SEEN_DAYS - GAP_DAYS); past < day; past++) {
    run = Number.isNaN(track.count[slotOf(past)]!) ? run + 1 : 0;
    if (run >= GAP_DAYS && day - past <= GAP_SEEN_DAYS) return true;
  }
  return false;
}

export interface DayContext {
  readonly day: number;
  /** 0 = Sunday. */
  readonly weekday: number;
  readonly scale: Scale;
  readonly settings: DetectorSettings;
  readonly quarters: Quarters | null;
  /** What the calendar says of the day; null on an ordinary one. */
  readonly season: DaySeason | null;
}

/** What was read of one point's day. */
export interface DayReading {
  /** Count over the hours with data; null without any. */
  readonly recorded: number | null;
  /** Share of the day's volume that those hours stand for (0..1). */
  readonly share: number;
  readonly notes: readonly ScoreNote[];
}

const hours = new Float64Array(24);
const expectedHours = new Float64Array(24);

/**
 * Read one point's day out of its ring: take silent runs out, add the parts up, and write the residuals against the
 * point's own profile (before peers).
 */
export function readDay(track: Track, context: DayContext): DayReading {
  const { quarters } = context;
  const slot = slotOf(context.day);
  hours.set(track.hours.subarray(slot * 24, slot * 24 + 24));
  const recorded = total(hours);
  if (track.profile === null) {
    addParts(track, slot, quarters, null);
    return { recorded, share: recorded === null ? 0 : 1, notes: recorded === null ? ['no-data'] : [] };
  }
  const { profile } = track;
  const shape = shapeOf(profile, context);
  const mean = expectedVolume(profile, 0, context);
  for (let hour = 0; hour < 24; hour++) expectedHours[hour] = shape[hour]! * mean;
  const share = observedShare(shape);
  const notes: ScoreNote[] = recorded === null ? ['no-data'] : share < 0.98 ? ['partial-data'] : [];
  const taken = maskSilence(hours, expectedHours, context.settings.silentRunExpectedMin);
  const allTaken = taken > 0 && total(hours) === null;
  if (allTaken || silentDays(track, context)) notes.push('silent-day');
  else if (taken > 0) notes.push('silent-hours');
  track.hours.set(hours, slot * 24);
  writeLevels(track, context.day, context.settings.levelDays, context.scale);
  addParts(track, slot, quarters, shape);
  writeResiduals(track, slot, context);
  return { recorded, share, notes };
}

function total(values: Float64Array): number | null {
  let sum = 0;
  let n = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    n++;
  }
  return n > 0 ? sum : null;
}

function observedShare(shape: Float64Array): number {
  let share = 0;
  for (let hour = 0; hour < 24; hour++) if (!Number.isNaN(hours[hour]!)) share += shape[hour]!;
  return share;
}

function expectedVolume(profile: Profile, part: number, context: DayContext): number {
  const { scale, weekday } = context;
  return scale.from(profile.level[part]! + profile.weekday[part * 7 + weekday]!) * seasonFactor(profile, part, context);
}

/** What the day's kind makes of a part of the usual day. */
function seasonFactor(profile: Profile, part: number, { season, quarters, weekday }: DayContext): number {
  if (season === null) return 1;
  const type = dayTypeOf(weekday) * 24;
  let usual = 0;
  let today = 0;
  for (let hour = 0; hour < 24; hour++) {
    if (part > 0 && quarters?.[hour] !== part - 1) continue;
    usual += profile.hourShare[type + hour]!;
    today += profile.hourShare[type + hour]! * season.byHour[hour]!;
  }
  return usual > 0 ? today / usual : 1;
}

/** Share of the day's volume by hour, on a day like this one (fasting moves the evening). */
export function shapeOf(profile: Profile, { season, weekday }: DayContext): Float64Array {
  const type = dayTypeOf(weekday) * 24;
  const usual = profile.hourShare.subarray(type, type + 24);
  if (season === null) return usual;
  const today = usual.map((share, hour) => share * season.byHour[hour]!);
  const whole = today.reduce((a, b) => a + b, 0);
  return whole > 0 ? today.map((share) => share / whole) : usual;
}

/**
 * A small point's empty day may be chance, several in a row are not: once the volume expected over them is large, the
 * whole run is a closure or a dead feed. Days before today lose their residual too (scores already given stand).
 */
function silentDays(track: Track, { day, settings }: DayContext): boolean {
  const recorded = total(hours);
  if (recorded === null) return false;
  if (recorded > 0) {
    track.silentExpected = 0;
    return false;
  }
  for (let hour = 0; hour < 24; hour++) if (hours[hour] === 0) track.silentExpected += expectedHours[hour]!;
  if (track.silentExpected < settings.silentRunExpectedMin) return false;
  hours.fill(NaN);
  for (let past = day - 1; past >= track.firstDay && past > day - 30; past--) {
    const slot = slotOf(past);
    if (track.count[slot]! > 0) break;
    for (let part = 0; part < PARTS; part++) track.residual[part * KEPT_DAYS + slot] = NaN;
  }
  return true;
}

/** Count and observed share of the day and of each quarter. Without a shape yet, hours count alike. */
function addParts(track: Track, slot: number, quarters: Quarters | null, shape: Float64Array | null): void {
  for (let part = 0; part < PARTS; part++) {
    let count = 0;
    let seen = 0;
    let whole = 0;
    for (let hour = 0; hour < 24; hour++) {
      if (part > 0 && quarters?.[hour] !== part - 1) continue;
      const weight = shape?.[hour] ?? (Number.isNaN(hours[hour]!) ? 0 : 1);
      whole += weight;
      if (Number.isNaN(hours[hour]!)) continue;
      count += hours[hour]!;
      seen += weight;
    }
    track.count[part * KEPT_DAYS + slot] = seen > 0 ? count : NaN;
    track.observed[part * KEPT_DAYS + slot] = whole > 0 && seen > 0 ? seen / whole : NaN;
  }
}

/** Fill in the quarters of the days before the day was cut. */
export function recountQuarters(track: Track, today: number, quarters: Quarters): void {
  for (let day = track.firstDay; day < today; day++) {
    const slot = slotOf(day);
    hours.set(track.hours.subarray(slot * 24, slot * 24 + 24));
    addParts(track, slot, quarters, null);
  }
}

function writeResiduals(track: Track, slot: number, context: DayContext): void {
  const { scale, settings } = context;
  const profile = track.profile!;
  for (let part = 0; part < PARTS; part++) {
    const at = part * KEPT_DAYS + slot;
    const share = track.observed[at]!;
    const mean = expectedVolume(profile, part, context);
    const judged = share >= settings.observedShareMin && mean * share > 0.2;
    track.expected[at] = mean * share;
    track.spread[at] = profile.spread[part * 7 + context.weekday]! * Math.sqrt(1 + 7 / (profile.days + 1));
    const own = judged ? scale.to(track.count[at]!) - scale.to(mean * share) : NaN;
    track.own[(part === 0 ? 0 : part + 1) * KEPT_DAYS + slot] = own;
    if (part > 0) continue;
    const ratio = Math.max(0.02, track.count[at]! / Math.max(0.5, mean * share));
    track.own[KEPT_DAYS + slot] = judged ? scale.to(steadyVolume(hours, expectedHours, ratio)) - scale.to(mean) : NaN;
  }
}

/** Points that are compared with one another: one model a residual series. */
export interface Cohort {
  readonly members: readonly Track[];
  readonly models: readonly PeerModel[];
}

/** Take out of today's residuals what the other points' residuals explain. */
export function comparePeers(cohort: Cohort, day: number, scale: Scale): void {
  const slot = slotOf(day);
  const predicted = cohort.models.map((model, series) =>
    model.predict(Float64Array.from(cohort.members, (track) => track.own[series * KEPT_DAYS + slot]!)),
  );
  cohort.members.forEach((track, p) => {
    for (let part = 0; part < PARTS; part++) {
      const at = part * KEPT_DAYS + slot;
      const series = part === 0 ? [0, 1] : [part + 1];
      let residual = 0;
      let shift = 0;
      for (const s of series) {
        residual += (track.own[s * KEPT_DAYS + slot]! - predicted[s]![p]!) / series.length;
        shift += predicted[s]![p]! / series.length;
      }
      track.residual[at] = residual;
      if (!Number.isNaN(residual)) track.expected[at] = scale.from(scale.to(track.expected[at]!) + shift);
      if (part === 0) track.peerShift = shift;
    }
  });
}

const LEVEL_GUARD_DAYS = 7;

/**
 * The count expected over the hours with data (over the whole day when there are none), its interval, and the factors
 * by which peers and the level of the last weeks moved it. Also keeps the standardised residual for later intervals.
 */
export function expectedRange(track: Track, reading: DayReading, context: DayContext, band: () => Band) {
  const { profile } = track;
  if (profile === null || profile.days === 0)
    return { count: { expected: null, lower: null, upper: null }, factors: { peerFactor: 1, levelFactor: 1 } };
  const { day, scale } = context;
  const ownSpread = profile.spread[context.weekday]! * Math.sqrt(1 + 7 / (profile.days + 1));
  const mean = expectedVolume(profile, 0, context) * (reading.share > 0 ? reading.share : 1);
  const spread = Math.hypot(ownSpread, Math.hypot(context.season?.error ?? 0, track.doubt) * scale.slope(mean));
  const logLevel = levelBefore(track, 0, day - LEVEL_GUARD_DAYS);
  const level = logLevel * scale.slope(mean);
  const centre = scale.to(mean) + track.peerShift + level;
  const { low, high } = band();
  if (reading.recorded !== null && !reading.notes.includes('silent-day'))
    track.standard[slotOf(day)] = (scale.to(reading.recorded) - centre) / spread;
  const expected = scale.from(centre);
  return {
    count: {
      expected,
      lower: Math.min(expected, scale.from(centre + low * spread)),
      upper: Math.max(expected, scale.from(centre + high * spread)),
    },
    factors: {
      peerFactor: scale.from(scale.to(mean) + track.peerShift) / Math.max(0.1, mean),
      levelFactor: Math.exp(logLevel),
    },
  };
}
