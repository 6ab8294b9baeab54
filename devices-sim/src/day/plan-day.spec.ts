import { eachBusinessDate, seededRandom } from '@app/kernel';
import { HONEST_CITY } from '../behaviour/casting.js';
import { syntheticCity } from '../city/synthetic-city.js';
import { planDay } from './plan-day.js';

test('a terminal that was often off sells and closes only in shifts that it opened', () => {
  const world = { random: seededRandom(4), casting: { ...HONEST_CITY, prevalence: 0 }, faults: { rate: 40 } };
  let closes = 0;
  for (const point of syntheticCity(4, 6)) {
    const opened = new Set<string>();
    for (const date of eachBusinessDate('2026-10-05', '2026-11-05')) {
      for (const event of planDay(world, point, date).events) {
        if (event.kind !== 'record') continue;
        const { draft } = event;
        if (draft.type === 'shift-open') opened.add(draft.body.shift);
        if (draft.type === 'payment' && draft.body.shift) expect(opened).toContain(draft.body.shift);
        if (draft.type !== 'shift-close') continue;
        expect(opened).toContain(draft.shift);
        closes++;
      }
    }
  }
  expect(closes).toBeGreaterThan(100);
});
