/** log Gamma(x), x > 0: Stirling's series after shifting x above 7; error below 1e-9. */
export function logGamma(x: number): number {
  let below = 1;
  while (x < 7) below *= x++;
  const shift = below === 1 ? 0 : -Math.log(below);
  const inverse = 1 / (x * x);
  const series = (1 / 12 - inverse * (1 / 360 - inverse / 1260)) / x;
  return shift + (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + series;
}

const SHORT_PRODUCT = 8;

/** log Gamma(x + n) - log Gamma(x), x > 0, n >= 0: of a small whole number by its product. */
export function logRising(x: number, n: number): number {
  if (n === 0) return 0;
  if (n > SHORT_PRODUCT || !Number.isInteger(n)) return logGamma(x + n) - logGamma(x);
  let product = x;
  for (let i = 1; i < n; i++) product *= x + i;
  return Math.log(product);
}

export function logSumExp(values: readonly number[] | Float64Array): number {
  let top = -Infinity;
  for (const value of values) top = Math.max(top, value);
  if (top === -Infinity) return top;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - top);
  return top + Math.log(sum);
}

export const logMeanExp = (values: readonly number[] | Float64Array): number =>
  logSumExp(values) - Math.log(values.length);

const RATES = [0.02, 0.05, 0.1, 0.2, 0.35, 0.55, 0.8];

/**
 * Log Bayes factor of "k of n because somebody does it on purpose" (a rate well above the usual one) against "k of n at
 * the usual rate `p`, which differs between honest people as a beta law of this strength".
 */
export function rateBayes(k: number, n: number, p: number, strength: number): number {
  if (n <= 0) return 0;
  const hits = Math.min(k, n);
  const a = p * strength;
  const b = (1 - p) * strength;
  const honest = logRising(a, hits) + logRising(b, n - hits) - logRising(a + b, n);
  const thefts = RATES.filter((rate) => rate > 3 * p).map(
    (rate) => hits * Math.log(rate) + (n - hits) * Math.log(1 - rate),
  );
  return thefts.length > 0 ? logMeanExp(thefts) - honest : 0;
}

/** Log density of Student's t with 4 degrees of freedom, location 0, this scale. */
export function logStudent4(x: number, scale: number): number {
  return Math.log(0.375 / scale) - 2.5 * Math.log(1 + (x * x) / (4 * scale * scale));
}
