import { TokenBucket } from '../broker/token-bucket.js';

export interface BadSignInLimits {
  /** Wrong sign-ins as one device from one address that are answered at once, … */
  readonly freeBurst: number;
  /** … and how soon one more is free. */
  readonly freePerSecond: number;
  /** A further one is answered after this. */
  readonly penaltyMs: number;
  /** Refusals that wait at once; past it a refusal does not wait. */
  readonly waitingMax: number;
  /** Pairs of address and device that are remembered; past it those that are at rest are forgotten. */
  readonly pairsMax: number;
}

export const BAD_SIGN_IN_LIMITS: BadSignInLimits = {
  freeBurst: 10,
  freePerSecond: 1 / 30,
  penaltyMs: 5_000,
  waitingMax: 500,
  pairsMax: 20_000,
};

/**
 * Slows down whoever guesses. Only wrong sign-ins are ever held up, so nobody can lock a device out by guessing in its
 * name, not even from behind the same address. (Guessing 256 random bits is hopeless at any rate; this keeps it from
 * being a load.)
 */
export class BadSignIns {
  readonly #pairs = new Map<string, TokenBucket>();
  #waiting = 0;

  constructor(
    private readonly monotonicMs: () => number,
    private readonly limits: BadSignInLimits = BAD_SIGN_IN_LIMITS,
  ) {}

  /** Resolves when a wrong sign-in may be answered. */
  async refused(address: string, deviceId: string): Promise<void> {
    const now = this.monotonicMs();
    const pair = `${address} ${deviceId}`;
    let bucket = this.#pairs.get(pair);
    if (!bucket) {
      if (this.#pairs.size >= this.limits.pairsMax) this.#forget(now);
      bucket = new TokenBucket(this.limits.freePerSecond, this.limits.freeBurst, now);
      this.#pairs.set(pair, bucket);
    }
    if (bucket.take(now) || this.#waiting >= this.limits.waitingMax) return;
    this.#waiting++;
    await new Promise((resolve) => setTimeout(resolve, this.limits.penaltyMs).unref());
    this.#waiting--;
  }

  #forget(now: number): void {
    for (const [pair, bucket] of this.#pairs) if (bucket.isFull(now)) this.#pairs.delete(pair);
    // All of them busy: a storm of made-up names. The oldest make room.
    for (const pair of this.#pairs.keys()) {
      if (this.#pairs.size < this.limits.pairsMax) break;
      this.#pairs.delete(pair);
    }
  }
}
