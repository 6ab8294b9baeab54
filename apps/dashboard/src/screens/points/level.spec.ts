import { describe, expect, it } from '@jest/globals';
import { levelOf } from './level';

const NOW = Date.parse('2026-11-02T10:00:00Z');
const point = { potential: 100_000, unrecorded: 25_000, recorded: 75_000, lastJournalAt: '2026-11-02T08:00:00Z' };

describe('the colour of a point', () => {
  it('is by the share of its potential that was not recorded, half of it being the worst', () => {
    expect(levelOf(point, 'gap', 0, NOW)).toBe(0.5);
    expect(levelOf({ ...point, unrecorded: 90_000 }, 'gap', 0, NOW)).toBe(1);
    expect(levelOf({ ...point, unrecorded: -5_000 }, 'gap', 0, NOW)).toBe(0);
  });

  it('is none where there is no potential, no income at all, or never a record', () => {
    expect(levelOf({ ...point, potential: null, unrecorded: null }, 'gap', 0, NOW)).toBeNull();
    expect(levelOf({ ...point, recorded: 0 }, 'income', 0, NOW)).toBeNull();
    expect(levelOf({ ...point, lastJournalAt: null }, 'silence', 0, NOW)).toBeNull();
  });

  it('is by income against the best point, the best being fine', () => {
    expect(levelOf(point, 'income', 75_000, NOW)).toBe(0);
    expect(levelOf({ ...point, recorded: 0 }, 'income', 75_000, NOW)).toBe(1);
  });

  it('is by silence, four hours being the worst; a clock ahead is no silence', () => {
    expect(levelOf(point, 'silence', 0, NOW)).toBe(0.5);
    expect(levelOf({ ...point, lastJournalAt: '2026-11-01T00:00:00Z' }, 'silence', 0, NOW)).toBe(1);
    expect(levelOf({ ...point, lastJournalAt: '2026-11-02T10:05:00Z' }, 'silence', 0, NOW)).toBe(0);
  });
});
