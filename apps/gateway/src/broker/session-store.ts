import { Readable } from 'node:stream';
import type { BrokerLimits } from './limits.js';
import { OutgoingQueue, type OutgoingPacket, type QueuedBytes } from './outgoing-queue.js';
import { RetainedStore, type RetainedPacket } from './retained-store.js';
import { SETTLED, Settled } from './settled.js';
import { filterMatches } from './topic-match.js';

interface ClientRef {
  readonly id: string;
}

interface Subscription {
  readonly topic: string;
  readonly qos: 0 | 1 | 2;
}

interface Session {
  readonly subscriptions: Map<string, 0 | 1 | 2>;
  readonly queue: OutgoingQueue;
}

export interface SessionStoreOptions {
  readonly limits: Pick<BrokerLimits, 'queuedPerSessionMax' | 'queuedBytesMax' | 'sessionsMax' | 'retainedTopicsMax'>;
  /** Whether a client may subscribe to a filter. The broker hands refused ones over with the others of a packet. */
  readonly maySubscribe: (clientId: string, filter: string) => boolean;
  /** The client whose session alone can match a topic or filter; null when any may. */
  readonly ownerOf: (topic: string) => string | null;
}

/**
 * The broker's sessions and retained messages, in memory and bounded (aedes' persistence interface, version 11). It
 * lives as long as the process: journal records are in the database before they are acknowledged, and everything that
 * goes down to a terminal can be made again. See `Settled` for why some answers come at once.
 */
export class SessionStore {
  readonly #sessions = new Map<string, Session>();
  /** Packet identifiers of QoS 2 publishes that wait for PUBREL, by client; their payload was handed on already. */
  readonly #incoming = new Map<string, Set<number>>();
  readonly #retained: RetainedStore;
  readonly #queued: QueuedBytes = { bytes: 0 };

  constructor(private readonly options: SessionStoreOptions) {
    this.#retained = new RetainedStore(options.limits.retainedTopicsMax, options.ownerOf);
  }

  get sessions(): number {
    return this.#sessions.size;
  }

  get queuedBytes(): number {
    return this.#queued.bytes;
  }

  /** Messages queued for a client. */
  queued(clientId: string): number {
    return this.#sessions.get(clientId)?.queue.length ?? 0;
  }

  /** True for a publish of QoS 2 that was taken and waits for its PUBREL: the same again is no new message. */
  awaitsRelease(clientId: string, messageId: number): boolean {
    return this.#incoming.get(clientId)?.has(messageId) ?? false;
  }

  async setup(): Promise<void> {}

  storeRetained(packet: RetainedPacket): PromiseLike<void> {
    this.#retained.set({ ...packet });
    return SETTLED;
  }

  createRetainedStreamCombi(filters: readonly string[]): Readable {
    return Readable.from(this.#retained.matching(filters));
  }

  async addSubscriptions(client: ClientRef, subscriptions: readonly Subscription[]): Promise<void> {
    const allowed = subscriptions.filter(({ topic }) => this.options.maySubscribe(client.id, topic));
    if (allowed.length === 0) return;
    const session = this.#sessions.get(client.id) ?? this.#newSession(client.id);
    for (const { topic, qos } of allowed) session.subscriptions.set(topic, qos);
  }

  async removeSubscriptions(client: ClientRef, filters: readonly string[]): Promise<void> {
    const session = this.#sessions.get(client.id);
    for (const filter of filters) session?.subscriptions.delete(filter);
    if (session?.subscriptions.size === 0 && session.queue.length === 0) this.#forget(client.id);
  }

  async subscriptionsByClient(client: ClientRef): Promise<Subscription[]> {
    const session = this.#sessions.get(client.id);
    if (!session) return [];
    // To the end: the first sessions are those that have been absent longest.
    this.#sessions.delete(client.id);
    this.#sessions.set(client.id, session);
    return [...session.subscriptions].map(([topic, qos]) => ({ topic, qos }));
  }

  /** Ends the session: a clean one begins. */
  async cleanSubscriptions(client: ClientRef): Promise<void> {
    this.#forget(client.id);
  }

  /** One entry a persistent session, however many of its filters match. */
  subscriptionsByTopic(topic: string): PromiseLike<{ clientId: string }[]> {
    const owner = this.options.ownerOf(topic);
    const found: { clientId: string }[] = [];
    const candidates = owner === null ? this.#sessions.keys() : [owner];
    for (const clientId of candidates) {
      const session = this.#sessions.get(clientId);
      if (!session) continue;
      for (const [filter, qos] of session.subscriptions)
        if (qos > 0 && filterMatches(filter, topic)) {
          found.push({ clientId });
          break;
        }
    }
    return new Settled(found);
  }

  outgoingEnqueue(subscriber: { clientId: string }, packet: OutgoingPacket): PromiseLike<void> {
    return this.outgoingEnqueueCombi([subscriber], packet);
  }

  outgoingEnqueueCombi(subscribers: readonly { clientId: string }[], packet: OutgoingPacket): PromiseLike<void> {
    for (const { clientId } of subscribers) this.#sessions.get(clientId)?.queue.add(packet);
    if (subscribers.length > 0 && this.queuedBytes > this.options.limits.queuedBytesMax) this.#forgetQueues();
    return SETTLED;
  }

  outgoingUpdate(client: ClientRef, packet: OutgoingPacket): PromiseLike<void> {
    this.#sessions.get(client.id)?.queue.sent(packet);
    return SETTLED;
  }

  outgoingClearMessageId(client: ClientRef, packet: OutgoingPacket): PromiseLike<OutgoingPacket | undefined> {
    return new Settled(this.#sessions.get(client.id)?.queue.acknowledged(packet.messageId));
  }

  outgoingStream(client: ClientRef): Readable {
    return Readable.from(this.#sessions.get(client.id)?.queue.all() ?? []);
  }

  async incomingStorePacket(client: ClientRef, packet: { messageId: number }): Promise<void> {
    const ids = this.#incoming.get(client.id) ?? new Set<number>();
    this.#incoming.set(client.id, ids.add(packet.messageId));
  }

  async incomingGetPacket(client: ClientRef, packet: { messageId: number }): Promise<{ messageId: number }> {
    if (!this.awaitsRelease(client.id, packet.messageId)) throw new Error('no such packet');
    return packet;
  }

  async incomingDelPacket(client: ClientRef, packet: { messageId: number }): Promise<void> {
    const ids = this.#incoming.get(client.id);
    if (!ids?.delete(packet.messageId)) throw new Error('no such packet');
    if (ids.size === 0) this.#incoming.delete(client.id);
  }

  async cleanIncoming(client: ClientRef): Promise<void> {
    this.#incoming.delete(client.id);
  }

  // A will lives with its connection: the broker holds it itself, and after a crash of the gateway the heartbeat in
  // the database tells who is gone.
  async putWill(): Promise<void> {}
  async delWill(): Promise<void> {}

  streamWill(): Readable {
    return Readable.from([]);
  }

  #newSession(clientId: string): Session {
    if (this.#sessions.size >= this.options.limits.sessionsMax) this.#forget(this.#sessions.keys().next().value!);
    const queue = new OutgoingQueue(this.options.limits.queuedPerSessionMax, this.#queued);
    const session = { subscriptions: new Map(), queue };
    this.#sessions.set(clientId, session);
    return session;
  }

  #forget(clientId: string): void {
    this.#sessions.get(clientId)?.queue.clear();
    this.#sessions.delete(clientId);
  }

  #forgetQueues(): void {
    for (const { queue } of this.#sessions.values()) {
      if (this.queuedBytes <= this.options.limits.queuedBytesMax) return;
      queue.clear();
    }
  }
}
