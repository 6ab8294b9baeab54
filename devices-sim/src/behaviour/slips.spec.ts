import { MINUTE_MS, seededRandom } from '@app/kernel';
import type { Deed, Shift, ShiftContext } from './behaviour.js';
import { slipsOf } from './slips.js';

const SHIFTS = 4000;
const shiftAt = (n: number): Shift => ({ id: `s${n}`, deviceId: 'hh-1', attendant: 'att-1', from: n, to: n + 1 });
const slips = Array.from({ length: SHIFTS }, (_, n) => slipsOf(seededRandom('slips'), shiftAt(n)));
const context = { feeOf: () => ({ code: 'CAR', amount: 4000 }) } as unknown as ShiftContext;
const visit = { method: 'subscription', fate: 'recorded', amount: 0, vehicleClass: 'car', taken: 0 } as Deed;

describe('slips of honest people', () => {
  it('keep one shift in fifty open for the last drivers, for 20 to 45 minutes', () => {
    const late = slips.flatMap(({ staysMs = 0 }) => (staysMs > 0 ? [staysMs / MINUTE_MS] : []));
    expect(late.length / SHIFTS).toBeGreaterThan(0.012);
    expect(late.length / SHIFTS).toBeLessThan(0.028);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...late)).toBeLessThanOrEqual(45);
  });

  it('charge one subscriber in two hundred, nobody keeps the money, and others are served as ever', () => {
    const charged = slips.map((slip) => slip.serve!(visit, context)).filter((deed) => deed !== visit);
    expect(charged.length / SHIFTS).toBeGreaterThan(0.002);
    expect(charged.length / SHIFTS).toBeLessThan(0.009);
    expect(charged[0]).toEqual({ ...visit, method: 'cash', amount: 4000 });
    const other = { ...visit, method: 'cash', amount: 4000 } as Deed;
    expect(slips.every((slip) => slip.serve!(other, context) === other)).toBe(true);
  });
});
