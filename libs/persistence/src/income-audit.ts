import type { BusinessDate } from '@app/kernel';
import type { Database, Sql } from './database.js';

/** One row of a roll-up that is not what the journal says. */
export interface IncomeDifference {
  readonly table: 'income_hours' | 'income_days';
  readonly businessDate: BusinessDate;
  readonly pointId: number;
  /** 0-23; null in income_days. */
  readonly hour: number | null;
  readonly vehicleClass: string;
  readonly method: string;
  readonly attendant: string;
  readonly journal: { readonly count: number; readonly amount: number };
  readonly rollUp: { readonly count: number; readonly amount: number };
}

/** Which part of the income: business days from `from` to `to`, both included, of these points or of all. */
export interface IncomeScope {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
  readonly pointIds?: readonly number[];
}

/**
 * What the journal says of $1 to $2 at points $3: payments that can be read (at once or since a fix) and are not
 * voided, on their own business day, by the hour of Asia/Jakarta.
 */
const JOURNAL_INCOME = /* sql */ `
  SELECT j.business_date, extract(hour FROM j.at AT TIME ZONE 'Asia/Jakarta')::smallint AS hour, j.point_id,
         coalesce(r.vehicle_class, j.vehicle_class) AS vehicle_class, coalesce(r.method, j.method) AS method,
         coalesce(r.attendant, j.attendant) AS attendant, coalesce(r.amount, j.amount) AS amount
    FROM journal_records j
    LEFT JOIN journal_reprocessed r USING (device_no, epoch, seq)
    LEFT JOIN voids v ON v.device_no = j.device_no AND v.epoch = j.epoch AND v.seq = j.seq AND v.state = 'effective'
   WHERE j.business_date BETWEEN $1 AND $2 AND j.point_id = ANY($3::int[]) AND j.type = 'payment'
     AND (j.body_fault IS NULL OR r.amount IS NOT NULL) AND v.device_no IS NULL`;

/**
 * Rows that differ. Compared in one statement, so that journal and roll-ups are seen at the same instant while the
 * gateway writes. A row of income_days has hour -1 here.
 */
const DIFFERENCES = /* sql */ `
WITH payments AS (${JOURNAL_INCOME}),
hours AS MATERIALIZED (
  SELECT business_date, hour, point_id, vehicle_class, method, attendant, count(*) AS count, sum(amount)::bigint AS amount
    FROM payments GROUP BY 1, 2, 3, 4, 5, 6
), truth AS (
  SELECT * FROM hours
  UNION ALL
  SELECT business_date, -1, point_id, vehicle_class, method, attendant, sum(count)::bigint, sum(amount)::bigint
    FROM hours GROUP BY 1, 3, 4, 5, 6
), kept AS (
  SELECT business_date, hour, point_id, vehicle_class, method, attendant, count, amount
    FROM income_hours WHERE business_date BETWEEN $1 AND $2 AND point_id = ANY($3::int[])
  UNION ALL
  SELECT business_date, -1, point_id, vehicle_class, method, attendant, count, amount
    FROM income_days WHERE business_date BETWEEN $1 AND $2 AND point_id = ANY($3::int[])
), differences AS (
  SELECT business_date, hour, point_id, vehicle_class, method, attendant,
         coalesce(t.count, 0) AS journal_count, coalesce(t.amount, 0) AS journal_amount,
         coalesce(k.count, 0) AS kept_count, coalesce(k.amount, 0) AS kept_amount
    FROM truth t FULL JOIN kept k USING (business_date, hour, point_id, vehicle_class, method, attendant)
   WHERE coalesce(t.count, 0) <> coalesce(k.count, 0) OR coalesce(t.amount, 0) <> coalesce(k.amount, 0)
)`;

interface DifferenceRow {
  business_date: BusinessDate;
  hour: number;
  point_id: number;
  vehicle_class: string;
  method: string;
  attendant: string;
  journal_count: number;
  journal_amount: number;
  kept_count: number;
  kept_amount: number;
}

async function valuesOf(sql: Sql, scope: IncomeScope): Promise<unknown[]> {
  const pointIds = scope.pointIds ?? (await sql.query<{ id: number }>('SELECT id FROM points')).map(({ id }) => id);
  return [scope.from, scope.to, pointIds];
}

/** Where the roll-ups are not what the journal says, at most `limit` rows; empty when all is well. */
export async function incomeDifferences(sql: Sql, scope: IncomeScope, limit: number): Promise<IncomeDifference[]> {
  const rows = await sql.query<DifferenceRow>(
    `${DIFFERENCES} SELECT * FROM differences ORDER BY business_date, point_id, hour, vehicle_class, method, attendant
     LIMIT $4`,
    [...(await valuesOf(sql, scope)), limit],
  );
  return rows.map((row) => ({
    table: row.hour < 0 ? 'income_days' : 'income_hours',
    businessDate: row.business_date,
    pointId: row.point_id,
    hour: row.hour < 0 ? null : row.hour,
    vehicleClass: row.vehicle_class,
    method: row.method,
    attendant: row.attendant,
    journal: { count: row.journal_count, amount: row.journal_amount },
    rollUp: { count: row.kept_count, amount: row.kept_amount },
  }));
}

/** How long a rebuild waits for a moment in which no gateway commits, before it tries again. */
const LOCK_MS_MAX = 3_000;
const LOCK_TRIES_MAX = 20;
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

/** Points of a day that are rebuilt at once: a tenth of a second in which gateways wait. */
const POINTS_AT_ONCE = 40;

/**
 * Makes the roll-ups of these days what the journal says, and gives the points and days that were not. Safe while
 * gateways write: a few points of one day at a time, under a lock that lets nobody else write roll-ups for those
 * milliseconds, so that a commit is either wholly in the journal that is read, or adds to the rebuilt rows afterwards.
 */
export async function rebuildIncome(
  database: Database,
  scope: IncomeScope,
): Promise<{ businessDate: BusinessDate; pointId: number }[]> {
  const wrong = await database.query<{ business_date: BusinessDate; point_id: number }>(
    `${DIFFERENCES} SELECT DISTINCT business_date, point_id FROM differences ORDER BY 1, 2`,
    await valuesOf(database, scope),
  );
  const days = new Map<BusinessDate, number[]>();
  for (const { business_date, point_id } of wrong)
    days.set(business_date, [...(days.get(business_date) ?? []), point_id]);
  for (const [date, pointIds] of days)
    for (let i = 0; i < pointIds.length; i += POINTS_AT_ONCE)
      await rebuildPoints(database, date, pointIds.slice(i, i + POINTS_AT_ONCE));
  return wrong.map((row) => ({ businessDate: row.business_date, pointId: row.point_id }));
}

async function rebuildPoints(database: Database, date: BusinessDate, pointIds: readonly number[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction((sql) => replacePoints(sql, date, pointIds), { lockMsMax: LOCK_MS_MAX });
    } catch (error) {
      const { code } = error as { code?: string };
      if ((code !== LOCK_NOT_AVAILABLE && code !== DEADLOCK) || attempt === LOCK_TRIES_MAX) throw error;
    }
  }
}

async function replacePoints(sql: Sql, date: BusinessDate, pointIds: readonly number[]): Promise<void> {
  await sql.query('LOCK TABLE income_hours, income_days IN SHARE ROW EXCLUSIVE MODE');
  await sql.query('DELETE FROM income_hours WHERE business_date = $1 AND point_id = ANY($2)', [date, pointIds]);
  await sql.query('DELETE FROM income_days WHERE business_date = $1 AND point_id = ANY($2)', [date, pointIds]);
  await sql.query(
    `INSERT INTO income_hours (business_date, hour, point_id, vehicle_class, method, attendant, count, amount)
     SELECT business_date, hour, point_id, vehicle_class, method, attendant, count(*), sum(amount)
       FROM (${JOURNAL_INCOME}) payments GROUP BY 1, 2, 3, 4, 5, 6`,
    [date, date, pointIds],
  );
  await sql.query(
    `INSERT INTO income_days (business_date, point_id, vehicle_class, method, attendant, count, amount)
     SELECT business_date, point_id, vehicle_class, method, attendant, sum(count), sum(amount)
       FROM income_hours WHERE business_date = $1 AND point_id = ANY($2) GROUP BY 1, 2, 3, 4, 5`,
    [date, pointIds],
  );
}

/** A place in the journal's own books that contradicts the records. */
export interface JournalFault {
  readonly kind: 'void' | 'sequence';
  readonly deviceNo: number;
  readonly epoch: number;
  /** The voided payment's number; null for a fault of the whole sequence. */
  readonly seq: number | null;
  readonly detail: string;
}

/**
 * Checks what the income check builds on, over the whole journal: a payment counts as voided exactly when a readable
 * void of the same device names it, and head and gaps of every sequence account for every number. At most `limit`.
 */
export async function journalFaults(sql: Sql, limit: number): Promise<JournalFault[]> {
  return sql.query<JournalFault>(
    `WITH named AS (
       SELECT DISTINCT j.device_no,
              coalesce((j.record::jsonb #>> '{body,epoch}')::bigint, j.epoch) AS epoch,
              (j.record::jsonb #>> '{body,voids}')::bigint AS seq
         FROM journal_records j LEFT JOIN journal_reprocessed r USING (device_no, epoch, seq)
        WHERE j.type = 'void' AND (j.body_fault IS NULL OR r.device_no IS NOT NULL)
     ), named_payments AS (
       SELECT n.* FROM named n JOIN journal_records j USING (device_no, epoch, seq)
         LEFT JOIN journal_reprocessed r USING (device_no, epoch, seq)
        WHERE j.type = 'payment' AND (j.body_fault IS NULL OR r.amount IS NOT NULL)
     ), void_faults AS (
       SELECT 'void' AS kind, device_no, epoch, seq,
              CASE WHEN v.state IS NULL THEN 'a void names it, but it is not kept as voided'
                   ELSE 'kept as voided, but no readable void names it' END AS detail
         FROM named_payments n
         FULL JOIN (SELECT * FROM voids WHERE state = 'effective') v USING (device_no, epoch, seq)
        WHERE v.state IS NULL OR n.device_no IS NULL
     ), counted AS (
       SELECT device_no, epoch, count(*) AS records, max(seq) AS max_seq FROM journal_records GROUP BY 1, 2
     ), missing AS (
       SELECT device_no, epoch, sum(to_seq - from_seq + 1) AS records FROM journal_gaps GROUP BY 1, 2
     ), sequence_faults AS (
       SELECT 'sequence' AS kind, device_no, epoch, NULL::bigint AS seq,
              format('%s records up to %s; kept: head %s, %s missing',
                c.records, c.max_seq, h.max_seq, coalesce(m.records, 0)) AS detail
         FROM counted c FULL JOIN journal_heads h USING (device_no, epoch)
         LEFT JOIN missing m USING (device_no, epoch)
        WHERE c.max_seq IS DISTINCT FROM h.max_seq OR c.records + coalesce(m.records, 0) IS DISTINCT FROM h.max_seq
     )
     SELECT kind, device_no AS "deviceNo", epoch, seq, detail
       FROM (SELECT * FROM void_faults UNION ALL SELECT * FROM sequence_faults) faults
      ORDER BY 1, 2, 3, 4 LIMIT $1`,
    [limit],
  );
}
