import { Aedes, type AuthenticateError, type Client } from 'aedes';
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { AddressGate } from './address-gate.js';
import { ConnackCode } from './connect-packet.js';
import { Connection, type ConnectionOrigin } from './connection.js';
import { FrameGuard } from './frame-guard.js';
import { InFlight } from './in-flight.js';
import type { BrokerLimits } from './limits.js';
import type { BrokerObserver, BrokerPolicy, ClosedReason, DownMessage, SignedInClient, SignInAnswer } from './ports.js';
import { PublishHook, type IncomingPacket } from './publish-hook.js';
import { SessionStore, type SessionStoreOptions } from './session-store.js';

export interface MqttBrokerOptions {
  readonly policy: BrokerPolicy;
  readonly observer: BrokerObserver;
  readonly limits: BrokerLimits;
  /** Milliseconds since 1970, for what is written down. */
  readonly now: () => number;
  /** Milliseconds of a clock that does not run backwards, for what is measured. */
  readonly monotonicMs: () => number;
  /** A store of sessions other than its own, for tests. */
  readonly sessions?: SessionStore;
}

/**
 * The MQTT broker: aedes behind a frame guard, with bounds on everything. Its hooks authorise and hand plain values to
 * the policy; the acknowledgement of a publish waits for the policy's promise, and leaves in the order of publishing.
 */
export class MqttBroker {
  readonly #aedes: Aedes;
  readonly #inFlight: InFlight;
  readonly #sessions: SessionStore;
  readonly #gate: AddressGate;
  readonly #hook: PublishHook;
  readonly #connections = new Map<FrameGuard, Connection>();
  /** A will comes after its connection has left the map. */
  readonly #ofAedes = new WeakMap<Client, Connection>();
  readonly #byClientId = new Map<string, Connection>();
  #unsigned = 0;

  private constructor(private readonly options: MqttBrokerOptions) {
    const { limits, policy, monotonicMs } = options;
    this.#inFlight = new InFlight(limits);
    this.#gate = new AddressGate(limits, monotonicMs);
    this.#sessions = options.sessions ?? new SessionStore({ limits, ...sessionRules(policy) });
    this.#hook = new PublishHook({ ...options, sessions: this.#sessions, publish: (message) => this.publish(message) });
    this.#aedes = new Aedes({
      // 0 = no limit, and no queue: with one, a frozen subscriber fills it until the process dies.
      concurrency: 0,
      drainTimeout: limits.drainMsMax,
      connectTimeout: limits.connectMsMax,
      // The guard holds what follows a CONNECT, so this queue stays empty.
      queueLimit: 1_000,
      maxInflightInbound: limits.inFlightPerClientMessagesMax,
      maxClientsIdLength: 128,
      persistence: this.#sessions,
      authenticate: (client, userName, password, done) => this.#authenticate(client, userName, password, done),
      authorizePublish: (client, packet, done) => this.#authorizePublish(client, packet as IncomingPacket, done),
      authorizeSubscribe: (client, subscription, done) =>
        done(null, this.#maySubscribe(client, subscription.topic) ? subscription : null),
    });
    this.#listen();
  }

  static async start(options: MqttBrokerOptions): Promise<MqttBroker> {
    const broker = new MqttBroker(options);
    await broker.#aedes.listen();
    return broker;
  }

  get connections(): number {
    return this.#connections.size;
  }

  get inFlight(): { readonly messages: number; readonly bytes: number } {
    return this.#inFlight;
  }

  get queuedBytes(): number {
    return this.#sessions.queuedBytes;
  }

  /** Takes a new connection: a socket, TLS socket or WebSocket stream. */
  accept(raw: Duplex, origin: ConnectionOrigin): void {
    const refusal = this.#refusalOf(origin.address);
    if (refusal) {
      raw.on('error', () => undefined);
      raw.destroy();
      this.options.observer.closed(refusal, origin.address, null);
      return;
    }
    const { limits, monotonicMs } = this.options;
    const guard = new FrameGuard(raw, { limits, inFlight: this.#inFlight, monotonicMs });
    const connection = new Connection(guard, origin);
    this.#connections.set(guard, connection);
    this.#unsigned++;
    guard.once('close', () => this.#closed(connection));
    connection.aedesClient = this.#aedes.handle(guard);
    this.#ofAedes.set(connection.aedesClient, connection);
  }

  /** Publishes to whoever subscribes, and to absent persistent sessions with QoS 1 and 2. */
  publish(message: DownMessage): void {
    const { topic, payload, qos, retain } = message;
    this.#aedes.publish(
      { cmd: 'publish', topic, payload: payload as Buffer, qos, retain, dup: false },
      (error?: Error) => error && this.options.observer.fault(error, `publishing on ${topic}`),
    );
  }

  /** Closes the connection of a client, if it has one; false when it has none. */
  closeClient(clientId: string, why: string): boolean {
    const connection = this.#byClientId.get(clientId);
    connection?.close('closed-by-gateway', why);
    return connection !== undefined;
  }

  /**
   * Takes no further publish, waits until what was taken is answered or `drainMsMax` is over, then closes all
   * connections. New connections must have been stopped before.
   */
  async close(drainMsMax: number): Promise<void> {
    await this.#inFlight.drain(drainMsMax);
    await turn(); // The last acknowledgements leave the broker's own buffer.
    for (const connection of this.#connections.values()) connection.note('closed-by-gateway', 'the gateway stops');
    await new Promise<void>((resolve) => this.#aedes.close(resolve));
    for (const guard of this.#connections.keys()) guard.destroy();
  }

  #refusalOf(address: string): ClosedReason | null {
    const { limits } = this.options;
    if (this.#connections.size >= limits.connectionsMax) return 'too-many-connections';
    if (this.#unsigned >= limits.connectionsUnsignedMax) return 'too-many-unsigned';
    return this.#gate.admits(address) ? null : 'too-many-of-address';
  }

  #listen(): void {
    const { observer, policy } = this.options;
    // Unheard, a failing look-up in the session store would end the process.
    this.#aedes.on('error' as 'closed', ((error: unknown) => observer.fault(error, 'in the broker')) as () => void);
    this.#aedes.on('clientReady', (client) => this.#ready(client));
    this.#aedes.on('keepaliveTimeout', (client) => this.#of(client)?.note('keepalive', 'nothing came in time'));
    this.#aedes.on('subscribe', (subscriptions, client) => {
      const signedIn = this.#of(client)?.client;
      if (!signedIn) return;
      const granted = subscriptions.filter(({ topic }) => policy.maySubscribe(signedIn.id, topic));
      if (granted.length > 0)
        policy.subscribed(
          signedIn,
          granted.map(({ topic }) => topic),
        );
    });
  }

  #of(client: Client | null): Connection | undefined {
    return client ? this.#ofAedes.get(client) : undefined;
  }

  #authenticate(
    client: Client,
    userName: string | undefined,
    password: Buffer | undefined,
    done: (error: AuthenticateError | null, accepted: boolean | null) => void,
  ): void {
    const connection = this.#of(client);
    if (!connection) return done(null, false); // It closed meanwhile.
    const { policy, observer } = this.options;
    const { address, certificateName } = connection.origin;
    const refuse = (code: ConnackCode, reason: string): void => {
      connection.note('bad-sign-in', reason);
      done(Object.assign(new Error(reason), { returnCode: code as number }), false);
    };
    const answered = (answer: SignInAnswer): void => {
      if (connection.guard.destroyed) return;
      if (!answer.accepted) return refuse(answer.code, answer.reason);
      const willTopic = connection.guard.connectFacts?.willTopic;
      if (willTopic && !policy.mayPublish(client.id, willTopic))
        return refuse(ConnackCode.notAuthorized, 'the will is on a forbidden topic');
      const { deviceNo, epoch } = answer;
      this.#takeOver(connection, { id: client.id, deviceNo, epoch, address }, () => done(null, true));
    };
    policy
      .signIn({ clientId: client.id, userName, password, certificateName, address })
      .then(answered, (error: unknown) => {
        observer.fault(error, 'signing a client in');
        if (!connection.guard.destroyed) refuse(ConnackCode.serverUnavailable, 'the sign-in could not be looked up');
      })
      .catch((error: unknown) => observer.fault(error, 'signing a client in'));
  }

  /** Closes an older connection of the client first, its will included, and then lets the new one in. */
  #takeOver(connection: Connection, client: SignedInClient, letIn: () => void): void {
    const older = this.#byClientId.get(client.id);
    connection.client = client;
    this.#byClientId.set(client.id, connection);
    // Packet identifiers of a new session begin at 1, as everywhere; a session taken up again has some in use.
    if (connection.guard.connectFacts?.clean) Reflect.set(connection.aedesClient!, '_nextId', 1);
    this.#unsigned--;
    if (!older) return letIn();
    older.note('taken-over', 'the client connected anew');
    older.aedesClient!.close(letIn);
  }

  #ready(aedesClient: Client): void {
    const connection = this.#of(aedesClient);
    if (!connection?.client || connection.guard.destroyed) return;
    connection.ready = true;
    const { subscriptions } = aedesClient as unknown as { subscriptions: Record<string, unknown> };
    this.options.policy.connected(connection.client, Object.keys(subscriptions));
    connection.guard.open();
  }

  #closed(connection: Connection): void {
    const { client, guard } = connection;
    this.#connections.delete(guard);
    if (!client) this.#unsigned--;
    else if (this.#byClientId.get(client.id) === connection) this.#byClientId.delete(client.id);
    if (guard.fault) connection.note('protocol-fault', guard.fault);
    const { reason, detail } = connection.end ?? { reason: 'lost', detail: 'the peer closed the connection' };
    this.options.observer.closed(reason, detail, client?.id ?? guard.connectFacts?.clientId ?? null);
    if (client && connection.ready) this.options.policy.disconnected(client);
  }

  #maySubscribe(aedesClient: Client, filter: string): boolean {
    const { subscriptions } = aedesClient as unknown as { subscriptions: Record<string, unknown> };
    const client = this.#of(aedesClient)?.client;
    if (!client || !this.options.policy.maySubscribe(client.id, filter)) return false;
    return filter in subscriptions || Object.keys(subscriptions).length < this.options.limits.subscriptionsPerClientMax;
  }

  #authorizePublish(aedesClient: Client | null, packet: IncomingPacket, done: (error?: Error | null) => void): void {
    const connection = this.#of(aedesClient);
    if (!connection?.client) return done(new Error('nobody who is signed in'));
    if (packet.cmd === 'publish') this.#hook.publish(connection, connection.client, packet, done);
    else this.#hook.will(connection.client, packet, done);
  }
}

function sessionRules(policy: BrokerPolicy): Pick<SessionStoreOptions, 'maySubscribe' | 'ownerOf'> {
  return {
    maySubscribe: (clientId, filter) => policy.maySubscribe(clientId, filter),
    ownerOf: (topic) => policy.ownerOf(topic),
  };
}
