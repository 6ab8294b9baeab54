import type ExcelJS from 'exceljs';
import type { MonthFacts, WaterfallRow, WaterfallSums } from '@app/persistence';
import { cellOf } from '../http/export.js';
import { dailyChart, roadChart } from './charts.js';
import { minuteText, monthText } from './indonesian.js';
import type { Made } from './monthly-pdf.js';
import { pictureOf } from './picture.js';
import { groupText, patternText } from './words.js';

const MONEY = '#,##0';
const PERCENT = '0.00%';
const SUMS = ['recorded', 'settled', 'deposited', 'unsettled', 'undeposited'] as const;
const SUM_TITLES = ['Tercatat', 'Diselesaikan', 'Disetor', 'Belum diselesaikan', 'Belum disetor'];

type Cell = string | number | null;

/** The month as a workbook: a sheet a chapter, the charts as pictures, every figure a number. */
export async function monthlyXlsx(facts: MonthFacts, made: Made): Promise<Buffer> {
  const { default: excel } = await import('exceljs');
  const book = new excel.Workbook();
  book.creator = 'eparking';
  book.created = new Date(made.at);
  await summarySheet(book, facts, made);
  await daySheet(book, facts);
  const groups = [
    ['Per pengelola', 'operator', facts.operators],
    ['Per kecamatan', 'district', facts.districts],
    ['Per titik', 'point', facts.points],
  ] as const;
  for (const [name, kind, rows] of groups)
    sumsSheet(book, name, rows, facts.total, (row) => groupText(kind, row.key, row.label));
  findingsSheets(book, facts);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function summarySheet(book: ExcelJS.Workbook, facts: MonthFacts, made: Made): Promise<void> {
  const sheet = book.addWorksheet('Ringkasan', {
    pageSetup: { paperSize: 9, orientation: 'portrait', fitToPage: true },
  });
  sheet.columns = [{ width: 34 }, { width: 44 }, { width: 18 }, { width: 14 }, { width: 14 }, { width: 14 }];
  sheet.addRow([`Laporan Bulanan Retribusi Parkir – ${monthText(facts.month)}`]).font = { bold: true, size: 16 };
  if (made.label !== undefined) sheet.addRow([made.label]).font = { bold: true, color: { argb: 'FFB3261E' } };
  sheet.addRow([
    `${made.authority}. Dibuat ${minuteText(made.at)} oleh ${made.by}. Rupiah bruto menurut hari transaksi.`,
  ]);
  sheet.addRow([]);
  for (const [i, key] of SUMS.entries()) money(sheet.addRow([SUM_TITLES[i]!, null, facts.total[key]]), [3]);
  money(sheet.addRow(['Tunggakan menurut buku pada akhir masa', null, facts.arrears]), [3]);
  sheet.addRow([]);
  head(sheet.addRow(['Target: masa', 'Sumber', 'Target', 'Tercatat', 'Diselesaikan', 'Disetor']));
  for (const row of facts.realisation)
    for (const { source, revision, amount, recordedBp, settledBp, depositedBp } of row.targets) {
      const period = row.month === null ? facts.month.slice(0, 4) : monthText(facts.month);
      const parts = [recordedBp, settledBp, depositedBp].map((bp) => (bp === null ? null : bp / 10_000));
      const added = sheet.addRow([period, cellOf(`${source} (revisi ${revision})`), amount, ...parts]);
      money(added, [3]);
      for (const column of [4, 5, 6]) added.getCell(column).numFmt = PERCENT;
    }
  await picture(book, sheet, roadChart(facts.total, { width: 640, height: 100 }), sheet.rowCount + 1, [640, 100]);
}

async function daySheet(book: ExcelJS.Workbook, { days, total }: MonthFacts): Promise<void> {
  const sheet = sumsSheet(book, 'Per hari', days, total, (row) => row.key);
  const size: [number, number] = [760, 300];
  await picture(book, sheet, dailyChart(days, { width: size[0], height: size[1] }), sheet.rowCount + 1, size);
}

function sumsSheet(
  book: ExcelJS.Workbook,
  name: string,
  rows: readonly WaterfallRow[],
  total: WaterfallSums,
  label: (row: WaterfallRow) => string,
): ExcelJS.Worksheet {
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = [{ width: 18 }, { width: 36 }, ...SUMS.map(() => ({ width: 20 }))];
  head(sheet.addRow(['Kode', 'Nama', ...SUM_TITLES]));
  const sums = (row: WaterfallSums): Cell[] => SUMS.map((key) => row[key]);
  const columns = SUMS.map((_, i) => i + 3);
  for (const row of rows) money(sheet.addRow([cellOf(row.key), cellOf(label(row)), ...sums(row)]), columns);
  const last = money(sheet.addRow(['Jumlah', null, ...sums(total)]), columns);
  last.font = { bold: true };
  return sheet;
}

function findingsSheets(book: ExcelJS.Workbook, { exceptions, cases }: MonthFacts): void {
  const found = book.addWorksheet('Ketidaksesuaian', { views: [{ state: 'frozen', ySplit: 1 }] });
  found.columns = [{ width: 26 }, { width: 44 }, { width: 20 }, { width: 16 }, { width: 18 }, { width: 16 }];
  head(found.addRow(['Kode', 'Ketidaksesuaian', 'Masih dalam tenggat', 'Tidak sesuai', 'Rupiah', 'Sudah selesai']));
  for (const { pattern, expected, mismatched, mismatchedAmount, resolved } of exceptions)
    money(found.addRow([pattern, patternText(pattern), expected, mismatched, mismatchedAmount, resolved]), [5]);
  const worked = book.addWorksheet('Kasus', { views: [{ state: 'frozen', ySplit: 1 }] });
  worked.columns = [{ width: 26 }, { width: 44 }, ...Array.from({ length: 5 }, () => ({ width: 16 }))];
  head(worked.addRow(['Kode', 'Kasus', 'Dibuka', 'Berjalan', 'Selesai', 'Rupiah', 'Dipulihkan']));
  for (const { pattern, opened, open, resolved, amount, recovered } of cases)
    money(worked.addRow([pattern, patternText(pattern), opened, open, resolved, amount, recovered]), [6, 7]);
}

function head(row: ExcelJS.Row): void {
  row.font = { bold: true };
  row.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEEF2F6' } };
}

function money(row: ExcelJS.Row, columns: readonly number[]): ExcelJS.Row {
  for (const column of columns) row.getCell(column).numFmt = MONEY;
  return row;
}

async function picture(
  book: ExcelJS.Workbook,
  sheet: ExcelJS.Worksheet,
  svg: string,
  afterRow: number,
  [width, height]: [number, number],
): Promise<void> {
  const image = book.addImage({ buffer: (await pictureOf(svg)) as never, extension: 'png' });
  sheet.addImage(image, { tl: { col: 0, row: afterRow }, ext: { width, height } });
}
