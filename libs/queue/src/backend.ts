import { createPostgresBackend, createRedisBackend, PostgresConnection, type BackendFactory } from 'bullmq';
import { Redis } from 'ioredis';

/** Where the jobs live. */
export interface Backend {
  readonly kind: 'postgres' | 'redis';
  /** Makes BullMQ's own objects on the shared connections. */
  // BullMQ's factory type names its backend's own connection type; ours is fixed by `connection` beside it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly factory: BackendFactory<any, any>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly connection: any;
  /** Rejects when the store does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** BullMQ's tables have a schema of their own beside the product's. */
const SCHEMA = 'bullmq';

/**
 * Jobs in PostgreSQL. One pool for all queues of the process; each worker keeps one of its connections to listen.
 * Brings BullMQ's tables up to date first (several processes at once queue behind its advisory lock).
 */
export async function openPostgresBackend(
  url: string,
  poolSizeMax: number,
  onError: (error: Error) => void,
): Promise<Backend> {
  const connection = new PostgresConnection({
    connectionString: url,
    schema: SCHEMA,
    migrate: true,
    max: poolSizeMax,
    application_name: 'eparking-queue',
    connectionTimeoutMillis: 5_000,
    // A connection that went half-open must not hold a worker for ever.
    query_timeout: 30_000,
    keepAlive: true,
  });
  connection.on('error', onError);
  const { pool } = connection;
  // Every queue and worker adds its own listener to the one pool.
  (pool as unknown as NodeJS.EventEmitter).setMaxListeners(0);
  try {
    await connection.waitUntilReady();
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    kind: 'postgres',
    factory: createPostgresBackend,
    connection: pool,
    ping: async () => void (await pool.query('SELECT 1')),
    close: () => connection.close(),
  };
}

/** Jobs in Redis 6.2 or newer, which must keep what it is given (`maxmemory-policy noeviction`, append-only file). */
export async function openRedisBackend(url: string, onError: (error: Error) => void): Promise<Backend> {
  let opened = false;
  let fault: Error | undefined;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    // Workers wait for Redis to come back, however long; adders have a time limit of their own.
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => (opened ? Math.min(attempt * 100, 2_000) : null),
  });
  redis.on('error', (error) => {
    fault = error;
    onError(error);
  });
  await redis.connect().catch((closed: Error) => {
    throw fault ?? closed;
  });
  opened = true;
  return {
    kind: 'redis',
    factory: createRedisBackend,
    connection: redis,
    ping: async () => void (await redis.ping()),
    close: async () => redis.disconnect(),
  };
}
