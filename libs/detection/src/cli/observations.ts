import { addDays, daysBetween, isBusinessDate, type BusinessDate } from '@app/kernel';
import { columnsOf, InputError, readCsv, type CsvRow } from './csv.js';
import type { Episode, Series } from '../judge/series.js';

/** At most this many point-hours (4 bytes each): 200 points over 11 years. */
const CELLS_MAX = 20_000_000;
/** Faulty lines told one by one; the others are counted. */
const FAULTS_TOLD_MAX = 5;
/** Stands in the series for "something was there that cannot be a count". */
const BAD = -1;

export interface Observations {
  readonly series: Series;
  /** 1 where the file has a row of that point and day, [point * days + day]. */
  readonly present: Uint8Array;
  /** What was wrong with single lines, for the user. */
  readonly warnings: readonly string[];
}

class Faults {
  readonly told: string[] = [];
  count = 0;
  add(file: string, line: number, text: string): void {
    this.count++;
    if (this.told.length < FAULTS_TOLD_MAX) this.told.push(`${file}, line ${line}: ${text}`);
  }
  list(): string[] {
    const rest = this.count - this.told.length;
    return rest > 0 ? [...this.told, `and ${rest} more lines like these`] : this.told;
  }
}

/** One point's hours while the file is read; rows may come in any order. */
class PointHours {
  days = new Map<BusinessDate, Float32Array>();

  put(date: BusinessDate, hour: number, count: number): void {
    let hours = this.days.get(date);
    if (!hours) this.days.set(date, (hours = new Float32Array(24).fill(NaN)));
    const known = hours[hour]!;
    // Two rows that contradict each other leave no data (and stay so, whatever their order).
    hours[hour] = Number.isNaN(known) || known === count ? count : BAD;
  }
}

/**
 * Read `point,date,hour,count` into a compact series. A count that is no count is no data with a warning; a row that
 * cannot be placed (date, hour) is left out with a warning.
 *
 * @throws InputError when the file cannot be read, a column is missing, or no row can be used
 */
export async function readObservations(file: string): Promise<Observations> {
  const byPoint = new Map<string, PointHours>();
  const faults = new Faults();
  let columns: number[] | null = null;
  let cells = 0;
  for await (const row of readCsv(file)) {
    if (columns === null) {
      columns = columnsOf(row, ['point', 'date', 'hour', 'count'], file);
      continue;
    }
    const place = placeOf(row, columns, (text) => faults.add(file, row.line, text));
    if (place === null) continue;
    let hours = byPoint.get(place.point);
    if (!hours) byPoint.set(place.point, (hours = new PointHours()));
    if (!hours.days.has(place.date) && (cells += 24) > CELLS_MAX)
      throw new InputError(`${file}, line ${row.line}: more than ${CELLS_MAX} point-hours; split the file by points`);
    const count = countOf(row.cells[columns[3]!] ?? '', (text) => faults.add(file, row.line, text));
    if (!Number.isNaN(count)) hours.put(place.date, place.hour, count);
    else if (!hours.days.has(place.date)) hours.days.set(place.date, new Float32Array(24).fill(NaN));
  }
  if (columns === null) throw new InputError(`${file}: empty; the first line must be point,date,hour,count`);
  if (byPoint.size === 0) throw new InputError([`${file}: no row can be used`, ...faults.list()].join('\n'));
  return { ...compact(byPoint, file), warnings: faults.list() };
}

function placeOf(row: CsvRow, columns: readonly number[], fault: (text: string) => void) {
  const point = row.cells[columns[0]!] ?? '';
  const date = (row.cells[columns[1]!] ?? '').slice(0, 10);
  const hourText = row.cells[columns[2]!] ?? '';
  const hour = Number(hourText);
  if (point === '') fault('point is empty; the row is left out');
  else if (!isBusinessDate(date)) fault(`date '${date}' is not a day YYYY-MM-DD; the row is left out`);
  else if (hourText === '' || !Number.isInteger(hour) || hour < 0 || hour > 23)
    fault(`hour '${hourText}' is not 0-23; the row is left out`);
  else return { point, date, hour };
  return null;
}

function countOf(text: string, fault: (text: string) => void): number {
  if (text === '') return NaN;
  const count = Number(text);
  if (count >= 0 && Number.isFinite(count)) return count;
  fault(`count '${text.slice(0, 40)}' is not a count; taken as no data`);
  return BAD;
}

function compact(byPoint: Map<string, PointHours>, file: string): { series: Series; present: Uint8Array } {
  const points = [...byPoint.keys()].sort((a, b) => (a < b ? -1 : 1));
  let start: BusinessDate = '9999-12-31';
  let end: BusinessDate = '0000-01-01';
  for (const { days } of byPoint.values()) {
    for (const date of days.keys()) {
      if (date < start) start = date;
      if (date > end) end = date;
    }
  }
  const days = daysBetween(start, end) + 1;
  if (points.length * days * 24 > CELLS_MAX)
    throw new InputError(`${file}: ${points.length} points from ${start} to ${end} are too many; is a date mistyped?`);
  const counts = new Float32Array(points.length * days * 24).fill(NaN);
  const present = new Uint8Array(points.length * days);
  points.forEach((point, p) => {
    for (const [date, hours] of byPoint.get(point)!.days) {
      const day = daysBetween(start, date);
      present[p * days + day] = 1;
      counts.set(hours, (p * days + day) * 24);
    }
  });
  return { series: { points, start, days, counts }, present };
}

/**
 * Read `point,from,to,share` (both days included) against a series. Episodes of unknown points are left out with a
 * warning.
 *
 * @throws InputError with line and field
 */
export async function readEpisodes(file: string, series: Series): Promise<{ episodes: Episode[]; warnings: string[] }> {
  const index = new Map(series.points.map((point, p) => [point, p]));
  const faults = new Faults();
  const episodes: Episode[] = [];
  let columns: number[] | null = null;
  for await (const row of readCsv(file)) {
    if (columns === null) {
      columns = columnsOf(row, ['point', 'from', 'to', 'share'], file);
      continue;
    }
    const [name = '', from = '', to = '', shareText = ''] = columns.map((column) => row.cells[column]);
    const share = Number(shareText) > 1 ? Number(shareText) / 100 : Number(shareText);
    const point = index.get(name);
    if (!isBusinessDate(from) || !isBusinessDate(to) || to < from)
      throw new InputError(`${file}, line ${row.line}: from '${from}' and to '${to}' must be days in order`);
    if (!(share > 0 && share <= 1))
      throw new InputError(`${file}, line ${row.line}: share '${shareText}' is not in (0, 1]`);
    if (point === undefined) faults.add(file, row.line, `point '${name}' is not in the observations`);
    else {
      const first = Math.max(0, daysBetween(series.start, from));
      const last = Math.min(series.days - 1, daysBetween(series.start, to));
      if (first <= last) episodes.push({ point, from: first, to: last, share });
      else
        faults.add(
          file,
          row.line,
          `${from} to ${to} lies outside ${series.start} to ${addDays(series.start, series.days - 1)}`,
        );
    }
  }
  if (columns === null) throw new InputError(`${file}: empty; the first line must be point,from,to,share`);
  return { episodes, warnings: faults.list() };
}
