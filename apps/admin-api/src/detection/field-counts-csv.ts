import { IsString, Matches, MaxLength } from 'class-validator';
import { MINUTE_MS, startOfBusinessDay } from '@app/kernel';
import type { ClassCount, NewFieldCount } from '@app/persistence';
import { VEHICLE_CLASSES } from '@app/protocol';
import { readCsv, type CsvRows } from '../http/csv.js';
import { IsDay, Optional } from '../http/validators.js';

const SUFFIXES = { arrivals: '', exempt: 'Exempt', departures: 'Departures', occupied: 'Occupied' } as const;
const COUNT_COLUMNS = VEHICLE_CLASSES.flatMap((name) => Object.values(SUFFIXES).map((suffix) => name + suffix));
const TIME = /^([01]?\d|2[0-4])[:.]([0-5]\d)$/;
const TIME_MESSAGE = { message: '$property must be a time of day such as 07:30' };

class FieldCountCells {
  @IsString()
  @MaxLength(64)
  point!: string;

  @IsDay()
  date!: string;

  @Matches(TIME, TIME_MESSAGE)
  from!: string;

  @Matches(TIME, TIME_MESSAGE)
  to!: string;

  @Optional()
  @IsString()
  @MaxLength(64)
  team?: string;

  @Optional()
  @IsString()
  @MaxLength(1000)
  note?: string;

  [column: string]: string | undefined;
}

for (const column of COUNT_COLUMNS) {
  Optional()(FieldCountCells.prototype, column);
  const message = `${column} must be a whole number of vehicles, 0 to 100,000`;
  Matches(/^(\d{1,5}|100000)$/, { message })(FieldCountCells.prototype, column);
}

/** Reads a file of field counts; a row is one stretch of time at one point. A `to` before `from` is on the next day. */
export function readFieldCountsCsv(text: string): CsvRows<NewFieldCount> {
  const needed = ['point', 'date', 'from', 'to'];
  const { rows, faults } = readCsv(
    text,
    FieldCountCells,
    { needed, known: [...needed, 'team', 'note', ...COUNT_COLUMNS] },
    (cells) => cells,
  );
  const read: CsvRows<NewFieldCount> = { rows: [], faults };
  for (const { line, value } of rows) {
    const classes = classesOf(value);
    if (Object.keys(classes).length === 0)
      read.faults.push({ line, field: 'motorcycle', message: 'no vehicle class was counted in this row' });
    else read.rows.push({ line, value: countOf(value, classes) });
  }
  return read;
}

function classesOf(cells: FieldCountCells): Record<string, ClassCount> {
  const classes: Record<string, ClassCount> = {};
  for (const name of VEHICLE_CLASSES)
    for (const [field, suffix] of Object.entries(SUFFIXES)) {
      const cell = cells[name + suffix];
      if (cell !== undefined) classes[name] = { ...classes[name], [field]: Number(cell) };
    }
  return classes;
}

function countOf(cells: FieldCountCells, classes: Record<string, ClassCount>): NewFieldCount {
  const midnight = startOfBusinessDay(cells.date);
  const from = midnight + minutes(cells.from) * MINUTE_MS;
  const end = midnight + minutes(cells.to) * MINUTE_MS;
  const to = end > from ? end : end + 24 * 60 * MINUTE_MS;
  const { point, team, note } = cells;
  return { point, from, to, classes, ...(team !== undefined && { team }), ...(note !== undefined && { note }) };
}

function minutes(text: string): number {
  const [, hours, rest] = TIME.exec(text)!;
  return Number(hours) * 60 + Number(rest);
}
