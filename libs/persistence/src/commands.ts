import { randomUUID } from 'node:crypto';
import type { Sql } from './database.js';

export type CommandName = 'resend' | 'lock' | 'unlock' | 'sync-config' | 'message';

/** A command to a device, to be delivered by whichever gateway holds it, at least once, until answered or expired. */
export interface NewCommand {
  readonly deviceNo: number;
  readonly name: CommandName;
  readonly args: Readonly<Record<string, unknown>>;
  /** ms */
  readonly expiresAt: number;
  /** User name of the officer, or `worker`. */
  readonly createdBy: string;
}

/** The channel on which gateways hear of new commands; the payload is the device number. */
export const COMMANDS_CHANNEL = 'eparking_commands';

/**
 * Puts a command into the outbox of its device, in the caller's transaction; gateways hear of it at the commit.
 * @returns the command's id
 */
export async function enqueueCommand(sql: Sql, command: NewCommand, nowMs: number): Promise<string> {
  const id = randomUUID();
  await sql.query(
    `INSERT INTO device_commands (id, device_no, name, args, created_at, expires_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      command.deviceNo,
      command.name,
      JSON.stringify(command.args),
      new Date(nowMs),
      new Date(command.expiresAt),
      command.createdBy,
    ],
  );
  await sql.query('SELECT pg_notify($1, $2)', [COMMANDS_CHANNEL, String(command.deviceNo)]);
  return id;
}
