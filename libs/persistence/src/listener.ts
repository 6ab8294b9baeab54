import pg from 'pg';

export interface ListenerOptions {
  /** postgres:// address; a direct one, for LISTEN does not live through a pooler in transaction mode. */
  readonly url: string;
  readonly channels: readonly string[];
  /** A notification came. */
  readonly onNotify: (channel: string, payload: string) => void;
  /**
   * Listening has begun, at first and after every interruption: what was said in between is lost, so look at
   * everything once.
   */
  readonly onListening?: () => void;
  /** The connection broke or could not be made; it is tried again by itself. */
  readonly onError?: (error: Error) => void;
  readonly applicationName?: string;
}

export interface Listener {
  close(): Promise<void>;
}

const RECONNECT_MS_MIN = 100;
const RECONNECT_MS_MAX = 5_000;
const KEEP_ALIVE_DELAY_MS = 10_000;

/**
 * Listens for NOTIFY on a connection of its own, for ever: a broken connection is made again with growing pauses.
 * Returns at once. Notifications are a courtesy that saves time; whoever listens polls as well.
 */
export function listen(options: ListenerOptions): Listener {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = RECONNECT_MS_MIN;
  let closed = false;

  const lost = (which: pg.Client, error: Error): void => {
    if (closed || which !== client) return;
    client = undefined;
    void which.end().catch(() => undefined);
    options.onError?.(error);
    timer = setTimeout(() => void connect(), pauseMs);
    pauseMs = Math.min(pauseMs * 2, RECONNECT_MS_MAX);
  };
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({
      connectionString: options.url,
      application_name: options.applicationName ?? 'eparking-listener',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
    });
    client = fresh;
    fresh.on('notification', (message) => options.onNotify(message.channel, message.payload ?? ''));
    fresh.on('error', (error) => lost(fresh, error));
    fresh.on('end', () => lost(fresh, new Error('the listening connection ended')));
    try {
      await fresh.connect();
      for (const channel of options.channels) await fresh.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      pauseMs = RECONNECT_MS_MIN;
      options.onListening?.();
    } catch (error) {
      lost(fresh, error as Error);
    }
  };
  void connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
