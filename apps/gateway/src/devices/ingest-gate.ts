import type { Receipt } from '@app/protocol';
import type { IngestPort, JournalMessage } from '../ingest-port.js';
import { WaitingLine, type Waiting } from './waiting-line.js';

export interface IngestGateLimits {
  /** How long a message may wait while nothing at all is committed. */
  readonly commitMsMax: number;
  readonly ingestMessagesMax: number;
  readonly ingestBytesMax: number;
}

/**
 * Stands before ingest with a deadline and a bound. A connection whose message waits while the database commits nothing
 * is closed, and its device comes back and sends again. A long queue that moves is no such case: closing connections
 * for it would have every message sent and written twice, and the queue would only grow. The late commit is still under
 * way after the closing, so the bound counts it until it is settled, or a stalled database would collect messages
 * without end.
 */
export class IngestGate {
  #messages = 0;
  #bytes = 0;
  #committedAtMs = -Infinity;
  /** Those who wait. One timer serves them all: it is armed for the first. */
  readonly #waiting = new WaitingLine();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ingest: IngestPort,
    private readonly limits: IngestGateLimits,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  get messages(): number {
    return this.#messages;
  }

  submit(message: JournalMessage): Promise<readonly Receipt[]> {
    const { ingestMessagesMax, ingestBytesMax } = this.limits;
    if (this.#messages >= ingestMessagesMax || this.#bytes >= ingestBytesMax)
      return Promise.reject(new Error('too many journal messages wait for the database'));
    const bytes = message.payload.length;
    this.#count(1, bytes);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { since: this.monotonicMs(), reject, before: null, after: null };
      this.#waiting.add(waiting);
      if (this.#waiting.first === waiting) this.#arm();
      const settle = (): void => {
        this.#count(-1, -bytes);
        this.#waiting.remove(waiting);
        if (!this.#waiting.first) this.#disarm();
      };
      this.ingest.submit(message).then(
        (receipts) => {
          this.#committedAtMs = this.monotonicMs();
          settle();
          resolve(receipts);
        },
        (error: Error) => {
          settle();
          reject(error);
        },
      );
    });
  }

  drain(): Promise<void> {
    return this.ingest.drain();
  }

  #arm(): void {
    const patientUntil = Math.max(this.#waiting.first!.since, this.#committedAtMs) + this.limits.commitMsMax;
    this.#timer = setTimeout(() => this.#look(), Math.max(0, patientUntil - this.monotonicMs()));
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Gives up those who have waited for the limit while nothing was committed. */
  #look(): void {
    const { commitMsMax } = this.limits;
    const now = this.monotonicMs();
    for (let waiting = this.#waiting.first; waiting; waiting = this.#waiting.first) {
      if (Math.max(waiting.since, this.#committedAtMs) + commitMsMax > now) break;
      this.#waiting.remove(waiting);
      waiting.reject(new Error(`committing a journal message: no commit of any within ${commitMsMax} ms`));
    }
    if (this.#waiting.first) this.#arm();
  }

  #count(messages: number, bytes: number): void {
    this.#messages += messages;
    this.#bytes += bytes;
  }
}
