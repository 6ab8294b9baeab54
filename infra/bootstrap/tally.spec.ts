import { closingLine, tallyOf } from './tally.js';

const report = {
  numPassedTests: 7,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  numRuntimeErrorTestSuites: 1,
};

describe('the closing line of npm test', () => {
  it('adds up all runs, and counts a file that could not run as a failed test', () => {
    const tallies = [tallyOf(report, 1), { passed: 5, failed: 0, skipped: 0 }];
    expect(closingLine(tallies)).toBe('12 passed, 2 failed, 3 skipped');
  });

  it('leaves out skipped tests when there are none', () => {
    expect(closingLine([{ passed: 5, failed: 0, skipped: 0 }])).toBe('5 passed, 0 failed');
  });

  it('never calls a failed run passed', () => {
    const clean = { ...report, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };
    expect(tallyOf(clean, 1).failed).toBe(1);
    expect(tallyOf(clean, 0).failed).toBe(0);
  });
});
