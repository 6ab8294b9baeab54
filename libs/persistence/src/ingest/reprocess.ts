import type { ReceiptResult } from '@app/protocol';
import type { Database, Sql } from '../database.js';
import type { WriteTx } from '../writes.js';
import type { JournalWriter } from './journal-writer.js';

export type Reprocessing =
  | { readonly state: 'not-found' }
  /** Reprocessed before; nothing was done. */
  | { readonly state: 'done-before' }
  /** Still cannot be accepted, for this reason; nothing was written. */
  | { readonly state: 'still-faulty'; readonly reason: string }
  /** Went through the ingest path; what became of its records. */
  | { readonly state: 'reprocessed'; readonly results: readonly ReceiptResult[] };

interface QuarantineRow {
  device_no: number;
  topic: string;
  bytes: Buffer;
  at: number;
  reprocessed_at: number | null;
}

/**
 * Sends quarantined bytes through the ingest path again, as received when they first came, after whatever made them
 * unacceptable was mended (a newer version, a key, an epoch). Safe to call twice: what counts already is a duplicate.
 */
export async function reprocessQuarantined(
  database: Database,
  writer: JournalWriter,
  id: number,
  now: number,
): Promise<Reprocessing> {
  const [row] = await database.query<QuarantineRow>(
    'SELECT device_no, topic, bytes, at, reprocessed_at FROM quarantine WHERE id = $1',
    [id],
  );
  if (!row) return { state: 'not-found' };
  if (row.reprocessed_at !== null) return { state: 'done-before' };
  const message = { deviceNo: row.device_no, topic: row.topic, payload: row.bytes, receivedAt: row.at };
  const fault = await writer.faultOf(message);
  if (fault !== null) return { state: 'still-faulty', reason: fault };
  const [receipts] = await writer.write([message]);
  const results = receipts!.flatMap((receipt) => receipt.results);
  await database.query('UPDATE quarantine SET reprocessed_at = $2, outcome = $3 WHERE id = $1', [
    id,
    new Date(now),
    results.map((result) => result.outcome).join(','),
  ]);
  return { state: 'reprocessed', results };
}

/** The channel on which gateways hear that there is something to reprocess. */
export const REPROCESS_CHANNEL = 'eparking_reprocess';
/** A request that nobody answered for this long is forgotten: who asked was told so. */
const REQUEST_SECONDS_MAX = 60;

/** Asks a gateway, which alone may write the journal, to reprocess a quarantine entry. Returns the request's id. */
export async function requestReprocessing(tx: WriteTx, quarantineId: number): Promise<number> {
  const [request] = await tx.query<{ id: number }>(
    'INSERT INTO reprocess_requests (quarantine_id) VALUES ($1) RETURNING id',
    [quarantineId],
  );
  await tx.query(`SELECT pg_notify('${REPROCESS_CHANNEL}', '')`);
  await tx.audit('quarantine.reprocess', String(quarantineId));
  return request!.id;
}

/** What came of a request; undefined while no gateway has answered it. */
export async function reprocessingAnswer(sql: Sql, requestId: number): Promise<Reprocessing | undefined> {
  const [request] = await sql.query<{ answer: Reprocessing | null }>(
    'SELECT answer FROM reprocess_requests WHERE id = $1',
    [requestId],
  );
  return request?.answer ?? undefined;
}

/**
 * Answers the requests that wait; several gateways may do it at once. One that dies on the way leaves its request to
 * the next, for which everything that counts already is a duplicate.
 */
export async function answerReprocessRequests(database: Database, writer: JournalWriter, now: number): Promise<void> {
  const answerOne = (sql: Sql): Promise<boolean> => answerNext(sql, database, writer, now);
  while (await database.transaction(answerOne));
}

async function answerNext(sql: Sql, database: Database, writer: JournalWriter, now: number): Promise<boolean> {
  const [request] = await sql.query<{ id: number; quarantineId: number }>(
    `SELECT id, quarantine_id AS "quarantineId" FROM reprocess_requests
     WHERE answered_at IS NULL AND requested_at > now() - make_interval(secs => $1)
     ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [REQUEST_SECONDS_MAX],
  );
  if (!request) return false;
  const answer = await reprocessQuarantined(database, writer, request.quarantineId, now);
  await sql.query('UPDATE reprocess_requests SET answered_at = now(), answer = $2 WHERE id = $1', [
    request.id,
    JSON.stringify(answer),
  ]);
  return true;
}
