import type { Receipt } from '@app/protocol';
import type { JournalMessage } from '@app/persistence';

/** Who makes messages durable: the JournalWriter, in the lanes' eyes. */
export interface BatchWriter {
  /** Resolves with the receipts of each message after the commit; rejects when nothing is known to be durable. */
  write(messages: readonly JournalMessage[]): Promise<readonly (readonly Receipt[])[]>;
}

export interface LaneLimits {
  /** Batches written at the same time; each is a database connection. */
  readonly lanes: number;
  readonly batchMessagesMax: number;
  /** Payload bytes of one batch; a single message may exceed it. */
  readonly batchBytesMax: number;
}

export const DEFAULT_LANE_LIMITS: LaneLimits = { lanes: 2, batchMessagesMax: 500, batchBytesMax: 262_144 };

interface Waiting {
  readonly message: JournalMessage;
  readonly resolve: (receipts: readonly Receipt[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers messages of all devices into batches without a timer: an idle lane writes at once, a busy one gathers until
 * its commit returns. A device keeps to one lane, so its messages are written in the order in which they came.
 * How much may wait is bounded by the broker, which stops reading from devices (docs/GATEWAY.md).
 */
export class IngestLanes {
  readonly #lanes: Lane[];

  constructor(writer: BatchWriter, limits: LaneLimits = DEFAULT_LANE_LIMITS) {
    this.#lanes = Array.from({ length: limits.lanes }, () => new Lane(writer, limits));
  }

  /** Resolves with the message's receipts when it is durable; rejects when it is not known to be. */
  submit(message: JournalMessage): Promise<readonly Receipt[]> {
    return this.#lanes[message.deviceNo % this.#lanes.length]!.submit(message);
  }

  /** Messages that wait or are being written. */
  get backlog(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.backlog, 0);
  }

  /** Resolves when nothing waits and nothing is being written. */
  async drain(): Promise<void> {
    while (this.backlog > 0) await Promise.all(this.#lanes.map((lane) => lane.idle));
  }
}

class Lane {
  readonly #waiting: Waiting[] = [];
  #writing = 0;
  /** Settles when the lane has run empty. */
  idle: Promise<void> = Promise.resolve();

  constructor(
    private readonly writer: BatchWriter,
    private readonly limits: LaneLimits,
  ) {}

  get backlog(): number {
    return this.#waiting.length + this.#writing;
  }

  submit(message: JournalMessage): Promise<readonly Receipt[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, resolve, reject });
      if (this.backlog === 1) this.idle = this.#run();
    });
  }

  async #run(): Promise<void> {
    // What arrives in the same turn of the event loop goes into the same batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      this.#writing = batch.length;
      try {
        const receipts = await this.writer.write(batch.map(({ message }) => message));
        batch.forEach(({ resolve }, index) => resolve(receipts[index]!));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      this.#writing = 0;
    }
  }

  #takeBatch(): Waiting[] {
    let count = 0;
    for (let bytes = 0; count < this.#waiting.length && count < this.limits.batchMessagesMax; count++) {
      bytes += this.#waiting[count]!.message.payload.length;
      if (count > 0 && bytes > this.limits.batchBytesMax) break;
    }
    return this.#waiting.splice(0, count);
  }
}
