import type { Sql } from './database.js';

/** Something the worker must look at again: what (topic) and which one (key). */
export interface OutboxEntry {
  readonly topic: string;
  readonly key: string;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** An outbox row that a relay holds for a while. */
export interface TakenEntry extends Required<OutboxEntry> {
  readonly id: number;
  /** Grows with every write: says whether the entry was written again since it was taken. */
  readonly version: number;
}

/** The channel on which writers outside the hot path say that there is something in the outbox. */
export const OUTBOX_CHANNEL = 'eparking_outbox';

/**
 * Writes entries in the caller's transaction, coalesced by topic and key, and wakes the relay at its commit.
 * The ingest path writes the same way in its own statement, without the wake-up: NOTIFY serialises commits.
 */
export async function putOutbox(sql: Sql, entries: readonly OutboxEntry[]): Promise<void> {
  if (entries.length === 0) return;
  // In key order, so that two writers of the same entries never wait for one another crosswise.
  const unique = new Map(entries.map((entry) => [`${entry.topic}\n${entry.key}`, entry]));
  const sorted = [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  await sql.query(
    `INSERT INTO outbox (topic, key, payload)
     SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[])
     ON CONFLICT (topic, key) DO UPDATE SET version = outbox.version + 1, payload = excluded.payload`,
    [
      sorted.map((entry) => entry.topic),
      sorted.map((entry) => entry.key),
      sorted.map((entry) => JSON.stringify(entry.payload ?? {})),
    ],
  );
  await sql.query(`SELECT pg_notify('${OUTBOX_CHANNEL}', '')`);
}

/**
 * Takes the oldest entries that nobody holds, for `leaseMs`. Two relays never hold the same one.
 * @param settleMs by topic: an entry younger than this is left, so that many changes in a row become one job
 */
export async function takeOutbox(
  sql: Sql,
  options: { limit: number; leaseMs: number; settleMs: Readonly<Record<string, number>> },
): Promise<TakenEntry[]> {
  const taken = await sql.query<TakenEntry>(
    `UPDATE outbox SET taken_until = now() + $2 * interval '1 millisecond'
      WHERE id IN (
        SELECT id FROM outbox
         WHERE (taken_until IS NULL OR taken_until <= now())
           AND created_at <= now() - coalesce(($3::jsonb ->> topic)::bigint, 0) * interval '1 millisecond'
         ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)
      RETURNING id, topic, key, payload, version`,
    [options.limit, options.leaseMs, JSON.stringify(options.settleMs)],
  );
  return taken.sort((a, b) => a.id - b.id);
}

/**
 * Removes entries whose jobs are in the queue. One that was written again since it was taken is let go instead, and
 * its time to settle begins anew. Waits for no writer: a row that a writer holds just now is let go by its lease.
 * @returns how many were removed
 */
export async function finishOutbox(sql: Sql, entries: readonly TakenEntry[]): Promise<number> {
  if (entries.length === 0) return 0;
  const values = [entries.map((entry) => entry.id), entries.map((entry) => entry.version)];
  const removed = await sql.query<{ id: number }>(
    `DELETE FROM outbox WHERE id IN (
       SELECT o.id FROM outbox o JOIN unnest($1::bigint[], $2::bigint[]) AS t (id, version) USING (id, version)
       FOR UPDATE OF o SKIP LOCKED)
     RETURNING id`,
    values,
  );
  if (removed.length < entries.length)
    await sql.query(
      `UPDATE outbox SET taken_until = NULL, created_at = now() WHERE id IN (
         SELECT o.id FROM outbox o JOIN unnest($1::bigint[], $2::bigint[]) AS t (id, version) USING (id)
          WHERE o.version <> t.version FOR UPDATE OF o SKIP LOCKED)`,
      values,
    );
  return removed.length;
}

/** How many entries wait, and how long the oldest has waited (ms; 0 when there is none). */
export async function outboxBacklog(sql: Sql): Promise<{ count: number; oldestMs: number }> {
  const [row] = await sql.query<{ count: number; oldest_ms: number }>(
    `SELECT count(*) AS count,
            coalesce(max(extract(epoch FROM now() - created_at)) * 1000, 0)::bigint AS oldest_ms FROM outbox`,
  );
  return { count: row!.count, oldestMs: row!.oldest_ms };
}
