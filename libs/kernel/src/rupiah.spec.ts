import fc from 'fast-check';
import { rupiah, splitByShares, sumRupiah } from './rupiah.js';

describe('rupiah', () => {
  it('refuses fractions and numbers past 2^53 - 1', () => {
    expect(() => rupiah(0.5)).toThrow(/safe integer/);
    expect(() => rupiah(2 ** 53)).toThrow(/safe integer/);
  });

  it('splits a sum so that the parts always add up to it and differ from the exact share by less than one rupiah', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000_000), fc.integer({ min: 0, max: 10_000 }), (total, bp) => {
        const shares = [bp, 10_000 - bp];
        const parts = splitByShares(total, shares);
        expect(sumRupiah(parts)).toBe(total);
        parts.forEach((part, i) => expect(Math.abs(part - (total * shares[i]!) / 10_000)).toBeLessThan(1));
      }),
    );
  });
});
