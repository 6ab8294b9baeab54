/**
 * Counts are over-dispersed: variance = mean + k x mean^2 (negative binomial). On this scale their variance is near one
 * whatever the mean, so that a point with 4 payments a day and one with 400 can be judged by one rule.
 * Anscombe (1948), "The transformation of Poisson, binomial and negative-binomial data".
 */
export interface Scale {
  /** Count -> stabilised units. */
  to(count: number): number;
  /** Stabilised units -> count (never below zero). */
  from(value: number): number;
  /** Change in stabilised units for a relative change of the count: d to / d log(count). */
  slope(count: number): number;
}

const OFFSET = 3 / 8;

/** The scale for over-dispersion `k` (0.03: a day of 400 varies by 18 %, as car parks and meters do). */
export function stabilisingScale(k: number): Scale {
  const root = Math.sqrt(k);
  return {
    to: (count) => (2 / root) * Math.asinh(Math.sqrt(k * (count + OFFSET))),
    from: (value) => Math.max(0, Math.sinh((root / 2) * Math.max(0, value)) ** 2 / k - OFFSET),
    slope: (count) => count / Math.sqrt((count + OFFSET) * (1 + k * (count + OFFSET))),
  };
}
