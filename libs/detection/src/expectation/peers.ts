import { clamp } from './robust.js';
import { inverseOfPositiveDefinite } from './symmetric.js';

/**
 * What the other points say about a point today. Weather, holidays and events move many points together, and points of
 * one city, street or trade more than others; nobody has to tell which: the shrunk correlation of their past residuals
 * does. A point's expected residual is the Gaussian conditional mean given all others, -sum(P_ij u_j, j != i) / P_ii
 * with P the inverse of that correlation (Lauritzen, "Graphical models", 5.1). Residuals are clipped first, so a
 * neighbour that closes (or steals) moves nobody else's expectation much.
 */
export interface PeerModel {
  /** Points in the order of the matrix. */
  readonly size: number;
  /**
   * Expected residual of each point given the others' residuals today (NaN = no data), stabilised units.
   */
  predict(today: Float64Array): Float64Array;
}

export interface PeerSettings {
  /** Least share of the identity-and-common-factor target in the correlation. */
  readonly shrinkageMin: number;
  /** The target's weight is also at least this many days over the days seen. */
  readonly shrinkageDays: number;
  /** Residuals are clipped at this many standard deviations. */
  readonly clipSd: number;
  /** Half-life of the memory, days. */
  readonly halfLifeDays: number;
}

/**
 * Learn from past residuals. `past[p]` is one point's residuals, oldest first (NaN = no data), all equally long.
 */
export function fitPeers(past: readonly Float64Array[], settings: PeerSettings): PeerModel {
  const n = past.length;
  const days = past[0]?.length ?? 0;
  const weight = new Float64Array(days);
  for (let d = 0; d < days; d++) weight[d] = 0.5 ** ((days - 1 - d) / settings.halfLifeDays);
  const scaled = past.map((series) => standardise(series, weight, settings.clipSd));
  const sds = scaled.map((row) => row.sd);
  const total = weight.reduce((a, b) => a + b, 0);
  const shrink = clamp(settings.shrinkageDays / (total + 1), settings.shrinkageMin, 0.9);
  const correlation = shrunkCorrelation(
    scaled.map((row) => row.values),
    shrink,
  );
  let known: { pattern: string; inverse: Float64Array; members: number[] } | null = null;
  return {
    size: n,
    predict(today) {
      const members: number[] = [];
      for (let p = 0; p < n; p++) if (!Number.isNaN(today[p]!)) members.push(p);
      const pattern = members.join(',');
      if (known?.pattern !== pattern) known = { pattern, members, inverse: inverseFor(correlation, n, members) };
      return conditionalMeans(today, known.members, known.inverse, sds, settings.clipSd);
    },
  };
}

/** Clipped, centred, unit-variance residuals with zero where there is no data, premultiplied by root weight. */
function standardise(series: Float64Array, weight: Float64Array, clipSd: number): { values: Float64Array; sd: number } {
  let sumW = 0;
  let sum = 0;
  let square = 0;
  const prior = 3; // days' worth of "its standard deviation is one", the stabilised scale's promise
  for (let d = 0; d < series.length; d++) {
    const u = series[d]!;
    if (Number.isNaN(u)) continue;
    const kept = clamp(u, -2 * clipSd, 2 * clipSd);
    sumW += weight[d]!;
    sum += weight[d]! * kept;
    square += weight[d]! * kept * kept;
  }
  const mean = sum / (sumW + prior);
  const sd = Math.sqrt((Math.max(0, square - sumW * mean * mean) + prior) / (sumW + prior));
  const values = new Float64Array(series.length);
  let unit = 0;
  for (let d = 0; d < series.length; d++) {
    const u = series[d]!;
    if (Number.isNaN(u)) continue;
    values[d] = clamp((u - mean) / sd, -clipSd, clipSd) * Math.sqrt(weight[d]!);
    unit += values[d]! ** 2;
  }
  // Few days say little about correlation: the prior days pull it towards zero.
  const norm = 1 / Math.sqrt(unit + prior);
  for (let d = 0; d < series.length; d++) values[d]! *= norm;
  return { values, sd };
}

function shrunkCorrelation(rows: readonly Float64Array[], shrink: number): Float64Array {
  const n = rows.length;
  const out = new Float64Array(n * n);
  let common = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const a = rows[i]!;
      const b = rows[j]!;
      let sum = 0;
      for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!;
      out[i * n + j] = sum;
      common += sum;
    }
  }
  const mean = n > 1 ? clamp((2 * common) / (n * (n - 1)), 0, 0.9) : 0;
  for (let i = 0; i < n; i++) {
    out[i * n + i] = 1;
    for (let j = 0; j < i; j++) {
      const value = (1 - shrink) * out[i * n + j]! + shrink * mean;
      out[i * n + j] = value;
      out[j * n + i] = value;
    }
  }
  return out;
}

function inverseFor(correlation: Float64Array, n: number, members: readonly number[]): Float64Array {
  const m = members.length;
  if (m === n) return inverseOfPositiveDefinite(correlation, n);
  const part = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) part[i * m + j] = correlation[members[i]! * n + members[j]!]!;
  return inverseOfPositiveDefinite(part, m);
}

function conditionalMeans(
  today: Float64Array,
  members: readonly number[],
  inverse: Float64Array,
  sds: readonly number[],
  clipSd: number,
): Float64Array {
  const m = members.length;
  const unit = members.map((p) => clamp(today[p]! / sds[p]!, -clipSd, clipSd));
  const out = new Float64Array(today.length);
  for (let i = 0; i < m; i++) {
    let others = 0;
    for (let j = 0; j < m; j++) if (j !== i) others += inverse[i * m + j]! * unit[j]!;
    out[members[i]!] = (-others / inverse[i * m + i]!) * sds[members[i]!]!;
  }
  return out;
}
