import { randomInt } from 'node:crypto';
import { jest } from '@jest/globals';
import { seededRandom } from '../libs/kernel/src/index.js';
import { FAULT_KINDS, LINKS, planFaults, type Fault } from './faults/fleet/plan.js';
import { runFleet } from './faults/fleet/program.js';

jest.setTimeout(600_000);

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

/** The bounded part of `npm run test:faults -- --fleet`. Everything is real. */
describe('two gateways and two workers', () => {
  it('lose no record and no command, and do nothing twice, while they are replaced one by one and a gateway dies', async () => {
    const faults: Fault[] = [{ kind: 'deploy' }, { kind: 'kill', victim: 'gateway-1' }];
    const lines: string[] = [];
    const report = await runFleet({
      seed: randomInt(2 ** 31),
      faults,
      terminals: 4,
      messagesPerSecond: 20,
      say: (line) => void lines.push(line),
    }).catch((error: unknown) => {
      throw new Error(lines.join('\n'), { cause: error });
    });
    const { made, acknowledged, lost, duplicated, commandsLost, selfEnded } = report;
    const wrong = { lost, duplicated, commandsLost, selfEnded, faults: report.faults };
    expect({ ...wrong, story: lines }).toEqual({
      lost: 0,
      duplicated: 0,
      commandsLost: 0,
      selfEnded: [],
      faults: [],
      story: lines,
    });
    expect(acknowledged).toBe(made);
    expect(made).toBeGreaterThan(100);
  });
});
