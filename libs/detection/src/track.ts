import { KEPT_DAYS, PARTS, SERIES } from './settings.js';

/** What is learned of a point and used until the next refit. Stabilised units unless said. */
export interface Profile {
  /** Typical level of each part of the day. */
  level: Float64Array; // PARTS
  /** Weekday effect of each part, [part * 7 + weekday]. */
  weekday: Float64Array;
  /** Share of the day's volume by hour, [dayType * 24 + hour]; dayType 0 = Monday-Friday, 1 = Saturday, 2 = Sunday. */
  hourShare: Float64Array;
  /** Standard deviation of the residual of each part, [part * 7 + weekday]. */
  spread: Float64Array;
  /** Days with data behind it. */
  days: number;
}

/** The evidence of one day that a share is missing at a point. */
export interface Shortfall {
  /** Log Bayes factor (nats) of "a share has been missing for `windowDays` days" against honest variation. */
  readonly logBayes: number;
  /** The window that says so most clearly, days up to and including today. */
  readonly windowDays: number;
  /** Share missing in that window, most likely value (0..1). */
  readonly share: number;
}

/** One point's memory: rings of the last KEPT_DAYS days, slot = day % KEPT_DAYS, NaN = no data. */
export interface Track {
  readonly id: string;
  /** Day index of the first day with data, and of the last. */
  firstDay: number;
  lastDay: number;
  /** Counts by hour, [slot * 24 + hour]; silent runs already taken out. */
  hours: Float64Array;
  /** Count of each part over its observed hours, and the share of the part they stand for, [part * KEPT + slot]. */
  count: Float64Array;
  observed: Float64Array;
  /** Residuals against the own profile, before peers, [series * KEPT + slot]. */
  own: Float64Array;
  /** Residuals after peers, by part, and what was expected (count) and the spread then, [part * KEPT + slot]. */
  residual: Float64Array;
  expected: Float64Array;
  spread: Float64Array;
  /** Level (log ratio to the profile) of the weeks before a day and its standard error, by part, [part * KEPT + slot]. */
  level: Float64Array;
  levelError: Float64Array;
  /** Recorded against expected count over the spread: for the interval. */
  standard: Float64Array;
  /** Log Bayes factor of each day before the news rule. */
  evidence: Float64Array;
  /** 1 on a day of a kind (holiday, Ramadan ...): it says nothing of ordinary ones. */
  special: Float64Array;
  /** Volume expected since the last sign of life (a silent point is closed or dead). */
  silentExpected: number;
  profile: Profile | null;
  /** Standard deviation (log) by which the last day taken may differ for reasons of its own. */
  doubt: number;
  /** What peers added to the last day's expectation, stabilised units. */
  peerShift: number;
  /** The evidence of the last day taken. */
  found: Shortfall | null;
}

const seriesFields = {
  hours: 24,
  count: PARTS,
  observed: PARTS,
  own: SERIES,
  residual: PARTS,
  expected: PARTS,
} as const;
const moreFields = { spread: PARTS, level: PARTS, levelError: PARTS, standard: 1, evidence: 1, special: 1 } as const;

/** Ring fields and how many values a day they keep. */
export const ringFields = { ...seriesFields, ...moreFields };
export type RingField = keyof typeof ringFields;

export function newTrack(id: string, day: number): Track {
  const rings = Object.fromEntries(
    Object.entries(ringFields).map(([field, perDay]) => [field, new Float64Array(perDay * KEPT_DAYS).fill(NaN)]),
  ) as unknown as Record<RingField, Float64Array>;
  return {
    id,
    firstDay: day,
    lastDay: day,
    ...rings,
    silentExpected: 0,
    profile: null,
    doubt: 0,
    peerShift: 0,
    found: null,
  };
}

/** Where a day lives in a ring. */
export function slotOf(day: number): number {
  return day % KEPT_DAYS;
}

/** Forget what the slot of a new day held KEPT_DAYS ago. */
export function clearSlot(track: Track, day: number): void {
  const slot = slotOf(day);
  track.hours.fill(NaN, slot * 24, slot * 24 + 24);
  for (const field of Object.keys(ringFields) as RingField[]) {
    if (field === 'hours') continue;
    for (let i = 0; i < ringFields[field]; i++) track[field][i * KEPT_DAYS + slot] = NaN;
  }
}

/** Monday to Friday 0, Saturday 1, Sunday 2, from a weekday with 0 = Sunday. */
export function dayTypeOf(weekday: number): number {
  return weekday === 0 ? 2 : weekday === 6 ? 1 : 0;
}
