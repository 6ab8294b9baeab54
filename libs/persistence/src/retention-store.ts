import type { Database, Sql } from './database.js';
import { redactRecord } from './redact-record.js';

/**
 * How long each class of data is kept, in ms. Money data, and what was
 * refused when it asked to become that, are not among them: they are never removed.
 */
export interface RetentionLimits {
  readonly platesMs: number;
  readonly quarantineBytesMs: number;
  readonly sessionsMs: number;
  readonly commandsMs: number;
  readonly alarmsMs: number;
  readonly accessLogMs: number;
}

export type RetentionClass =
  'plates' | 'quarantine-bytes' | 'sessions' | 'commands' | 'alarms' | 'access-log' | 'gateway-instances';

/** Rows changed or removed in one transaction. */
const BATCH_ROWS_MAX = 2_000;
/** A gateway that has said nothing for this long is no more. */
const GATEWAY_GONE_MS = 7 * 86_400_000;

interface Expiry {
  readonly class: RetentionClass;
  /** Rows that have expired at $1. */
  readonly from: string;
  /** What becomes of a batch of them; without it they are deleted. */
  readonly set?: string;
  readonly keptMs: (limits: RetentionLimits) => number;
}

const EXPIRIES: readonly Expiry[] = [
  {
    class: 'quarantine-bytes',
    from: 'quarantine WHERE bytes_expired_at IS NULL AND last_at < $1',
    set: "bytes = '', bytes_expired_at = now()",
    keptMs: (limits) => limits.quarantineBytesMs,
  },
  { class: 'sessions', from: 'sessions WHERE expires_at < $1', keptMs: (limits) => limits.sessionsMs },
  {
    class: 'commands',
    from: 'device_commands WHERE coalesce(answered_at, expires_at) < $1',
    keptMs: (limits) => limits.commandsMs,
  },
  { class: 'alarms', from: 'alarms WHERE cleared_at < $1', keptMs: (limits) => limits.alarmsMs },
  { class: 'access-log', from: 'access_log WHERE at < $1', keptMs: (limits) => limits.accessLogMs },
  { class: 'gateway-instances', from: 'gateway_instances WHERE heartbeat_at < $1', keptMs: () => GATEWAY_GONE_MS },
];

/**
 * Lets everything expire whose time is over, in small transactions, and writes one line into the audit log. Done twice,
 * or by two at once, it comes to the same.
 * @param dryRun counts only: changes nothing and writes no line
 * @returns rows by class
 */
export async function applyRetention(
  database: Database,
  limits: RetentionLimits,
  nowMs: number,
  options: { dryRun: boolean; signal?: AbortSignal },
): Promise<Record<RetentionClass, number>> {
  const counts = {} as Record<RetentionClass, number>;
  counts.plates = await expirePlates(database, nowMs - limits.platesMs, options);
  for (const expiry of EXPIRIES) {
    const before = new Date(nowMs - expiry.keptMs(limits));
    counts[expiry.class] = options.dryRun
      ? await countExpired(database, expiry, before)
      : await expire(database, expiry, before, options.signal);
  }
  if (!options.dryRun)
    await database.query(
      "INSERT INTO audit_log (actor, action, subject, detail) VALUES ('worker', 'retention', '', $1)",
      [JSON.stringify({ ...counts, limits })],
    );
  return counts;
}

async function countExpired(sql: Sql, { from }: Expiry, before: Date): Promise<number> {
  const [row] = await sql.query<{ count: number }>(`SELECT count(*) AS count FROM ${from}`, [before]);
  return row!.count;
}

async function expire(sql: Sql, { from, set }: Expiry, before: Date, signal?: AbortSignal): Promise<number> {
  const table = from.split(' ')[0]!;
  const batch = `ctid = ANY(ARRAY(SELECT ctid FROM ${from} LIMIT ${BATCH_ROWS_MAX} FOR UPDATE SKIP LOCKED))`;
  const statement = set ? `UPDATE ${table} SET ${set} WHERE ${batch}` : `DELETE FROM ${table} WHERE ${batch}`;
  for (let total = 0; ;) {
    signal?.throwIfAborted();
    const changed = await sql.query(`${statement} RETURNING 1`, [before]);
    total += changed.length;
    if (changed.length < BATCH_ROWS_MAX) return total;
  }
}

const JOURNALS = ['journal_records', 'journal_conflicts'] as const;

/** Takes clear-text plates out of what was received before `beforeMs`, a day at a time from where the last run ended. */
async function expirePlates(
  database: Database,
  beforeMs: number,
  { dryRun, signal }: { dryRun: boolean; signal?: AbortSignal },
): Promise<number> {
  let total = 0;
  for (const table of JOURNALS) {
    const progressClass = `plates:${table}`;
    for (let from = await startOf(database, table, progressClass); from < beforeMs;) {
      signal?.throwIfAborted();
      const to = Math.min(from + 86_400_000, beforeMs);
      total += await redactSpan(database, table, { from, to, dryRun });
      if (!dryRun)
        await database.query(
          `INSERT INTO retention_progress (class, through) VALUES ($1, $2)
           ON CONFLICT (class) DO UPDATE SET through = greatest(retention_progress.through, excluded.through)`,
          [progressClass, new Date(to)],
        );
      from = to;
    }
  }
  return total;
}

async function startOf(sql: Sql, table: string, progressClass: string): Promise<number> {
  const [row] = await sql.query<{ start: number | null }>(
    `SELECT coalesce((SELECT through FROM retention_progress WHERE class = $1), (SELECT min(received_at) FROM ${table}))
     AS start`,
    [progressClass],
  );
  return row!.start ?? Infinity;
}

async function redactSpan(
  database: Database,
  table: (typeof JOURNALS)[number],
  { from, to, dryRun }: { from: number; to: number; dryRun: boolean },
): Promise<number> {
  const where = `received_at >= $1 AND received_at < $2 AND record LIKE '%"plate":%' AND record NOT LIKE '%"redacted":%'`;
  const span = [new Date(from), new Date(to)];
  if (dryRun) {
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*) AS count FROM ${table} WHERE ${where}`,
      span,
    );
    return row!.count;
  }
  return database.transaction(async (sql) => {
    await sql.query("SET LOCAL eparking.redaction = 'on'");
    // A cursor: one scan and bounded memory, however busy the day was.
    await sql.query(
      `DECLARE plates NO SCROLL CURSOR FOR SELECT tableoid AS tab, ctid, record FROM ${table} WHERE ${where}`,
      span,
    );
    for (let total = 0; ;) {
      const rows = await sql.query<StoredRecord>(`FETCH ${BATCH_ROWS_MAX} FROM plates`);
      if (rows.length === 0) return total;
      total += await redactRows(sql, table, rows);
    }
  });
}

interface StoredRecord {
  tab: number;
  ctid: string;
  record: string;
}

async function redactRows(sql: Sql, table: string, rows: readonly StoredRecord[]): Promise<number> {
  const redacted = rows.flatMap(({ record, ...place }) => {
    const text = redactRecord(record);
    return text === undefined ? [] : [{ ...place, text }];
  });
  await sql.query(
    `UPDATE ${table} j SET record = n.text FROM unnest($1::oid[], $2::tid[], $3::text[]) AS n (tab, ctid, text)
      WHERE j.tableoid = n.tab AND j.ctid = n.ctid`,
    [redacted.map((row) => row.tab), redacted.map((row) => row.ctid), redacted.map((row) => row.text)],
  );
  return redacted.length;
}
