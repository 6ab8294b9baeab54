import fc from 'fast-check';
import { HOUR_MS, MINUTE_MS } from '@app/kernel';
import { nextQueryAt } from './query-plan.js';
import type { QrisOrderState } from './qris-order.js';

/** Every instant at which an order that stays as it is would be asked about. */
function plan(state: QrisOrderState, from: number, expiresAt: number): number[] {
  const asked: number[] = [];
  for (let at = nextQueryAt({ state, expiresAt }, from); at !== null; at = nextQueryAt({ state, expiresAt }, at))
    asked.push(at);
  return asked;
}

describe('when a provider is asked about an order', () => {
  it('is every ten seconds while it can be paid, and ever more seldom for a day after its end', () => {
    const end = 2 * MINUTE_MS;
    const asked = plan('pending', 0, end);
    expect(asked.filter((at) => at < end)).toEqual(Array.from({ length: 11 }, (_, n) => (n + 1) * 10_000));
    expect(asked.filter((at) => at >= end).map((at) => at - end)).toEqual([
      ...[5_000, 35_000, 3 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS],
    ]);
    expect(plan('expired', end, end)).toEqual(asked.filter((at) => at >= end));
  });

  it('is later than now and bounded, whenever it is asked and however long the code is good for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 * MINUTE_MS }),
        fc.integer({ min: 0, max: 30 * HOUR_MS }),
        (end, now) => {
          const asked = plan('pending', now, end);
          expect([now, ...asked]).toEqual([...new Set([now, ...asked])].sort((a, b) => a - b));
          expect(asked.length).toBeLessThanOrEqual(end / 10_000 + 7);
          if (asked.length > 0) expect(asked.at(-1)).toBe(end + 24 * HOUR_MS);
        },
      ),
    );
  });

  it('is never of one whose fate is known', () => {
    for (const state of ['paid', 'failed', 'unavailable', 'refunded'] as const)
      expect(nextQueryAt({ state, expiresAt: MINUTE_MS }, 0)).toBeNull();
  });
});
