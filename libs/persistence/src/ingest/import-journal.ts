import { BATCH_RECORDS_MAX, PAYLOAD_BYTES_MAX } from '@app/protocol';
import { FieldError, NotFoundError } from '@app/registry';
import type { Database } from '../database.js';
import type { JournalWriter } from './journal-writer.js';

/** How many records came out how: `accepted`, `duplicate`, … */
export type ImportOutcomes = Readonly<Record<string, number>>;

/**
 * Takes a device's exported journal (docs/JOURNAL-EXPORT.md) through the ingest path again: every record is verified
 * under the device's keys, numbered, voided and rolled up as when it first came. What is there already is a duplicate.
 * @param lines of the export, without line ends
 * @param receivedAt ms; a record's own time stays what it is
 * @throws FieldError for a file that is none or is cut off, NotFoundError for a device that is not registered here
 */
export async function importJournal(
  database: Database,
  writer: JournalWriter,
  lines: AsyncIterable<string> | Iterable<string>,
  receivedAt: number,
): Promise<ImportOutcomes> {
  const outcomes: Record<string, number> = {};
  let device: { deviceNo: number; topic: string } | undefined;
  let ended = false;
  let batch: string[] = [];
  let bytes = 2;
  const send = async (): Promise<void> => {
    if (batch.length === 0 || !device) return;
    const [receipts] = await writer.write([{ ...device, payload: Buffer.from(`[${batch.join()}]`), receivedAt }]);
    for (const { outcome } of receipts!.flatMap(({ results }) => results))
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    [batch, bytes] = [[], 2];
  };
  for await (const line of lines) {
    const value = JSON.parse(line) as { format?: string; device?: string; conflict?: string; end?: unknown };
    if (!device) device = await deviceOf(database, value);
    else if (value.end !== undefined) ended = true;
    else {
      const record = value.conflict ?? line;
      if (batch.length === BATCH_RECORDS_MAX || bytes + Buffer.byteLength(record) + 1 > PAYLOAD_BYTES_MAX) await send();
      batch.push(record);
      bytes += Buffer.byteLength(record) + 1;
    }
  }
  await send();
  if (!ended)
    throw new FieldError('file', 'The export has no end: it was cut off.', 'Take another copy; what came is kept.');
  return outcomes;
}

async function deviceOf(database: Database, head: { format?: string; device?: string }) {
  if (head.format !== 'eparking-journal' || head.device === undefined)
    throw new FieldError(
      'file',
      'This is no exported journal.',
      'Give a file of GET /devices/{deviceId}/journal-export.',
    );
  const [row] = await database.query<{ deviceNo: number }>(
    'SELECT device_no AS "deviceNo" FROM devices WHERE device_id = $1',
    [head.device],
  );
  if (!row) throw new NotFoundError('device', head.device);
  return { deviceNo: row.deviceNo, topic: `eparking/v1/${head.device}/journal` };
}
