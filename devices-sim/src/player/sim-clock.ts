import type { Clock } from '@app/kernel';

/** A clock on which one can wait. */
export interface SimClock extends Clock {
  /** Resolves when the clock shows `at` (ms), or when the signal aborts. */
  until(at: number, signal: AbortSignal): Promise<void>;
}

const TIMER_MS_MAX = 3_600_000;

/** Real time, or time that runs `speed` times as fast from `beginsAt` (ms) on. */
export function simClock(speed = 1, beginsAt = Date.now()): SimClock {
  const startedAt = Date.now();
  const now = (): number => (speed === 1 ? Date.now() : beginsAt + (Date.now() - startedAt) * speed);
  const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    });
  return {
    now,
    until: async (at, signal) => {
      while (now() < at && !signal.aborted) await sleep(Math.min(TIMER_MS_MAX, (at - now()) / speed + 1), signal);
    },
  };
}
