import mqtt, { type IPublishPacket, type MqttClient } from 'mqtt';
import type { SignInFacts } from '@app/persistence';
import {
  CHANNELS,
  decodeUtf8Json,
  directionOf,
  messageFault,
  parseTopic,
  TOPIC_PREFIX,
  type Channel,
  type Status,
  type TopicParts,
} from '@app/protocol';
import { AckLane } from '../broker/ack-lane.js';
import type { BrokerObserver, DownMessage, Taken, UpMessage } from '../broker/ports.js';
import type { DevicePolicy } from '../devices/device-policy.js';
import type { Link } from '../down-link.js';
import type { GatewayLimits } from '../limits.js';
import { within } from '../within.js';
import { holdAcknowledgements } from './held-acks.js';
import { BEHIND_BROKER, HeldDevices } from './held-devices.js';
import { KnownDevices } from './known-devices.js';

export interface ExternalBrokerOptions {
  readonly url: string;
  /** Stable over restarts: under it the broker keeps what this gateway has not acknowledged. */
  readonly clientId: string;
  /** The shared subscription's name. */
  readonly group: string;
  readonly gatewayId: string;
  readonly policy: DevicePolicy;
  readonly factsOf: (deviceId: string) => Promise<SignInFacts | undefined>;
  /** The gateways behind the broker that live now, this one included. */
  readonly members: () => Promise<readonly string[]>;
  readonly observer: BrokerObserver;
  readonly limits: GatewayLimits;
  readonly now: () => number;
  readonly monotonicMs: () => number;
  /** A message of nobody who is registered, or on a topic that is none: dropped. */
  readonly onStranger: (topic: string) => void;
}

const SESSION_SECONDS = 7 * 86_400;
const RECONNECT_MS = 1_000;
/** Topic and properties beside the payload of a message. */
const PACKET_ROOM_BYTES = 4_096;
/** Messages to terminals that the broker has not acknowledged; further ones are dropped, as from a full session. */
const OUTGOING_MAX = 20_000;
const NOTHING: Taken = { forward: false, answers: [] };

/**
 * An MQTT 5 broker of others in the place of the gateway's own. The broker signs terminals in and holds each to its own
 * topics; what a topic says is believed, and every record still proves itself by its MAC. Messages come by a shared
 * subscription and are acknowledged to the broker after their commit, in the order of coming; when one cannot be taken
 * the connection is dropped, and the broker delivers everything unacknowledged again.
 */
export class ExternalBroker implements Link {
  readonly #client: MqttClient;
  readonly #known: KnownDevices;
  readonly #devices: HeldDevices;
  #lane = new AckLane<Taken>();
  #subscribed = false;
  #dropping = false;
  #stopping = false;
  #inFlight = 0;
  #outgoing = 0;

  constructor(private readonly options: ExternalBrokerOptions) {
    const { url, clientId, limits, policy, observer, gatewayId, monotonicMs } = options;
    this.#known = new KnownDevices(options.factsOf, monotonicMs);
    this.#devices = new HeldDevices({
      gatewayId,
      factsOf: options.factsOf,
      prepare: (facts) => policy.prepare(facts),
      connected: (client) => policy.connected(client, [`${TOPIC_PREFIX}/${client.id}/#`]),
      disconnected: (client) => policy.disconnected(client),
      onFailure: (error) => observer.fault(error, 'holding a device behind the broker'),
    });
    this.#client = mqtt.connect(url, {
      manualConnect: true,
      protocolVersion: 5,
      clientId,
      clean: false,
      resubscribe: false,
      reconnectPeriod: RECONNECT_MS,
      properties: {
        sessionExpiryInterval: SESSION_SECONDS,
        receiveMaximum: limits.broker.inFlightPerClientMessagesMax,
        maximumPacketSize: limits.broker.publishPayloadBytesMax + PACKET_ROOM_BYTES,
      },
    });
    holdAcknowledgements(this.#client, (packet, acknowledge) => this.#received(packet, acknowledge));
    this.#client.on('connect', () => void this.#subscribe());
    this.#client.on('close', () => {
      this.#subscribed = false;
      this.#dropping = false;
      this.#lane = new AckLane();
    });
    this.#client.on('error', (error) => observer.fault(error, 'speaking with the broker'));
  }

  /** Rejects while the broker does not deliver here. */
  checkConnected(): Promise<void> {
    return this.#subscribed
      ? Promise.resolve()
      : Promise.reject(new Error('the broker is away, or lets nobody subscribe'));
  }

  get inFlightMessages(): number {
    return this.#inFlight;
  }

  /** Connects, and again whenever the connection is lost. */
  async start(): Promise<void> {
    await this.look();
    this.#client.connect();
  }

  /** Sees which gateways live, and takes over what falls to this one. */
  async look(): Promise<void> {
    await this.#devices.members(await this.options.members());
  }

  publish({ topic, payload, qos, retain }: DownMessage): void {
    if (this.#outgoing >= OUTGOING_MAX) return; // The terminal sends again and is told again.
    this.#outgoing++;
    this.#client.publish(topic, payload as Buffer, { qos, retain }, (error) => {
      this.#outgoing--;
      if (error) this.options.observer.fault(error, `publishing on ${topic}`);
    });
  }

  /** Only the broker can end a terminal's connection: here the gateway stops answering for it. */
  closeClient(deviceId: string): boolean {
    this.#known.forget(deviceId);
    return this.#devices.letGo(deviceId);
  }

  /**
   * Takes nothing new, waits for what is in flight, and leaves; the session stays, so what comes meanwhile waits for
   * this gateway's return, or goes to the others, as the broker does it.
   */
  async close(drainMsMax: number): Promise<void> {
    this.#stopping = true;
    const until = this.options.monotonicMs() + drainMsMax;
    while (this.#inFlight > 0 && this.options.monotonicMs() < until) await new Promise((done) => setTimeout(done, 10));
    const gone = this.#client.connected ? this.#client.endAsync(false) : this.#client.endAsync(true);
    await within(drainMsMax, gone, 'leaving the broker').catch(() => this.#client.endAsync(true));
  }

  async #subscribe(): Promise<void> {
    const { group } = this.options;
    const shared = (Object.keys(CHANNELS) as Channel[]).filter(
      (channel) => directionOf(channel) === 'up' && channel !== 'status',
    );
    const filters = shared.map((channel) => `$share/${group}/${TOPIC_PREFIX}/+/${channel}`);
    try {
      // Every gateway hears every status, the retained ones at once.
      await this.#client.subscribeAsync([...filters, `${TOPIC_PREFIX}/+/status`], { qos: 1 });
      this.#subscribed = true;
    } catch (error) {
      this.#again("subscribing to the terminals' topics", error);
    }
  }

  /** Drops the connection: the broker delivers again what is not acknowledged, when the client is back. */
  #again(doing: string, error: unknown): void {
    if (this.#dropping) return; // Told once for all that wait behind what failed.
    this.#dropping = true;
    this.options.observer.fault(error, doing);
    this.#client.stream?.destroy();
  }

  #received(packet: IPublishPacket, acknowledge: () => void): void {
    if (this.#stopping) return; // Not acknowledged: it comes again, here or elsewhere.
    const { observer, monotonicMs } = this.options;
    const startedAt = monotonicMs();
    this.#inFlight++;
    this.#lane.add(this.#take(packet), (outcome) => {
      this.#inFlight--;
      if ('value' in outcome) {
        acknowledge();
        observer.acknowledged(monotonicMs() - startedAt);
        for (const answer of outcome.value.answers) this.publish(answer);
      } else this.#again('taking a message of the broker', outcome.error);
    });
  }

  async #take(packet: IPublishPacket): Promise<Taken> {
    const { policy, onStranger, now } = this.options;
    const topic = packet.topic;
    const parts = parseTopic(topic);
    const facts = parts && directionOf(parts.channel) === 'up' ? await this.#known.of(parts.deviceId) : undefined;
    // A record of a revoked device still proves itself; nothing else of it is believed.
    if (!parts || !facts || (facts.status !== 'active' && parts.channel !== 'journal')) {
      onStranger(topic);
      return NOTHING;
    }
    const message: UpMessage = {
      client: { id: parts.deviceId, deviceNo: facts.deviceNo, epoch: facts.epoch, address: BEHIND_BROKER },
      topic,
      payload: Buffer.from(packet.payload),
      retain: packet.retain,
      isWill: parts.channel === 'status', // May be the broker's word: the terminal was not heard by it.
      receivedAt: now(),
    };
    return parts.channel === 'status' ? this.#status(parts, message) : policy.take(message);
  }

  async #status({ deviceId }: TopicParts, message: UpMessage): Promise<Taken> {
    await this.#devices.status(deviceId, saysOnline(message.payload));
    if (this.#devices.isMine(deviceId)) await this.options.policy.take(message);
    return NOTHING;
  }
}

/** A status that cannot be read is none, and is counted where it is taken. */
function saysOnline(payload: Uint8Array): boolean {
  const decoded = decodeUtf8Json(payload);
  return decoded.ok && messageFault('status', decoded.value) === null && (decoded.value as Status).state === 'online';
}
