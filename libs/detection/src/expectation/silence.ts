/**
 * Take silent runs out of a day: a run of empty hours in which `expectedMin` or more were expected is a closure, a full
 * car park or a dead feed. A thief leaves a share; nobody leaves nothing. Changes `hours` in place (0 -> NaN).
 *
 * @param hours 24 counts, NaN = no data
 * @param expected 24 expected counts
 * @returns how many hours were taken out
 */
export function maskSilence(hours: Float64Array, expected: Float64Array, expectedMin: number): number {
  let taken = 0;
  for (let from = 0; from < 24; from++) {
    if (hours[from] !== 0) continue;
    let to = from;
    let missed = 0;
    while (to < 24 && hours[to] === 0) missed += expected[to++]!;
    if (missed >= expectedMin) {
      hours.fill(NaN, from, to);
      taken += to - from;
    }
    from = to;
  }
  return taken;
}

/**
 * The day's volume with wild hours held down: Huber estimate of the factor on the hourly expectation, so one
 * concert or one dead hour does not decide the day. Returns the estimated count of the whole day.
 */
export function steadyVolume(hours: Float64Array, expected: Float64Array, start: number): number {
  let factor = start;
  for (let pass = 0; pass < 8; pass++) {
    let sum = 0;
    let weight = 0;
    for (let hour = 0; hour < 24; hour++) {
      const count = hours[hour]!;
      const mean = factor * expected[hour]!;
      if (Number.isNaN(count) || expected[hour]! <= 0) continue;
      const variance = 1.5 * Math.max(mean, 0.3) + (0.3 * mean) ** 2;
      const off = Math.abs(count - mean) / Math.sqrt(variance);
      const w = (off <= 2.5 ? 1 : 2.5 / off) * (expected[hour]! / variance);
      sum += w * count;
      weight += w * expected[hour]!;
    }
    factor = weight > 0 ? Math.max(0.02, sum / weight) : factor;
  }
  let total = 0;
  for (let hour = 0; hour < 24; hour++) total += expected[hour]!;
  return factor * total;
}
