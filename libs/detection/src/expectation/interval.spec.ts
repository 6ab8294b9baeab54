import { addDays, seededRandom, weekdayOf, type BusinessDate } from '@app/kernel';
import { createDetector, type HourCount } from '../index.js';

const START: BusinessDate = '2025-01-06';
const DAYS = 46;
const NEW_FROM = 40;
const OLD = 12;
const POINTS = 24;
const name = (p: number): string => `P${String(p).padStart(2, '0')}`;

/**
 * Honest points of very different size (the thinnest has 6 vehicles a day), each with a level, a weekday and weather,
 * over-dispersed as real meters are; half of them begin on day 40.
 */
function town(seed: number): HourCount[][] {
  const random = seededRandom(seed);
  const sizes = Array.from({ length: POINTS }, () => 6 * Math.exp(3 * random.next()));
  return Array.from({ length: DAYS }, (_, day) => {
    const weather = Math.exp(0.1 * random.normal());
    const sunday = weekdayOf(addDays(START, day)) === 0;
    return sizes.flatMap((size, p) => {
      if (p >= OLD && day < NEW_FROM) return [];
      const mean = weather * size * (sunday ? 0.6 : 1) * random.gamma(30, 1 / 30);
      return Array.from({ length: 24 }, (_none, hour) => ({
        point: name(p),
        hour,
        count: random.poisson(hour >= 6 && hour < 20 ? mean / 14 : 0),
      }));
    });
  });
}

interface Held {
  /** Share of point-days from NEW_FROM + 3 on whose count lies in its interval. */
  share: number;
  /** Mean width of the intervals (log). */
  width: number;
}

function held(): { old: Held; young: Held } {
  const sums = { old: { inside: 0, all: 0, width: 0 }, young: { inside: 0, all: 0, width: 0 } };
  for (let seed = 1; seed <= 4; seed++) {
    const detector = createDetector();
    town(seed).forEach((counts, day) => {
      const rows = detector.ingestDay(addDays(START, day), counts);
      if (day < NEW_FROM + 3) return;
      for (const { point, recorded, lower, upper } of rows) {
        const sum = point < name(OLD) ? sums.old : sums.young;
        sum.all++;
        if (recorded! >= lower! && recorded! <= upper!) sum.inside++;
        sum.width += Math.log((upper! + 1) / (lower! + 1));
      }
    });
  }
  const meanOf = ({ inside, all, width }: typeof sums.old): Held => ({ share: inside / all, width: width / all });
  return { old: meanOf(sums.old), young: meanOf(sums.young) };
}

describe('the interval of an expectation', () => {
  const { old, young } = held();

  it('holds about nine honest days of ten at points that are known, thin ones too', () => {
    expect(old.share).toBeGreaterThan(0.84);
    expect(old.share).toBeLessThan(0.98);
  });

  it('is wider, and as honest, at a point of three to five days', () => {
    expect(young.share).toBeGreaterThan(0.84);
    expect(young.width).toBeGreaterThan(1.15 * old.width);
  });
});
