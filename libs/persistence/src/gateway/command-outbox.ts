import type { CommandName } from '@app/protocol';
import type { Sql } from '../database.js';

/** A command that waits for an answer. */
export interface PendingCommand {
  readonly id: string;
  readonly deviceNo: number;
  readonly name: CommandName;
  readonly args: Record<string, unknown>;
  /** ms */
  readonly expiresAt: number;
  /** ms; null before the first sending. */
  readonly sentAt: number | null;
  readonly sends: number;
}

/** The unanswered commands of these devices that are not expired, in the order in which they were given. */
export async function pendingCommands(
  sql: Sql,
  deviceNos: readonly number[],
  nowMs: number,
  rowsMax: number,
): Promise<PendingCommand[]> {
  return sql.query<PendingCommand>(
    `SELECT id, device_no AS "deviceNo", name, args, expires_at AS "expiresAt", sent_at AS "sentAt", sends
       FROM device_commands
      WHERE answered_at IS NULL AND device_no = ANY($1) AND expires_at > $2
      ORDER BY device_no, created_at, id LIMIT $3`,
    [deviceNos, new Date(nowMs), rowsMax],
  );
}

/** Notes that commands were sent (once more). */
export async function markCommandsSent(sql: Sql, ids: readonly string[], nowMs: number): Promise<void> {
  await sql.query('UPDATE device_commands SET sent_at = $2, sends = sends + 1 WHERE id = ANY($1::uuid[])', [
    ids,
    new Date(nowMs),
  ]);
}

/**
 * Notes a device's answer to one of its commands. The first answer counts.
 * @returns false when it is no command of this device, or answered already
 */
export async function answerCommand(
  sql: Sql,
  answer: { id: string; deviceNo: number; ok: boolean; code?: string; at: number },
): Promise<boolean> {
  if (!/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(answer.id)) return false;
  const answered = await sql.query(
    `UPDATE device_commands SET answered_at = $3, ok = $4, code = $5
      WHERE id = $1::uuid AND device_no = $2 AND answered_at IS NULL RETURNING 1`,
    [answer.id, answer.deviceNo, new Date(answer.at), answer.ok, answer.code ?? null],
  );
  return answered.length > 0;
}
