import { seededRandom } from '../libs/kernel/src/index.js';
import { FAULT_KINDS, LINKS, planFaults } from './faults/fleet/plan.js';

describe('the plan of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    const plan = (seed: number) => JSON.stringify(planFaults(30, seededRandom(seed)));
    expect(plan(7)).toBe(plan(7));
    expect(plan(7)).not.toBe(plan(8));
  });

  it('holds every kind before one comes again too often, and in time every link in every way', () => {
    expect(new Set(planFaults(13, seededRandom(1)).map(({ kind }) => kind))).toEqual(new Set(FAULT_KINDS));
    const links = planFaults(400, seededRandom(1)).flatMap((fault) =>
      fault.kind === 'link' ? [`${fault.link} ${fault.mode.kind}`] : [],
    );
    expect(new Set(links).size).toBe(LINKS.length * 4);
  });
});
