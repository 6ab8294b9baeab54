import { proposeCounts, type CountCandidate } from './plan-counts.js';

const byHour = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 20 ? (hour >= 16 ? 30 : 10) : 0));
const candidate = (point: string, change: Partial<CountCandidate> = {}): CountCandidate => ({
  point,
  potential: { low: 180_000, mid: 200_000, high: 222_000 },
  recorded: 190_000,
  suspected: 0,
  lastCountDays: 10,
  byHour,
  ...change,
});
const order = (...candidates: CountCandidate[]): string[] => proposeCounts(candidates, 10).map(({ point }) => point);

describe('the planner of field counts', () => {
  it('sends teams where the range is wide, the money large, the last count old or missing', () => {
    const wide = candidate('wide', { potential: { low: 80_000, mid: 200_000, high: 500_000 } });
    const large = candidate('large', { potential: { low: 1_800_000, mid: 2_000_000, high: 2_220_000 } });
    expect(order(candidate('plain'), wide)).toEqual(['wide', 'plain']);
    expect(order(candidate('plain'), large)).toEqual(['large', 'plain']);
    const aged = [null, 180, 1].map((days) => candidate(String(days), { lastCountDays: days }));
    expect(order(...aged)).toEqual(['null', '180', '1']);
  });

  it('sends them to suspicions, and says so', () => {
    const [first] = proposeCounts([candidate('plain'), candidate('suspect', { suspected: 3_000_000 })], 1);
    expect(first).toMatchObject({ point: 'suspect', suspicion: 1_500_000 });
    expect(first!.reason.id).toContain('3.000.000');
    expect(first!.reason.en).toContain('10 days ago');
  });

  it('counts in the busiest open hours, and nowhere while a point is closed', () => {
    expect(proposeCounts([candidate('a')], 1)[0]).toMatchObject({ fromHour: 16, toHour: 20 });
    expect(proposeCounts([candidate('shut', { byHour: byHour.map(() => 0) })], 1)).toEqual([]);
  });

  it('gives at most one point a team', () => {
    expect(order(...Array.from({ length: 30 }, (_, n) => candidate(`p${n}`)))).toHaveLength(10);
  });
});
