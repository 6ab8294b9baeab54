import type { Sql } from '../database.js';

/** How many wrong passwords cost nothing, and how the waits grow; ms. */
export interface GuessLimits {
  readonly freeFailures: number;
  readonly pauseMsFirst: number;
  readonly pauseMsMax: number;
  /** Failures are forgotten after this long without another. */
  readonly memoryMs: number;
}

/** A pair that signed in within this time is known: a wait of its address as a whole does not touch it. */
const KNOWN_MS = 90 * 86_400_000;
/** The row of an address as a whole. */
const ANYBODY = '';

/**
 * Counts one try of a pair before its password is checked, so that guesses sent all at once do not get past the limit,
 * whichever process they reach.
 * @returns how long the pair must wait instead, ms; 0 when the try may go on
 */
export async function beginTry(
  sql: Sql,
  username: string,
  address: string,
  limits: GuessLimits,
  nowMs: number,
): Promise<number> {
  const now = new Date(nowMs);
  const [waiting] = await sql.query<{ waitUntil: number }>(
    `SELECT wait_until AS "waitUntil" FROM sign_in_tries WHERE username = $1 AND address = $2 AND wait_until > $3
       AND NOT EXISTS (SELECT 1 FROM sign_in_tries known WHERE known.username = $4 AND known.address = $2
         AND known.succeeded_at > $5)`,
    [ANYBODY, address, now, username, new Date(nowMs - KNOWN_MS)],
  );
  if (waiting) return waiting.waitUntil - nowMs;
  if (await countFailure(sql, username, address, limits, now)) return 0;
  const [pair] = await sql.query<{ waitUntil: number }>(
    'SELECT wait_until AS "waitUntil" FROM sign_in_tries WHERE username = $1 AND address = $2',
    [username, address],
  );
  return Math.max(1, (pair?.waitUntil ?? nowMs) - nowMs);
}

/** Adds one failure unless the pair must wait. True when it was added. */
async function countFailure(
  sql: Sql,
  username: string,
  address: string,
  limits: GuessLimits,
  now: Date,
): Promise<boolean> {
  const failures = `CASE WHEN t.last_at > $3::timestamptz - make_interval(secs => $7) THEN t.failures ELSE 0 END + 1`;
  const counted = await sql.query(
    `INSERT INTO sign_in_tries AS t (username, address, failures, last_at) VALUES ($1, $2, 1, $3)
     ON CONFLICT (username, address) DO UPDATE SET failures = ${failures}, last_at = $3,
       wait_until = CASE WHEN ${failures} >= $4 THEN $3::timestamptz + make_interval(secs =>
         least($5 * 2 ^ least(${failures} - $4, 20), $6)) END
     WHERE t.wait_until IS NULL OR t.wait_until <= $3 RETURNING 1`,
    [
      username,
      address,
      now,
      limits.freeFailures,
      limits.pauseMsFirst / 1000,
      limits.pauseMsMax / 1000,
      limits.memoryMs / 1000,
    ],
  );
  return counted.length > 0;
}

/** The try was right: the pair is known from now on, and its failures are forgotten. */
export async function trySucceeded(sql: Sql, username: string, address: string, nowMs: number): Promise<void> {
  await sql.query(
    `UPDATE sign_in_tries SET failures = 0, wait_until = NULL, succeeded_at = $3 WHERE username = $1 AND address = $2`,
    [username, address, new Date(nowMs)],
  );
}

/** The try was neither right nor wrong (a code is still missing): it does not count. */
export async function tryUndone(sql: Sql, username: string, address: string): Promise<void> {
  await sql.query(
    `UPDATE sign_in_tries SET failures = greatest(failures - 1, 0), wait_until = NULL
     WHERE username = $1 AND address = $2`,
    [username, address],
  );
}

/** The try was wrong: it counts against the address as a whole too. Forgets what is over. */
export async function tryFailed(sql: Sql, address: string, limits: GuessLimits, nowMs: number): Promise<void> {
  await countFailure(sql, ANYBODY, address, limits, new Date(nowMs));
  await sql.query(
    `DELETE FROM sign_in_tries WHERE ctid = ANY (ARRAY(SELECT ctid FROM sign_in_tries
       WHERE last_at < $1 AND (succeeded_at IS NULL OR succeeded_at < $2) LIMIT 100))`,
    [new Date(nowMs - limits.memoryMs), new Date(nowMs - KNOWN_MS)],
  );
}
