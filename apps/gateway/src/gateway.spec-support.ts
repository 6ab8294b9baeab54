import 'reflect-metadata';
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { createPoint, openDatabase, registerDevice, write, type Database } from '@app/persistence';
import { createLogger, createMetrics, loadConfig } from '@app/platform';
import { canonicalJson, topicOf, type Channel, type Receipt } from '@app/protocol';
import { Sealer, type Credentials } from '@app/registry';
import { GatewayModule } from './gateway.module.js';
import { Gateway, type GatewayPorts } from './gateway.js';
import type { IngestPort } from './ingest-port.js';
import { journalIngest, journalReprocessing } from './journal-ingest.js';
import { GATEWAY_LIMITS, type GatewayLimits } from './limits.js';
import { GatewayMetrics } from './metrics.js';
import { qrisOrders } from './qris-orders.js';
import { GatewaySetup } from './setup.js';

export const ADMIN = { username: 'admin', address: '' };
export const sealer = new Sealer([randomBytes(32)]);

/** A gateway in this process, on free ports, with the real way of the journal unless the test brings its own. */
export interface TestGateway extends GatewayPorts {
  readonly id: string;
  readonly setup: GatewaySetup;
  stop(): Promise<void>;
}

export async function startGateway(
  databaseUrl: string,
  options: { ingest?: IngestPort; env?: NodeJS.ProcessEnv; limits?: Partial<GatewayLimits>; sealer?: Sealer } = {},
): Promise<TestGateway> {
  const config = loadConfig({
    EPARKING_MQTT_PORT: '0',
    EPARKING_MQTTS_PORT: '0',
    EPARKING_WSS_PORT: '0',
    EPARKING_MQTTS_HOST: '127.0.0.1',
    EPARKING_GATEWAY_HTTP_PORT: '0',
    ...options.env,
  });
  const registry = createMetrics('gateway');
  const metrics = new GatewayMetrics(registry);
  const [database, journal] = [openDatabase({ url: databaseUrl }), openDatabase({ url: databaseUrl })];
  const opener = options.sealer ?? sealer;
  const now = (): number => Date.now();
  const log = createLogger({ service: 'gateway', level: 'fatal' });
  const limits = { ...GATEWAY_LIMITS, ...options.limits };
  const setup = new GatewaySetup({
    config,
    databaseUrl,
    database,
    ingest: options.ingest ?? journalIngest(journal, opener, config, metrics),
    reprocess: journalReprocessing(journal, opener, config),
    qris: qrisOrders({ database, sealer: opener, config, limits, metrics, log, now }),
    log,
    registry,
    metrics,
    limits,
    gatewayId: randomUUID(),
    now,
    monotonicMs: () => performance.now(),
  });
  const app = await NestFactory.createApplicationContext(GatewayModule.with(setup), { logger: false });
  const gateway = app.get(Gateway);
  const ports = await gateway.start();
  return {
    ...ports,
    id: setup.parts.gatewayId,
    setup,
    stop: async () => {
      await gateway.stop();
      await Promise.all([database.close(), journal.close()]);
    },
  };
}

/** Registers a point of this code, if it is not there, and a device at it. */
export async function provision(
  database: Database,
  deviceId: string,
  point = 'MDN-001',
  by: Sealer = sealer,
): Promise<Credentials> {
  const points = await database.query('SELECT 1 FROM points WHERE code = $1', [point]);
  return write(database, ADMIN, async (tx) => {
    if (points.length === 0) await createPoint(tx, { code: point, name: `Point ${point}` } as never);
    return registerDevice(tx, by, { deviceId, kind: 'handheld', point } as never);
  });
}

/** A terminal of the test: knows its credentials and the protocol. */
export class Terminal {
  seq = 0;
  prev = '';
  readonly received: { channel: string; message: unknown; retain: boolean }[] = [];

  private constructor(
    readonly credentials: Credentials,
    readonly client: MqttClient,
  ) {
    client.on('message', (topic, payload, { retain }) =>
      this.received.push({ channel: topic.split('/')[3]!, message: JSON.parse(payload.toString()), retain }),
    );
  }

  static async connect(port: number, credentials: Credentials, options: IClientOptions = {}): Promise<Terminal> {
    const { deviceId, mqttPassword } = credentials;
    const client = await mqtt.connectAsync({
      host: '127.0.0.1',
      port,
      clientId: deviceId,
      username: deviceId,
      password: mqttPassword,
      reconnectPeriod: 0,
      ...options,
    });
    return new Terminal(credentials, client);
  }

  /** A sealed record, next in the sequence unless a seq is given. */
  record(
    body: object,
    over: { type?: string; seq?: number; at?: string; prev?: string } = {},
  ): Record<string, unknown> {
    const seq = over.seq ?? this.seq + 1;
    const at = over.at ?? new Date().toISOString();
    const unsealed = { v: 1, epoch: this.credentials.epoch, seq, type: 'boot', at, body, prev: this.prev, ...over };
    const mac = createHmac('sha256', Buffer.from(this.credentials.journalKey!, 'base64url'))
      .update(canonicalJson(unsealed))
      .digest('base64url');
    this.seq = Math.max(this.seq, seq);
    this.prev = mac;
    return { ...unsealed, mac };
  }

  async publish(channel: Channel, message: unknown, retain = false): Promise<void> {
    const payload = Buffer.isBuffer(message) ? message : JSON.stringify(message);
    await this.client.publishAsync(topicOf(this.credentials.deviceId, channel), payload, { qos: 1, retain });
  }

  async listen(filter = '#'): Promise<void> {
    await this.client.subscribeAsync(`eparking/v1/${this.credentials.deviceId}/${filter}`, { qos: 1 });
  }

  messages<T = Record<string, unknown>>(channel: Channel): T[] {
    return this.received.filter((each) => each.channel === channel).map(({ message }) => message as T);
  }

  get receipts(): Receipt[] {
    return this.messages<Receipt>('receipts');
  }

  /** Resolves when the connection ends. */
  closed(): Promise<void> {
    return new Promise((resolve) => this.client.once('close', () => resolve()));
  }

  async end(): Promise<void> {
    await this.client.endAsync();
  }
}
