import { invariant } from './invariant.js';

/** A sum of money in whole Indonesian rupiah: an integer within +/- 2^53 - 1. There are no sen in this system. */
export type Rupiah = number;

/** Asserts that a number is a rupiah sum (integer, safe). Throws InvariantError otherwise. */
export function rupiah(value: number): Rupiah {
  invariant(Number.isSafeInteger(value), `rupiah must be a safe integer, got ${value}`);
  return value;
}

/** Sum in rupiah; throws InvariantError rather than lose precision. */
export function sumRupiah(values: Iterable<Rupiah>): Rupiah {
  let total = 0;
  for (const value of values) total = rupiah(total + value);
  return total;
}

/**
 * Splits `total` rupiah by shares in basis points (1/10,000) so that the parts add up to `total` exactly.
 * The rupiah that rounding leaves over go to the largest remainders, first share first on a tie.
 * @param total rupiah, 0 or more
 * @param sharesBp integers that add up to 10,000
 */
export function splitByShares(total: Rupiah, sharesBp: readonly number[]): Rupiah[] {
  invariant(total >= 0, 'only sums of 0 or more are split');
  invariant(sharesBp.reduce((a, b) => a + b, 0) === 10_000, 'shares must add up to 10,000 basis points');
  const exact = sharesBp.map((bp) => BigInt(total) * BigInt(bp));
  const parts = exact.map((n) => Number(n / 10_000n));
  const order = exact
    .map((n, index) => ({ index, remainder: Number(n % 10_000n) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  let left = total - sumRupiah(parts);
  for (const { index } of order) {
    if (left === 0) break;
    parts[index]! += 1;
    left -= 1;
  }
  return parts;
}
