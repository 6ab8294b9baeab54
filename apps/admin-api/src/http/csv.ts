import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';
import { parse } from 'csv-parse/sync';
import { ApiError } from './errors.js';
import type { RowFault } from './errors.dto.js';
import { firstFault } from './validation.js';

/** The body of a request as CSV text. @throws ApiError when it came as something else */
export function csvText(body: unknown): string {
  if (typeof body === 'string') return body;
  throw new ApiError(415, {
    code: 'unsupported-media-type',
    message: 'The file must come as the body of the request.',
    remedy: 'Send it with content-type text/csv.',
  });
}

/** A CSV file may be this long, in bytes and in rows. */
export const CSV_BYTES_MAX = 5_242_880;
const ROWS_MAX = 10_000;
/** Faults of a file that are told at once. */
export const FAULTS_MAX = 100;

export interface CsvRows<T> {
  rows: { line: number; value: T }[];
  faults: RowFault[];
}

/**
 * Reads a CSV file (comma or semicolon, UTF-8, header in the first line) and checks each row like a request's body.
 * @param shape turns a row's cells by column into what `type` checks; empty cells are left out
 * @throws ApiError when it is no CSV, lacks a column or has too many rows
 */
export function readCsv<T extends object>(
  text: string,
  type: ClassConstructor<T>,
  columns: { needed: readonly string[]; known: readonly string[] },
  shape: (cells: Record<string, string>) => object,
): CsvRows<T> {
  const records = parseRecords(text);
  const header = Object.keys(records[0]?.record ?? {});
  if (records.length === 0) throw new ApiError(400, { code: 'bad-file', message: 'The file has no rows.' });
  if (records.length > ROWS_MAX)
    throw new ApiError(400, {
      code: 'bad-file',
      message: `The file has more than ${ROWS_MAX} rows.`,
      remedy: 'Split it.',
    });
  const lacking = columns.needed.find((name) => !header.includes(name));
  if (lacking)
    throw new ApiError(400, { code: 'bad-file', message: `The column ${lacking} is missing.`, field: lacking });
  const unknown = header.find((name) => !columns.known.includes(name));
  if (unknown !== undefined)
    throw new ApiError(400, {
      code: 'bad-file',
      message: `The column ${JSON.stringify(unknown)} is unknown.`,
      field: unknown,
      remedy: `Columns are: ${columns.known.join(', ')}.`,
    });
  const result: CsvRows<T> = { rows: [], faults: [] };
  for (const { record, info } of records) {
    const filled = Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== ''));
    const value = plainToInstance(type, shape(filled));
    const errors = validateSync(value, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
    if (errors.length === 0) result.rows.push({ line: info.lines, value });
    else if (result.faults.length < FAULTS_MAX) result.faults.push({ line: info.lines, ...firstFault(errors) });
  }
  return result;
}

function parseRecords(text: string): { record: Record<string, string>; info: { lines: number } }[] {
  const firstLine = text.slice(0, text.indexOf('\n') === -1 ? undefined : text.indexOf('\n'));
  try {
    return parse(text, {
      bom: true,
      columns: true,
      delimiter: firstLine.includes(';') ? ';' : ',',
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as never;
  } catch (error) {
    throw new ApiError(400, { code: 'bad-file', message: `This is no CSV: ${(error as Error).message}` });
  }
}

/** The rows whose key came in an earlier row. */
export function repeated<T>(rows: readonly { line: number; value: T }[], field: keyof T & string): RowFault[] {
  const seen = new Map<unknown, number>();
  return rows.flatMap(({ line, value }) => {
    const first = seen.get(value[field]);
    if (first === undefined) seen.set(value[field], line);
    return first === undefined ? [] : [{ line, field, message: `${field} stands in line ${first} already` }];
  });
}
