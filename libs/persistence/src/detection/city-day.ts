import { addDays, MINUTE_MS, startOfBusinessDay, weekdayOf, type BusinessDate } from '@app/kernel';
import {
  rollUpPointDay,
  type CalendarDay,
  type CityDay,
  type DeviceFacts,
  type JournalFact,
  type PointDay,
  type PointFacts,
} from '@app/detection';
import { hoursOn, streetClassOn, tariffInForce, type RegisteredPoint, type TariffInForce } from '@app/registry';
import type { Sql } from '../database.js';
import { loadPoints, loadTariffs } from '../ingest/registry-loader.js';
import { loadDevices, loadRecords, loadRecordsOfOtherDays, loadSpans, type DayRecord } from './day-records.js';
import { loadBooks, loadTickets, type DayBooks } from './day-books.js';

interface PointRow {
  id: number;
  code: string;
  district: string;
  spaces: Record<string, number>;
}

const CLASSES = ['motorcycle', 'car', 'minibus', 'truck', 'trailer'];
/** A tariff is new for so many days. */
const TARIFF_NEW_DAYS = 7;
/** Counted for at least this share of the opening: the point was supervised. */
const SUPERVISED_SHARE = 0.8;
/** Records of so many points are held at once: a city's day of them takes many times what is left when they are summed up. */
const POINTS_AT_ONCE = 16;

/**
 * Everything the detector is told of a business day, out of journal, registry and books. A point takes part from its
 * first record on; one without a terminal says nothing.
 */
export async function loadCityDay(sql: Sql, date: BusinessDate): Promise<CityDay> {
  const rows = await sql.query<PointRow>(
    `SELECT p.id, p.code, p.district, p.spaces FROM points p
      WHERE (p.closed_at IS NULL OR p.closed_at > $2)
        AND EXISTS (SELECT FROM income_days i WHERE i.point_id = p.id AND i.business_date BETWEEN $1::date - 60 AND $1)
      ORDER BY p.code`,
    [date, new Date(startOfBusinessDay(date))],
  );
  const registered = await loadPoints(sql);
  const tariffs = await loadTariffs(sql);
  const spans = await loadSpans(sql, date);
  const others = await loadRecordsOfOtherDays(sql, date, spans);
  const numbers = [...spans.map(({ first, ...span }) => ({ ...span, seq: first })), ...others];
  const devices = await loadDevices(sql, date, numbers);
  const books = await loadBooks(sql, date);
  const othersOf = groupBy(others, (record) => record.pointId);
  const points: PointDay[] = [];
  for (let n = 0; n < rows.length; n += POINTS_AT_ONCE) {
    const some = rows.slice(n, n + POINTS_AT_ONCE);
    const today = await loadRecords(
      sql,
      date,
      some.map(({ id }) => id),
    );
    const records = [...today, ...some.flatMap(({ id }) => othersOf.get(id) ?? [])];
    const ticketReader = await loadTickets(sql, date, records);
    const recordsOf = groupBy(records, (record) => record.pointId);
    for (const row of some) {
      const known = { point: registered.get(row.id)!, tariffs, books, devices: devices.get(row.id) ?? [] };
      const facts = pointFacts(date, row, { ...known, ticketOf: ticketReader() });
      points.push(rollUpPointDay(date, facts, recordsOf.get(row.id) ?? []));
    }
  }
  return { date, calendar: books.calendar, points };
}

interface Known {
  point: RegisteredPoint;
  tariffs: readonly TariffInForce[];
  books: DayBooks;
  devices: readonly DeviceFacts[];
  ticketOf: PointFacts['ticketOf'];
}

function pointFacts(
  date: BusinessDate,
  row: PointRow,
  { point, tariffs, books, devices, ticketOf }: Known,
): PointFacts {
  const begin = startOfBusinessDay(date);
  const end = startOfBusinessDay(addDays(date, 1));
  const closure = closureOf(row, point, books.calendar, { begin, end });
  const opening = closure === null ? openingOf(point, date) : null;
  const dueAt = (vehicleClass: string, at: number): TariffInForce | undefined =>
    tariffInForce(tariffs, point, vehicleClass, at);
  const fees = CLASSES.flatMap((name) => {
    const tariff = dueAt(name, end - 1);
    return tariff ? [[name, tariff.amount] as const] : [];
  });
  const fieldCounts = books.fieldCounts.get(row.id) ?? [];
  const counted = fieldCounts.reduce((sum, { fromMinute, toMinute }) => sum + toMinute - fromMinute, 0);
  return {
    point: row.code,
    district: row.district || null,
    streetClass: streetClassOn(point, date),
    opening,
    closure,
    supervised: opening !== null && counted >= SUPERVISED_SHARE * (opening.closes - opening.opens),
    tariffChanged: CLASSES.some((name) => {
      const from = dueAt(name, end - 1)?.from;
      return from !== undefined && from > startOfBusinessDay(addDays(date, 1 - TARIFF_NEW_DAYS));
    }),
    feesBefore: feesBefore(dueAt, begin, end),
    fees: Object.fromEntries(fees),
    spaces: row.spaces,
    devices,
    fieldCounts,
    deposits: books.deposits.get(row.id) ?? [],
    complaints: 0,
    exceptions: books.exceptions.get(row.id) ?? [],
    nmids: books.payees.get(row.id) ?? books.payees.get(null) ?? [],
    ticketOf,
    feeOf: (vehicleClass, at) => dueAt(vehicleClass, at)?.amount ?? null,
    isSettled: (record: JournalFact) => books.settled.has(`${record.device}/${record.epoch}/${record.seq}`),
  };
}

/** The last change of a fee after the day's first instant, and the fees before it. */
function feesBefore(
  dueAt: (vehicleClass: string, at: number) => TariffInForce | undefined,
  begin: number,
  end: number,
): PointDay['feesBefore'] {
  const changes = CLASSES.flatMap((name) => dueAt(name, end - 1)?.from ?? []).filter((from) => from > begin);
  if (changes.length === 0) return null;
  const at = Math.max(...changes);
  const fees = CLASSES.flatMap((name) => {
    const tariff = dueAt(name, at - 1);
    return tariff ? [[name, tariff.amount] as const] : [];
  });
  return { minute: (at - begin) / MINUTE_MS, fees: Object.fromEntries(fees) };
}

/** Minutes since midnight, closing past 1440 when it is after midnight; a point without hours counts as always open. */
function openingOf(point: RegisteredPoint, date: BusinessDate): PointDay['opening'] {
  const hours = hoursOn(point, date);
  if (!hours) return { opens: 0, closes: 1440 };
  const span = hours[String(weekdayOf(date))];
  if (!span) return null;
  return { opens: span[0], closes: span[1] > span[0] ? span[1] : span[1] + 1440 };
}

function closureOf(
  row: PointRow,
  point: RegisteredPoint,
  { events }: CalendarDay,
  { begin, end }: { begin: number; end: number },
): string | null {
  if (point.freeZones.some((zone) => zone.from <= begin && zone.to >= end)) return 'free of charge';
  const closed = events.find(
    (event) =>
      event.kind === 'closure' &&
      (event.point === row.code ||
        (event.point === null && (event.district === null || event.district === row.district))),
  );
  return closed?.name ?? null;
}

export function groupBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

export type { DayRecord };
