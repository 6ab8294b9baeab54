import { addDays, MINUTE_MS, startOfBusinessDay, type BusinessDate } from '@app/kernel';
import {
  isTold,
  nationalHolidayOf,
  type CalendarDay,
  type CalendarEvent,
  type DepositFact,
  type PointFacts,
} from '@app/detection';
import type { Sql } from '../database.js';
import type { ClassCount } from './field-counts.js';
import type { DayRecord } from './day-records.js';

type Count = PointFacts['fieldCounts'][number];

/** What books and calendar say of a day, by point id. */
export interface DayBooks {
  readonly calendar: CalendarDay;
  readonly fieldCounts: ReadonlyMap<number, Count[]>;
  readonly deposits: ReadonlyMap<number, DepositFact[]>;
  readonly exceptions: ReadonlyMap<number, { pattern: string; amount: number }[]>;
  /** Lawful payees; under null those of the whole city. */
  readonly payees: ReadonlyMap<number | null, string[]>;
  /** Records (`device/epoch/seq`) that an acquirer settled. */
  readonly settled: ReadonlySet<string>;
}

const TICKET_DAYS = 60;

export async function loadBooks(sql: Sql, date: BusinessDate): Promise<DayBooks> {
  const begin = new Date(startOfBusinessDay(date));
  const end = new Date(startOfBusinessDay(addDays(date, 1)));
  const deposits = await sql.query<DepositFact & { pointId: number }>(
    `SELECT point_id AS "pointId", CASE payer_kind WHEN 'attendant' THEN payer_id ELSE '' END AS attendant,
       business_date AS "forDate", amount FROM hand_overs
      WHERE point_id IS NOT NULL AND handed_at >= $1 AND handed_at < $2 ORDER BY handed_at, number`,
    [begin, end],
  );
  const exceptions = await sql.query<{ pointId: number; pattern: string; amount: number }>(
    `SELECT point_id AS "pointId", pattern, sum(amount)::bigint AS amount FROM exceptions
      WHERE business_date = $1 AND state = 'mismatched' AND point_id IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`,
    [date],
  );
  const payees = await sql.query<{ pointId: number | null; id: string }>(
    'SELECT point_id AS "pointId", id FROM payees ORDER BY id',
  );
  const settled = await sql.query<{ id: string }>(
    'SELECT unnest(records) AS id FROM payment_matches WHERE business_date = $1',
    [date],
  );
  return {
    calendar: await calendarOf(sql, date),
    fieldCounts: await countsOf(sql, date),
    deposits: byPoint(deposits),
    exceptions: byPoint(exceptions),
    payees: payeesOf(payees),
    settled: new Set(settled.map(({ id }) => id)),
  };
}

function byPoint<Row extends { pointId: number }>(rows: readonly Row[]): Map<number, Omit<Row, 'pointId'>[]> {
  const out = new Map<number, Omit<Row, 'pointId'>[]>();
  for (const { pointId, ...row } of rows) out.set(pointId, [...(out.get(pointId) ?? []), row]);
  return out;
}

/** A payee without a point is the whole city's, lawful everywhere. */
function payeesOf(rows: readonly { pointId: number | null; id: string }[]): Map<number | null, string[]> {
  const common = rows.filter((row) => row.pointId === null).map((row) => row.id);
  const out = new Map<number | null, string[]>([[null, common]]);
  for (const { pointId, id } of rows) if (pointId !== null) out.set(pointId, [...(out.get(pointId) ?? common), id]);
  return out;
}

/** Holidays that officers entered name the day; the national table fills in the others that they do not call ordinary. */
async function calendarOf(sql: Sql, date: BusinessDate): Promise<CalendarDay> {
  const [holiday] = await sql.query<{ name: string }>('SELECT name FROM holidays WHERE day = $1', [date]);
  const events = await sql.query<CalendarEvent>(
    `SELECT e.kind, e.name, e.district, p.code AS point FROM calendar_events e LEFT JOIN points p ON p.id = e.point_id
      WHERE e.withdrawn_at IS NULL AND $1 BETWEEN e.from_date AND e.to_date ORDER BY e.id`,
    [date],
  );
  const national = isTold(events, 'ordinary') ? null : nationalHolidayOf(date);
  const name = holiday?.name ?? national?.name ?? null;
  return { holiday: name, events };
}

/** Counts of officers; those of devices come with the journal. */
async function countsOf(sql: Sql, date: BusinessDate): Promise<Map<number, Count[]>> {
  const rows = await sql.query<{ pointId: number; from: number; to: number; classes: Record<string, ClassCount> }>(
    `SELECT point_id AS "pointId", from_at AS "from", to_at AS "to", classes FROM current_field_counts
      WHERE business_date = $1 AND source <> 'device' ORDER BY from_at, id`,
    [date],
  );
  const begin = startOfBusinessDay(date);
  return byPoint(
    rows.map(({ pointId, from, to, classes }) => {
      const seen = Object.values(classes);
      const noted = seen.some((count) => count.exempt !== undefined);
      return {
        pointId,
        source: 'officer' as const,
        fromMinute: (from - begin) / MINUTE_MS,
        toMinute: Math.min(1440, (to - begin) / MINUTE_MS),
        arrivals: Object.fromEntries(
          Object.entries(classes).flatMap(([name, { arrivals }]) => (arrivals === undefined ? [] : [[name, arrivals]])),
        ),
        exempt: noted ? seen.reduce((sum, { exempt }) => sum + (exempt ?? 0), 0) : null,
      };
    }),
  );
}

/**
 * Tells of each ticket of these records in its turn; a fresh teller for each point. Without any range issued there is no
 * ticket book, and every serial is taken as known.
 */
export async function loadTickets(
  sql: Sql,
  date: BusinessDate,
  records: readonly DayRecord[],
): Promise<() => (serial: string) => 'known' | 'reused' | 'unknown'> {
  const serials = [...new Set(records.flatMap(({ body }) => (body.ticket ? [body.ticket] : [])))];
  const [book] = await sql.query('SELECT FROM ticket_ranges LIMIT 1');
  if (!book || serials.length === 0) return () => () => 'known';
  const issued = await sql.query<{ serial: string }>(
    `SELECT DISTINCT t.serial FROM (SELECT u.serial, substring(u.serial FROM '^(.*?)[0-9]*$') AS prefix,
         nullif(substring(u.serial FROM '([0-9]{1,15})$'), '')::bigint AS number FROM unnest($1::text[]) AS u (serial)) t
       JOIN ticket_ranges r ON r.prefix = t.prefix AND t.number BETWEEN r.from_no AND r.to_no AND r.state <> 'voided'`,
    [serials],
  );
  const used = await sql.query<{ serial: string }>(
    'SELECT DISTINCT serial FROM ticket_uses WHERE serial = ANY($1) AND business_date >= $2 AND business_date < $3',
    [serials, addDays(date, -TICKET_DAYS), date],
  );
  const known = new Set(issued.map(({ serial }) => serial));
  const before = new Set(used.map(({ serial }) => serial));
  const today = new Set<string>();
  return () => (serial) => {
    const again = before.has(serial) || today.has(serial);
    today.add(serial);
    return again ? 'reused' : known.has(serial) ? 'known' : 'unknown';
  };
}
