import type { PendingCommand } from '@app/persistence';
import { topicOf, type Command } from '@app/protocol';
import type { DownMessage } from '../broker/ports.js';
import { DeviceRounds, type DeviceRoundsOptions } from './device-rounds.js';

export interface CommandStore {
  /** Unanswered commands that are not expired, oldest first. */
  pending(deviceNos: readonly number[], nowMs: number): Promise<PendingCommand[]>;
  markSent(ids: readonly string[], nowMs: number): Promise<void>;
}

export interface CommandCourierOptions extends DeviceRoundsOptions {
  readonly store: CommandStore;
  readonly publish: (message: DownMessage) => void;
  /** A command is on its way: `sync-config` also has the configuration published anew. */
  readonly onSend: (deviceId: string, command: PendingCommand) => void;
}

/** Pauses after the first, second, … sending of a command that is not answered; the last is repeated. */
const PAUSES_MS = [5, 15, 60, 300, 900].map((seconds) => seconds * 1_000);

/** How long to wait for an answer after so many sendings. */
export function pauseAfterSendsMs(sends: number): number {
  return PAUSES_MS[Math.min(sends, PAUSES_MS.length) - 1] ?? 0;
}

/**
 * Delivers the commands of the devices that this gateway holds and that listen: at once when a command is given or the
 * device comes back, and again with growing pauses until it answers or the command expires.
 */
export class CommandCourier extends DeviceRounds<CommandCourierOptions> {
  protected async deliver(deviceNos: readonly number[], returned: ReadonlySet<number>): Promise<Map<number, number>> {
    const now = this.options.now();
    const sent: string[] = [];
    const again = new Map<number, number>();
    for (const command of await this.options.store.pending(deviceNos, now)) {
      const deviceId = this.idOf(command.deviceNo);
      if (deviceId === undefined) continue;
      const dueAt = command.sentAt === null ? now : command.sentAt + pauseAfterSendsMs(command.sends);
      const isSent = dueAt <= now || returned.has(command.deviceNo);
      if (isSent) {
        this.#send(deviceId, command);
        sent.push(command.id);
      }
      const nextAt = isSent ? now + pauseAfterSendsMs(command.sends + 1) : dueAt;
      again.set(command.deviceNo, Math.min(again.get(command.deviceNo) ?? Infinity, nextAt));
    }
    if (sent.length > 0) await this.options.store.markSent(sent, now);
    return again;
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
