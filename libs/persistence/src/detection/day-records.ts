import { addDays, startOfBusinessDay, type BusinessDate } from '@app/kernel';
import type { DeviceFacts, JournalBody, JournalFact } from '@app/detection';
import type { Sql } from '../database.js';

/** A record with the point at which it was made. */
export interface DayRecord extends JournalFact {
  readonly pointId: number;
}

interface RecordRow {
  pointId: number;
  device: string;
  epoch: number;
  seq: number;
  type: string;
  at: number;
  receivedAt: number;
  flags: string[] | null;
  record: string;
}

const COLUMNS = /* sql */ `
SELECT j.point_id AS "pointId", d.device_id AS device, j.epoch, j.seq, j.type, j.at, j.received_at AS "receivedAt", j.flags,
  j.record`;

/** The readable records of these points on a business day. Those that lost a conflict are not among them. */
export async function loadRecords(sql: Sql, date: BusinessDate, points: readonly number[]): Promise<DayRecord[]> {
  const rows = await sql.query<RecordRow>(
    `${COLUMNS} FROM points p JOIN journal_records j ON j.point_id = p.id AND j.business_date = $1
       JOIN devices d USING (device_no) WHERE p.id = ANY($2) AND j.body_fault IS NULL ORDER BY 2, 3, 4`,
    [date, points],
  );
  return rows.map(recordOf);
}

/**
 * Records of other days that belong to this one, at any point: of a shift that was opened on it (past midnight, a clock
 * that was set back), and those whose numbers lie between its own (a clock that was lost).
 */
export async function loadRecordsOfOtherDays(
  sql: Sql,
  date: BusinessDate,
  spans: readonly Span[],
): Promise<DayRecord[]> {
  const withHoles = spans.filter((span) => span.records <= span.last - span.first);
  const rows = await sql.query<RecordRow>(
    `${COLUMNS} FROM points p JOIN journal_records j ON j.point_id = p.id AND j.business_date = ANY($1)
       JOIN devices d USING (device_no)
       JOIN shifts s ON s.device_no = j.device_no AND s.shift = j.shift AND s.opened_at >= $2 AND s.opened_at < $3
      WHERE j.body_fault IS NULL
     UNION
     ${COLUMNS} FROM unnest($4::text[], $5::bigint[], $6::bigint[], $7::bigint[]) AS n (device, epoch, first, last)
       JOIN devices d ON d.device_id = n.device
       CROSS JOIN LATERAL (SELECT * FROM journal_records r WHERE r.device_no = d.device_no AND r.epoch = n.epoch
         AND r.seq BETWEEN n.first AND n.last AND r.body_fault IS NULL AND r.business_date <> $8 OFFSET 0) j
      ORDER BY 2, 3, 4`,
    [
      [addDays(date, -1), addDays(date, 1)],
      new Date(startOfBusinessDay(date)),
      new Date(startOfBusinessDay(addDays(date, 1))),
      withHoles.map((span) => span.device),
      withHoles.map((span) => span.epoch),
      withHoles.map((span) => span.first),
      withHoles.map((span) => span.last),
      date,
    ],
  );
  return rows.map(recordOf);
}

function recordOf({ record, flags, ...row }: RecordRow): DayRecord {
  return { ...row, flags: flags ?? [], body: (JSON.parse(record) as { body?: JournalBody }).body ?? {} };
}

/** A terminal's numbers of a day, over all points at which it was. */
export interface Span {
  readonly device: string;
  readonly epoch: number;
  readonly first: number;
  readonly last: number;
  /** How many of the numbers are the day's own: when all of them are, there is nothing between them to be looked for. */
  readonly records: number;
}

/** First and last number of the day, of each device and epoch. */
export async function loadSpans(sql: Sql, date: BusinessDate): Promise<Span[]> {
  return sql.query<Span>(
    `SELECT d.device_id AS device, j.epoch, min(j.seq) AS first, max(j.seq) AS last, count(DISTINCT j.seq) AS records
       FROM points p JOIN journal_records j ON j.point_id = p.id AND j.business_date = $1 JOIN devices d USING (device_no)
      WHERE j.body_fault IS NULL GROUP BY 1, 2 ORDER BY 1, 2`,
    [date],
  );
}

export type RecordNumber = Pick<DayRecord, 'device' | 'epoch' | 'seq'>;

interface DeviceRow {
  pointId: number;
  device: string;
  kind: 'handheld' | 'meter';
}

interface SpellRow {
  device: string;
  from: number;
  to: number | null;
  heardAt: number | null;
  battery: number | null;
}

/** The terminals of each point on the day. @param numbers of records of the day, the first of each terminal among them */
export async function loadDevices(
  sql: Sql,
  date: BusinessDate,
  numbers: readonly RecordNumber[],
): Promise<Map<number, DeviceFacts[]>> {
  const begin = new Date(startOfBusinessDay(date));
  const end = new Date(startOfBusinessDay(addDays(date, 1)));
  const rows = await sql.query<DeviceRow>(
    `SELECT a.point_id AS "pointId", d.device_id AS device, d.kind FROM device_assignments a JOIN devices d USING (device_no)
      WHERE a.valid_from < $2 AND (a.valid_to IS NULL OR a.valid_to > $1) ORDER BY 2`,
    [begin, end],
  );
  const spells = await spellsOf(sql, begin, end);
  const before = await headsBefore(sql, numbers);
  const out = new Map<number, DeviceFacts[]>();
  for (const { pointId, device, kind } of rows) {
    const own = spells.get(device);
    const facts: DeviceFacts = {
      device,
      kind,
      connected: own?.map(({ from, to, heardAt }) => ({ from, to: to ?? Math.max(from, heardAt ?? from) })) ?? null,
      battery:
        own?.flatMap(({ to, battery }) => (to === null || battery === null ? [] : [{ at: to, percent: battery }])) ??
        [],
      seqBefore: before.get(device) ?? null,
    };
    out.set(pointId, [...(out.get(pointId) ?? []), facts]);
  }
  return out;
}

/** Connected spells that touch the day; absent for a device whose presence was not kept from before its beginning on. */
async function spellsOf(sql: Sql, begin: Date, end: Date): Promise<Map<string, SpellRow[]>> {
  const rows = await sql.query<SpellRow>(
    `SELECT d.device_id AS device, s.connected_at AS "from", s.ended_at AS "to", p.heard_at AS "heardAt", s.battery
       FROM device_spells s JOIN devices d USING (device_no) LEFT JOIN device_presence p USING (device_no)
      WHERE s.connected_at < $2 AND (s.ended_at IS NULL OR s.ended_at > $1)
        AND EXISTS (SELECT FROM device_spells old WHERE old.device_no = s.device_no AND old.connected_at <= $1)
      ORDER BY 1, 2`,
    [begin, end],
  );
  const out = new Map<string, SpellRow[]>();
  for (const row of rows) out.set(row.device, [...(out.get(row.device) ?? []), row]);
  return out;
}

/** The record before the first of the day, of each device. */
async function headsBefore(
  sql: Sql,
  numbers: readonly RecordNumber[],
): Promise<Map<string, { epoch: number; seq: number; at: number }>> {
  const first = new Map<string, RecordNumber>();
  for (const number of numbers) {
    const known = first.get(number.device);
    if (!known || number.epoch < known.epoch || (number.epoch === known.epoch && number.seq < known.seq))
      first.set(number.device, number);
  }
  const rows = await sql.query<{ device: string; epoch: number; seq: number; at: number }>(
    `SELECT f.device, b.epoch, b.seq, b.at FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS f (device, epoch, seq)
       JOIN devices d ON d.device_id = f.device
       CROSS JOIN LATERAL (SELECT j.epoch, j.seq, j.at FROM journal_records j WHERE j.device_no = d.device_no
         AND (j.epoch, j.seq) < (f.epoch, f.seq) ORDER BY j.epoch DESC, j.seq DESC LIMIT 1) b`,
    [[...first.keys()], [...first.values()].map(({ epoch }) => epoch), [...first.values()].map(({ seq }) => seq)],
  );
  return new Map(rows.map(({ device, ...head }) => [device, head]));
}
