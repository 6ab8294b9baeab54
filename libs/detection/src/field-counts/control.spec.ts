import { seededRandom } from '@app/kernel';
import { calibrateByControl, controlFactorOf } from './control.js';

const range = { low: 80_000, mid: 100_000, high: 125_000 };

describe('the control group', () => {
  it('changes nothing while nobody was watched', () => {
    const none = controlFactorOf({ days: 0, recorded: 0, expected: 0 });
    expect(calibrateByControl(range, none)).toEqual(range);
  });

  it('lifts what is expected when watched points record more, the more surely the more days', () => {
    const factors = [1, 5, 40].map((days) => controlFactorOf({ days, recorded: 125 * days, expected: 100 * days }));
    const [one, five, forty] = factors.map(({ factor }) => factor);
    expect(one).toBeGreaterThan(1.05);
    expect(five).toBeGreaterThan(one!);
    expect(forty).toBeGreaterThan(1.22);
    expect(forty).toBeLessThan(1.25);
    expect(factors[0]!.error).toBeGreaterThan(3 * factors[2]!.error);
    const lifted = calibrateByControl(range, factors[2]!);
    expect(lifted.mid).toBe(Math.round(100_000 * forty!));
    expect(lifted.low / lifted.mid).toBeLessThan(0.8);
    expect(lifted.high / lifted.mid).toBeGreaterThan(1.25);
  });

  it('never lowers what is expected, and leaves a range without a floor without one', () => {
    expect(controlFactorOf({ days: 30, recorded: 2_000, expected: 3_000 }).factor).toBe(1);
    const hidden = controlFactorOf({ days: 30, recorded: 4_000, expected: 3_000 });
    expect(calibrateByControl({ low: 0, mid: 100, high: 300 }, hidden).low).toBe(0);
    expect(calibrateByControl({ low: 0, mid: 0, high: 0 }, hidden)).toEqual({ low: 0, mid: 0, high: 0 });
  });

  it('finds a planted share that everybody always kept, in 9 cities of 10 within its error', () => {
    let held = 0;
    for (let seed = 0; seed < 200; seed++) {
      const random = seededRandom(seed);
      // Between a fifth more and nothing was kept: as far as the prior thinks likely.
      const truth = Math.abs(0.2 * random.normal());
      const days = random.integer(4, 30);
      let recorded = 0;
      for (let day = 0; day < days; day++)
        recorded += Math.max(1, 100 * Math.exp(truth + 0.2 * random.normal()) + Math.sqrt(200) * random.normal());
      const { factor, error } = controlFactorOf({ days, recorded, expected: 100 * days });
      if (Math.abs(Math.log(factor) - truth) <= 1.645 * error) held++;
    }
    expect(held / 200).toBeGreaterThan(0.85);
  });
});
