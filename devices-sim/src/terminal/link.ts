import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@app/kernel';
import { CHANNELS, topicOf, type Channel } from '@app/protocol';
import { connect, type MqttClient } from 'mqtt';
import type { SimDevice } from '../city/city.js';

/** The connection went away before the gateway acknowledged: the record stays in the spool. */
export class LinkLostError extends Error {
  override name = 'LinkLostError';
}

export interface LinkOptions {
  /** `mqtt://host:port`, `mqtts://…`, `ws://host:port/mqtt`. */
  readonly url: string;
  readonly device: Pick<SimDevice, 'deviceId' | 'mqttPassword'>;
  readonly random: Random;
  onUp(): void;
  onMessage(channel: Channel, payload: Buffer): void;
  /** Told once for a row of failures, not for each. */
  onTrouble(message: string): void;
}

const BACKOFF_MS_MIN = 1_000;
const BACKOFF_MS_MAX = 60_000;
const ACK_MS_MAX = 30_000;
/** An ending terminal does not wait longer for a gateway that does not answer. */
const GOODBYE_MS_MAX = 2_000;
const DOWN_CHANNELS = (Object.keys(CHANNELS) as Channel[]).filter((c) => CHANNELS[c].direction === 'down');

/**
 * A terminal's MQTT connection: signs in with a persistent session and a will, subscribes to its own topics, and comes
 * back by itself with a jittered back-off, so that 152 terminals do not knock at once after an outage.
 */
export class Link {
  private client: MqttClient | null = null;
  private isWanted = false;
  private isReady = false;
  private failures = 0;
  private retry: NodeJS.Timeout | undefined;
  private readonly waiting = new Set<(error: Error) => void>();

  constructor(private readonly options: LinkOptions) {}

  get isUp(): boolean {
    return this.isReady;
  }

  /** Network or power come or go. Going is abrupt: the gateway learns of it by the will. */
  setWanted(wanted: boolean): void {
    if (wanted === this.isWanted) return;
    this.isWanted = wanted;
    if (wanted) this.dial();
    else this.hangUp(true);
  }

  /** Resolves at PUBACK (at once for QoS 0); rejects with LinkLostError when the connection goes first. */
  publish(channel: Channel, payload: string, qos: 0 | 1 = 1): Promise<void> {
    const { client } = this;
    if (!client || !this.isReady) return Promise.reject(new LinkLostError('not connected'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.hangUp(true), ACK_MS_MAX);
      const lost = (error: Error): void => {
        clearTimeout(timer);
        this.waiting.delete(lost);
        reject(error);
      };
      this.waiting.add(lost);
      const topic = topicOf(this.options.device.deviceId, channel);
      client.publish(topic, payload, { qos, retain: CHANNELS[channel].retained }, (error) => {
        if (error) return lost(new LinkLostError(error.message));
        clearTimeout(timer);
        this.waiting.delete(lost);
        resolve();
      });
    });
  }

  /** Asks for the retained config once more. */
  refreshConfig(): void {
    this.client?.subscribe(topicOf(this.options.device.deviceId, 'config'), { qos: 1 });
  }

  /** Says goodbye: status offline, DISCONNECT. */
  async stop(): Promise<void> {
    this.isWanted = false;
    if (this.isReady) {
      const goodbye = this.publish('status', '{"v":1,"state":"offline"}').catch(() => undefined);
      await Promise.race([goodbye, sleep(GOODBYE_MS_MAX, undefined, { ref: false })]);
    }
    this.hangUp(false);
  }

  private dial(): void {
    const { url, device } = this.options;
    const { deviceId, mqttPassword } = device;
    const will = { topic: topicOf(deviceId, 'status'), payload: Buffer.from('{"v":1,"state":"offline"}') };
    const client = connect(url, {
      clientId: deviceId,
      username: deviceId,
      password: mqttPassword,
      clean: false,
      keepalive: 60,
      protocolVersion: 4,
      // Coming back is done here: with jitter, and never with what an old connection had in flight.
      reconnectPeriod: 0,
      connectTimeout: 15_000,
      resubscribe: false,
      will: { ...will, qos: 1, retain: true },
    });
    this.client = client;
    client.on('error', (error) => {
      if (this.failures === 0) this.options.onTrouble(error.message || String(error));
    });
    client.on('message', (topic, payload) => {
      this.options.onMessage(topic.split('/')[3] as Channel, payload);
    });
    client.on('connect', () => void this.welcome(client));
    client.on('close', () => {
      if (this.client === client) this.hangUp(true);
    });
  }

  private async welcome(client: MqttClient): Promise<void> {
    const filters = DOWN_CHANNELS.map((channel) => topicOf(this.options.device.deviceId, channel));
    try {
      await client.subscribeAsync(filters, { qos: 1 });
      if (this.client !== client) return;
      this.isReady = true;
      this.failures = 0;
      this.options.onUp();
      await this.publish('status', '{"v":1,"state":"online"}');
    } catch {
      // Whatever fails here closes the connection, and `close` has it dialled again.
      if (this.client === client) this.hangUp(true);
    }
  }

  private hangUp(abrupt: boolean): void {
    clearTimeout(this.retry);
    const { client } = this;
    this.client = null;
    this.isReady = false;
    if (client) {
      client.removeAllListeners('message');
      client.end(abrupt);
    }
    for (const lost of [...this.waiting]) lost(new LinkLostError('connection lost'));
    if (!this.isWanted) return;
    const backoffMs = Math.min(BACKOFF_MS_MAX, BACKOFF_MS_MIN * 2 ** this.failures);
    this.failures = Math.min(this.failures + 1, 10);
    this.retry = setTimeout(() => this.dial(), backoffMs * (0.5 + this.options.random.next()));
  }
}
