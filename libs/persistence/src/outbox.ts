import type { Database, Sql } from './database.js';
import { activeTrace, TRACES_MAX } from './trace.js';

/** Something the worker must look at again: what (topic) and which one (key). */
export interface OutboxEntry {
  readonly topic: string;
  readonly key: string;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** One or more outbox rows of the same topic and key, taken together. */
export interface TakenEntry extends Required<OutboxEntry> {
  /** Id of the newest of the rows; its payload is the one that counts. */
  readonly lastId: number;
  /** Traces of what wrote them, the oldest first; see trace.ts. */
  readonly traces: readonly string[];
}

/** The channel on which writers outside the hot path say that there is something in the outbox. */
export const OUTBOX_CHANNEL = 'eparking_outbox';

/**
 * Writes entries in the caller's transaction and wakes the relay at its commit. The ingest path writes its rows in its
 * own statement, without the wake-up: NOTIFY makes commits queue.
 */
export async function putOutbox(sql: Sql, entries: readonly OutboxEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO outbox (topic, key, payload, trace)
     SELECT e.*, $4 FROM unnest($1::text[], $2::text[], $3::jsonb[]) AS e`,
    [
      entries.map((entry) => entry.topic),
      entries.map((entry) => entry.key),
      entries.map((entry) => JSON.stringify(entry.payload ?? {})),
      activeTrace(),
    ],
  );
  await sql.query(`SELECT pg_notify('${OUTBOX_CHANNEL}', '')`);
}

/**
 * Takes the oldest rows of these topics that nobody holds, gives them to `handOver`, coalesced by topic and key, and
 * removes them when it resolves, in one transaction with what `handOver` writes by `sql`. When it rejects, or the process dies, they are as if untouched: at least once, and
 * two relays never hold the same row. Writers only insert, so nobody waits for a relay.
 * @returns how many rows were taken; `rowsMax` means that there may be more
 */
export async function relayOutbox(
  database: Database,
  topics: readonly string[],
  rowsMax: number,
  handOver: (entries: TakenEntry[], sql: Sql) => Promise<void>,
): Promise<number> {
  return database.transaction(async (sql) => {
    const rows = await sql.query<OutboxRow>(
      `DELETE FROM outbox WHERE id IN (
         SELECT id FROM outbox WHERE topic = ANY($1) ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id, topic, key, payload, trace`,
      [topics, rowsMax],
    );
    if (rows.length > 0) await handOver(coalesce(rows), sql);
    return rows.length;
  });
}

interface OutboxRow extends Required<OutboxEntry> {
  id: number;
  trace: string | null;
}

function coalesce(rows: readonly OutboxRow[]): TakenEntry[] {
  const newest = new Map<string, TakenEntry>();
  for (const { id, topic, key, payload, trace } of [...rows].sort((a, b) => a.id - b.id)) {
    const before = newest.get(`${topic}\n${key}`)?.traces ?? [];
    const isNew = trace !== null && !before.includes(trace) && before.length < TRACES_MAX;
    newest.set(`${topic}\n${key}`, { topic, key, payload, lastId: id, traces: isNew ? [...before, trace] : before });
  }
  return [...newest.values()];
}

/** How many rows wait, and how long the oldest has waited (ms; 0 when there is none). */
export async function outboxBacklog(sql: Sql): Promise<{ count: number; oldestMs: number }> {
  const [row] = await sql.query<{ count: number; oldest_ms: number }>(
    `SELECT count(*) AS count,
            coalesce(max(extract(epoch FROM now() - created_at)) * 1000, 0)::bigint AS oldest_ms FROM outbox`,
  );
  return { count: row!.count, oldestMs: row!.oldest_ms };
}
