import type { Sql } from './database.js';

export type AlarmSeverity = 'critical' | 'major' | 'minor' | 'warning' | 'indeterminate';

/** What is wrong with what. There is one open alarm per key. */
export interface Alarm {
  /** Says what the alarm is about, e.g. `device-late:17`. */
  readonly key: string;
  readonly kind: string;
  readonly severity: AlarmSeverity;
  readonly deviceNo?: number;
  readonly pointId?: number;
  /** Evidence for the officer. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

const COLUMNS = `key text, kind text, severity text, "deviceNo" int, "pointId" int, detail jsonb`;

/** Opens these alarms; one that is open already is counted once more, with the newest detail. */
export async function raiseAlarms(sql: Sql, alarms: readonly Alarm[], atMs: number): Promise<void> {
  if (alarms.length === 0) return;
  await sql.query(
    `INSERT INTO alarms AS t (key, kind, severity, device_no, point_id, detail, opened_at, last_at)
     SELECT key, kind, severity, "deviceNo", "pointId", coalesce(detail, '{}'), $2, $2
       FROM jsonb_to_recordset($1::jsonb) AS a (${COLUMNS}) ORDER BY key
     ON CONFLICT (key) WHERE cleared_at IS NULL DO UPDATE
       SET times = t.times + 1, last_at = excluded.last_at, detail = excluded.detail, severity = excluded.severity`,
    [JSON.stringify(alarms), new Date(atMs)],
  );
}

/** Clears the open alarms of these keys. @returns how many were open */
export async function clearAlarms(sql: Sql, keys: readonly string[], atMs: number): Promise<number> {
  if (keys.length === 0) return 0;
  const cleared = await sql.query(
    'UPDATE alarms SET cleared_at = $2, last_at = $2 WHERE key = ANY($1) AND cleared_at IS NULL RETURNING id',
    [keys, new Date(atMs)],
  );
  return cleared.length;
}

/**
 * Makes the open alarms of these kinds the given ones: opens what is new, leaves what is open as it is, and clears the
 * rest. For states that are looked at as a whole, again and again.
 */
export async function reconcileAlarms(
  sql: Sql,
  kinds: readonly string[],
  current: readonly Alarm[],
  atMs: number,
): Promise<{ opened: number; cleared: number }> {
  const at = new Date(atMs);
  const cleared = await sql.query(
    `UPDATE alarms SET cleared_at = $3, last_at = $3
      WHERE kind = ANY($1) AND cleared_at IS NULL AND NOT key = ANY($2) RETURNING id`,
    [kinds, current.map((alarm) => alarm.key), at],
  );
  const opened = await sql.query(
    `INSERT INTO alarms (key, kind, severity, device_no, point_id, detail, opened_at, last_at)
     SELECT key, kind, severity, "deviceNo", "pointId", coalesce(detail, '{}'), $2, $2
       FROM jsonb_to_recordset($1::jsonb) AS a (${COLUMNS}) ORDER BY key
     ON CONFLICT (key) WHERE cleared_at IS NULL DO NOTHING RETURNING id`,
    [JSON.stringify(current), at],
  );
  return { opened: opened.length, cleared: cleared.length };
}

/** The open alarms of a kind. */
export async function openAlarms(
  sql: Sql,
  kind: string,
): Promise<{ key: string; pointId: number | null; detail: Record<string, unknown> }[]> {
  return sql.query(
    'SELECT key, point_id AS "pointId", detail FROM alarms WHERE kind = $1 AND cleared_at IS NULL ORDER BY id',
    [kind],
  );
}

/** How many alarms are open, by kind. */
export async function openAlarmCounts(sql: Sql): Promise<{ kind: string; count: number }[]> {
  return sql.query('SELECT kind, count(*) AS count FROM alarms WHERE cleared_at IS NULL GROUP BY kind');
}
