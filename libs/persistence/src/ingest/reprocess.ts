import type { ReceiptResult } from '@app/protocol';
import type { Database } from '../database.js';
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
