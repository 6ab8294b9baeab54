import { createHash } from 'node:crypto';
import type { CommitPlan, QuarantineRow, RecordRow } from '@app/journal';
import type { Database } from '../database.js';
import { activeTrace } from '../trace.js';
import { dateArray, int4Array, int8Array, textArray, timestamptzArray } from './binary-arrays.js';

/** SQLSTATE that refuse_stale() raises: the plan was decided on a state that is not the database's any more. */
export const STALE = 'EP001';

/**
 * Writes everything of a plan in one statement, which is one transaction and one round trip. Records, which are hundreds,
 * travel as binary arrays of their columns, all else as JSON text. Rejects with SQLSTATE EP001 when a device's journal or
 * the registry has moved on since the plan was decided; then nothing was written.
 */
export async function commitPlan(database: Database, plan: CommitPlan): Promise<void> {
  const everyday = [
    JSON.stringify(plan.writers),
    plan.writers.length,
    plan.registryVersion,
    JSON.stringify(plan.heads),
    JSON.stringify(plan.income),
    JSON.stringify(plan.changedDays),
    activeTrace(),
    ...recordColumns(plan.records),
  ];
  const rows = seldomRows(plan);
  const seldom = SELDOM_NAMES.map((name) => rows[name]);
  if (seldom.every(({ length }) => length === 0)) await database.prepared('commit-everyday', EVERYDAY, everyday);
  else {
    const more = seldom.map((each) => JSON.stringify(each));
    await database.prepared('commit-whole', WHOLE, [...everyday, ...more, plan.at]);
  }
}

/** What most commits have nothing of. */
const SELDOM_NAMES = [
  'gapsClosed',
  'gapsOpened',
  'voids',
  'shifts',
  'conflicts',
  'lateFlags',
  'reprocessed',
  'findings',
  'quarantine',
] as const;

function seldomRows(plan: CommitPlan): Record<(typeof SELDOM_NAMES)[number], readonly object[]> {
  return {
    ...plan,
    reprocessed: plan.reprocessed.map(({ facts, ...row }) => ({ ...facts, ...row })),
    quarantine: quarantineRows(plan.quarantine),
  };
}

/** The parameters that hold the records: all of the same length. */
function recordColumns(rows: readonly RecordRow[]): Buffer[] {
  return [
    int4Array(rows.map((row) => row.deviceNo)),
    int8Array(rows.map((row) => row.epoch)),
    int8Array(rows.map((row) => row.seq)),
    timestamptzArray(rows.map((row) => row.receivedAt)),
    timestamptzArray(rows.map((row) => row.at)),
    dateArray(rows.map((row) => row.businessDate)),
    int4Array(rows.map((row) => row.pointId)),
    textArray(rows.map((row) => row.type)),
    textArray(rows.map((row) => row.bodyFault)),
    textArray(rows.map((row) => row.vehicleClass)),
    textArray(rows.map((row) => row.method)),
    int8Array(rows.map((row) => row.amount)),
    textArray(rows.map((row) => row.attendant)),
    textArray(rows.map((row) => row.shift)),
    textArray(rows.map((row) => (row.flags.length === 0 ? null : row.flags.join(' ')))),
    textArray(rows.map((row) => row.record)),
  ];
}

/** The same bytes of one device are one row, also within a batch. */
function quarantineRows(rows: readonly QuarantineRow[]): object[] {
  const merged = new Map<string, { times: number }>();
  for (const { bytes, ...row } of rows) {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const key = `${row.deviceNo}:${hash}`;
    const same = merged.get(key);
    if (same) same.times += 1;
    else
      merged.set(key, {
        ...row,
        times: 1,
        size: bytes.length,
        hash,
        bytes: Buffer.from(bytes).toString('base64'),
      } as { times: number });
  }
  return [...merged.values()];
}

const instant = (column: string): string => `to_timestamp(${column} / 1000.0)`;

/** Columns of the records and their types, in the order of {@link recordColumns}. */
const RECORD_COLUMNS = {
  device_no: 'int',
  epoch: 'bigint',
  seq: 'bigint',
  received_at: 'timestamptz',
  at: 'timestamptz',
  business_date: 'date',
  point_id: 'int',
  type: 'text',
  body_fault: 'text',
  vehicle_class: 'text',
  method: 'text',
  amount: 'bigint',
  attendant: 'text',
  shift: 'text',
  flags: 'text',
  record: 'text',
};
const RECORDS_FROM = 8;
const SELDOM_FROM = RECORDS_FROM + Object.keys(RECORD_COLUMNS).length;

/**
 * The records as rows, `flags` still one text. All arrays are unnested in the target list, where each step takes one of
 * each: as functions in FROM, each array would first be kept as a table of its own, which took half of the reading.
 */
const RECORDS = Object.entries(RECORD_COLUMNS)
  .map(([column, type], index) => `unnest($${RECORDS_FROM + index}::${type}[]) AS ${column}`)
  .join(', ');

/** Parameters: the rows of each name, and the instant of the commit. */
const SELDOM = Object.fromEntries(
  [...SELDOM_NAMES, 'at'].map((name, index) => [name, `$${SELDOM_FROM + index}`]),
) as Record<(typeof SELDOM_NAMES)[number] | 'at', string>;

/** Parts of every commit. */
const EVERYDAY_PARTS = /* sql */ `
guard AS MATERIALIZED (
  UPDATE journal_writers w SET version = w.version + 1
  FROM json_to_recordset($1::json) AS u ("deviceNo" int, version bigint)
  WHERE w.device_no = u."deviceNo" AND w.version = u.version
  RETURNING 1
),
records AS (
  INSERT INTO journal_records (device_no, epoch, seq, received_at, at, business_date, point_id, type, body_fault,
    vehicle_class, method, amount, attendant, shift, flags, record)
  SELECT device_no, epoch, seq, received_at, at, business_date, point_id, type, body_fault,
    vehicle_class, method, amount, attendant, shift, string_to_array(flags, ' '), record
  FROM (SELECT ${RECORDS}) AS r
),
heads AS (
  INSERT INTO journal_heads (device_no, epoch, max_seq, tail_mac, last_record_at)
  SELECT "deviceNo", epoch, seq, "tailSeal", ${instant('at')}
  FROM json_to_recordset($4::json) AS h ("deviceNo" int, epoch bigint, seq bigint, "tailSeal" text, at bigint)
  ON CONFLICT (device_no, epoch) DO UPDATE
    SET max_seq = excluded.max_seq, tail_mac = excluded.tail_mac, last_record_at = excluded.last_record_at
),
income AS MATERIALIZED (
  SELECT * FROM json_to_recordset($5::json) AS i ("businessDate" date, hour smallint, "pointId" int, "vehicleClass" text,
    method text, attendant text, count bigint, amount bigint)
),
hours AS (
  INSERT INTO income_hours AS t (business_date, hour, point_id, vehicle_class, method, attendant, count, amount)
  SELECT "businessDate", hour, "pointId", "vehicleClass", method, attendant, count, amount FROM income
  ON CONFLICT (business_date, point_id, hour, vehicle_class, method, attendant) DO UPDATE
    SET count = t.count + excluded.count, amount = t.amount + excluded.amount
),
days AS (
  INSERT INTO income_days AS t (business_date, point_id, vehicle_class, method, attendant, count, amount)
  SELECT "businessDate", "pointId", "vehicleClass", method, attendant, sum(count), sum(amount) FROM income
  GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (business_date, point_id, vehicle_class, method, attendant) DO UPDATE
    SET count = t.count + excluded.count, amount = t.amount + excluded.amount
),
changed_days AS (
  INSERT INTO outbox (topic, key, payload, trace)
  SELECT 'day-changed', "pointId" || ':' || "businessDate",
    jsonb_build_object('pointId', "pointId", 'businessDate', "businessDate"), $7
  FROM json_to_recordset($6::json) AS d ("pointId" int, "businessDate" date)
)
`;

/**
 * Parts of a commit that has any row for them. One without is spared all of them: even with no rows they cost the
 * database a fifth to a third of a small statement (docs/PERFORMANCE.md).
 */
const SELDOM_PARTS = /* sql */ `
gaps_closed AS (
  DELETE FROM journal_gaps g
  USING json_to_recordset(${SELDOM.gapsClosed}::json) AS c ("deviceNo" int, epoch bigint, "from" bigint)
  WHERE g.device_no = c."deviceNo" AND g.epoch = c.epoch AND g.from_seq = c."from"
  RETURNING g.*
),
-- What is left of a gap keeps its age and how often it was asked for.
gaps_opened AS (
  INSERT INTO journal_gaps (device_no, epoch, from_seq, to_seq, opened_at, asks, next_ask_at, finding_at)
  SELECT o."deviceNo", o.epoch, o."from", o."to", coalesce(c.opened_at, ${instant(`${SELDOM.at}::bigint`)}), coalesce(c.asks, 0),
    c.next_ask_at, c.finding_at
  FROM json_to_recordset(${SELDOM.gapsOpened}::json) AS o ("deviceNo" int, epoch bigint, "from" bigint, "to" bigint, parent bigint)
  LEFT JOIN gaps_closed c ON c.device_no = o."deviceNo" AND c.epoch = o.epoch AND c.from_seq = o.parent
),
voids AS (
  INSERT INTO voids (device_no, epoch, seq, void_epoch, void_seq, state, decided_at)
  SELECT "deviceNo", epoch, seq, "voidEpoch", "voidSeq", state, CASE WHEN state <> 'waiting' THEN ${instant('at')} END
  FROM json_to_recordset(${SELDOM.voids}::json) AS v ("deviceNo" int, epoch bigint, seq bigint, "voidEpoch" bigint, "voidSeq" bigint,
    state text, at bigint)
  ON CONFLICT (device_no, epoch, seq) DO UPDATE SET state = excluded.state, decided_at = excluded.decided_at
),
shifts AS (
  INSERT INTO shifts (device_no, shift, attendant, opened_at, point_id)
  SELECT "deviceNo", shift, attendant, ${instant('"openedAt"')}, "pointId"
  FROM json_to_recordset(${SELDOM.shifts}::json) AS s ("deviceNo" int, shift text, attendant text, "openedAt" bigint, "pointId" int)
  ON CONFLICT DO NOTHING
),
conflicts AS (
  INSERT INTO journal_conflicts (device_no, epoch, seq, mac, received_at, record)
  SELECT "deviceNo", epoch, seq, seal, ${instant('"receivedAt"')}, record
  FROM json_to_recordset(${SELDOM.conflicts}::json) AS c ("deviceNo" int, epoch bigint, seq bigint, seal text, "receivedAt" bigint,
    record text)
  ON CONFLICT DO NOTHING
),
late_flags AS (
  INSERT INTO journal_flags (device_no, epoch, seq, flag, flagged_at)
  SELECT "deviceNo", epoch, seq, flag, ${instant('at')}
  FROM json_to_recordset(${SELDOM.lateFlags}::json) AS f ("deviceNo" int, epoch bigint, seq bigint, flag text, at bigint)
  ON CONFLICT DO NOTHING
),
reprocessed AS (
  INSERT INTO journal_reprocessed (device_no, epoch, seq, reprocessed_at, vehicle_class, method, amount, attendant, shift)
  SELECT "deviceNo", epoch, seq, ${instant('at')}, "vehicleClass", method, amount, attendant, shift
  FROM json_to_recordset(${SELDOM.reprocessed}::json) AS p ("deviceNo" int, epoch bigint, seq bigint, at bigint, "vehicleClass" text,
    method text, amount bigint, attendant text, shift text)
),
findings AS (
  INSERT INTO findings (key, pattern, device_no, epoch, seq, point_id, business_date, found_at)
  SELECT key, pattern, "deviceNo", epoch, seq, "pointId", "businessDate", ${instant('at')}
  FROM json_to_recordset(${SELDOM.findings}::json) AS f (key text, pattern text, "deviceNo" int, epoch bigint, seq bigint, "pointId" int,
    "businessDate" date, at bigint)
  ON CONFLICT (key) DO NOTHING
),
bad AS MATERIALIZED (
  SELECT * FROM json_to_recordset(${SELDOM.quarantine}::json) AS q ("deviceNo" int, at bigint, code text, reason text, topic text,
    epoch bigint, seq bigint, size int, times int, hash text, bytes text)
),
quarantined AS (
  INSERT INTO quarantine AS t (device_no, at, last_at, code, reason, topic, epoch, seq, size, times, bytes, bytes_hash)
  SELECT "deviceNo", ${instant('at')}, ${instant('at')}, code, reason, topic, epoch, seq, size, times,
    decode(bytes, 'base64'), decode(hash, 'hex') FROM bad
  ON CONFLICT (device_no, bytes_hash) DO UPDATE
    SET times = t.times + excluded.times, last_at = excluded.last_at, code = excluded.code, reason = excluded.reason
),
alarmed AS (
  INSERT INTO alarms AS t (key, kind, severity, device_no, detail, times, opened_at, last_at)
  SELECT 'quarantine:' || "deviceNo", 'quarantine', 'minor', "deviceNo", jsonb_build_object('code', min(code)),
    sum(times)::int, ${instant('min(at)')}, ${instant('max(at)')}
  FROM bad GROUP BY "deviceNo" ORDER BY "deviceNo"
  ON CONFLICT (key) WHERE cleared_at IS NULL DO UPDATE
    SET times = t.times + excluded.times, last_at = excluded.last_at, detail = excluded.detail
)
`;

const commitOf = (...parts: string[]): string => /* sql */ `
WITH ${parts.join(',')}
SELECT CASE WHEN (SELECT count(*) FROM guard) = $2::int AND (SELECT version FROM registry_version) = $3::bigint
  THEN 1 ELSE refuse_stale() END AS fresh
`;
const EVERYDAY = commitOf(EVERYDAY_PARTS);
const WHOLE = commitOf(EVERYDAY_PARTS, SELDOM_PARTS);
