import { Inject, Injectable } from '@nestjs/common';
import { beatGateway, checkReady, retireGateway } from '@app/persistence';
import { startHealthServer, type HealthServer } from '@app/platform';
import { MqttBroker } from './broker/mqtt-broker.js';
import { CommandCourier } from './couriers/command-courier.js';
import { ConfigDesk } from './config/config-desk.js';
import { IngestGate } from './devices/ingest-gate.js';
import { MalformedMessages } from './devices/malformed-messages.js';
import type { ExternalBroker } from './external/external-broker.js';
import { EXTERNAL_BROKER } from './external/external.module.js';
import { GatewayWatch } from './gateway-watch.js';
import type { Listening, OnConnection } from './listeners/listener.js';
import { listenTcp } from './listeners/tcp.js';
import { listenTls } from './listeners/tls.js';
import { serveWebSocket } from './listeners/websocket.js';
import { OrderCourier } from './couriers/order-courier.js';
import { listenWss } from './listeners/wss.js';
import { PresenceBook } from './presence/presence-book.js';
import { GatewaySetup } from './setup.js';

/**
 * The ports on which the gateway listens; `mqtts` and `wss` are null where no certificate is configured, and all of
 * MQTT (0) behind a broker of others.
 */
export interface GatewayPorts {
  readonly mqtt: number;
  readonly mqtts: number | null;
  readonly wss: number | null;
  readonly http: number;
}

/** Starts and ends the gateway in order: doors open last and close first. */
@Injectable()
export class Gateway {
  readonly #listening: Listening[] = [];
  #http: HealthServer | null = null;
  #stopWebSocket: () => void = () => undefined;
  #timers: NodeJS.Timeout[] = [];

  // Named tokens: the compiler of the tests does not hand on the types of parameters.
  constructor(
    @Inject(GatewaySetup) private readonly setup: GatewaySetup,
    @Inject(MqttBroker) private readonly broker: MqttBroker,
    @Inject(GatewayWatch) private readonly watch: GatewayWatch,
    @Inject(PresenceBook) private readonly presence: PresenceBook,
    @Inject(CommandCourier) private readonly courier: CommandCourier,
    @Inject(OrderCourier) private readonly orders: OrderCourier,
    @Inject(ConfigDesk) private readonly configDesk: ConfigDesk,
    @Inject(MalformedMessages) private readonly malformed: MalformedMessages,
    @Inject(IngestGate) private readonly gate: IngestGate,
    @Inject(EXTERNAL_BROKER) private readonly external: ExternalBroker | null,
  ) {}

  /**
   * Opens the doors.
   * @throws the listen error when a port cannot be had; what the database says when it is not there
   */
  async start(): Promise<GatewayPorts> {
    const { config, database, gatewayId, metrics, registry, limits } = this.setup.parts;
    const { external } = this;
    const beat = () => beatGateway(database, gatewayId, external !== null);
    await checkReady(database);
    await beat();
    metrics.gauge('ingest_messages', 'Journal messages handed to ingest and not settled.', () => this.gate.messages);
    this.#every(limits.heartbeatEveryMs, 'the heartbeat', async () => {
      await beat();
      await external?.look();
    });
    this.#every(limits.lookEveryMs, 'looking at everything', async () => this.watch.lookAtAll());
    this.presence.start(limits.heardEveryMs);
    this.malformed.start(limits.heardEveryMs);
    this.courier.start(limits.commandsEveryMs);
    this.orders.start(limits.commandsEveryMs);
    this.watch.start();
    const http = await startHealthServer({
      host: config.gatewayHttpHost,
      port: config.gatewayHttpPort,
      checks: {
        database: () => checkReady(database),
        ...(external && { broker: () => external.checkConnected() }),
      },
      metrics: registry,
    });
    this.#http = http;
    if (external) {
      await external.start();
      return { mqtt: 0, mqtts: null, wss: null, http: http.port };
    }
    const accept: OnConnection = (raw, origin) => this.broker.accept(raw, origin);
    this.#stopWebSocket = serveWebSocket(http.server, accept);
    const mqtt = await listenTcp(config.mqttHost, config.mqttPort, accept);
    this.#listening.push(mqtt);
    const tls = await this.#listenTls(accept);
    if (tls) this.#listening.push(tls.mqtts);
    return { mqtt: mqtt.port, mqtts: tls?.mqtts.port ?? null, wss: tls?.wss ?? null, http: http.port };
  }

  /** Takes nothing new, finishes the commits in flight and acknowledges them, then closes everything. */
  async stop(): Promise<void> {
    const { database, gatewayId, now, limits, qris } = this.setup.parts;
    for (const listening of this.#listening) await listening.close();
    this.#stopWebSocket();
    await this.external?.close(limits.drainMsMax);
    await this.broker.close(limits.drainMsMax);
    for (const timer of this.#timers) clearInterval(timer);
    this.courier.stop();
    await qris.drain();
    this.orders.stop();
    this.configDesk.stop();
    await this.watch.stop();
    await this.presence.stop();
    await this.malformed.stop();
    await retireGateway(database, gatewayId, now()).catch(this.setup.failing('leaving in order'));
    await this.#http?.close();
  }

  async #listenTls(accept: OnConnection): Promise<{ mqtts: Listening; wss: number } | null> {
    const { config } = this.setup.parts;
    const { mqttsHost, mqttsPort, wssPort, tlsCertFile: cert, tlsKeyFile: key } = config;
    if (cert === undefined || key === undefined) return null;
    const paths = { cert, key, clientCa: config.tlsClientCaFile, clientCrl: config.tlsClientCrlFile };
    const failing = this.setup.failing('reading certificates anew');
    const wss = await listenWss(mqttsHost, wssPort, paths, accept, failing);
    this.#listening.push(wss);
    const mqtts = await listenTls(mqttsHost, mqttsPort, paths, accept, failing);
    return { mqtts, wss: wss.port };
  }

  #every(ms: number, doing: string, work: () => Promise<void>): void {
    const failing = this.setup.failing(doing);
    this.#timers.push(setInterval(() => void work().catch(failing), ms));
  }
}
