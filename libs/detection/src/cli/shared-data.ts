import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { columnsOf, InputError, readCsv } from './csv.js';
import { addDays, daysBetween, weekdayOf } from '@app/kernel';
import type { Series } from '../judge/series.js';

const CAR_PARKS = 'carparks_arrivals_hourly_2023.csv.gz';
const METERS = 'charlottesville_meter_transactions_2017.csv.gz';

/**
 * The shared real series, read where they lie (nobody of this project wrote them; they are never copied).
 *
 * @throws InputError that says what is missing and where it was looked for
 */
export async function readSharedData(folder: string): Promise<{ carParks: Series; meters: Series }> {
  for (const file of [CAR_PARKS, METERS]) {
    if (!existsSync(join(folder, file)))
      throw new InputError(
        `${join(folder, file)} is not there. The real series are not part of the repository: put the shared data folder beside the checkout, or name it with --data.`,
      );
  }
  return { carParks: await readCarParks(join(folder, CAR_PARKS)), meters: await readMeters(join(folder, METERS)) };
}

/** One column a site, one line an hour (UTC); blank = the feed was out. */
async function readCarParks(file: string): Promise<Series> {
  let points: string[] = [];
  const hours: Float32Array[] = [];
  let start = '';
  for await (const { line, cells } of readCsv(file)) {
    if (line === 1) {
      points = cells.slice(1);
      continue;
    }
    if (start === '') start = cells[0]!.slice(0, 10);
    hours.push(Float32Array.from(cells.slice(1), (cell) => (cell === '' ? NaN : Number(cell))));
  }
  const days = Math.floor(hours.length / 24);
  const counts = new Float32Array(points.length * days * 24);
  for (let p = 0; p < points.length; p++)
    for (let i = 0; i < days * 24; i++) counts[p * days * 24 + i] = hours[i]![p] ?? NaN;
  return { points, start, days, counts };
}

/** Paying transactions by meter and hour; Sundays are free, so they hold no data. */
async function readMeters(file: string): Promise<Series> {
  const wanted = ['spacename', 'transactiontype', 'total', 'ts_local_derived'];
  const sales: { meter: string; date: string; hour: number }[] = [];
  let columns: number[] | null = null;
  for await (const row of readCsv(file)) {
    if (columns === null) {
      columns = columnsOf(row, wanted, file);
      continue;
    }
    const [meter = '', type = '', total = '', at = ''] = columns.map((column) => row.cells[column]);
    if (Number(total) > 0 && type !== 'Collect. Card')
      sales.push({ meter, date: at.slice(0, 10), hour: Number(at.slice(11, 13)) });
  }
  const points = [...new Set(sales.map((sale) => sale.meter))].sort();
  const dates = sales.map((sale) => sale.date).sort();
  const start = dates[0]!;
  const days = daysBetween(start, dates.at(-1)!) + 1;
  const counts = new Float32Array(points.length * days * 24);
  const index = new Map(points.map((point, p) => [point, p]));
  for (const { meter, date, hour } of sales)
    counts[(index.get(meter)! * days + daysBetween(start, date)) * 24 + hour]!++;
  for (let day = 0; day < days; day++) {
    if (weekdayOf(addDays(start, day)) !== 0) continue;
    for (let p = 0; p < points.length; p++) counts.fill(NaN, (p * days + day) * 24, (p * days + day + 1) * 24);
  }
  return { points, start, days, counts };
}
