import type { Receipt } from '@app/protocol';

/** A message as it came on a device's `journal` topic, whatever is in it. */
export interface JournalMessage {
  readonly deviceId: string;
  /** The device's number in the registry. */
  readonly deviceNo: number;
  readonly topic: string;
  readonly payload: Uint8Array;
  /** When the gateway had it whole, ms. */
  readonly receivedAt: number;
}

/**
 * The way of a journal message into the database. The broker acknowledges a message when `submit` resolves, in the
 * order in which the device published, so an implementation may commit many messages of many devices at once, but
 * must process those of one device in the order of the calls.
 */
export interface IngestPort {
  /**
   * Resolves after the commit that holds every record of the message, and every one that went to quarantine instead:
   * one receipt an epoch, in the order of the message. Nothing in the message makes it reject.
   * @throws (rejects) when nothing is recorded and the device must send again: database away, deadline, overload
   */
  submit(message: JournalMessage): Promise<readonly Receipt[]>;
  /** Resolves when everything submitted so far is committed or has failed. */
  drain(): Promise<void>;
}
