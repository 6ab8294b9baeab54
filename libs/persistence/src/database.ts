import pg from 'pg';
import type { DatabaseOptions } from './data-source.js';
import { PreparedStatement, type Parameter } from './prepared-statement.js';

/** Runs one SQL statement. Stores take this, so that they work inside a transaction and outside. */
export interface Sql {
  /**
   * The rows of one statement. Column types: `bigint` comes as a number (beyond 2^53 - 1 it throws), `date` as
   * `YYYY-MM-DD`, `timestamptz` as milliseconds since 1970 (UTC), `numeric` as text. Pass instants as `new Date(ms)`.
   */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
  /** Gives up with SQLSTATE 55P03 when a lock is not had within this time. */
  readonly lockMsMax?: number;
  /** Gives up with SQLSTATE 57014 when one statement runs longer. */
  readonly statementMsMax?: number;
}

/** A pool of connections for hand-written SQL, and transactions on it. */
export interface Database extends Sql {
  /** `query` with a plan kept on each connection under this name: for large statements that run all day. */
  prepared<Row>(name: string, text: string, values: readonly Parameter[]): Promise<Row[]>;
  /** Commits what `work` did when it resolves, rolls back when it rejects, and passes its result or error on. */
  transaction<T>(work: (sql: Sql) => Promise<T>, options?: TransactionOptions): Promise<T>;
  close(): Promise<void>;
}

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond the integers that can be counted exactly`);
  return value;
}

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    if (format !== 'binary') {
      if (oid === INT8) return safeInteger;
      if (oid === DATE) return (text: string) => text;
      if (oid === TIMESTAMPTZ) return (text: string) => Date.parse(text);
    }
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

function settingsOf(options: TransactionOptions): string {
  const begin = `BEGIN ISOLATION LEVEL ${options.isolation ?? 'read committed'}${options.readOnly ? ' READ ONLY' : ''}`;
  const limits = [
    options.lockMsMax === undefined ? '' : `; SET LOCAL lock_timeout = ${Math.trunc(options.lockMsMax)}`,
    options.statementMsMax === undefined ? '' : `; SET LOCAL statement_timeout = ${Math.trunc(options.statementMsMax)}`,
  ];
  return begin + limits.join('');
}

/**
 * Opens a pool; no connection is made before the first statement. A lost connection is replaced at the next statement.
 * @param onIdleError told when an idle connection breaks (the server went away); the pool itself recovers
 */
export function openDatabase(
  options: DatabaseOptions,
  onIdleError: (error: Error) => void = () => undefined,
): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSizeMax ?? 10,
    application_name: options.applicationName ?? 'eparking',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types,
    ...(options.oneCoreEach && { options: '-c max_parallel_workers_per_gather=0' }),
    ...(options.statementMsMax !== undefined && {
      statement_timeout: options.statementMsMax,
      // A server that froze cannot end the statement itself: the client gives up a little later.
      query_timeout: options.statementMsMax + 1_000,
    }),
  });
  pool.on('error', onIdleError);
  return {
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await pool.query(text, [...values])).rows as Row[],
    prepared: async <Row>(name: string, text: string, values: readonly Parameter[]) => {
      // A pool promises the result of any statement; its types have that of a client, which gives the statement back.
      const answered = pool.query(new PreparedStatement(name, text, values)) as unknown as Promise<pg.QueryResult>;
      return (await answered).rows as Row[];
    },
    transaction: (work, settings = {}) => inTransaction(pool, work, settings),
    close: () => pool.end(),
  };
}

async function inTransaction<T>(
  pool: pg.Pool,
  work: (sql: Sql) => Promise<T>,
  settings: TransactionOptions,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that breaks between two statements of ours must not end the process.
  const onError = (error: Error): void => void (broken = error);
  client.on('error', onError);
  try {
    await client.query(settingsOf(settings));
    const result = await work({
      query: async <Row>(text: string, values: readonly unknown[] = []) =>
        (await client.query(text, [...values])).rows as Row[],
    });
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((fault: Error) => (broken ??= fault));
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
