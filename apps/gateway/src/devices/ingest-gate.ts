import type { Receipt } from '@app/protocol';
import type { IngestPort, JournalMessage } from '../ingest-port.js';

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

  constructor(
    private readonly ingest: IngestPort,
    private readonly limits: IngestGateLimits,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  get messages(): number {
    return this.#messages;
  }

  async submit(message: JournalMessage): Promise<readonly Receipt[]> {
    const { ingestMessagesMax, ingestBytesMax } = this.limits;
    if (this.#messages >= ingestMessagesMax || this.#bytes >= ingestBytesMax)
      throw new Error('too many journal messages wait for the database');
    const bytes = message.payload.length;
    this.#count(1, bytes);
    const submitted = this.ingest.submit(message).finally(() => this.#count(-1, -bytes));
    return this.#unlessStalled(submitted);
  }

  drain(): Promise<void> {
    return this.ingest.drain();
  }

  async #unlessStalled(submitted: Promise<readonly Receipt[]>): Promise<readonly Receipt[]> {
    const { commitMsMax } = this.limits;
    let timer: NodeJS.Timeout | undefined;
    const stalled = new Promise<never>((_, reject) => {
      const look = (): void => {
        const leftMs = this.#committedAtMs + commitMsMax - this.monotonicMs();
        if (leftMs > 0) timer = setTimeout(look, leftMs);
        else reject(new Error(`committing a journal message: no commit of any within ${commitMsMax} ms`));
      };
      timer = setTimeout(look, commitMsMax);
    });
    // The late one may still fail, when nobody waits for it any more.
    submitted.then(
      () => (this.#committedAtMs = this.monotonicMs()),
      () => undefined,
    );
    return Promise.race([submitted, stalled]).finally(() => clearTimeout(timer));
  }

  #count(messages: number, bytes: number): void {
    this.#messages += messages;
    this.#bytes += bytes;
  }
}
