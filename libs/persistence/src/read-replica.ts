import type { Clock } from '@app/kernel';
import { openDatabase, type Database, type Sql, type TransactionOptions } from './database.js';
import type { Parameter } from './prepared-statement.js';
import type { DatabaseOptions } from './data-source.js';

export interface ReplicaOptions extends DatabaseOptions {
  /** A replica further behind than this is not read. */
  readonly lagMsMax: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly onFault?: (error: Error) => void;
}

/** Where reports are read now, and how far that lies behind, ms; null while nobody knows. */
export interface ReplicaState {
  readonly source: 'replica' | 'primary';
  readonly lagMs: number | null;
}

const LOOK_MS = 1_000;
const SAMPLES_MAX = 600;
/** Connection lost or refused, and a standby that cancels a statement to go on replaying. */
const ELSEWHERE = /^(08|57P|53|40001|ECONN|ETIMEDOUT|EPIPE)/;

/** A place of the primary's WAL, and when it was there. */
interface Sample {
  readonly at: number;
  readonly lsn: bigint;
}

/**
 * Reads from a streaming replica while it is near enough, else from the primary. How far it is behind is measured by
 * positions: the age of the newest position of the primary that the replica has replayed, so that a quiet primary counts
 * as near and a replica that lost its primary does not. For reports only: what was just written may be missing.
 */
export class ReadReplica implements Database {
  readonly #replica: Database;
  readonly #look: NodeJS.Timeout;
  #samples: Sample[] = [];
  #lagMs: number | null = null;
  #looking: Promise<void> | undefined;

  constructor(
    private readonly primary: Database,
    private readonly options: ReplicaOptions,
  ) {
    this.#replica = openDatabase(options, options.onFault);
    this.#look = setInterval(() => void this.look(), LOOK_MS);
    this.#look.unref();
  }

  get state(): ReplicaState {
    const isNear = this.#lagMs !== null && this.#lagMs <= this.options.lagMsMax;
    return { source: isNear ? 'replica' : 'primary', lagMs: this.#lagMs };
  }

  /** Measures once; never rejects. Runs by itself every second. */
  look(): Promise<void> {
    this.#looking ??= this.#measure()
      .catch((error: Error) => {
        this.#lagMs = null;
        this.options.onFault?.(error);
      })
      .finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #measure(): Promise<void> {
    const { now } = this.options.clock;
    const at = now();
    const written = await lsnOf(this.primary, 'pg_current_wal_lsn()');
    const replayed = await lsnOf(this.#replica, 'pg_last_wal_replay_lsn()');
    this.#samples = [...this.#samples, { at, lsn: written }].slice(-SAMPLES_MAX);
    const reached = this.#samples.findLastIndex(({ lsn }) => lsn <= replayed);
    // What it has passed long ago is not needed any more.
    if (reached > 0) this.#samples.splice(0, reached);
    this.#lagMs = reached < 0 ? null : now() - this.#samples[0]!.at;
  }

  query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.#near((database) => database.query<Row>(text, values));
  }

  prepared<Row>(name: string, text: string, values: readonly Parameter[]): Promise<Row[]> {
    return this.#near((database) => database.prepared<Row>(name, text, values));
  }

  /** Only what says that it reads goes to the replica. `work` may be called again, on the primary. */
  transaction<T>(work: (sql: Sql) => Promise<T>, settings: TransactionOptions = {}): Promise<T> {
    if (!settings.readOnly) return this.primary.transaction(work, settings);
    return this.#near((database) => database.transaction(work, settings));
  }

  async #near<T>(read: (database: Database) => Promise<T>): Promise<T> {
    if (this.state.source === 'primary') return read(this.primary);
    try {
      return await read(this.#replica);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (!ELSEWHERE.test(code ?? '') && !/terminated|timeout/i.test(message)) throw error;
      this.#lagMs = null;
      this.options.onFault?.(error as Error);
      return read(this.primary);
    }
  }

  /** Closes the replica's connections; the primary's are not its own. */
  async close(): Promise<void> {
    clearInterval(this.#look);
    await this.#looking;
    await this.#replica.close();
  }
}

async function lsnOf(sql: Sql, position: string): Promise<bigint> {
  const [row] = await sql.query<{ bytes: string | null }>(`SELECT (${position} - '0/0'::pg_lsn)::text AS bytes`);
  if (row!.bytes === null)
    throw new Error(`the server of EPARKING_READ_DATABASE_URL is no replica: ${position} is empty`);
  return BigInt(row!.bytes);
}
