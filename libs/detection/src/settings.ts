import type { PeerSettings } from './expectation/peers.js';

/**
 * Everything the volume detector may be tuned by. The defaults were chosen on half of the car parks and checked on the
 * other half (docs/DETECTION.md); none is fitted to a point.
 */
export interface DetectorSettings {
  /** Over-dispersion of honest counts: variance = mean + k x mean^2. */
  readonly overdispersion: number;
  /** Half-life of the memory of a point's weekly and hourly profile, days. */
  readonly profileHalfLifeDays: number;
  /** How many observed days the group's weekly pattern weighs in a point's own. */
  readonly weekdayPriorDays: number;
  /** A run of empty hours in which this many were expected is a closure, a full car park or a dead feed: no data. */
  readonly silentRunExpectedMin: number;
  /** A day is judged only if the hours with data stand for at least this share of it. */
  readonly observedShareMin: number;
  readonly peers: PeerSettings;
  /** Windows that end today, days: a shortfall is sought in the last 1, 2, ... days. */
  readonly windowDays: readonly number[];
  /** A window of up to so many days is compared with the level before that many days. */
  readonly guardDays: readonly number[];
  /** The level before: median of this many days. */
  readonly levelDays: number;
  /** Degrees of freedom of the day-to-day noise: low = one wild day says little. */
  readonly noiseFreedom: number;
  /** Extra standard deviation of the log ratio that no history excuses. */
  readonly noiseFloor: number;
  /** Weights of the evidence of the whole day and of each quarter of the day (below one: they are not independent). */
  readonly dayWeight: number;
  readonly quarterWeight: number;
  /** Standard deviation of the honest drift of a level (log), and the chance of an honest drop of any size. */
  readonly honestDriftSd: number;
  readonly honestDropChance: number;
  /** A score counts as news only if it beats the best of this many days before, by this much once there was some. */
  readonly newsMemoryDays: number;
  readonly newsMargin: number;
  /** Days of history before a point is scored at all. */
  readonly scoredAfterDays: number;
  /** Coverage of the interval [lower, upper] of the expected count. */
  readonly intervalCoverage: number;
}

export const defaultSettings: DetectorSettings = Object.freeze({
  overdispersion: 0.03,
  profileHalfLifeDays: 90,
  weekdayPriorDays: 1,
  silentRunExpectedMin: 8,
  observedShareMin: 0.35,
  peers: Object.freeze({ shrinkageMin: 0.2, shrinkageDays: 15, clipSd: 4, halfLifeDays: 120 }),
  windowDays: Object.freeze([1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 18, 22, 26, 30]),
  guardDays: Object.freeze([4, 7, 14, 30]),
  levelDays: 56,
  noiseFreedom: 1.5,
  noiseFloor: 0.03,
  dayWeight: 0.3,
  quarterWeight: 0.15,
  honestDriftSd: 0.03,
  honestDropChance: 0.005,
  newsMemoryDays: 28,
  newsMargin: 0.4,
  scoredAfterDays: 21,
  intervalCoverage: 0.9,
});

/** Days kept per point; a ring. Longer than anything looks back (182) by the fortnight a weekly refit may lag. */
export const KEPT_DAYS = 196;
/** How far back any estimate looks, days. */
export const LOOK_BACK_DAYS = 182;
/** The whole day and its four quarters (of equal expected volume). */
export const PARTS = 5;
/** Residual series: whole day, whole day with wild hours held down, four quarters. */
export const SERIES = 6;
