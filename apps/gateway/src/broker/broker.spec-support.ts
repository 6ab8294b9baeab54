import { connect as connectSocket, type Socket } from 'node:net';
import mqtt, { type MqttClient } from 'mqtt';
import packets, { type Packet } from 'mqtt-packet';
import { listenTcp } from '../listeners/tcp.js';
import { ConnackCode } from './connect-packet.js';
import { BROKER_LIMITS, type BrokerLimits } from './limits.js';
import { MqttBroker } from './mqtt-broker.js';
import type {
  BrokerObserver,
  BrokerPolicy,
  SignedInClient,
  SignInAnswer,
  SignInRequest,
  Taken,
  UpMessage,
} from './ports.js';
import type { SessionStore } from './session-store.js';

export const TAKEN: Taken = { forward: false, answers: [] };
export const FORWARD: Taken = { forward: true, answers: [] };

/** A message that the policy holds: the test commits it or lets it fail. */
export interface Held {
  readonly message: UpMessage;
  commit(taken?: Taken): void;
  fail(reason?: string): void;
}

/**
 * A policy that a test directs: `client` may publish under `up/client/` and subscribe under `up/client/` and
 * `down/client/`; the password is `right`. While `holding`, messages wait in `held`.
 */
export class ScriptedPolicy implements BrokerPolicy {
  holding = false;
  readonly held: Held[] = [];
  readonly taken: UpMessage[] = [];
  readonly events: string[] = [];
  signInOf: (request: SignInRequest) => Promise<SignInAnswer> = (request) =>
    Promise.resolve(
      request.password?.toString() === 'right'
        ? { accepted: true, deviceNo: 1, epoch: 1 }
        : { accepted: false, code: ConnackCode.badUserNameOrPassword, reason: 'wrong password' },
    );
  takenAs: (message: UpMessage) => Taken = () => TAKEN;

  signIn(request: SignInRequest): Promise<SignInAnswer> {
    return this.signInOf(request);
  }

  mayPublish(clientId: string, topic: string): boolean {
    return topic.startsWith(`up/${clientId}/`);
  }

  maySubscribe(clientId: string, filter: string): boolean {
    return filter.startsWith(`up/${clientId}/`) || filter.startsWith(`down/${clientId}/`);
  }

  ownerOf(topic: string): string | null {
    return /^(?:up|down)\/([^/]+)\//.exec(topic)?.[1] ?? null;
  }

  take(message: UpMessage): Taken | Promise<Taken> {
    this.taken.push(message);
    if (!this.holding || message.isWill) return this.takenAs(message);
    return new Promise((resolve, reject) => {
      this.held.push({
        message,
        commit: (taken = this.takenAs(message)) => resolve(taken),
        fail: (reason = 'database away') => reject(new Error(reason)),
      });
    });
  }

  connected({ id }: SignedInClient): void {
    this.events.push(`connected ${id}`);
  }

  subscribed({ id }: SignedInClient, filters: readonly string[]): void {
    this.events.push(`subscribed ${id} ${filters.join(' ')}`);
  }

  disconnected({ id }: SignedInClient): void {
    this.events.push(`disconnected ${id}`);
  }
}

export interface TestBroker {
  readonly broker: MqttBroker;
  readonly policy: ScriptedPolicy;
  readonly port: number;
  /** `reason detail` of each closed connection. */
  readonly closed: string[];
  readonly faults: unknown[];
  stop(): Promise<void>;
}

/** The broker on a free port, as the gateway runs it, with a policy that the test directs. */
export async function startBroker(limits: Partial<BrokerLimits> = {}, sessions?: SessionStore): Promise<TestBroker> {
  const policy = new ScriptedPolicy();
  const closed: string[] = [];
  const faults: unknown[] = [];
  const observer: BrokerObserver = {
    closed: (reason, detail, clientId) => closed.push(`${reason}: ${detail} (${clientId})`),
    acknowledged: () => undefined,
    fault: (error) => faults.push(error),
  };
  const broker = await MqttBroker.start({
    policy,
    observer,
    limits: { ...BROKER_LIMITS, ...limits },
    now: () => Date.now(),
    monotonicMs: () => performance.now(),
    ...(sessions && { sessions }),
  });
  const listening = await listenTcp('127.0.0.1', 0, (raw, origin) => broker.accept(raw, origin));
  return {
    broker,
    policy,
    port: listening.port,
    closed,
    faults,
    stop: async () => {
      await listening.close();
      await broker.close(0);
    },
  };
}

/** An mqtt.js client, connected. */
export async function connectClient(
  port: number,
  clientId: string,
  options: mqtt.IClientOptions = {},
): Promise<MqttClient> {
  return mqtt.connectAsync({
    host: '127.0.0.1',
    port,
    clientId,
    username: clientId,
    password: 'right',
    reconnectPeriod: 0,
    ...options,
  });
}

/** A client that writes frames by hand and keeps every packet that comes back. */
export class RawClient {
  readonly received: Packet[] = [];
  ended = false;
  readonly #looks = new Set<() => void>();

  private constructor(readonly socket: Socket) {
    const parser = packets.parser({ protocolVersion: 4 });
    parser.on('packet', (packet) => this.received.push(packet));
    const look = (): void => this.#looks.forEach((each) => each());
    socket.on('data', (chunk: Buffer) => {
      parser.parse(chunk);
      look();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.ended = true;
      look();
    });
  }

  static async open(port: number): Promise<RawClient> {
    const socket = connectSocket({ port, host: '127.0.0.1', noDelay: true });
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new RawClient(socket);
  }

  /** Opens and signs in. */
  static async signIn(
    port: number,
    clientId: string,
    options: Partial<packets.IConnectPacket> = {},
  ): Promise<RawClient> {
    const client = await RawClient.open(port);
    client.send({
      cmd: 'connect',
      clientId,
      username: clientId,
      password: Buffer.from('right'),
      clean: true,
      ...options,
    });
    await client.until((packet) => packet.cmd === 'connack');
    return client;
  }

  send(...all: Packet[]): void {
    this.socket.write(Buffer.concat(all.map((packet) => packets.generate(packet))));
  }

  publish(topic: string, payload: string | Buffer, messageId?: number, qos: 0 | 1 | 2 = 1): void {
    this.send({ cmd: 'publish', topic, payload, qos, messageId, dup: false, retain: false });
  }

  /** Packet identifiers of the acknowledgements so far. */
  acks(cmd: 'puback' | 'pubrec' = 'puback'): number[] {
    return this.received.filter((packet) => packet.cmd === cmd).map((packet) => packet.messageId!);
  }

  /** The first packet that fits, as soon as it is here; rejects when the connection ends without one. */
  until(check: (packet: Packet) => boolean): Promise<Packet> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.received.find(check);
        if (found) resolve(found);
        else if (this.ended) reject(new Error(`closed after ${this.received.map(({ cmd }) => cmd).join(' ')}`));
        else return;
        this.#looks.delete(look);
      };
      this.#looks.add(look);
      look();
    });
  }

  async untilClosed(): Promise<void> {
    if (!this.ended) await new Promise((resolve) => this.socket.once('close', resolve));
  }

  close(): void {
    this.socket.destroy();
  }
}
