/**
 * A bucket of tokens: `burst` at once, `perSecond` in the long run. Time comes in, in milliseconds of any clock that
 * does not run backwards.
 */
export class TokenBucket {
  #tokens: number;
  #at: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    nowMs: number,
  ) {
    this.#tokens = burst;
    this.#at = nowMs;
  }

  /** Milliseconds until there is a token; 0 when there is one. Takes none. */
  waitMs(nowMs: number): number {
    this.#fill(nowMs);
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) * 1000) / this.perSecond);
  }

  /** Takes a token; false when there is none. */
  take(nowMs: number): boolean {
    this.#fill(nowMs);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** True when nothing was taken for so long that the bucket is full again, and may be forgotten. */
  isFull(nowMs: number): boolean {
    this.#fill(nowMs);
    return this.#tokens >= this.burst;
  }

  #fill(nowMs: number): void {
    this.#tokens = Math.min(this.burst, this.#tokens + (Math.max(0, nowMs - this.#at) / 1000) * this.perSecond);
    this.#at = nowMs;
  }
}
