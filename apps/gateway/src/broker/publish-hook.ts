import type { AedesPublishPacket } from 'aedes';
import type { Connection } from './connection.js';
import type { BrokerObserver, BrokerPolicy, DownMessage, SignedInClient, Taken, UpMessage } from './ports.js';
import type { SessionStore } from './session-store.js';

export interface PublishHookOptions {
  readonly policy: BrokerPolicy;
  readonly observer: BrokerObserver;
  readonly sessions: SessionStore;
  readonly now: () => number;
  readonly monotonicMs: () => number;
  readonly publish: (message: DownMessage) => void;
}

/** A publish as it came from a client, `length` being that of its body. A will comes by the same hook without `cmd`. */
export type IncomingPacket = AedesPublishPacket & { length?: number };
type Done = (error?: Error | null) => void;

/**
 * What the gateway takes for itself is published on this topic, to which nobody may subscribe, instead of its own:
 * the broker would else offer every journal message to the sessions of its device.
 */
const NOBODYS_TOPIC = '$gateway/taken';
const NOTHING: Taken = { forward: false, answers: [] };

/** The only place from which a publish can be acknowledged: what stands before `done` is what PUBACK promises. */
export class PublishHook {
  constructor(private readonly options: PublishHookOptions) {}

  /** Authorises a publish, hands it over, and calls `done` when it may be acknowledged and its turn has come. */
  publish(connection: Connection, client: SignedInClient, packet: IncomingPacket, done: Done): void {
    const { policy, observer, sessions, now, monotonicMs } = this.options;
    if (!policy.mayPublish(client.id, packet.topic)) {
      connection.note('forbidden-publish', `a publish on ${packet.topic}`);
      return done(new Error('forbidden topic'));
    }
    const startedAt = monotonicMs();
    const bodyBytes = packet.length ?? 0;
    const repeated = packet.qos === 2 && sessions.awaitsRelease(client.id, packet.messageId!);
    const work = repeated ? NOTHING : this.#take(messageOf(client, packet, false, now()));
    connection.lane.add(work, (outcome) => {
      if ('error' in outcome) {
        connection.note('not-taken', outcome.error.message);
        // In a later turn: the acknowledgements that stand before it leave the broker's own buffer first.
        setImmediate(done, outcome.error);
      } else {
        if (packet.qos > 0) observer.acknowledged(monotonicMs() - startedAt);
        this.#release(packet, outcome.value, done);
      }
      connection.guard.answered(bodyBytes);
    });
  }

  /** A will comes when its connection is gone: there is nobody to answer. */
  will(client: SignedInClient, will: IncomingPacket, done: Done): void {
    if (!this.options.policy.mayPublish(client.id, will.topic)) return done(new Error('forbidden topic'));
    const work = this.#take(messageOf(client, will, true, this.options.now()));
    if (!(work instanceof Promise)) return this.#release(will, work, done);
    work
      .then((taken) => this.#release(will, taken, done))
      .catch((error: Error) => {
        this.options.observer.fault(error, 'taking a will');
        done(error);
      });
  }

  #take(message: UpMessage): Taken | Promise<Taken> {
    try {
      return this.options.policy.take(message);
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  #release(packet: IncomingPacket, { forward, answers }: Taken, done: Done): void {
    if (!forward) {
      packet.topic = NOBODYS_TOPIC;
      packet.retain = false;
    }
    done(null);
    for (const answer of answers) this.options.publish(answer);
  }
}

/**
 * The payload by itself: a small one must not keep the chunk of the socket in memory in which it came. One that is most of
 * its chunk is not copied.
 */
function payloadOf(payload: string | Buffer): Buffer {
  if (typeof payload === 'string') return Buffer.from(payload);
  return payload.buffer.byteLength > payload.length * 2 ? Buffer.from(payload) : payload;
}

function messageOf(client: SignedInClient, packet: IncomingPacket, isWill: boolean, receivedAt: number): UpMessage {
  const { topic, payload, retain } = packet;
  return { client, topic, payload: payloadOf(payload), retain, isWill, receivedAt };
}
