import type { DayKind } from '../calendar/day-kind.js';
import type { Scale } from './stabilise.js';
import { dayTypeOf, slotOf, type Track } from '../track.js';

/** What the city did on the days of one kind: vehicles recorded and expected by hour, fading, and the days behind it. */
export interface KindMemory {
  readonly days: number;
  readonly recorded: readonly number[];
  readonly expected: readonly number[];
}
export type SeasonMemory = Partial<Record<DayKind, KindMemory>>;

/** How the day's kind moves the expectation. */
export interface DaySeason {
  /** Factor on each hour of the day. */
  readonly byHour: readonly number[];
  /** Standard deviation (log) by which the day may still differ: large while the kind was seldom seen. */
  readonly error: number;
}

/** Days by which a kind's factors are pulled towards "as usual", and vehicles by which each hour's is towards the day's. */
const PRIOR_DAYS = 0.5;
const PRIOR_VEHICLES = 200;
/** How far a kind of day that was never seen may lie from the usual (log). */
const UNSEEN_ERROR = 0.2;
/** Older days of a kind count less: about a dozen are remembered. */
const FADING = 0.92;
/** A kind teaches nothing when fewer points than this can be read: one thief is no season. */
const POINTS_MIN = 5;
/** A point further than this factor from its usual day is closed, moved or broken. */
const FACTOR_MAX = 5;
/** Days of history before a point can tell what is usual. */
const TELLS_AFTER_DAYS = 21;

/** What was learned by now of a kind of day; null on an ordinary one. */
export function seasonOf(memory: SeasonMemory, kind: DayKind | null): DaySeason | null {
  if (kind === null) return null;
  const known = memory[kind];
  if (!known) return { byHour: new Array<number>(24).fill(1), error: UNSEEN_ERROR };
  const belief = known.days / (known.days + PRIOR_DAYS);
  const whole = sum(known.recorded) / Math.max(1, sum(known.expected));
  const byHour = known.expected.map((expected, hour) => {
    const raw = (known.recorded[hour]! + PRIOR_VEHICLES * whole) / (expected + PRIOR_VEHICLES);
    return Math.min(FACTOR_MAX, Math.max(1 / FACTOR_MAX, raw)) ** belief;
  });
  // What the pull towards the usual may have taken off a kind that differs much is part of the error.
  const pulled = (1 - belief) * Math.log(Math.min(FACTOR_MAX, Math.max(1 / FACTOR_MAX, whole)));
  return { byHour, error: Math.hypot(UNSEEN_ERROR * Math.sqrt(1 - belief), pulled) };
}

/** Take in how a day of a kind went over all points that can be read; days to come are expected by it. */
export function learnSeason(
  memory: SeasonMemory,
  kind: DayKind,
  tracks: readonly Track[],
  { day, weekday, scale }: { readonly day: number; readonly weekday: number; readonly scale: Scale },
): SeasonMemory {
  const recorded = new Array<number>(24).fill(0);
  const expected = new Array<number>(24).fill(0);
  const type = dayTypeOf(weekday) * 24;
  let told = 0;
  for (const track of tracks) {
    if (track.profile === null || track.profile.days < TELLS_AFTER_DAYS) continue;
    const usual = scale.from(track.profile.level[0]! + track.profile.weekday[weekday]!);
    const at = slotOf(day) * 24;
    const hours = Array.from({ length: 24 }, (_, hour) => ({
      count: track.hours[at + hour]!,
      mean: usual * track.profile!.hourShare[type + hour]!,
    })).map((h) => (Number.isNaN(h.count) ? { count: 0, mean: 0 } : h));
    const ratio = sum(hours.map((h) => h.count)) / Math.max(1e-9, sum(hours.map((h) => h.mean)));
    if (!(ratio > 1 / FACTOR_MAX && ratio < FACTOR_MAX)) continue;
    told++;
    hours.forEach(({ count, mean }, hour) => {
      recorded[hour]! += count;
      expected[hour]! += mean;
    });
  }
  if (told < POINTS_MIN) return memory;
  const before = memory[kind] ?? { days: 0, recorded: [], expected: [] };
  const fade = (news: readonly number[], past: readonly number[]): number[] =>
    news.map((value, hour) => value + FADING * (past[hour] ?? 0));
  const learned = {
    days: 1 + FADING * before.days,
    recorded: fade(recorded, before.recorded),
    expected: fade(expected, before.expected),
  };
  return { ...memory, [kind]: learned };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
