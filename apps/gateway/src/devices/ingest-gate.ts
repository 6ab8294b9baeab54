import type { Receipt } from '@app/protocol';
import type { IngestPort, JournalMessage } from '../ingest-port.js';
import { within } from '../within.js';

export interface IngestGateLimits {
  readonly commitMsMax: number;
  readonly ingestMessagesMax: number;
  readonly ingestBytesMax: number;
}

/**
 * Stands before ingest with a deadline and a bound. A connection whose commit is late is closed, and its device comes
 * back and sends again; the late commit is still under way then, so the bound counts it until it is settled, or a
 * stalled database would collect messages without end.
 */
export class IngestGate {
  #messages = 0;
  #bytes = 0;

  constructor(
    private readonly ingest: IngestPort,
    private readonly limits: IngestGateLimits,
  ) {}

  get messages(): number {
    return this.#messages;
  }

  async submit(message: JournalMessage): Promise<readonly Receipt[]> {
    const { commitMsMax, ingestMessagesMax, ingestBytesMax } = this.limits;
    if (this.#messages >= ingestMessagesMax || this.#bytes >= ingestBytesMax)
      throw new Error('too many journal messages wait for the database');
    const bytes = message.payload.length;
    this.#count(1, bytes);
    const submitted = this.ingest.submit(message).finally(() => this.#count(-1, -bytes));
    // The late one may still fail, when nobody waits for it any more.
    submitted.catch(() => undefined);
    return within(commitMsMax, submitted, 'committing a journal message');
  }

  drain(): Promise<void> {
    return this.ingest.drain();
  }

  #count(messages: number, bytes: number): void {
    this.#messages += messages;
    this.#bytes += bytes;
  }
}
