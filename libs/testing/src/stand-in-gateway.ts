import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';

/** A broker that stands for the gateway where only the terminal is tested: it acknowledges and remembers. */
export class StandInGateway {
  readonly received: { topic: string; payload: string }[] = [];
  /** Journal messages are swallowed without PUBACK while this is set: the socket dies instead. */
  refusesJournal = false;
  private readonly sockets = new Set<Socket>();
  private constructor(
    private readonly broker: Aedes,
    private readonly server: Server,
  ) {}

  /** @param password of every device */
  static async start(password: string): Promise<StandInGateway> {
    const broker = await Aedes.createBroker();
    const server = createServer((socket) => broker.handle(socket));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const standIn = new StandInGateway(broker, server);
    server.on('connection', (socket) => {
      standIn.sockets.add(socket);
      socket.on('close', () => standIn.sockets.delete(socket));
    });
    broker.authenticate = (_client, _username, given, callback) => callback(null, given?.toString() === password);
    broker.authorizePublish = (_client, packet, callback) => {
      if (packet.topic.endsWith('/journal') && standIn.refusesJournal) return callback(new Error('database down'));
      standIn.received.push({ topic: packet.topic, payload: packet.payload.toString() });
      callback(null);
    };
    return standIn;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Publishes on a down topic of a device. */
  say(deviceId: string, channel: string, message: object, retain = false): void {
    const topic = `eparking/v1/${deviceId}/${channel}`;
    const packet = { cmd: 'publish', topic, payload: JSON.stringify(message), qos: 1, retain, dup: false } as const;
    this.broker.publish(packet, () => undefined);
  }

  /** Payloads of a channel, of whatever device, in the order in which they came. */
  of(channel: string): string[] {
    return this.received.filter((m) => m.topic.endsWith(`/${channel}`)).map((m) => m.payload);
  }

  /** Destroys every connection, as a network does. */
  cutAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    await new Promise<void>((done) => this.broker.close(() => done()));
    this.cutAll();
    await new Promise((done) => this.server.close(done));
  }
}
