/** Scores of many points over consecutive days, [point * days + day]; NaN = none. */
export interface ScoreTable {
  readonly points: number;
  readonly days: number;
  readonly scores: Float64Array;
}

/** Days of silence after a case of the same point. */
export const SILENCE_DAYS = 7;

/** The days of the cases of one point in [from, to): the first day above the threshold, then seven days of silence. */
export function casesOf(table: ScoreTable, point: number, threshold: number, from: number, to: number): number[] {
  const cases: number[] = [];
  for (let day = from; day < to; day++) {
    if (!(table.scores[point * table.days + day]! > threshold)) continue;
    cases.push(day);
    day += SILENCE_DAYS;
  }
  return cases;
}

/** How many cases all points make. */
export function countCases(table: ScoreTable, threshold: number, from: number, to: number): number {
  let count = 0;
  for (let point = 0; point < table.points; point++) count += casesOf(table, point, threshold, from, to).length;
  return count;
}

/**
 * The lowest threshold at which the table makes at most `rate` cases a point-day in [from, to). Candidates are the
 * scores themselves, from the highest down; it stops at the first that makes too many.
 */
export function thresholdFor(table: ScoreTable, rate: number, from: number, to: number): number {
  const allowed = rate * table.points * (to - from);
  const candidates: number[] = [];
  for (let point = 0; point < table.points; point++) {
    for (let day = from; day < to; day++) {
      const score = table.scores[point * table.days + day]!;
      if (!Number.isNaN(score)) candidates.push(score);
    }
  }
  candidates.sort((a, b) => b - a);
  // A case needs a day, so the threshold is among the first few days for every allowed case.
  let low = 0;
  let high = candidates.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (countCases(table, candidates[middle]!, from, to) <= allowed) low = middle;
    else high = middle - 1;
  }
  return candidates[low] ?? Infinity;
}
