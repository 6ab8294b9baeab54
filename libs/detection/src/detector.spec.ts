import { addDays, seededRandom } from '@app/kernel';
import fc from 'fast-check';
import { createDetector, type DayScore, type HourCount } from './index.js';

const start = '2025-01-06';

/** A made-up town: negative-binomial counts, a weekly rhythm, a weather factor common to all points. */
function town(seed: number, points: number, days: number, perDay = 120): HourCount[][] {
  const random = seededRandom(seed);
  return Array.from({ length: days }, (_, day) => {
    const weather = Math.exp(0.15 * random.normal());
    return Array.from({ length: points }, (_unused, p) => {
      const busy = weather * random.gamma(40, 1 / 40) * (day % 7 === 6 ? 0.4 : 1) * (1 + p / points);
      return Array.from({ length: 24 }, (_none, hour) => {
        const shape = hour >= 6 && hour < 20 ? 1 / 14 : 0.001;
        return { point: `P${String(p).padStart(2, '0')}`, hour, count: random.poisson(perDay * busy * shape) };
      });
    }).flat();
  });
}

function run(days: readonly HourCount[][]): DayScore[][] {
  const detector = createDetector();
  return days.map((counts, day) => detector.ingestDay(addDays(start, day), counts));
}

/** Keep each vehicle of a point's days [from, to) with probability 1 - share. */
function skim(days: HourCount[][], point: string, from: number, to: number, share: number): HourCount[][] {
  const random = seededRandom('skim');
  return days.map((counts, day) =>
    counts.map((row) => {
      if (row.point !== point || day < from || day >= to || row.count === null) return row;
      let kept = 0;
      for (let i = 0; i < row.count; i++) if (!random.chance(share)) kept++;
      return { ...row, count: kept };
    }),
  );
}

const best = (scores: DayScore[][], point: string, from: number, to: number): number =>
  Math.max(...scores.slice(from, to).map((rows) => rows.find((row) => row.point === point)?.score ?? -Infinity));

describe('volume detector', () => {
  const honest = town(1, 12, 110);

  it('gives a skim of 40 % a far higher score within a week than any honest point gets', () => {
    const scores = run(skim(honest, 'P03', 90, 110, 0.4));
    const others = Math.max(
      ...scores.slice(60).flatMap((rows) => rows.filter((r) => r.point !== 'P03').map((r) => r.score ?? -99)),
    );
    expect(best(scores, 'P03', 90, 97)).toBeGreaterThan(Math.max(2, others + 1));
  });

  it('does not take a closed point, nor a dead feed, for a thief', () => {
    const closed = honest.map((counts, day) =>
      counts.map((row) => (row.point === 'P05' && day >= 90 ? { ...row, count: 0 } : row)),
    );
    const scores = run(closed);
    expect(best(scores, 'P05', 90, 110)).toBeLessThan(0.5);
    expect(scores[100]!.find((row) => row.point === 'P05')!.notes).toContain('silent-day');
  });

  it('blames the weather, not a point, when all fall together', () => {
    const storm = honest.map((counts, day) =>
      day < 95 ? counts : counts.map((row) => ({ ...row, count: Math.round(row.count! * 0.6) })),
    );
    const scores = run(storm);
    for (let p = 0; p < 12; p++) expect(best(scores, `P${String(p).padStart(2, '0')}`, 95, 110)).toBeLessThan(1.5);
  });

  it('never changes a score when later days are added, whatever the order of the rows', () => {
    const short = town(2, 5, 60);
    const all = run(short);
    const random = seededRandom(3);
    const shuffled = short.slice(0, 47).map((counts) => [...counts].sort(() => random.next() - 0.5));
    expect(run(shuffled)).toEqual(all.slice(0, 47));
  });

  it('does not know of a point before its first count', () => {
    const days = town(6, 5, 40);
    const blank = days.map((counts, day) =>
      counts.map((row) => (row.point === 'P04' && day < 30 ? { ...row, count: null } : row)),
    );
    const without = days.slice(0, 30).map((counts) => counts.filter((row) => row.point !== 'P04'));
    expect(run(blank).slice(0, 30)).toEqual(run(without));
  });

  it('goes on from its saved state exactly as if it had never stopped', () => {
    const days = town(4, 6, 75);
    const whole = run(days);
    const first = createDetector();
    days.slice(0, 60).forEach((counts, day) => first.ingestDay(addDays(start, day), counts));
    const second = createDetector(undefined, JSON.parse(JSON.stringify(first.state())));
    const rest = days.slice(60).map((counts, i) => second.ingestDay(addDays(start, 60 + i), counts));
    expect(rest).toEqual(whole.slice(60));
  });

  it('gives garbage a note and no score, and never a NaN', () => {
    const count = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }) },
      fc.constantFrom(null, -3, NaN, Infinity, 1e12, 0, 0, 0),
    );
    const row = fc.record({ point: fc.constantFrom('a', 'b', 'c'), hour: fc.integer({ min: -1, max: 24 }), count });
    const day = fc.array(row, { maxLength: 72 });
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 45 }), (days) => {
        for (const row of run(days as HourCount[][]).flat()) {
          for (const value of [row.score, row.expected, row.lower, row.upper, ...Object.values(row.terms)])
            expect(value === null || Number.isFinite(value)).toBe(true);
          if (row.expected !== null) expect(row.lower! <= row.expected && row.expected <= row.upper!).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('gives a point three days old a wide interval and no score', () => {
    const days = town(5, 6, 60).map((counts, day) => counts.filter((row) => row.point !== 'P02' || day >= 57));
    const last = run(days)
      .at(-1)!
      .find((row) => row.point === 'P02')!;
    const old = run(days)
      .at(-1)!
      .find((row) => row.point === 'P03')!;
    expect(last.score).toBeNull();
    expect(last.notes).toContain('short-history');
    expect(last.upper! / last.lower!).toBeGreaterThan(old.upper! / old.lower!);
  });

  it('refuses a day that is not after the last', () => {
    const detector = createDetector();
    detector.ingestDay('2025-03-02', []);
    expect(() => detector.ingestDay('2025-03-02', [])).toThrow(/2025-03-02/);
    expect(() => detector.ingestDay('2025-13-02', [])).toThrow(/date/);
  });
});
