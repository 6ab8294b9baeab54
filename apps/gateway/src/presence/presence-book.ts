import type { ConnectionChange, HeardOf } from '@app/persistence';

export interface PresenceStore {
  writeConnections(changes: readonly ConnectionChange[]): Promise<void>;
  writeHeard(heard: readonly HeardOf[]): Promise<void>;
}

const ROWS_MAX = 1_000;

/**
 * Collects what is known of connections and writes it in few statements: beginnings and ends at once, what was heard
 * every second. One entry a device, the newest; so a stalled database costs no memory, and what could not be written
 * is written later.
 */
export class PresenceBook {
  #changes = new Map<number, ConnectionChange>();
  #heard = new Map<number, HeardOf>();
  #writing: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: PresenceStore,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Writes what was heard every `everyMs` until `stop`. */
  start(everyMs: number): void {
    this.#timer = setInterval(() => void this.flush(), everyMs);
  }

  /** Writes the rest. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  connection(change: ConnectionChange): void {
    this.#changes.set(change.deviceNo, change);
    void this.flush();
  }

  heard(heard: HeardOf): void {
    const known = this.#heard.get(heard.deviceNo);
    // It is the book's own until it is written: not copied, for every message of every device comes through here.
    if (known) Object.assign(known, heard);
    else this.#heard.set(heard.deviceNo, { ...heard });
  }

  /** Resolves when everything told before is written, or could not be. */
  flush(): Promise<void> {
    this.#again = true;
    this.#writing ??= this.#run().finally(() => (this.#writing = null));
    return this.#writing;
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      await this.#write().catch(this.onFailure);
    }
  }

  async #write(): Promise<void> {
    const changes = [...this.#changes.values()];
    const heard = [...this.#heard.values()];
    this.#changes = new Map();
    this.#heard = new Map();
    try {
      for (; changes.length > 0; changes.splice(0, ROWS_MAX))
        await this.store.writeConnections(changes.slice(0, ROWS_MAX));
      for (; heard.length > 0; heard.splice(0, ROWS_MAX)) await this.store.writeHeard(heard.slice(0, ROWS_MAX));
    } finally {
      // What was not written is kept, unless something newer is known.
      for (const change of changes) if (!this.#changes.has(change.deviceNo)) this.#changes.set(change.deviceNo, change);
      for (const each of heard) this.#heard.set(each.deviceNo, { ...each, ...this.#heard.get(each.deviceNo) });
    }
  }
}
