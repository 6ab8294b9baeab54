import { pipeline, Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { CsvError, Parser } from 'csv-parse';
import { FieldFault, FieldReader, type RowError } from './field-reader.js';

/** What an acquirer's or bank's file looks like, and how one line of it becomes a value. */
export interface FileFormat<Row> {
  name: string;
  delimiter: ',' | ';';
  /** Columns that must be there, in any order; further ones are ignored unless `read` asks for them. */
  columns: readonly string[];
  /** Turns one line into a value; FieldReader throws what the line lacks. */
  read(fields: FieldReader): Row;
}

/** One line of a file: a value, or what is wrong with it. */
export type FileLine<Row> =
  { line: number; row: Row; error?: undefined } | { line: number; row?: undefined; error: RowError };

export interface FileLimits {
  bytesMax: number;
  rowsMax: number;
  rowBytesMax: number;
}

export const defaultFileLimits: FileLimits = { bytesMax: 128 * 1024 * 1024, rowsMax: 1_000_000, rowBytesMax: 16_384 };

/** The file as a whole cannot be read. Nothing of it may be booked, whatever came before. */
export class FileRefused extends Error {
  override name = 'FileRefused';
  constructor(
    readonly code:
      'adapter' | 'encoding' | 'empty' | 'header' | 'quotes' | 'too-large' | 'too-many-rows' | 'row-too-large',
    message: string,
    /** Line near which it was noticed; null when it concerns no line. */
    readonly line: number | null = null,
  ) {
    super(message);
  }
}

/**
 * Reads a CSV file as a stream, line by line, in memory bounded by the row limit: UTF-8 (byte order mark allowed),
 * header by column name, double quotes. Yields every line once, good or bad; throws FileRefused when the file as a
 * whole cannot be trusted, so book only after the last line was read.
 */
export async function* readFile<Row>(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  format: FileFormat<Row>,
  limits: FileLimits = defaultFileLimits,
): AsyncGenerator<FileLine<Row>> {
  const parser = new Parser({
    delimiter: format.delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.rowBytesMax,
  });
  pipeline(Readable.from(decode(chunks, limits)), parser, () => undefined); // its error comes out of the loop below
  let columns: Map<string, number> | null = null;
  let rows = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (columns === null) {
        columns = readHeader(record, format);
        continue;
      }
      if (++rows > limits.rowsMax) {
        throw new FileRefused('too-many-rows', `the file has more than ${limits.rowsMax} lines; split it`, info.lines);
      }
      yield readLine(format, columns, record, info.lines);
    }
  } catch (error) {
    throw error instanceof CsvError ? refusal(error, limits) : error;
  }
  if (columns === null) throw new FileRefused('empty', `the file is empty; it must begin with a header line`);
}

function readHeader<Row>(record: string[], format: FileFormat<Row>): Map<string, number> {
  const columns = new Map(record.map((name, index) => [name.trim(), index]));
  const missing = format.columns.filter((name) => !columns.has(name));
  if (missing.length > 0) {
    const hint = columns.size === 1 ? ` Columns must be separated by "${format.delimiter}".` : '';
    throw new FileRefused('header', `line 1 lacks ${missing.join(', ')}: this is no ${format.name} file.${hint}`, 1);
  }
  if (columns.size < record.length) throw new FileRefused('header', 'line 1 names a column twice; rename one', 1);
  return columns;
}

function readLine<Row>(
  format: FileFormat<Row>,
  columns: Map<string, number>,
  record: string[],
  line: number,
): FileLine<Row> {
  if (record.length !== columns.size) {
    const message = `line ${line}: has ${record.length} fields, the header ${columns.size}; quote fields that hold "${format.delimiter}"`;
    return { line, error: { line, field: '', code: 'columns', message } };
  }
  try {
    return { line, row: format.read(new FieldReader(columns, record)) };
  } catch (fault) {
    if (!(fault instanceof FieldFault)) throw fault;
    const { code, field } = fault;
    return { line, error: { line, field, code, message: `line ${line}, ${field}: ${fault.message}` } };
  }
}

/** Bytes to text, strictly UTF-8, with the file limit; other encodings are named where they can be recognised. */
async function* decode(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limits: FileLimits,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let lines = 1;
  for await (const chunk of chunks) {
    if (bytes === 0 && isUtf16(chunk)) {
      throw new FileRefused('encoding', 'the file is UTF-16 (Excel "Unicode text"); save it as CSV UTF-8', 1);
    }
    bytes += chunk.length;
    if (bytes > limits.bytesMax) {
      throw new FileRefused('too-large', `the file is larger than ${limits.bytesMax} bytes; split it`);
    }
    const nul = chunk.indexOf(0);
    if (nul >= 0)
      throw new FileRefused('encoding', 'the file holds a zero byte: no text file; save it as CSV UTF-8', lines);
    yield decodeChunk(decoder, chunk, lines);
    for (const byte of chunk) if (byte === 0x0a) lines++;
  }
  yield decodeChunk(decoder, null, lines);
}

function decodeChunk(decoder: TextDecoder, chunk: Uint8Array | null, line: number): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    const message = `the file is not UTF-8 (Latin-1 or Windows-1252, at or after line ${line}); save it as CSV UTF-8`;
    throw new FileRefused('encoding', message, line);
  }
}

function isUtf16(chunk: Uint8Array): boolean {
  const mark = `${chunk[0]},${chunk[1]}`;
  return mark === '255,254' || mark === '254,255' || (chunk.length > 3 && chunk[1] === 0 && chunk[3] === 0);
}

function refusal(error: CsvError, limits: FileLimits): FileRefused {
  const line = typeof error.lines === 'number' ? error.lines : null;
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    const message = `near line ${line} a row is longer than ${limits.rowBytesMax} characters; is a quote left open?`;
    return new FileRefused('row-too-large', message, line);
  }
  return new FileRefused(
    'quotes',
    `near line ${line} a quote is misplaced or left open; double quotes inside fields`,
    line,
  );
}
