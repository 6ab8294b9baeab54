import type { BrokerLimits } from './limits.js';
import { TokenBucket } from './token-bucket.js';

const PRUNE_EVERY = 1_000;

/** New connections of one address: many at once after an outage, a steady rate in the long run. */
export class AddressGate {
  readonly #buckets = new Map<string, TokenBucket>();
  #asked = 0;

  constructor(
    private readonly limits: Pick<BrokerLimits, 'connectionsPerAddressBurst' | 'connectionsPerAddressPerSecond'>,
    private readonly monotonicMs: () => number,
  ) {}

  /** True when one more connection from the address is let in. */
  admits(address: string): boolean {
    const now = this.monotonicMs();
    if (++this.#asked % PRUNE_EVERY === 0) this.#prune(now);
    let bucket = this.#buckets.get(address);
    if (!bucket) {
      const { connectionsPerAddressPerSecond, connectionsPerAddressBurst } = this.limits;
      bucket = new TokenBucket(connectionsPerAddressPerSecond, connectionsPerAddressBurst, now);
      this.#buckets.set(address, bucket);
    }
    return bucket.take(now);
  }

  /** Addresses that are remembered. */
  get addresses(): number {
    return this.#buckets.size;
  }

  #prune(now: number): void {
    for (const [address, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(address);
  }
}
