import { NotFoundError } from '@app/registry';
import type { FileRefused } from '@app/settlement';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { putOutbox } from '../outbox.js';
import { INSTANT } from '../registry/sql-parts.js';
import type { WriteTx } from '../writes.js';

/** The adapter that stands for bank statements; every other one is a settlement format. */
export const BANK_ADAPTER = 'bank';
/** Under this topic the worker is told of a file to import. */
export const FILE_RECEIVED = 'file-received';
const PIECE_BYTES = 1_048_576;

export interface NewFile {
  adapter: string;
  name: string;
  sha256: Buffer;
  /** Bytes. */
  size: number;
  source: 'upload' | 'inbox';
}

/**
 * Keeps a file byte for byte and asks the worker to import it. The same bytes for the same adapter are the same file:
 * it is not kept twice, and asked for again only where its import has not ended.
 */
export async function keepFile(
  tx: WriteTx,
  file: NewFile,
  chunks: AsyncIterable<Uint8Array>,
  nowMs: number,
): Promise<{ id: number; known: boolean }> {
  const [added] = await tx.query<{ id: number }>(
    `INSERT INTO settlement_files (sha256, adapter, name, size, source, state, received_at, received_by)
     VALUES ($1, $2, $3, $4, $5, 'received', $6, $7) ON CONFLICT (sha256, adapter) DO NOTHING RETURNING id`,
    [file.sha256, file.adapter, file.name, file.size, file.source, new Date(nowMs), tx.actor.username],
  );
  if (added) await keepPieces(tx, added.id, chunks);
  const [kept] = await tx.query<{ id: number; open: boolean }>(
    `SELECT id, state IN ('received', 'importing') AS open FROM settlement_files WHERE sha256 = $1 AND adapter = $2`,
    [file.sha256, file.adapter],
  );
  const { id, open } = kept!;
  if (open) await putOutbox(tx, [{ topic: FILE_RECEIVED, key: String(id), payload: { fileId: id } }]);
  const detail = { adapter: file.adapter, name: file.name, sha256: file.sha256.toString('hex') };
  await tx.audit(added ? 'file.receive' : 'file.repeat', String(id), detail);
  return { id, known: !added };
}

/** Notes a file that cannot be kept: name, size and hash of what was read of it, who sent it, and why. @returns its number */
export async function noteRefusedFile(
  tx: WriteTx,
  file: NewFile,
  refusal: FileRefused,
  nowMs: number,
): Promise<number> {
  const { adapter, name, size, sha256, source } = file;
  const [added] = await tx.query<{ id: number }>(
    `INSERT INTO settlement_files (sha256, adapter, name, size, source, state, received_at, received_by)
     VALUES ($1, $2, $3, $4, $5, 'refused', $6, $7) ON CONFLICT (sha256, adapter) DO NOTHING RETURNING id`,
    [sha256, adapter, name, size, source, new Date(nowMs), tx.actor.username],
  );
  if (added) await endFile(tx, added.id, endOfRefused(refusal), nowMs);
  const [noted] = await tx.query<{ id: number }>('SELECT id FROM settlement_files WHERE sha256 = $1 AND adapter = $2', [
    sha256,
    adapter,
  ]);
  await tx.audit('file.refuse', String(noted!.id), {
    adapter,
    name,
    size,
    sha256: sha256.toString('hex'),
    refusal: refusal.message,
  });
  return noted!.id;
}

async function keepPieces(sql: Sql, fileId: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let number = 0;
  const keep = (bytes: Buffer): Promise<unknown> =>
    sql.query('INSERT INTO settlement_file_pieces (file_id, number, bytes) VALUES ($1, $2, $3)', [
      fileId,
      number++,
      bytes,
    ]);
  for await (const chunk of chunks)
    for (let from = 0; from < chunk.length; from += PIECE_BYTES)
      await keep(Buffer.from(chunk.buffer, chunk.byteOffset + from, Math.min(PIECE_BYTES, chunk.length - from)));
}

/** The bytes of a kept file, piece by piece. */
export async function* piecesOf(sql: Sql, fileId: number): AsyncGenerator<Buffer> {
  for (let number = 0; ; number++) {
    const [piece] = await sql.query<{ bytes: Buffer }>(
      'SELECT bytes FROM settlement_file_pieces WHERE file_id = $1 AND number = $2',
      [fileId, number],
    );
    if (!piece) return;
    yield piece.bytes;
  }
}

/** What an import has found so far, or in the end. */
export interface FileCounts {
  lines: number;
  accepted: number;
  duplicates: number;
  errors: number;
}

/** Files whose import has not ended although they have been here for a while: their job may be lost. */
export async function unfinishedFiles(sql: Sql, receivedBeforeMs: number): Promise<number[]> {
  const rows = await sql.query<{ id: number }>(
    `SELECT id FROM settlement_files WHERE state IN ('received', 'importing') AND received_at < $1 ORDER BY id LIMIT 100`,
    [new Date(receivedBeforeMs)],
  );
  return rows.map(({ id }) => id);
}

/** Tells how far an import has come; written beside its transaction, so that everybody can see it. */
export async function noteProgress(sql: Sql, fileId: number, bytesRead: number, counts: FileCounts): Promise<void> {
  await sql.query(
    `UPDATE settlement_files SET state = 'importing', bytes_read = $2, lines = $3, fresh = $4, duplicates = $5, errors = $6
      WHERE id = $1 AND state IN ('received', 'importing')`,
    [fileId, bytesRead, counts.lines, counts.accepted, counts.duplicates, counts.errors],
  );
}

/** What is wrong with a line, or (line 0) with the whole file, and what would help. */
export interface FileError {
  line: number;
  /** Column; empty when the whole line is wrong. */
  field: string;
  code: string;
  message: string;
}

/** How an import ended. */
export interface FileEnd {
  state: 'imported' | 'refused';
  counts: FileCounts;
  summary: object;
  /** Why nothing of the file was taken. */
  refusal: string | null;
  errors: readonly FileError[];
}

export async function endFile(sql: Sql, fileId: number, end: FileEnd, nowMs: number): Promise<void> {
  const { state, counts, summary, refusal, errors } = end;
  await sql.query(
    `INSERT INTO settlement_file_errors (file_id, line, field, code, message)
     SELECT $1, e.line, e.field, e.code, e.message
       FROM jsonb_to_recordset($2::jsonb) AS e (line int, field text, code text, message text) ON CONFLICT DO NOTHING`,
    [fileId, JSON.stringify(errors)],
  );
  await sql.query(
    `UPDATE settlement_files SET state = $2, bytes_read = size, lines = $3, fresh = $4, duplicates = $5, errors = $6,
       summary = $7, refusal = $8, imported_at = $9 WHERE id = $1`,
    [
      fileId,
      state,
      counts.lines,
      counts.accepted,
      counts.duplicates,
      counts.errors,
      JSON.stringify(summary),
      refusal,
      new Date(nowMs),
    ],
  );
}

export function endOfRefused(error: FileRefused): FileEnd {
  const { line, code, message } = error;
  return {
    state: 'refused',
    counts: { lines: 0, accepted: 0, duplicates: 0, errors: 1 },
    summary: {},
    refusal: message,
    errors: [{ line: line ?? 0, field: '', code, message }],
  };
}

export interface FileRow extends FileCounts {
  id: number;
  adapter: string;
  name: string;
  /** Hex. */
  sha256: string;
  size: number;
  source: 'upload' | 'inbox';
  state: 'received' | 'importing' | 'imported' | 'refused';
  /** Percent of the bytes that the import has read. */
  progress: number;
  refusal: string | null;
  summary: object;
  receivedAt: string;
  receivedBy: string;
  endedAt: string | null;
}

const FILES = /* sql */ `
SELECT id, adapter, name, encode(sha256, 'hex') AS sha256, size, source, state,
  CASE WHEN state IN ('imported', 'refused') THEN 100 WHEN size = 0 THEN 0 ELSE (bytes_read * 100 / size)::int END AS progress,
  lines, fresh AS accepted, duplicates, errors, refusal, summary, ${INSTANT('received_at')} AS "receivedAt",
  received_by AS "receivedBy", ${INSTANT('imported_at')} AS "endedAt" FROM settlement_files`;

export type FileKind = 'settlement' | 'bank';

const ofKind = (kind: FileKind): string => `adapter ${kind === 'bank' ? '=' : '<>'} '${BANK_ADAPTER}'`;

/** Files that came, the newest first. */
export function filesQuery(kind: FileKind, filter: { state?: string; adapter?: string } = {}): ListQuery<FileRow> {
  const conditions = new Conditions().add('state = {}', filter.state).add('adapter = {}', filter.adapter);
  return {
    text: `${FILES} ${conditions.where} AND ${ofKind(kind)}`,
    values: conditions.values,
    orderBy: 'id DESC',
  };
}

/** One file. @throws NotFoundError */
export async function findFile(sql: Sql, kind: FileKind, id: number): Promise<FileRow> {
  const [row] = await sql.query<FileRow>(`${FILES} WHERE id = $1 AND ${ofKind(kind)}`, [id]);
  if (!row) throw new NotFoundError(kind === 'bank' ? 'bank statement' : 'settlement file', String(id));
  return row;
}

/** What is wrong in which line of a file, in the file's order. */
export function fileErrorsQuery(fileId: number): ListQuery<FileError> {
  return {
    text: 'SELECT line, field, code, message FROM settlement_file_errors WHERE file_id = $1',
    values: [fileId],
    orderBy: 'line, field',
  };
}
