/**
 * Inverse of a symmetric positive definite matrix (row-major, n x n) by Cholesky; the input is left alone.
 * A pivot that rounding has driven to zero is lifted to 1e-9: the matrices here are shrunk, so it never matters.
 */
export function inverseOfPositiveDefinite(matrix: Float64Array, n: number): Float64Array {
  const low = choleskyFactor(matrix, n);
  const inverseLow = inverseOfLower(low, n);
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += inverseLow[k * n + i]! * inverseLow[k * n + j]!;
      out[i * n + j] = sum;
      out[j * n + i] = sum;
    }
  }
  return out;
}

function choleskyFactor(matrix: Float64Array, n: number): Float64Array {
  const low = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= low[i * n + k]! * low[j * n + k]!;
      low[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / low[j * n + j]!;
    }
  }
  return low;
}

function inverseOfLower(low: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    out[j * n + j] = 1 / low[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= low[i * n + k]! * out[k * n + j]!;
      out[i * n + j] = sum / low[i * n + i]!;
    }
  }
  return out;
}
