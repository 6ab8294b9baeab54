import { falseCaseFactor } from './verdicts.js';

const none = { refuted: 0, confirmed: 0, open: 0, weeks: 8 };

describe('the factor by which verdicts correct the promised rate of false cases', () => {
  it('is one without verdicts, however many cases wait', () => {
    expect(falseCaseFactor(none, 1)).toBe(1);
    expect(falseCaseFactor({ ...none, open: 40 }, 1)).toBe(1);
  });

  it('grows with cases that officers refute, and falls below one where they refute fewer than promised', () => {
    expect(falseCaseFactor({ ...none, refuted: 16, confirmed: 4 }, 1)).toBeCloseTo(1.8);
    expect(falseCaseFactor({ ...none, confirmed: 10 }, 1)).toBeCloseTo(0.2);
  });

  it('counts only what was judged, and never runs away', () => {
    const half = falseCaseFactor({ ...none, refuted: 4, confirmed: 4, open: 8 }, 1);
    expect(half).toBeCloseTo(1);
    expect(falseCaseFactor({ ...none, refuted: 5_000 }, 1)).toBe(10);
    expect(falseCaseFactor({ ...none, confirmed: 5_000 }, 100)).toBe(0.1);
  });
});
