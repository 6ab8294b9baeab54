import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** A fault of the input that the user can mend; its message says where and what. */
export class InputError extends Error {}

/** Longest line that is read, characters. */
const LINE_LENGTH_MAX = 1_000_000;

export interface CsvRow {
  /** 1 = the header. */
  readonly line: number;
  /** Value of a column by its index in the header; '' where the line is short. */
  readonly cells: readonly string[];
}

/**
 * The rows of a CSV file (comma, optional quotes, optional .gz), one at a time; blank lines are left out.
 *
 * @throws InputError when the file cannot be read
 */
export async function* readCsv(file: string): AsyncGenerator<CsvRow> {
  const raw = createReadStream(file);
  const input = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  // An error of the file must reach the reader of the lines, which knows only its own input.
  raw.on('error', (error) => input !== raw && input.destroy(error));
  const failed = new Promise<never>((_, reject) => input.on('error', reject));
  failed.catch(() => undefined);
  const lines = createInterface({ input, crlfDelay: Infinity })[Symbol.asyncIterator]();
  try {
    for (let line = 1; ; line++) {
      const next = await Promise.race([lines.next(), failed]);
      if (next.done) return;
      const text = line === 1 ? next.value.replace(/^\uFEFF/, '') : next.value;
      if (text.trim() === '') continue;
      if (text.length > LINE_LENGTH_MAX)
        throw new InputError(`${file}, line ${line}: longer than ${LINE_LENGTH_MAX} characters`);
      yield { line, cells: cellsOf(text, file, line) };
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${file}: cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}

function cellsOf(text: string, file: string, line: number): string[] {
  if (!text.includes('"')) return text.split(',').map((cell) => cell.trim());
  try {
    return (parse(text, { relax_column_count: true, trim: true }) as string[][])[0] ?? [];
  } catch {
    throw new InputError(`${file}, line ${line}: a quote is opened and not closed`);
  }
}

/** Quote a cell where CSV needs it. */
export function csvCell(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/**
 * Index of each wanted column in a header.
 *
 * @throws InputError that names the missing columns
 */
export function columnsOf(header: CsvRow | undefined, wanted: readonly string[], file: string): number[] {
  const names = header?.cells.map((cell) => cell.toLowerCase()) ?? [];
  const missing = wanted.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new InputError(`${file}, line 1: no column ${missing.join(', ')}; the header must hold ${wanted.join(',')}`);
  return wanted.map((name) => names.indexOf(name));
}
