import { pauseAfterAskMs, type GapLimits, type MissingRange } from '@app/journal';
import type { Sql } from './database.js';

/** A gap in the sequence of a device that is connected, due to be asked for. */
export interface DueGap extends MissingRange {
  readonly deviceNo: number;
  readonly asks: number;
}

/** Opened this far in the future: by a gateway whose clock was ahead. It is asked for at once, not when time gets there. */
const CLOCK_AHEAD_MS = 60_000;

/**
 * Gaps that are due: older than the limit and their pause over, or what is left of a range that was asked for and came
 * up to here. Only of devices that a living gateway holds: the gaps of others stay due until the device is back.
 * @param heartbeatMsMax a gateway that was last heard of longer ago holds nobody
 */
export async function dueGaps(
  sql: Sql,
  options: { nowMs: number; limits: GapLimits; heartbeatMsMax: number; rowsMax: number },
): Promise<DueGap[]> {
  return sql.query<DueGap>(
    `SELECT g.device_no AS "deviceNo", g.epoch, g.from_seq AS "from", g.to_seq AS "to", g.asks
       FROM journal_gaps g
       JOIN devices d ON d.device_no = g.device_no AND d.status = 'active'
       JOIN device_presence p ON p.device_no = g.device_no
       JOIN gateway_instances i ON i.id = p.gateway_id AND i.heartbeat_at > $1::timestamptz - $3 * interval '1 millisecond'
      WHERE coalesce(g.next_ask_at, g.opened_at + $2 * interval '1 millisecond') <= $1
         OR (g.next_ask_at IS NULL AND g.opened_at > $1::timestamptz + $5 * interval '1 millisecond')
         OR (EXISTS (SELECT FROM device_commands c WHERE c.device_no = g.device_no AND c.name = 'resend'
                        AND (c.args ->> 'epoch')::bigint = g.epoch AND (c.args ->> 'to')::bigint = g.from_seq - 1)
             AND NOT EXISTS (SELECT FROM device_commands c WHERE c.device_no = g.device_no AND c.name = 'resend'
                        AND (c.args ->> 'epoch')::bigint = g.epoch AND (c.args ->> 'from')::bigint = g.from_seq))
      ORDER BY g.device_no, g.epoch, g.from_seq LIMIT $4`,
    [new Date(options.nowMs), options.limits.askAfterMs, options.heartbeatMsMax, options.rowsMax, CLOCK_AHEAD_MS],
  );
}

/**
 * Marks gaps as asked for once more, as they were when they were read; who comes second marks nothing.
 * @returns how many were marked
 */
export async function markAsked(sql: Sql, gaps: readonly DueGap[], nowMs: number, limits: GapLimits): Promise<number> {
  const marked = await sql.query(
    `UPDATE journal_gaps g SET asks = g.asks + 1, next_ask_at = to_timestamp(n.next_ask_at / 1000.0)
       FROM jsonb_to_recordset($1::jsonb) AS n ("deviceNo" int, epoch bigint, "from" bigint, asks int, next_ask_at bigint)
      WHERE g.device_no = n."deviceNo" AND g.epoch = n.epoch AND g.from_seq = n."from" AND g.asks = n.asks
      RETURNING 1`,
    [JSON.stringify(gaps.map((gap) => ({ ...gap, next_ask_at: nowMs + pauseAfterAskMs(gap.asks + 1, limits) })))],
  );
  return marked.length;
}

/** Makes a finding of every gap that stayed longer than the limit, once. @returns how many were made */
export async function findOldGaps(sql: Sql, nowMs: number, limits: GapLimits, rowsMax: number): Promise<number> {
  const found = await sql.query(
    `WITH old AS (
       UPDATE journal_gaps SET finding_at = $1
        WHERE (device_no, epoch, from_seq) IN (
          SELECT device_no, epoch, from_seq FROM journal_gaps
           WHERE finding_at IS NULL AND opened_at <= $1::timestamptz - $2 * interval '1 millisecond'
           ORDER BY opened_at LIMIT $3 FOR UPDATE SKIP LOCKED)
        RETURNING *)
     INSERT INTO findings (key, pattern, device_no, epoch, seq, detail, found_at)
     SELECT format('sequence-gap:%s:%s:%s', device_no, epoch, from_seq), 'sequence-gap', device_no, epoch, from_seq,
            jsonb_build_object('from', from_seq, 'to', to_seq, 'openedAt', opened_at, 'asks', asks), $1 FROM old
     ON CONFLICT (key) DO NOTHING RETURNING id`,
    [new Date(nowMs), limits.findingAfterMs, rowsMax],
  );
  return found.length;
}

/** Clears the findings of gaps of which nothing is missing any more. @returns how many */
export async function clearClosedGapFindings(sql: Sql, nowMs: number): Promise<number> {
  const cleared = await sql.query(
    `UPDATE findings f SET cleared_at = $1
      WHERE f.pattern = 'sequence-gap' AND f.cleared_at IS NULL AND NOT EXISTS (
        SELECT FROM journal_gaps g WHERE g.device_no = f.device_no AND g.epoch = f.epoch
           AND g.from_seq <= (f.detail ->> 'to')::bigint AND g.to_seq >= f.seq)
      RETURNING f.id`,
    [new Date(nowMs)],
  );
  return cleared.length;
}

/** Devices with an open sequence-gap finding: how many gaps, how many records are missing. */
export async function devicesWithGapFindings(sql: Sql): Promise<{ deviceNo: number; gaps: number; records: number }[]> {
  return sql.query(
    `SELECT f.device_no AS "deviceNo", count(*) AS gaps,
            sum((f.detail ->> 'to')::bigint - f.seq + 1)::bigint AS records
       FROM findings f WHERE f.pattern = 'sequence-gap' AND f.cleared_at IS NULL GROUP BY f.device_no`,
  );
}
