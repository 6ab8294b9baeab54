import { jest } from '@jest/globals';
import { rehearsePointInTime } from './faults/point-in-time.js';

jest.setTimeout(300_000);

// Real: PostgreSQL with WAL archiving, killed and its data removed.
it('recovers to an instant from a base backup and archived WAL, and the terminal sends the rest again', async () => {
  const { acknowledged, restored, sentAgain, faults } = await rehearsePointInTime(100);
  expect(acknowledged).toEqual([100, 100, 100]);
  expect({ restored, sentAgain, faults }).toEqual({ restored: 200, sentAgain: 100, faults: [] });
});
