import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { startOfBusinessDay, type BusinessDate } from '@app/kernel';
import type { Draft } from '../day/events.js';

/** The log cannot be read as the format that docs/SIMULATOR.md describes; the message names line and column. */
export class MeterLogError extends Error {
  override name = 'MeterLogError';
}

/**
 * The protocol knows the years 2020-2099 and the log is of 2017: it is played six years later. 2023 begins on the same
 * weekday as 2017 and neither is a leap year, so every date keeps its weekday.
 */
export const YEARS_LATER = 6;

/** What a row becomes in a meter's journal; null for what no meter journals (declined, cancelled, no time bought). */
export interface MeterRow {
  readonly meter: string;
  readonly recordId: string;
  /** The row's own local time, six years later, taken as local time of Asia/Jakarta: its business day is the log's. */
  readonly at: number;
  readonly date: BusinessDate;
  readonly draft: Draft | null;
  /** US cents of a paying row, 0 of any other: the smallest unit, which the system takes for rupiah. */
  readonly cents: number;
}

const COLUMNS = [
  'recordid',
  'spacename',
  'transactiontype',
  'card',
  'coins',
  'bills',
  'total',
  'ts_local_derived',
] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number] | 'timepurchased', string>>;

/** Reads the rows of a street-meter log (`.csv` or `.csv.gz`), in order of meter and time. Throws MeterLogError. */
export async function readMeterLog(path: string): Promise<MeterRow[]> {
  const parser = parse({ columns: true, bom: true });
  const file = createReadStream(path);
  const feeding = path.endsWith('.gz') ? pipeline(file, createGunzip(), parser) : pipeline(file, parser);
  const rows: Row[] = [];
  const reading = (async () => {
    for await (const row of parser) rows.push(row as Row);
  })();
  await Promise.all([feeding, reading]);
  for (const column of COLUMNS) {
    if (rows.length > 0 && rows[0]![column] === undefined) throw new MeterLogError(`${path} has no column ${column}`);
  }
  const byTime = [...rows].sort(
    (a, b) =>
      compare(a.spacename, b.spacename) ||
      compare(a.ts_local_derived, b.ts_local_derived) ||
      Number(a.recordid) - Number(b.recordid),
  );
  const boxes = new Map<string, CashBox>();
  return byTime.map((row) => {
    const box = boxes.get(row.spacename) ?? { cents: 0, collections: 0 };
    boxes.set(row.spacename, box);
    return readRow(row, box);
  });
}

/** Coins since the last collection of a meter. */
interface CashBox {
  cents: number;
  collections: number;
}

function readRow(row: Row, box: CashBox): MeterRow {
  const cents = (column: 'total' | 'coins' | 'card'): number => centsOf(row, column);
  const total = cents('total');
  const { at, date } = instantOf(row);
  const draft = draftOf(row, total, cents('coins'), cents('card'), box);
  return { meter: row.spacename, recordId: row.recordid, at, date, draft, cents: Math.max(0, total) };
}

function draftOf(row: Row, total: number, coins: number, card: number, box: CashBox): Draft | null {
  const type = row.transactiontype.trim();
  if (total > 0) {
    box.cents += coins;
    const body = { vehicleClass: 'car', amount: total, tariff: 'us-cents', shift: '', attendant: '' } as const;
    const minutes = minutesOf(row.timepurchased);
    // Coins and card in one payment (68 rows): the record has one method, and keeps the coins beside it.
    const method = card > 0 ? 'card' : 'cash';
    const mixed = card > 0 && coins > 0 ? { coins } : {};
    return { type: 'payment', body: { ...body, method, ...(minutes > 0 ? { minutes } : {}), ...mixed } };
  }
  switch (type) {
    case 'Collect. Card': {
      const body = {
        number: ++box.collections,
        collector: 'log',
        registerCash: box.cents,
        cashCounted: Math.max(0, -coins),
      };
      box.cents = 0;
      return { type: 'collection', body };
    }
    case 'Maint. Credit':
    case 'Diagn. Card':
      return { type: 'test', body: { amount: Math.max(0, card), technician: type } };
    case 'Meter Swap':
      return { type: 'boot', body: { reason: 'meter swap', firmware: 'sim-replay' } };
    default:
      return null;
  }
}

function centsOf(row: Row, column: 'total' | 'coins' | 'card'): number {
  const text = row[column];
  // Read as text: 0.29 * 100 is no integer in binary floating point.
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) throw new MeterLogError(`record ${row.recordid}: ${column} is no sum of dollars and cents: "${text}"`);
  const value = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  return match[1] ? -value : value;
}

function instantOf(row: Row): { at: number; date: BusinessDate } {
  const match = /^(\d{4})-(\d\d-\d\d) (\d\d):(\d\d):(\d\d)$/.exec(row.ts_local_derived);
  if (!match) throw new MeterLogError(`record ${row.recordid}: ts_local_derived is no local time`);
  const date = `${Number(match[1]) + YEARS_LATER}-${match[2]}`;
  const seconds = Number(match[3]) * 3600 + Number(match[4]) * 60 + Number(match[5]);
  return { at: startOfBusinessDay(date) + seconds * 1000, date };
}

function minutesOf(duration: string | undefined): number {
  const [hours = 0, minutes = 0] = (duration ?? '').split(':').map(Number);
  return Number.isFinite(hours * 60 + minutes) ? hours * 60 + minutes : 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
