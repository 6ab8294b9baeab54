import { casesOf, countCases, thresholdFor, type ScoreTable } from './cases.js';

const table = (...rows: number[][]): ScoreTable => ({
  points: rows.length,
  days: rows[0]!.length,
  scores: Float64Array.from(rows.flat()),
});

describe('cases', () => {
  it('opens on the first day above the threshold and is silent for the seven days after', () => {
    const always = table(new Array<number>(20).fill(5));
    expect(casesOf(always, 0, 4, 0, 20)).toEqual([0, 8, 16]);
    expect(casesOf(always, 0, 5, 0, 20)).toEqual([]);
  });

  it('takes a missing score for none', () => {
    expect(casesOf(table([NaN, 3, NaN]), 0, 1, 0, 3)).toEqual([1]);
  });

  it('finds the lowest threshold that keeps to the rate', () => {
    const scores = table([1, 0, 0, 0, 0, 0, 0, 0, 0, 2], [0, 0, 0, 3, 0, 0, 0, 0, 0, 0]);
    const threshold = thresholdFor(scores, 2 / 20, 0, 10);
    expect(threshold).toBe(1);
    expect(countCases(scores, threshold, 0, 10)).toBe(2);
  });
});
