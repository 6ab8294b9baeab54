import { connect, type MqttClient } from 'mqtt';
import type { Random } from '../../libs/kernel/src/index.js';
import type { Provisioned } from '../support/admin.js';
import { Driver } from './driver.js';
import { Pen, type Written } from './pen.js';

const IN_FLIGHT_MAX = 20;
/** A terminal that hears no PUBACK for so long hangs up and calls again. */
const PATIENCE_MS = 10_000;
const REDIAL_MS = 300;

/** Where terminals find the system, and what their clocks say. */
export interface TerminalPlace {
  /** One of them for each call. */
  readonly terminalPorts: readonly number[];
  /** How far their clocks are off, ms. */
  readonly terminalSkewMs: number;
}

/** One message and the records in it. */
type Message = readonly Written[];

/**
 * A real MQTT client that knows the protocol and nothing else. It keeps every record until its PUBACK, sends again
 * after each interruption, now and then sends twice, and withholds some records until it is asked for them.
 */
export class FaultTerminal {
  /** Every record made, by sequence number. */
  readonly made = new Map<number, Written>();
  /** Sequence numbers whose PUBACK came. */
  readonly acknowledged = new Set<number>();
  /** Results in receipts that must not be: a conflict, or a quarantine of a record that is right. */
  readonly wrongResults: string[] = [];
  /** When the newest PUBACK came, ms. */
  heardAt = 0;
  connections = 0;
  /** How often each command came, by its id. */
  readonly commands = new Map<string, number>();
  resendsAsked = 0;
  /** Since when it waits for a PUBACK, ms. */
  #waitingSince = 0;
  readonly #driver: Driver;
  readonly #withhold: Random;
  readonly #twice: Random;
  readonly #late: Random;
  readonly #spool: Message[] = [];
  readonly #inFlight = new Set<Message>();
  readonly #withheld = new Map<number, Written>();
  #client: MqttClient | undefined;
  #watch: NodeJS.Timeout | undefined;
  /** Messages that come later than those after them. */
  #delayed = 0;
  #dials: number;
  #closed = false;

  constructor(
    private readonly device: Provisioned,
    random: Random,
    private readonly place: TerminalPlace,
  ) {
    this.#withhold = random.fork('withhold');
    this.#twice = random.fork('twice');
    this.#late = random.fork('late');
    this.#dials = random.fork('dials').integer(0, 9);
    this.#driver = new Driver(random.fork('driver'), new Pen(device.epoch, device.journalKey));
  }

  get deviceId(): string {
    return this.device.deviceId;
  }

  /** Nothing waits to be sent or acknowledged, and nothing is withheld. */
  get isQuiet(): boolean {
    return this.#spool.length + this.#inFlight.size + this.#withheld.size + this.#delayed === 0;
  }

  get pending(): string {
    return `${this.deviceId}: ${this.#spool.length} to send, ${this.#inFlight.size} in flight, ${this.#withheld.size} withheld`;
  }

  start(): void {
    this.#dial();
    this.#watch = setInterval(() => this.#hangUpWhenDeaf(), 1_000);
  }

  stop(): void {
    this.#closed = true;
    clearInterval(this.#watch);
    this.#client?.end(true);
  }

  /** Makes `count` records and sends them as one message. */
  work(count: number): void {
    const message: Written[] = [];
    for (let i = 0; i < count; i++) {
      const record = this.#driver.next(this.#nowMs);
      this.made.set(record.seq, record);
      // The first is never withheld: a gap shows only between records that came.
      if (record.seq > 1 && this.#withhold.chance(0.02)) this.#withheld.set(record.seq, record);
      else message.push(record);
    }
    if (message.length > 0) this.#enqueue(message);
    this.#pump();
  }

  get #nowMs(): number {
    return Date.now() + this.place.terminalSkewMs;
  }

  /** Most in order; some before others that were made earlier, some a while later. */
  #enqueue(message: Message): void {
    const late = this.#late;
    const roll = late.next();
    if (roll < 0.03) this.#spool.splice(late.integer(0, this.#spool.length), 0, message);
    else if (roll < 0.06) {
      this.#delayed++;
      setTimeout(
        () => {
          this.#delayed--;
          this.#spool.push(message);
          this.#pump();
        },
        late.integer(100, 5_000),
      );
    } else this.#spool.push(message);
  }

  /** Sends every record that was ever made once more. */
  replay(): void {
    const all = [...this.made.values()];
    for (let i = 0; i < all.length; i += 50) this.#spool.push(all.slice(i, i + 50));
    this.#pump();
  }

  /** Ends with a record that is sent, so that what is withheld before it is seen to be missing. */
  conclude(): void {
    const record = this.#driver.next(this.#nowMs);
    this.made.set(record.seq, record);
    this.#spool.push([record]);
    this.#pump();
  }

  #topic(channel: string): string {
    return `eparking/v1/${this.deviceId}/${channel}`;
  }

  #dial(): void {
    const { deviceId, mqttPassword } = this.device;
    // Any gateway will do, another one each time.
    const ports = this.place.terminalPorts;
    const client = connect(`mqtt://127.0.0.1:${ports[this.#dials++ % ports.length]}`, {
      clientId: deviceId,
      username: deviceId,
      password: mqttPassword,
      clean: true,
      keepalive: 10,
      connectTimeout: 5_000,
      // Each connection is a client of its own: what is sent again is decided here, not in the library.
      reconnectPeriod: 0,
    });
    this.#client = client;
    client.on('error', () => undefined);
    client.on('connect', () => {
      this.connections++;
      client.subscribe([this.#topic('commands'), this.#topic('receipts')], { qos: 1 }, () => this.#pump());
    });
    client.on('message', (topic, payload) => this.#hear(topic, payload.toString()));
    client.on('close', () => {
      if (this.#client !== client) return;
      this.#client = undefined;
      client.end(true);
      // What was in flight may be there or not: send it again, in its order.
      this.#spool.unshift(...this.#inFlight);
      this.#inFlight.clear();
      if (!this.#closed) setTimeout(() => this.#redial(), REDIAL_MS * (0.5 + Math.random()));
    });
  }

  #redial(): void {
    if (!this.#closed && !this.#client) this.#dial();
  }

  #hangUpWhenDeaf(): void {
    if (this.#inFlight.size > 0 && Date.now() - this.#waitingSince > PATIENCE_MS) this.#client?.stream.destroy();
  }

  #pump(): void {
    const client = this.#client;
    if (!client?.connected) return;
    while (this.#spool.length > 0 && this.#inFlight.size < IN_FLIGHT_MAX) this.#send(client, this.#spool.shift()!);
  }

  #send(client: MqttClient, message: Message): void {
    if (this.#inFlight.size === 0) this.#waitingSince = Date.now();
    this.#inFlight.add(message);
    const payload = JSON.stringify(message.length === 1 ? message[0] : message);
    client.publish(this.#topic('journal'), payload, { qos: 1 }, (error) => {
      if (error || this.#client !== client || !this.#inFlight.delete(message)) return;
      this.heardAt = this.#waitingSince = Date.now();
      for (const { seq } of message) this.acknowledged.add(seq);
      if (this.#twice.chance(0.03)) this.#spool.push(message);
      this.#pump();
    });
  }

  #hear(topic: string, payload: string): void {
    if (topic === this.#topic('receipts')) {
      const { results } = JSON.parse(payload) as { results: { seq: number; outcome: string }[] };
      for (const result of results)
        if (!['accepted', 'duplicate'].includes(result.outcome))
          this.wrongResults.push(`${this.deviceId} ${JSON.stringify(result)}`);
    } else this.#obey(JSON.parse(payload) as Command);
  }

  #obey({ id, name, args }: Command): void {
    this.commands.set(id, (this.commands.get(id) ?? 0) + 1);
    if (name === 'resend') {
      this.resendsAsked++;
      const asked: Written[] = [];
      for (let seq = args.from; seq <= args.to; seq++) {
        const record = this.made.get(seq);
        if (!record || record.epoch !== args.epoch) continue;
        this.#withheld.delete(seq);
        asked.push(record);
      }
      for (let i = 0; i < asked.length; i += 50) this.#spool.push(asked.slice(i, i + 50));
    }
    this.#client?.publish(this.#topic('replies'), JSON.stringify({ v: 1, id, ok: true }), { qos: 1 });
    this.#pump();
  }
}

interface Command {
  readonly id: string;
  readonly name: string;
  readonly args: { readonly epoch: number; readonly from: number; readonly to: number };
}
