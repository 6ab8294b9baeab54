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
const order = (...candidates: CountCandidate[]): string[] =>
  proposeCounts(candidates, { teams: 10, people: 100 }).map(({ point }) => point);

const one = { teams: 1, people: 10 };

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
    const [first] = proposeCounts([candidate('plain'), candidate('suspect', { suspected: 3_000_000 })], one);
    expect(first).toMatchObject({ point: 'suspect', suspicion: 1_500_000 });
    expect(first!.reason.id).toContain('3.000.000');
    expect(first!.reason.en).toContain('10 days ago');
  });

  it('counts in the busiest open hours, and nowhere while a point is closed', () => {
    expect(proposeCounts([candidate('a')], one)[0]).toMatchObject({ fromHour: 16, toHour: 20 });
    expect(proposeCounts([candidate('shut', { byHour: byHour.map(() => 0) })], one)).toEqual([]);
  });

  it('gives at most one point a team', () => {
    expect(order(...Array.from({ length: 30 }, (_, n) => candidate(`p${n}`)))).toHaveLength(10);
  });

  it('sends as many people as the busiest hour needs, and no more than there are', () => {
    const busy = candidate('busy', { suspected: 9_000_000, byHour: byHour.map((vehicles) => 7 * vehicles) });
    const sent = (people: number) =>
      proposeCounts([candidate('a'), candidate('b'), busy], { teams: 3, people }).map((found) => [
        found.point,
        found.people,
      ]);
    // 210 vehicles an hour: four who count and one who leads.
    expect(sent(9)).toEqual([
      ['busy', 5],
      ['a', 2],
      ['b', 2],
    ]);
    expect(sent(6)).toEqual([['busy', 5]]);
    expect(sent(4)).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
  });

  it('prefers several points to one of more value that takes all the people', () => {
    const crowded = candidate('crowded', { suspected: 50_000, byHour: byHour.map((vehicles) => 10 * vehicles) });
    expect(
      proposeCounts([candidate('a'), candidate('b'), crowded], { teams: 3, people: 6 }).map((c) => c.point),
    ).toEqual(['a', 'b']);
  });
});
