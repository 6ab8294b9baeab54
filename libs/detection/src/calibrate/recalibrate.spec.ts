import { addDays, seededRandom } from '@app/kernel';
import { recalibrate, type DailyScore } from './recalibrate.js';

/** Scores of honest points: exponential tails, a point a day. */
function scores(points: number, days: number): DailyScore[] {
  const random = seededRandom('scores');
  return Array.from({ length: points * days }, (_, i) => ({
    point: `P${i % points}`,
    date: addDays('2026-01-01', Math.floor(i / points)),
    score: -2 - Math.log(1 - random.next()),
  }));
}

describe('recalibration', () => {
  it('sets thresholds that the same past would have met so often, rarer ones higher', () => {
    const past = scores(150, 120);
    const { thresholds } = recalibrate(past, [], 150)!;
    for (let i = 1; i < thresholds.length; i++)
      expect(thresholds[i - 1]!.threshold).toBeGreaterThanOrEqual(thresholds[i]!.threshold);
    const weekly = thresholds.find((row) => row.falseCasesPerWeek === 1)!;
    // Scores above are a few more than cases: a week of silence follows each.
    const above = past.filter((row) => row.score > weekly.threshold).length;
    expect(above / (120 / 7)).toBeLessThanOrEqual(1.5);
  });

  it('keeps what was while the past is short', () => {
    expect(recalibrate(scores(10, 20), [], 10)).toBeNull();
  });

  it('does not learn from a theft that officers confirmed, and does from a case they found honest', () => {
    const wild = scores(150, 120).map((row) => (row.point === 'P7' ? { ...row, score: row.score + 5 } : row));
    const span = { point: 'P7', from: '2026-01-01', to: '2026-12-31' };
    const weekly = (verdict: 'theft' | 'honest'): number =>
      recalibrate(wild, [{ ...span, verdict }], 150)!.thresholds.find((row) => row.falseCasesPerWeek === 1)!.threshold;
    expect(weekly('honest')).toBeGreaterThan(weekly('theft'));
  });
});
