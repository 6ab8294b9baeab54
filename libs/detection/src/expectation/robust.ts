/** Order statistics that one wild day cannot move. All ignore NaN; scratch arrays are sorted in place. */

/** Median of the first `n` entries of `scratch` (reordered), NaN when there are none. */
export function medianOf(scratch: Float64Array, n: number): number {
  return quantileOf(scratch, n, 0.5);
}

/** Quantile `q` (0..1, linear between order statistics) of the first `n` entries of `scratch` (reordered). */
export function quantileOf(scratch: Float64Array, n: number, q: number): number {
  if (n === 0) return NaN;
  const sorted = scratch.subarray(0, n).sort();
  const at = (n - 1) * q;
  const low = Math.floor(at);
  const high = Math.min(n - 1, low + 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

/** Median of a list with NaN left out; NaN when nothing is left. */
export function median(values: Iterable<number>): number {
  const kept = Float64Array.from([...values].filter((value) => !Number.isNaN(value)));
  return medianOf(kept, kept.length);
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
