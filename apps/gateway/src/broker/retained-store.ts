import { filterMatches } from './topic-match.js';

/** A retained message. */
export interface RetainedPacket {
  readonly topic: string;
  readonly payload: Uint8Array | string;
}

/**
 * Retained messages, at most so many topics. Kept by owner (the device), so that a subscription looks at the few
 * topics of its own device and not at those of the whole city.
 */
export class RetainedStore<P extends RetainedPacket = RetainedPacket> {
  readonly #byOwner = new Map<string, Map<string, P>>();
  #topics = 0;

  /** @param ownerOf the device to which a topic or filter belongs; null when it may be anyone's */
  constructor(
    private readonly topicsMax: number,
    private readonly ownerOf: (topic: string) => string | null,
  ) {}

  get topics(): number {
    return this.#topics;
  }

  /** Keeps the message in the place of the last of its topic; an empty payload removes it (MQTT-3.3.1-10). */
  set(packet: P): void {
    const owner = this.ownerOf(packet.topic) ?? '';
    const topics = this.#byOwner.get(owner) ?? new Map<string, P>();
    if (packet.payload.length === 0) {
      if (topics.delete(packet.topic)) this.#topics--;
      if (topics.size === 0) this.#byOwner.delete(owner);
      return;
    }
    if (!topics.has(packet.topic)) {
      if (this.#topics >= this.topicsMax) return;
      this.#topics++;
    }
    topics.set(packet.topic, packet);
    this.#byOwner.set(owner, topics);
  }

  *matching(filters: readonly string[]): Generator<P> {
    for (const filter of filters) {
      const owner = this.ownerOf(filter);
      const candidates = owner === null ? this.#byOwner.values() : [this.#byOwner.get(owner) ?? new Map<string, P>()];
      for (const topics of candidates)
        for (const packet of topics.values()) if (filterMatches(filter, packet.topic)) yield packet;
    }
  }
}
