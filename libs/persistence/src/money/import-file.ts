import { defaultFileLimits, FileRefused, readFile, type FileLine } from '@app/settlement';
import type { Database, Sql } from '../database.js';
import { intakeOf, LineTaker, SETTLEMENT_ADAPTERS, type Intake } from './file-intake.js';
import {
  BANK_ADAPTER,
  endFile,
  endOfRefused,
  noteProgress,
  piecesOf,
  type FileCounts,
  type FileEnd,
  type FileError,
} from './file-store.js';
import { ROWS_AT_ONCE } from './settlement-store.js';

/** Who holds this lock (with the file's id) imports that file. */
const FILE_LOCK = 7_265_023;

export interface ImportOptions {
  nowMs: number;
  signal?: AbortSignal;
  /** Told after each gulp of lines. */
  onProgress?: (counts: FileCounts) => Promise<void>;
}

/**
 * Imports a kept file in one transaction: all of it is booked, or nothing. Killed at any moment, it is as if it had not
 * begun; run again, or twice at once, it is done once. How far it has come is written beside the transaction.
 * @returns whether there was anything to do
 */
export async function importFile(database: Database, fileId: number, options: ImportOptions): Promise<boolean> {
  try {
    return await database.transaction(async (sql) => {
      const file = await openFile(sql, fileId);
      if (!file) return false;
      let bytesRead = 0;
      async function* counted(): AsyncGenerator<Buffer> {
        for await (const piece of piecesOf(database, fileId)) {
          bytesRead += piece.length;
          yield piece;
        }
      }
      const onProgress = async (counts: FileCounts): Promise<void> => {
        await noteProgress(database, fileId, bytesRead, counts);
        await options.onProgress?.(counts);
      };
      const end = await takeFile(sql, file, counted(), { ...options, onProgress });
      await endFile(sql, fileId, end, options.nowMs);
      return true;
    });
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    return refuse(database, fileId, error, options.nowMs);
  }
}

interface OpenFile {
  id: number;
  adapter: string;
  receivedBy: string;
}

/** The file, held by this transaction; undefined when its import has ended. */
async function openFile(sql: Sql, fileId: number): Promise<OpenFile | undefined> {
  await sql.query('SELECT pg_advisory_xact_lock($1::int, $2::int)', [FILE_LOCK, fileId]);
  const [file] = await sql.query<OpenFile>(
    `SELECT id, adapter, received_by AS "receivedBy" FROM settlement_files
      WHERE id = $1 AND state IN ('received', 'importing')`,
    [fileId],
  );
  return file;
}

async function refuse(database: Database, fileId: number, error: FileRefused, nowMs: number): Promise<boolean> {
  return database.transaction(async (sql) => {
    if (!(await openFile(sql, fileId))) return false;
    await endFile(sql, fileId, endOfRefused(error), nowMs);
    return true;
  });
}

/** Reads a file to its end and takes its lines. @throws FileRefused when it cannot be trusted as a whole */
async function takeFile(
  sql: Sql,
  file: OpenFile,
  pieces: AsyncIterable<Uint8Array>,
  { nowMs, signal, onProgress }: ImportOptions,
): Promise<FileEnd> {
  const intake: Intake<unknown> | undefined = intakeOf(file.adapter, sql, file, nowMs);
  if (!intake) throw new FileRefused('adapter', unknownAdapter(file.adapter));
  const taker = new LineTaker(intake, file.id);
  for await (const lines of gulps(readFile(pieces, intake.format, defaultFileLimits))) {
    signal?.throwIfAborted();
    await taker.take(lines);
    await onProgress?.(taker.counts);
  }
  await intake.finish();
  const { counts, errors } = taker;
  const nothing = counts.errors > 0 && counts.accepted + counts.duplicates === 0;
  return {
    state: nothing ? 'refused' : 'imported',
    counts,
    summary: intake.summary,
    refusal: nothing ? `No line of ${counts.lines} can be taken; the first: ${errors[0]!.message}` : null,
    errors,
  };
}

export function unknownAdapter(adapter: string): string {
  return `there is no adapter "${adapter.slice(0, 40)}"; one of ${[...SETTLEMENT_ADAPTERS, BANK_ADAPTER].join(', ')}`;
}

async function* gulps<Row>(lines: AsyncIterable<FileLine<Row>>): AsyncGenerator<FileLine<Row>[]> {
  let gulp: FileLine<Row>[] = [];
  for await (const line of lines) {
    gulp.push(line);
    if (gulp.length < ROWS_AT_ONCE) continue;
    yield gulp;
    gulp = [];
  }
  if (gulp.length > 0) yield gulp;
}

/** What an import would do. */
export interface FilePreview extends FileCounts {
  state: FileEnd['state'];
  refusal: string | null;
  summary: object;
  firstErrors: FileError[];
}

const ERRORS_SHOWN_MAX = 100;

/** Does an import and takes it back: says exactly what it would do, and leaves nothing behind. */
export async function previewFile(
  database: Database,
  adapter: string,
  chunks: AsyncIterable<Uint8Array>,
  nowMs: number,
): Promise<FilePreview> {
  const shown = ({ counts, errors, ...end }: FileEnd): FilePreview => {
    return { ...counts, ...end, firstErrors: errors.slice(0, ERRORS_SHOWN_MAX) };
  };
  let end: FileEnd | undefined;
  const takenBack = new Error('a preview is taken back');
  try {
    await database.transaction(async (sql) => {
      // A row of its own, since lines must belong to a file; its hash is nobody's.
      const [row] = await sql.query<{ id: number }>(
        `INSERT INTO settlement_files (sha256, adapter, name, size, state, received_at, received_by)
         VALUES (uuid_send(gen_random_uuid()), $1, 'preview', 0, 'importing', now(), 'preview') RETURNING id`,
        [adapter],
      );
      end = await takeFile(sql, { id: row!.id, adapter, receivedBy: 'preview' }, chunks, { nowMs });
      throw takenBack;
    });
  } catch (error) {
    if (error instanceof FileRefused) return shown(endOfRefused(error));
    if (error !== takenBack) throw error;
  }
  return shown(end!);
}
