import { addDays, seededRandom } from '@app/kernel';
import fc from 'fast-check';
import { potentialOf, type PotentialQuestion } from './potential.js';
import { learnTurnover, type CountSample } from './samples.js';

const OPEN: number[] = Array.from({ length: 24 }, (_, hour) => (hour >= 7 && hour < 19 ? 1 : 0));
const FEE = 2_000;
const SPACES = 40;
const spacesOf = (): number => SPACES;
const shape = (hour: number): number => 0.3 + 0.5 * Math.exp(-((hour - 12) ** 2) / 12);

/** Honest counts of a made-up point with `level` times the usual turnover: over-dispersed, with a factor of the day. */
function countDay(random: ReturnType<typeof seededRandom>, point: string, date: string, hours: number[], level = 1) {
  const busy = random.gamma(25, 1 / 25);
  return hours.map((hour): CountSample => {
    const mean = SPACES * shape(hour) * level * busy * random.gamma(20, 1 / 20);
    const arrivals = random.poisson(mean);
    const exempt = Math.round(arrivals * 0.1);
    return { point, vehicleClass: 'motorcycle', date, dayType: 0, hour, share: 1, arrivals, exempt };
  });
}

const hoursFrom = (from: number, n: number): number[] => Array.from({ length: n }, (_, i) => from + i);
const truth = (level = 1): number =>
  OPEN.reduce((sum, open, hour) => sum + open * SPACES * shape(hour), 0) * level * 0.9 * FEE;

function city(seed: number): CountSample[] {
  const random = seededRandom(seed);
  return Array.from({ length: 12 }, (_, p) =>
    countDay(random, `Q${p}`, addDays('2026-10-01', p), hoursFrom(7, 12), Math.exp(0.3 * random.normal())),
  ).flat();
}

function ask(samples: readonly CountSample[], peers: readonly CountSample[], change: Partial<PotentialQuestion> = {}) {
  return potentialOf({
    point: 'P',
    date: '2026-11-20',
    dayType: 0,
    openShare: OPEN,
    fees: { motorcycle: FEE },
    spaces: { motorcycle: SPACES },
    samples,
    turnover: learnTurnover([...samples, ...peers], spacesOf),
    ...change,
  });
}

describe('potential from field counts', () => {
  it('says nothing of a point that was never counted', () => {
    expect(ask([], city(1))).toBeNull();
  });

  it('is volume x (1 - exempt share) x tariff, to the rupiah, where the whole day was counted on the day itself', () => {
    const samples = hoursFrom(7, 12).map((hour): CountSample => ({
      point: 'P',
      vehicleClass: 'motorcycle',
      date: '2026-11-20',
      dayType: 0,
      hour,
      share: 1,
      arrivals: 100,
      exempt: 0,
    }));
    const turnover = { ...learnTurnover(samples, spacesOf), exemptShare: 0 };
    expect(ask(samples, [], { turnover })).toMatchObject({ mid: 12 * 100 * FEE, classes: [{ volume: 1200 }] });
  });

  it('holds the truth in its range about nine times in ten, for two counted hours and for two counted days', () => {
    for (const days of [1, 2]) {
      let held = 0;
      const rounds = 120;
      for (let round = 0; round < rounds; round++) {
        const random = seededRandom(`${days}/${round}`);
        const level = Math.exp(0.4 * random.normal());
        const hours = days === 1 ? hoursFrom(10, 2) : hoursFrom(7, 12);
        const own = Array.from({ length: days }, (_, d) =>
          countDay(random, 'P', addDays('2026-11-01', 7 * d), hours, level),
        ).flat();
        const { low, high } = ask(own, city(round + 1))!;
        if (low <= truth(level) && truth(level) <= high) held++;
      }
      expect(held / rounds).toBeGreaterThan(0.82);
    }
  });

  it('has a narrower range the more was counted', () => {
    const random = seededRandom(7);
    const peers = city(2);
    const width = (samples: readonly CountSample[]): number => {
      const { low, high } = ask(samples, peers)!;
      return Math.log(high / low);
    };
    const day = (n: number): CountSample[] => countDay(random, 'P', addDays('2026-11-01', n), hoursFrom(7, 12));
    const one = day(0);
    const four = [...one, ...day(1), ...day(2), ...day(3)];
    expect(width(one)).toBeLessThan(width(one.slice(0, 2)));
    expect(width(four)).toBeLessThan(width(one));
  });

  it('follows the tariff of the date and leaves out hours in which the point is closed', () => {
    const own = countDay(seededRandom(3), 'P', '2026-11-02', hoursFrom(7, 12));
    const full = ask(own, city(3))!;
    const dearer = ask(own, city(3), { fees: { motorcycle: 3_000 } })!;
    expect(dearer.mid / full.mid).toBeCloseTo(1.5, 3);
    const half = ask(own, city(3), { openShare: OPEN.map((open, hour) => (hour < 13 ? open : 0)) })!;
    expect(half.mid).toBeLessThan(0.7 * full.mid);
  });

  it('never gives a range that does not hold its middle, nor a number that is none', () => {
    const sample = fc.record({
      point: fc.constant('P'),
      vehicleClass: fc.constantFrom('motorcycle', 'car'),
      date: fc.constantFrom('2026-11-20', '2026-11-13', '2026-11-14'),
      dayType: fc.constantFrom(0 as const, 1 as const, 2 as const),
      hour: fc.integer({ min: 0, max: 23 }),
      share: fc.constantFrom(0.1, 0.5, 1),
      arrivals: fc.integer({ min: 0, max: 5_000 }),
      exempt: fc.constantFrom(null, 0),
    });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 60 }), fc.integer({ min: 0, max: 500 }), (samples, spaces) => {
        const turnover = learnTurnover(samples, () => spaces);
        const found = ask(samples, [], {
          turnover,
          spaces: { motorcycle: spaces },
          fees: { motorcycle: 2000, car: 4000 },
        });
        if (!found) return;
        for (const value of [found.low, found.mid, found.high]) expect(Number.isSafeInteger(value)).toBe(true);
        expect(found.low <= found.mid && found.mid <= found.high && found.low >= 0).toBe(true);
      }),
    );
  });
});
