import { randomInt } from 'node:crypto';
import { jest } from '@jest/globals';
import { runFaults } from './faults/program.js';

jest.setTimeout(600_000);

/** The bounded part of `npm run test:faults`: every kind of process dies once. Everything is real. */
describe('kill -9 under load', () => {
  it('loses and doubles nothing that was acknowledged, and everything recovers alone', async () => {
    const lines: string[] = [];
    const report = await runFaults({
      seed: randomInt(2 ** 31),
      kills: 4,
      terminals: 6,
      messagesPerSecond: 60,
      redis: false,
      say: (line) => void lines.push(line),
    }).catch((error: unknown) => {
      throw new Error(lines.join('\n'), { cause: error });
    });
    const { made, acknowledged, lost, duplicated, faults, kills } = report;
    expect({ lost, duplicated, faults, story: lines }).toEqual({ lost: 0, duplicated: 0, faults: [], story: lines });
    expect(acknowledged).toBe(made);
    expect(new Set(kills.map(({ victim }) => victim)).size).toBe(4);
    expect(made).toBeGreaterThan(100);
  });
});
