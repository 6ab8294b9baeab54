import { seededRandom } from '@app/kernel';
import { drawEpisodes, plant } from './plant.js';
import type { Series } from './series.js';

const series: Series = { points: ['a', 'b'], start: '2025-01-01', days: 10, counts: new Float32Array(480).fill(50) };

describe('planted thefts', () => {
  it('take their share on their days and touch nothing else', () => {
    const counts = plant(series, [{ point: 1, from: 3, to: 5, share: 0.3 }], seededRandom(1)).counts;
    const days = Array.from({ length: 20 }, (_, i) => counts.slice(i * 24, i * 24 + 24).reduce((a, b) => a + b, 0));
    const stolen = days.map((count, i) => (i >= 13 && i <= 15 ? 0 : count - 1200));
    expect(stolen.every((difference) => difference === 0)).toBe(true);
    const kept = (days[13]! + days[14]! + days[15]!) / 3600;
    expect(kept).toBeGreaterThan(0.66);
    expect(kept).toBeLessThan(0.74);
  });

  it('lie inside the window, with the prevalence asked for, at different points', () => {
    const plan = { prevalence: 0.05, episodeDays: 30, slotDays: 90, share: 0.2 };
    const episodes = drawEpisodes(76, { from: 90, to: 365 }, plan, seededRandom(2));
    expect(episodes).toHaveLength(12);
    expect(new Set(episodes.map((episode) => episode.point)).size).toBe(12);
    for (const { from, to } of episodes) {
      expect(to - from).toBe(29);
      expect(from >= 90 && to < 365).toBe(true);
    }
  });
});
