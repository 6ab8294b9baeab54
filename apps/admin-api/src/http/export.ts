import { PassThrough, type Writable } from 'node:stream';
import { once } from 'node:events';
import { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import { columnsOf, pageOf, readThrough, type ListQuery } from '@app/persistence';
import { FieldError } from '@app/registry';
import type { Services } from '../services.js';
import type { Format } from './list-options.dto.js';

/** Rows of one exported file at most. Excel itself ends at 1,048,576. */
export const EXPORT_ROWS_MAX = 500_000;

type FileFormat = Exclude<Format, 'json'>;
type Cell = string | number | null;

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const TYPES: Record<FileFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: XLSX,
};

/**
 * The whole list as a file, streamed from one snapshot of the database.
 * @throws FieldError when it has more rows than a file may have
 */
export async function exportList(
  services: Services,
  list: ListQuery<object>,
  name: string,
  format: FileFormat,
): Promise<StreamableFile> {
  const { total } = await pageOf(services.database, list, { limit: 1, offset: 0 });
  if (total > EXPORT_ROWS_MAX)
    throw new FieldError(
      'format',
      `The list has ${total} rows, a file at most ${EXPORT_ROWS_MAX}.`,
      'Narrow it by its filters.',
    );
  const columns = await columnsOf(services.database, list);
  return fileOf(services, name, format, columns, (onRows) =>
    readThrough(services.database, list, EXPORT_ROWS_MAX, onRows),
  );
}

/** Rows already at hand as a file. */
export function exportRows(
  services: Services,
  rows: readonly object[],
  columns: readonly string[],
  name: string,
  format: FileFormat,
): StreamableFile {
  return fileOf(services, name, format, columns, (onRows) => onRows(rows));
}

type ReadRows = (onRows: (rows: readonly object[]) => Promise<void>) => Promise<void>;

function fileOf(
  services: Services,
  name: string,
  format: FileFormat,
  columns: readonly string[],
  read: ReadRows,
): StreamableFile {
  const out = new PassThrough();
  const written = format === 'csv' ? writeCsv(out, columns, read) : writeXlsx(out, name, columns, read);
  written.catch((error: unknown) => {
    if (!out.destroyed) services.log.error({ err: error, name }, 'export failed');
    out.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return new StreamableFile(out, { type: TYPES[format], disposition: `attachment; filename="${name}.${format}"` });
}

/** Waits until the reader has taken what was written; rejects when it is gone. */
async function drained(out: Writable): Promise<void> {
  if (out.destroyed) throw new Error('the reader of the export went away');
  if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), once(out, 'close')]);
}

async function writeCsv(out: Writable, columns: readonly string[], read: ReadRows): Promise<void> {
  out.write(stringify([[...columns]]));
  await read(async (rows) => {
    out.write(stringify(rows.map((row) => cellsOf(row, columns))));
    await drained(out);
  });
  out.end();
}

async function writeXlsx(out: Writable, name: string, columns: readonly string[], read: ReadRows): Promise<void> {
  // Large, and few want it.
  const { default: excel } = await import('exceljs');
  const workbook = new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
  const sheet = workbook.addWorksheet(name.slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map((column) => ({ header: column, width: Math.max(12, column.length + 2) }));
  sheet.getRow(1).font = { bold: true };
  sheet.getRow(1).commit();
  await read(async (rows) => {
    for (const row of rows) sheet.addRow(cellsOf(row, columns)).commit();
    await drained(out);
  });
  await workbook.commit();
}

function cellsOf(row: object, columns: readonly string[]): Cell[] {
  return columns.map((column) => cellOf((row as Record<string, unknown>)[column]));
}

/**
 * A value as a cell. Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV
 * injection"); nested values become JSON.
 */
export function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}
