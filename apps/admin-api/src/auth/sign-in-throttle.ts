import type { Clock } from '@app/kernel';
import { ApiError } from '../http/errors.js';

/** Wrong passwords in a row that cost nothing. */
const FREE_FAILURES = 10;
const PAUSE_MS_FIRST = 2_000;
const PAUSE_MS_MAX = 15 * 60_000;
/** A pair unheard of for this long is forgotten. */
const MEMORY_MS = 60 * 60_000;
const ENTRIES_MAX = 50_000;
const CHECKS_AT_ONCE_MAX = 32;

/**
 * Slows down guessing: after ten wrong passwords a user name must wait, twice as long each time, but only from the
 * address that guessed. So nobody can lock another out from elsewhere.
 */
export class SignInThrottle {
  readonly #failures = new Map<string, { count: number; waitUntil: number; at: number }>();
  #checking = 0;

  constructor(private readonly clock: Clock) {}

  /** Runs one password check. @throws ApiError 429 while the pair must wait, 503 when too many checks run at once */
  async guard(username: string, address: string, check: () => Promise<boolean>): Promise<boolean> {
    const key = JSON.stringify([username, address]);
    const waitMs = (this.#failures.get(key)?.waitUntil ?? 0) - this.clock.now();
    if (waitMs > 0) throw mustWait(waitMs);
    if (this.#checking >= CHECKS_AT_ONCE_MAX) throw busy();
    this.#checking++;
    // Counted before the check, so that guesses sent all at once do not get past the limit.
    this.#noteFailure(key);
    try {
      const right = await check();
      if (right) this.#failures.delete(key);
      return right;
    } finally {
      this.#checking--;
    }
  }

  #noteFailure(key: string): void {
    const now = this.clock.now();
    const before = this.#failures.get(key);
    const count = (before && now - before.at < MEMORY_MS ? before.count : 0) + 1;
    const over = count - FREE_FAILURES;
    const pauseMs = over < 0 ? 0 : Math.min(PAUSE_MS_FIRST * 2 ** Math.min(over, 20), PAUSE_MS_MAX);
    this.#failures.delete(key);
    this.#failures.set(key, { count, waitUntil: now + pauseMs, at: now });
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > ENTRIES_MAX && !oldest.done) this.#failures.delete(oldest.value);
  }
}

function mustWait(waitMs: number): ApiError {
  const seconds = Math.ceil(waitMs / 1000);
  return new ApiError(
    429,
    { code: 'too-many-sign-ins', message: `Too many wrong passwords.`, remedy: `Wait ${seconds} seconds.` },
    seconds,
  );
}

function busy(): ApiError {
  return new ApiError(
    503,
    { code: 'busy', message: 'Too many sign-ins at once.', remedy: 'Try again in a moment.' },
    1,
  );
}
