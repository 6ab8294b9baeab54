import fc from 'fast-check';
import {
  GAP_PAUSE_MS_MAX,
  pauseAfterAskMs,
  planResends,
  RESEND_RECORDS_MAX,
  RESENDS_PER_DEVICE_MAX,
  type MissingRange,
} from './gap-policy.js';

const limits = { askAfterMs: 60_000, findingAfterMs: 86_400_000 };

/** Gaps as a journal has them: apart from each other, in order. */
const gapsArbitrary = fc
  .array(
    fc.record({ epoch: fc.integer({ min: 1, max: 2 }), step: fc.integer({ min: 2, max: 60 }), length: fc.nat(3_000) }),
    {
      maxLength: 40,
    },
  )
  .map((parts) => {
    const next = new Map<number, number>();
    return parts.map(({ epoch, step, length }): MissingRange => {
      const from = (next.get(epoch) ?? 0) + step;
      next.set(epoch, from + length);
      return { epoch, from, to: from + length };
    });
  });

describe('pauseAfterAskMs', () => {
  it('doubles the pause after each request, up to an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 100].map((asks) => pauseAfterAskMs(asks, limits) / 60_000)).toEqual([
      2, 4, 8, 16, 32, 60, 60, 60,
    ]);
  });

  it('never pauses less than the first waiting time, however long that is', () => {
    const slow = { ...limits, askAfterMs: 2 * GAP_PAUSE_MS_MAX };
    expect(pauseAfterAskMs(1, slow)).toBe(2 * GAP_PAUSE_MS_MAX);
  });
});

describe('planResends', () => {
  it('asks for near gaps together and for far ones apart', () => {
    const near = { epoch: 1, from: 5, to: 5 };
    const nearToo = { epoch: 1, from: 26, to: 30 };
    const far = { epoch: 1, from: 60, to: 61 };
    const otherEpoch = { epoch: 2, from: 62, to: 62 };
    expect(planResends([far, otherEpoch, nearToo, near])).toEqual([
      { range: { epoch: 1, from: 5, to: 30 }, gaps: [near, nearToo] },
      { range: { epoch: 1, from: 60, to: 61 }, gaps: [far] },
      { range: { epoch: 2, from: 62, to: 62 }, gaps: [otherEpoch] },
    ]);
  });

  it('asks for a gap without end from its beginning, a bounded part at a time', () => {
    const endless = { epoch: 1, from: 1, to: Number.MAX_SAFE_INTEGER };
    expect(planResends([endless])).toEqual([{ range: { epoch: 1, from: 1, to: RESEND_RECORDS_MAX }, gaps: [endless] }]);
  });

  it('stays within its limits, asks only for what lies around a gap, and covers the oldest gaps', () => {
    fc.assert(
      fc.property(gapsArbitrary, (gaps) => {
        const plans = planResends(gaps);
        expect(plans.length).toBeLessThanOrEqual(RESENDS_PER_DEVICE_MAX);
        expect(plans.length > 0).toBe(gaps.length > 0);
        for (const { range, gaps: covered } of plans) {
          expect(range.to - range.from).toBeLessThan(RESEND_RECORDS_MAX);
          expect(range.from).toBe(covered[0]!.from);
          expect(range.to).toBe(Math.min(covered.at(-1)!.to, range.from + RESEND_RECORDS_MAX - 1));
        }
        const inOrder = [...gaps].sort((a, b) => a.epoch - b.epoch || a.from - b.from);
        const covered = plans.flatMap((plan) => plan.gaps);
        expect(covered).toEqual(inOrder.slice(0, covered.length));
      }),
    );
  });
});
