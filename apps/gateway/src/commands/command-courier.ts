import type { PendingCommand } from '@app/persistence';
import { topicOf, type Command } from '@app/protocol';
import type { DownMessage } from '../broker/ports.js';

export interface CommandStore {
  /** Unanswered commands that are not expired, oldest first. */
  pending(deviceNos: readonly number[], nowMs: number): Promise<PendingCommand[]>;
  markSent(ids: readonly string[], nowMs: number): Promise<void>;
}

export interface CommandCourierOptions {
  readonly store: CommandStore;
  readonly now: () => number;
  readonly publish: (message: DownMessage) => void;
  /** A command is on its way: `sync-config` also has the configuration published anew. */
  readonly onSend: (deviceId: string, command: PendingCommand) => void;
  readonly onFailure: (error: unknown) => void;
}

const SECOND_MS = 1_000;
/** Pauses after the first, second, … sending of a command that is not answered; the last is repeated. */
const PAUSES_MS = [5, 15, 60, 300, 900].map((seconds) => seconds * SECOND_MS);
/** Devices of one query. */
const DEVICES_MAX = 200;

/** How long to wait for an answer after so many sendings. */
export function pauseAfterSendsMs(sends: number): number {
  return PAUSES_MS[Math.min(sends, PAUSES_MS.length) - 1] ?? 0;
}

/**
 * Delivers the commands of the devices that this gateway holds and that listen: at once when a command is given or the
 * device comes back, and again with growing pauses until it answers or the command expires.
 */
export class CommandCourier {
  /** Devices that listen to their commands here, by number. */
  readonly #listening = new Map<number, string>();
  /** When a device's next command is due, ms. Absent: nothing is known to wait. */
  readonly #due = new Map<number, number>();
  /** Devices that came back: their commands are sent whatever the pause. */
  readonly #returned = new Set<number>();
  #running = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: CommandCourierOptions) {}

  start(everyMs: number): void {
    this.#timer = setInterval(() => void this.run(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The device listens to its commands on this gateway. */
  listens(deviceNo: number, deviceId: string): void {
    this.#listening.set(deviceNo, deviceId);
    this.#returned.add(deviceNo);
    this.given(deviceNo);
  }

  gone(deviceNo: number): void {
    this.#listening.delete(deviceNo);
    this.#due.delete(deviceNo);
    this.#returned.delete(deviceNo);
  }

  /** A command was given to the device. */
  given(deviceNo: number): void {
    if (!this.#listening.has(deviceNo)) return;
    this.#due.set(deviceNo, -Infinity);
    void this.run();
  }

  /** Word of commands may have been lost: looks at all devices. */
  lookAtAll(): void {
    for (const deviceNo of this.#listening.keys()) this.#due.set(deviceNo, -Infinity);
    void this.run();
  }

  /** Sends what is due. What cannot be read now stays due. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let due = this.#nextDue(); due.length > 0; due = this.#nextDue()) await this.#deliver(due);
    } catch (error) {
      this.options.onFailure(error);
    } finally {
      this.#running = false;
    }
  }

  #nextDue(): number[] {
    const now = this.options.now();
    const due: number[] = [];
    for (const [deviceNo, at] of this.#due) {
      if (at <= now) due.push(deviceNo);
      if (due.length === DEVICES_MAX) break;
    }
    return due;
  }

  async #deliver(deviceNos: readonly number[]): Promise<void> {
    const now = this.options.now();
    const returned = new Set(deviceNos.filter((deviceNo) => this.#returned.has(deviceNo)));
    // What is told during the query counts for the next.
    const marks = new Map(deviceNos.map((deviceNo) => [deviceNo, Infinity]));
    for (const deviceNo of deviceNos) {
      this.#due.delete(deviceNo);
      this.#returned.delete(deviceNo);
    }
    try {
      const sent: string[] = [];
      for (const command of await this.options.store.pending(deviceNos, now)) {
        const deviceId = this.#listening.get(command.deviceNo);
        if (deviceId === undefined) continue;
        const dueAt = command.sentAt === null ? now : command.sentAt + pauseAfterSendsMs(command.sends);
        const isSent = dueAt <= now || returned.has(command.deviceNo);
        if (isSent) {
          this.#send(deviceId, command);
          sent.push(command.id);
        }
        const nextAt = isSent ? now + pauseAfterSendsMs(command.sends + 1) : dueAt;
        marks.set(command.deviceNo, Math.min(marks.get(command.deviceNo)!, nextAt));
      }
      if (sent.length > 0) await this.options.store.markSent(sent, now);
    } catch (error) {
      const retryAt = now + SECOND_MS;
      for (const deviceNo of deviceNos) marks.set(deviceNo, retryAt);
      throw error;
    } finally {
      for (const [deviceNo, at] of marks)
        if (at < Infinity && this.#listening.has(deviceNo) && !this.#due.has(deviceNo)) this.#due.set(deviceNo, at);
    }
  }

  #send(deviceId: string, { id, name, args, expiresAt }: PendingCommand): void {
    const command = { v: 1, id, name, args, expiresAt: new Date(expiresAt).toISOString() } as Command;
    this.options.publish({
      topic: topicOf(deviceId, 'commands'),
      payload: JSON.stringify(command),
      qos: 1,
      retain: false,
    });
    this.options.onSend(deviceId, { id, name, args, expiresAt } as PendingCommand);
  }
}
