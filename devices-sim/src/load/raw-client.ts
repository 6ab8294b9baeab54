import { connect as openSocket, type Socket } from 'node:net';
import { generate, parser as makeParser, type Packet } from 'mqtt-packet';
import { topicOf, type Channel } from '@app/protocol';

export interface RawClientOptions {
  readonly host: string;
  readonly port: number;
  readonly deviceId: string;
  readonly mqttPassword: string;
  /** Publishes without PUBACK at once; the protocol bears 500. */
  readonly inFlightMax: number;
  onMessage?(channel: Channel, payload: Buffer): void;
}

interface Flight {
  resolve(): void;
  reject(error: Error): void;
}

const CONNECT_MS_MAX = 15_000;
const HIGHEST_PACKET_ID = 65_535;

/**
 * An MQTT 3.1.1 client cut down to what a load generator needs: frames made by hand into one write, QoS 1, no retries.
 * A lost connection rejects whatever was not acknowledged; what was is never in doubt.
 */
export class RawClient {
  private readonly flights = new Map<number, Flight>();
  private readonly queue: { frame: Buffer; flight: Flight }[] = [];
  private readonly topics = new Map<Channel, Buffer>();
  private nextId = 1;
  private lost: Error | null = null;

  private constructor(
    private readonly socket: Socket,
    private readonly options: RawClientOptions,
  ) {}

  /** Signs in and subscribes to the device's receipts (and other down topics). Rejects when it is refused. */
  static async connect(options: RawClientOptions): Promise<RawClient> {
    const { host, port, deviceId, mqttPassword } = options;
    const socket = openSocket({ host, port, noDelay: true });
    const client = new RawClient(socket, options);
    const parser = makeParser({ protocolVersion: 4 });
    socket.on('data', (bytes) => parser.parse(bytes));
    const ready = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${deviceId}: no CONNACK`)), CONNECT_MS_MAX);
      client.onLost = (error) => {
        clearTimeout(timer);
        reject(error);
      };
      parser.on('packet', (packet: Packet) => {
        if (packet.cmd === 'connack' && packet.returnCode !== 0) {
          return client.fail(new Error(`${deviceId}: refused with code ${packet.returnCode}`));
        }
        if (packet.cmd === 'connack') client.subscribe();
        if (packet.cmd === 'suback') {
          clearTimeout(timer);
          resolve();
        }
        client.onPacket(packet);
      });
    });
    parser.on('error', (error) => client.fail(error));
    socket.on('error', (error) => client.fail(error));
    socket.on('close', () => client.fail(new Error(`${deviceId}: connection closed`)));
    const connectPacket = { clientId: deviceId, username: deviceId, password: Buffer.from(mqttPassword), clean: true };
    socket.write(generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, keepalive: 0, ...connectPacket }));
    await ready;
    return client;
  }

  /** Publishes in the order of the calls; resolves at PUBACK. */
  publish(channel: Channel, payload: Buffer): Promise<void> {
    if (this.lost) return Promise.reject(this.lost);
    return new Promise((resolve, reject) => {
      this.queue.push({ frame: publishFrame(this.topic(channel), payload), flight: { resolve, reject } });
      this.pump();
    });
  }

  /** Says DISCONNECT and waits for the end of the socket. */
  async close(): Promise<void> {
    this.lost ??= new Error('closed');
    const closed = new Promise<void>((resolve) => this.socket.once('close', () => resolve()));
    this.socket.end(generate({ cmd: 'disconnect' }));
    await closed;
  }

  private onLost: (error: Error) => void = () => undefined;

  private pump(): void {
    const frames: Buffer[] = [];
    while (this.flights.size < this.options.inFlightMax && this.queue.length > 0) {
      const { frame, flight } = this.queue.shift()!;
      const id = this.freeId();
      // The packet identifier follows the topic: patched in just before the frame leaves.
      frame.writeUInt16BE(id, idOffset(frame));
      this.flights.set(id, flight);
      frames.push(frame);
    }
    if (frames.length > 0) this.socket.write(frames.length === 1 ? frames[0]! : Buffer.concat(frames));
  }

  private onPacket(packet: Packet): void {
    if (packet.cmd === 'puback') {
      const flight = this.flights.get(packet.messageId!);
      this.flights.delete(packet.messageId!);
      flight?.resolve();
      this.pump();
    } else if (packet.cmd === 'publish') {
      if (packet.qos === 1) this.socket.write(generate({ cmd: 'puback', messageId: packet.messageId! }));
      this.options.onMessage?.(packet.topic.split('/')[3] as Channel, packet.payload as Buffer);
    }
  }

  private subscribe(): void {
    const topic = topicOf(this.options.deviceId, 'receipts');
    this.socket.write(generate({ cmd: 'subscribe', messageId: this.freeId(), subscriptions: [{ topic, qos: 1 }] }));
  }

  private fail(error: Error): void {
    this.lost ??= error;
    this.onLost(this.lost);
    this.socket.destroy();
    const unanswered = [...this.flights.values(), ...this.queue.map(({ flight }) => flight)];
    this.flights.clear();
    this.queue.length = 0;
    for (const flight of unanswered) flight.reject(this.lost);
  }

  private freeId(): number {
    do this.nextId = this.nextId === HIGHEST_PACKET_ID ? 1 : this.nextId + 1;
    while (this.flights.has(this.nextId));
    return this.nextId;
  }

  private topic(channel: Channel): Buffer {
    let topic = this.topics.get(channel);
    if (!topic) this.topics.set(channel, (topic = Buffer.from(topicOf(this.options.deviceId, channel))));
    return topic;
  }
}

const PUBLISH_QOS_1 = 0x32;

/** A PUBLISH of QoS 1 without its packet identifier (two zero bytes). */
export function publishFrame(topic: Buffer, payload: Buffer): Buffer {
  const remaining = 2 + topic.length + 2 + payload.length;
  const length: number[] = [];
  for (let rest = remaining; ; rest = Math.floor(rest / 128)) {
    length.push(rest >= 128 ? (rest % 128) | 0x80 : rest);
    if (rest < 128) break;
  }
  const head = Buffer.from([PUBLISH_QOS_1, ...length, topic.length >> 8, topic.length & 0xff]);
  return Buffer.concat([head, topic, Buffer.alloc(2), payload]);
}

function idOffset(frame: Buffer): number {
  let header = 1;
  while (frame[header]! & 0x80) header++;
  header++;
  return header + 2 + frame.readUInt16BE(header);
}
