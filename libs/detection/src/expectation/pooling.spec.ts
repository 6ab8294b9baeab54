import { addDays, seededRandom, weekdayOf } from '@app/kernel';
import { createDetector, type HourCount } from '../index.js';

/** A Monday. */
const START = '2025-01-06';
const DAYS = 42;
const BIG = 12;
const THIN = 8;
const SUNDAY = 0.4;

/** A street of busy points that rest on Sundays, and points of five vehicles a day that opened on day 30. */
function town(): HourCount[][] {
  const random = seededRandom('pooling');
  return Array.from({ length: DAYS }, (_, day) => {
    const week = weekdayOf(addDays(START, day)) === 0 ? SUNDAY : 1;
    return Array.from({ length: BIG + THIN }, (_none, p) => {
      if (p >= BIG && day < 30) return [];
      const mean = (p < BIG ? 150 : 5) * week * random.gamma(40, 1 / 40);
      return Array.from({ length: 24 }, (_unused, hour) => {
        const count = random.poisson(hour >= 8 && hour < 18 ? mean / 10 : 0);
        return { point: `P${String(p).padStart(2, '0')}`, hour, count };
      });
    }).flat();
  });
}

describe('a thin point', () => {
  const detector = createDetector();
  const rows = town().map((counts, day) => detector.ingestDay(addDays(START, day), counts));
  const thinOn = (day: number) => rows[day]!.slice(BIG);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

  it('takes its week from its street: of one Sunday of its own it would know nothing', () => {
    // Day 41 is its second Sunday, days 37 to 39 are the Wednesday to the Friday before.
    const sunday = sum(thinOn(41).map((row) => row.expected!)) / THIN;
    const weekday = sum([37, 38, 39].flatMap((day) => thinOn(day).map((row) => row.expected!))) / (3 * THIN);
    expect(sunday / weekday).toBeGreaterThan(0.3);
    expect(sunday / weekday).toBeLessThan(0.6);
  });

  it('has an honest interval all the same: wide, and with most of its days in it', () => {
    const days = [34, 35, 36, 37, 38, 39, 40, 41].flatMap(thinOn);
    const inside = days.filter((row) => row.lower! <= row.recorded! && row.recorded! <= row.upper!);
    expect(inside.length / days.length).toBeGreaterThan(0.84);
    const width = (row: { lower: number | null; upper: number | null }): number =>
      Math.log((row.upper! + 1) / (row.lower! + 1));
    const busy = rows[40]!.slice(0, BIG);
    expect(sum(thinOn(40).map(width)) / THIN).toBeGreaterThan((2 * sum(busy.map(width))) / BIG);
  });
});
