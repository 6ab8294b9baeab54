import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import type { Receipt } from '@app/protocol';
import { messageDigest } from '@app/journal';
import { TestTerminal } from '../../libs/testing/src/terminal.js';
import type { Provisioned } from './admin.js';
import type { System } from './system.js';

const ANSWER_MS_MAX = 15_000;

/** A terminal over MQTT.js: knows the device protocol and what provisioning gave it, nothing else. */
export class E2eDevice {
  readonly terminal: TestTerminal;
  /** Everything that came down, in order. */
  readonly heard: { channel: string; payload: unknown }[] = [];
  client!: MqttClient;

  constructor(
    private readonly system: System,
    public credentials: Provisioned,
    now: number = Date.now(),
  ) {
    const key = Buffer.from(credentials.journalKey, 'base64url');
    this.terminal = new TestTerminal(credentials.deviceId, key, credentials.epoch, now);
  }

  get prefix(): string {
    return `eparking/v1/${this.credentials.deviceId}`;
  }

  /** Signs in; rejects when the gateway refuses. Subscribes to everything of its own unless told not to. */
  async connect(options: IClientOptions = {}, subscribe = true): Promise<this> {
    const { deviceId, mqttPassword } = this.credentials;
    this.client = mqtt.connect(`mqtt://127.0.0.1:${this.system.mqttPort}`, {
      protocolVersion: 4,
      clientId: deviceId,
      username: deviceId,
      password: mqttPassword,
      clean: true,
      reconnectPeriod: 0,
      ...options,
    });
    this.client.on('message', (topic, payload) => {
      this.heard.push({ channel: topic.slice(this.prefix.length + 1), payload: JSON.parse(payload.toString()) });
    });
    await new Promise<void>((resolve, reject) => {
      this.client.once('connect', () => resolve());
      this.client.once('error', reject);
    });
    this.client.on('error', () => undefined);
    if (subscribe) await this.client.subscribeAsync(`${this.prefix}/+`, { qos: 1 });
    return this;
  }

  /** Publishes on one of its up topics and waits for PUBACK. */
  async publish(channel: string, body: unknown, qos: 0 | 1 | 2 = 1): Promise<Buffer> {
    const payload = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    await this.client.publishAsync(`${this.prefix}/${channel}`, payload, { qos });
    return payload;
  }

  /** Publishes a journal message and waits for its receipt of one epoch (its own when not told). */
  async journal(body: unknown, epoch = this.terminal.epoch): Promise<Receipt> {
    const of = messageDigest(await this.publish('journal', body));
    return (await this.hear(
      'receipts',
      (receipt) => receipt['of'] === of && receipt['epoch'] === epoch,
    )) as unknown as Receipt;
  }

  /** The first message on a down channel that fits, heard already or yet to come; it is taken off the list. */
  async hear(
    channel: string,
    fits: (message: Record<string, unknown>) => boolean = () => true,
  ): Promise<Record<string, unknown>> {
    const end = Date.now() + ANSWER_MS_MAX;
    for (;;) {
      const index = this.heard.findIndex((m) => m.channel === channel && fits(m.payload as Record<string, unknown>));
      if (index >= 0) return this.heard.splice(index, 1)[0]!.payload as Record<string, unknown>;
      if (Date.now() > end)
        throw new Error(`nothing that fits came on ${channel}; heard ${JSON.stringify(this.heard).slice(0, 2000)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Resolves when the gateway has closed the connection. */
  async closed(): Promise<void> {
    if (this.client.connected) await new Promise<void>((resolve) => this.client.once('close', () => resolve()));
  }

  async end(): Promise<void> {
    // A device that never connected has no client.
    await (this.client as MqttClient | undefined)?.endAsync(true);
  }
}
