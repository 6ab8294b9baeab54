import { setTimeout as sleep } from 'node:timers/promises';

export { freePort } from '../../../infra/bootstrap/processes.js';

/**
 * Repeats `check` until it neither throws nor rejects, and gives its value.
 * @throws the last failure once `withinMs` have passed
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { withinMs = 10_000, everyMs = 25 }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  for (const end = Date.now() + withinMs; ; await sleep(everyMs)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() >= end) throw error;
    }
  }
}
