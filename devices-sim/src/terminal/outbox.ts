import type { Spool, SpooledRecord } from './spool.js';

/** How much goes into one message. */
export interface BatchLimits {
  readonly recordsMax: number;
  readonly bytesMax: number;
}

/** Messages on their way at once; the protocol bears 500. */
const IN_FLIGHT_MAX = 8;

interface Batch {
  readonly spool: Spool;
  readonly lastSeq: number;
  readonly size: number;
  isAcknowledged: boolean;
}

/**
 * Sends what waits in the spools, oldest epoch first: a record alone, or a batch when more wait; and erases in order as
 * the gateway acknowledges. A lost connection forgets what was in flight: it is sent again from the spool.
 */
export class Outbox {
  private inFlight: Batch[] = [];
  /** Grows with every connection, so that an answer to an old one is not taken for one to this. */
  private connection = 0;

  constructor(
    private readonly spools: readonly Spool[],
    private readonly publish: (payload: string) => Promise<void>,
    private readonly limits: BatchLimits,
  ) {}

  get queued(): number {
    return this.spools.reduce((sum, spool) => sum + spool.pending.length, 0);
  }

  get oldest(): SpooledRecord | undefined {
    return this.spools.find((spool) => spool.pending.length > 0)?.pending[0];
  }

  /** Something was added, or (`reconnected`) the connection is new. Does nothing while there is no connection. */
  wake(reconnected: boolean): void {
    if (reconnected) {
      this.connection += 1;
      this.inFlight = [];
    }
    while (this.inFlight.length < IN_FLIGHT_MAX && this.sendNext());
  }

  private sendNext(): boolean {
    for (const spool of this.spools) {
      const flying = this.inFlight.filter((b) => b.spool === spool).reduce((sum, b) => sum + b.size, 0);
      const records = this.fill(spool.pending, flying);
      if (records.length === 0) continue;
      const batch = { spool, lastSeq: records.at(-1)!.seq, size: records.length, isAcknowledged: false };
      this.inFlight.push(batch);
      const { connection } = this;
      const payload = records.length === 1 ? records[0]!.text : `[${records.map((r) => r.text).join(',')}]`;
      this.publish(payload).then(
        () => this.onAcknowledged(batch, connection),
        // The link is gone; `wake(true)` begins anew when it is back.
        () => undefined,
      );
      return true;
    }
    return false;
  }

  private fill(pending: readonly SpooledRecord[], from: number): SpooledRecord[] {
    const records: SpooledRecord[] = [];
    let bytes = 2;
    for (let n = from; n < pending.length && records.length < this.limits.recordsMax; n++) {
      bytes += Buffer.byteLength(pending[n]!.text) + 1;
      if (bytes > this.limits.bytesMax && records.length > 0) break;
      records.push(pending[n]!);
    }
    return records;
  }

  private onAcknowledged(batch: Batch, connection: number): void {
    if (connection !== this.connection) return;
    batch.isAcknowledged = true;
    while (this.inFlight[0]?.isAcknowledged) {
      const { spool, lastSeq } = this.inFlight.shift()!;
      // A failing disk shows itself at the next append; here it only means a duplicate after a restart.
      spool.acknowledge(lastSeq).catch(() => undefined);
    }
    this.wake(false);
  }
}
