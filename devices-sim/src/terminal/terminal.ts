import { join } from 'node:path';
import { readdir } from 'node:fs/promises';
import type { Clock, Random } from '@app/kernel';
import { BATCH_RECORDS_MAX, PAYLOAD_BYTES_MAX, formatInstant } from '@app/protocol';
import type { Channel, Command, DeviceConfig, PaymentMessage, Receipt, Reply } from '@app/protocol';
import type { SimDevice } from '../city/city.js';
import { FIRMWARE } from '../day/edges.js';
import type { RecordEvent } from '../day/events.js';
import { DeviceJournal, firstState } from '../journal/device-journal.js';
import type { Tally } from './tally.js';
import { Link } from './link.js';
import { Orders } from './orders.js';
import { Outbox } from './outbox.js';
import { HANDHELD_SPOOL, METER_SPOOL, Spool, type SpoolEntry } from './spool.js';

export interface TerminalOptions {
  readonly device: SimDevice;
  readonly url: string;
  /** Folder of the spools. */
  readonly folder: string;
  readonly random: Random;
  readonly clock: Clock;
  readonly tally: Tally;
  onTrouble(message: string): void;
}

/** An event that stands in the terminal's journal. */
export type Sealed = {
  readonly id: string;
  readonly epoch: number;
  readonly seq: number;
  /** Rupiah that were counted at the end of a shift, or out of a cash box. */
  readonly counted?: number;
};

const TELEMETRY_MS = 60_000;
const BATTERY_PERCENT_PER_HOUR = 5;

/** One terminal: its journal, its disk, its connection. It knows the protocol and nothing of the system behind it. */
export class Terminal {
  private readonly link: Link;
  private readonly outbox: Outbox;
  readonly orders: Orders;
  private clockOffsetMs = 0;
  private battery: { percent: number; at: number };
  private telemetry: NodeJS.Timeout | undefined;
  private hasLink = true;
  private hasPower = true;
  config: DeviceConfig | null = null;
  isLocked = false;
  /** The disk failed: what was sealed last may not be on it, so nothing more is sealed until a restart reads it. */
  private isBroken = false;

  private constructor(
    private readonly options: TerminalOptions,
    private readonly spool: Spool,
    /** Spools of earlier epochs, whose records still have to go. */
    private readonly older: readonly Spool[],
    private readonly journal: DeviceJournal,
  ) {
    const { device } = options;
    this.battery = { percent: 100, at: options.clock.now() };
    this.link = new Link({
      ...options,
      onUp: () => this.outbox.wake(true),
      onMessage: (channel, payload) => this.onMessage(channel, payload),
    });
    this.outbox = new Outbox([...older, spool], (payload) => this.link.publish('journal', payload), {
      recordsMax: BATCH_RECORDS_MAX,
      bytesMax: PAYLOAD_BYTES_MAX,
    });
    this.orders = new Orders(device.deviceId, options.clock, (payload) => this.link.publish('requests', payload));
  }

  /** Opens the terminal's disk and finds where its journal stands. */
  static async open(options: TerminalOptions): Promise<Terminal> {
    const { device, folder } = options;
    const limits = device.kind === 'meter' ? METER_SPOOL : HANDHELD_SPOOL;
    const mine = (await readdir(folder)).filter(
      (name) => name.startsWith(`${device.deviceId}.e`) && name.endsWith('.spool'),
    );
    const current = `${device.deviceId}.e${device.epoch}.spool`;
    const older = await Promise.all(
      mine.filter((name) => name !== current).map((name) => Spool.open(join(folder, name), limits)),
    );
    const spool = await Spool.open(join(folder, current), limits);
    const journal = new DeviceJournal(device, spool.last?.state ?? firstState(device.epoch));
    for (const payment of spool.payments) journal.remember(payment.id, payment.seq, payment.cash);
    return new Terminal(options, spool, older, journal);
  }

  get deviceId(): string {
    return this.options.device.deviceId;
  }

  get isOnline(): boolean {
    return this.link.isUp;
  }

  /** True time (ms) of the newest record on its disk, of whatever epoch; -Infinity for a new terminal. */
  get playedUntil(): number {
    return Math.max(...[this.spool, ...this.older].map((spool) => spool.last?.at ?? -Infinity));
  }

  /** Number of the newest record on its disk. */
  get lastSeq(): number {
    return this.journal.state.seq;
  }

  get queued(): number {
    return this.outbox.queued;
  }

  start(): void {
    this.link.setWanted(this.hasLink && this.hasPower);
    this.scheduleTelemetry();
  }

  /**
   * Seals events in their order, writes them to the disk with one force, and has them sent.
   * @returns those that were sealed; a locked or full terminal seals nothing but a boot
   */
  async record(events: readonly RecordEvent[]): Promise<Sealed[]> {
    const entries: SpoolEntry[] = [];
    const counted = new Map<string, number>();
    if (this.isBroken) return [];
    for (const { id, draft, at, withheld } of events) {
      if ((this.isLocked || this.spool.isFull) && draft.type !== 'boot') continue;
      const sealed = this.journal.seal(id, draft, at + this.clockOffsetMs);
      if (!sealed) continue;
      const cash = draft.type === 'payment' ? (draft.body.method === 'cash' ? draft.body.amount : 0) : null;
      entries.push({ ...sealed, id, at, withheld, cash, state: this.journal.state });
      if (draft.type === 'shift-close' || draft.type === 'collection') counted.set(id, countedIn(sealed.text));
    }
    if (entries.length === 0) return [];
    try {
      await this.spool.append(entries);
    } catch (error) {
      this.isBroken = true;
      this.options.onTrouble(`out of order until the next start, its disk failed: ${(error as Error).message}`);
      return [];
    }
    this.outbox.wake(false);
    return entries.map(({ id, seq, state }) => {
      const sum = counted.get(id);
      return { id, seq, epoch: state.epoch, ...(sum !== undefined && { counted: sum }) };
    });
  }

  setClock(offsetMs: number): void {
    this.clockOffsetMs = offsetMs;
  }

  setBattery(percent: number): void {
    this.battery = { percent, at: this.options.clock.now() };
  }

  /** Network and power as they should be; `settle` makes it so. */
  setNetwork(up: boolean): void {
    this.hasLink = up;
  }

  setPower(on: boolean): void {
    if (on && !this.hasPower) this.setBattery(95);
    this.hasPower = on;
  }

  settle(): void {
    this.link.setWanted(this.hasLink && this.hasPower);
  }

  /** Sends the newest records once more, as after a PUBACK that was lost. */
  async repeat(): Promise<void> {
    const { seq } = this.journal.state;
    const records = await this.spool.history(seq - 4, seq);
    if (this.link.isUp && records.length > 0) await this.publishAgain(records.map((record) => record.text));
  }

  async stop(): Promise<void> {
    clearTimeout(this.telemetry);
    this.orders.stop();
    await this.link.stop();
    await Promise.all([this.spool, ...this.older].map((spool) => spool.close()));
  }

  private onMessage(channel: Channel, payload: Buffer): void {
    const message: unknown = JSON.parse(payload.toString('utf8'));
    if (channel === 'receipts') this.options.tally.count(message as Receipt);
    else if (channel === 'payments') this.orders.onMessage(message as PaymentMessage);
    else if (channel === 'config') this.takeConfig(message as DeviceConfig);
    else if (channel === 'commands') {
      this.obey(message as Command).catch((error: Error) => this.options.onTrouble(`command: ${error.message}`));
    }
  }

  private takeConfig(config: DeviceConfig): void {
    if (!this.config || config.version >= this.config.version) this.config = config;
  }

  private async obey(command: Command): Promise<void> {
    if (Date.parse(command.expiresAt) < this.options.clock.now()) return;
    const reply = await this.carryOut(command);
    this.options.tally.commands += 1;
    // A lost reply is no loss: the command comes again.
    await this.link.publish('replies', JSON.stringify(reply)).catch(() => undefined);
  }

  private async carryOut(command: Command): Promise<Reply> {
    const { id } = command;
    switch (command.name) {
      case 'resend': {
        const { epoch, from, to } = command.args;
        const records = epoch === this.journal.state.epoch ? await this.spool.history(from, to) : [];
        if (records.length > 0) await this.publishAgain(records.map((record) => record.text));
        const whole = records.length === to - from + 1;
        return whole ? { v: 1, id, ok: true } : { v: 1, id, ok: false, code: 'not-kept' };
      }
      case 'lock':
      case 'unlock':
        this.isLocked = command.name === 'lock';
        return { v: 1, id, ok: true };
      case 'sync-config':
        this.link.refreshConfig();
        return { v: 1, id, ok: true };
      case 'message':
        return { v: 1, id, ok: true };
      default:
        return { v: 1, id, ok: false, code: 'unknown-command' };
    }
  }

  private async publishAgain(texts: readonly string[]): Promise<void> {
    for (let n = 0; n < texts.length; n += BATCH_RECORDS_MAX) {
      // Lost on the way: the gap stays, and the gateway asks again.
      await this.link.publish('journal', `[${texts.slice(n, n + BATCH_RECORDS_MAX).join(',')}]`).catch(() => undefined);
    }
  }

  private scheduleTelemetry(): void {
    const delayMs = TELEMETRY_MS * (0.8 + 0.4 * this.options.random.next());
    this.telemetry = setTimeout(() => {
      if (this.link.isUp) this.link.publish('telemetry', JSON.stringify(this.health()), 0).catch(() => undefined);
      this.scheduleTelemetry();
    }, delayMs);
  }

  private health(): object {
    const now = this.options.clock.now();
    const drained = this.battery.percent - ((now - this.battery.at) / 3_600_000) * BATTERY_PERCENT_PER_HOUR;
    // Whoever carries it plugs it in at a fifth.
    if (drained < 20 && this.battery.percent >= 20) this.setBattery(100);
    const oldest = this.outbox.oldest;
    return {
      v: 1,
      at: formatInstant(now + this.clockOffsetMs),
      battery: this.options.device.kind === 'meter' ? 100 : Math.max(1, Math.round(drained)),
      queued: this.queued,
      ...(oldest ? { oldestQueuedAt: (JSON.parse(oldest.text) as { at: string }).at } : {}),
      signal: -60 - this.options.random.integer(0, 45),
      firmware: FIRMWARE,
      epoch: this.journal.state.epoch,
      seq: this.journal.state.seq,
    };
  }
}

function countedIn(text: string): number {
  const { body } = JSON.parse(text) as { body: { cashDeclared?: number; cashCounted?: number } };
  return body.cashDeclared ?? body.cashCounted ?? 0;
}
