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
  /**
   * A lane with fewer messages waits while another one writes, and fewer in all are written together. A statement costs the
   * database as much as the first few dozen records in it, so small ones would only be in each other's way.
   */
  readonly besideMessagesMin: number;
}

export const DEFAULT_LANE_LIMITS: LaneLimits = {
  lanes: 2,
  batchMessagesMax: 500,
  batchBytesMax: 524_288,
  besideMessagesMin: 32,
};

interface Waiting {
  readonly message: JournalMessage;
  readonly resolve: (receipts: readonly Receipt[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers messages of all devices into batches without a timer: when nothing is being written a lane writes at once,
 * otherwise it gathers until a commit returns, or until it has enough to be written beside the other. A device keeps to
 * one lane, so its messages are written in the order in which they came. While little comes, one batch takes all lanes.
 * How much may wait is bounded by the broker, which stops reading from devices (docs/GATEWAY.md).
 */
export class IngestLanes {
  readonly #lanes: Lane[];
  /** Where the next look for a lane to write begins, so that each gets its turn. */
  #turn = 0;
  #awake = false;
  #drained: (() => void)[] = [];

  constructor(
    private readonly writer: BatchWriter,
    private readonly limits: LaneLimits = DEFAULT_LANE_LIMITS,
  ) {
    this.#lanes = Array.from({ length: limits.lanes }, () => new Lane());
  }

  /** Resolves with the message's receipts when it is durable; rejects when it is not known to be. */
  submit(message: JournalMessage): Promise<readonly Receipt[]> {
    return new Promise((resolve, reject) => {
      this.#lanes[message.deviceNo % this.#lanes.length]!.waiting.push({ message, resolve, reject });
      this.#wake();
    });
  }

  /** Messages that wait or are being written. */
  get backlog(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.backlog, 0);
  }

  /** Resolves when nothing waits and nothing is being written. */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained.push(resolve);
      this.#wake();
    });
  }

  /** Looks for lanes to write once all sockets of this turn are read: what came on them goes into the same batch. */
  #wake(): void {
    if (this.#awake) return;
    this.#awake = true;
    setImmediate(() => {
      this.#awake = false;
      this.#begin();
    });
  }

  #begin(): void {
    if (this.#isQuiet()) void this.#write(this.#lanes.filter(({ waiting }) => waiting.length > 0));
    const { length } = this.#lanes;
    for (let n = 0, first = this.#turn; n < length; n++) {
      const at = (first + n) % length;
      const lane = this.#lanes[at]!;
      if (lane.writing > 0 || lane.waiting.length < this.#enough()) continue;
      this.#turn = (at + 1) % length;
      void this.#write([lane]);
    }
    if (this.backlog === 0) for (const resolve of this.#drained.splice(0)) resolve();
  }

  #enough(): number {
    return this.#isWriting() ? this.limits.besideMessagesMin : 1;
  }

  #isWriting(): boolean {
    return this.#lanes.some(({ writing }) => writing > 0);
  }

  /** Nothing is being written, and all that waits is one small batch: no lane has to wait for another's commit. */
  #isQuiet(): boolean {
    if (this.#isWriting()) return false;
    const { besideMessagesMin, batchBytesMax } = this.limits;
    if (this.backlog === 0 || this.backlog >= besideMessagesMin) return false;
    return this.#lanes.reduce((sum, lane) => sum + lane.waitingBytes(), 0) <= batchBytesMax;
  }

  async #write(lanes: readonly Lane[]): Promise<void> {
    const batch = lanes.flatMap((lane) => lane.takeBatch(this.limits));
    try {
      const receipts = await this.writer.write(batch.map(({ message }) => message));
      batch.forEach(({ resolve }, index) => resolve(receipts[index]!));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    for (const lane of lanes) lane.writing = 0;
    this.#wake();
  }
}

class Lane {
  readonly waiting: Waiting[] = [];
  /** Messages of the batch that is being written. */
  writing = 0;

  get backlog(): number {
    return this.waiting.length + this.writing;
  }

  waitingBytes(): number {
    return this.waiting.reduce((sum, { message }) => sum + message.payload.length, 0);
  }

  /** The longest waiting, as many as a batch may hold; they are being written from now on. */
  takeBatch({ batchMessagesMax, batchBytesMax }: LaneLimits): Waiting[] {
    let count = 0;
    for (let bytes = 0; count < this.waiting.length && count < batchMessagesMax; count++) {
      bytes += this.waiting[count]!.message.payload.length;
      if (count > 0 && bytes > batchBytesMax) break;
    }
    this.writing = count;
    return this.waiting.splice(0, count);
  }
}
