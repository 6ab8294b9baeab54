import { throttle } from './throttle.js';

describe('throttle', () => {
  it('tells the same error once in ten seconds, whichever queue it comes from, and other errors at once', () => {
    const told: string[] = [];
    let now = 0;
    const tell = throttle(
      (error, jobName) => void told.push(`${now} ${jobName} ${error.message}`),
      () => now,
    );
    for (now of [0, 1, 9_999, 10_000, 10_001]) tell(new Error('down'), now % 2 === 0 ? 'a' : 'b');
    tell(new Error('other'), 'a');
    expect(told).toEqual(['0 a down', '10000 a down', '10001 a other']);
  });

  it('forgets rather than grows without end', () => {
    let told = 0;
    const tell = throttle(
      () => void told++,
      () => 0,
    );
    for (let i = 0; i < 1_000; i++) tell(new Error(`fault ${i}`));
    tell(new Error('fault 999'));
    expect(told).toBe(1_000);
  });
});
