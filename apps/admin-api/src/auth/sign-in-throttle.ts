import type { Clock } from '@app/kernel';
import { beginTry, tryFailed, trySucceeded, tryUndone, type Database, type GuessLimits } from '@app/persistence';
import { ApiError } from '../http/errors.js';

/** Ten wrong passwords in a row cost nothing; then the pair of user name and address waits, twice as long each time. */
const PAIR: GuessLimits = { freeFailures: 10, pauseMsFirst: 2_000, pauseMsMax: 15 * 60_000, memoryMs: 60 * 60_000 };
/** A hundred from one address, whatever the names, and every pair of it that never signed in waits. */
const ADDRESS: GuessLimits = { ...PAIR, freeFailures: 100 };
const CHECKS_AT_ONCE_MAX = 32;
const CHECKS_OF_ADDRESS_MAX = 4;

export type Verdict = 'right' | 'wrong' | 'incomplete';

/**
 * Slows down guessing, for all processes together. A user name waits only at the address that guessed, and an address
 * as a whole only for names that never signed in there: so nobody can lock another out.
 */
export class SignInThrottle {
  readonly #checking = new Map<string, number>();
  #checkingAll = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Runs one check. @throws ApiError 429 while the pair must wait, 503 when too many checks run at once */
  async guard(username: string, ip: string, check: () => Promise<Verdict>): Promise<Verdict> {
    const address = networkOf(ip);
    const leave = this.#enter(address);
    try {
      const waitMs = await beginTry(this.database, username, address, PAIR, this.clock.now());
      if (waitMs > 0) throw mustWait(waitMs);
      const verdict = await check();
      if (verdict === 'right') await trySucceeded(this.database, username, address, this.clock.now());
      else if (verdict === 'incomplete') await tryUndone(this.database, username, address);
      else await tryFailed(this.database, address, ADDRESS, this.clock.now());
      return verdict;
    } finally {
      leave();
    }
  }

  #enter(address: string): () => void {
    const ofAddress = this.#checking.get(address) ?? 0;
    if (this.#checkingAll >= CHECKS_AT_ONCE_MAX || ofAddress >= CHECKS_OF_ADDRESS_MAX) throw busy();
    this.#checkingAll++;
    this.#checking.set(address, ofAddress + 1);
    return () => {
      this.#checkingAll--;
      const left = this.#checking.get(address)! - 1;
      if (left === 0) this.#checking.delete(address);
      else this.#checking.set(address, left);
    };
  }
}

/** One household or office has a whole /64 of IPv6: its addresses count as one. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip.replace(/^::ffff:/i, '');
  const [head = '', tail] = ip.split('%')[0]!.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined ? first : [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last];
  return `${groups.slice(0, 4).join(':')}::/64`;
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
