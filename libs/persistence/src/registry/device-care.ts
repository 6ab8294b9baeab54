import { ConflictError, FieldError, type Scope } from '@app/registry';
import { enqueueCommand, type CommandName } from '../commands.js';
import { Conditions, type ListQuery } from '../lists.js';
import type { WriteTx } from '../writes.js';
import { lockDevice, refuseRevoked } from './devices.js';
import { pointIdOfField } from './points.js';
import { INSTANT, RUN_BY } from './sql-parts.js';
import { makeRoom } from './timeline.js';

/** How long a command waits for a device that is away. */
const COMMAND_MS_MAX = 7 * 86_400_000;

/** Commands that an officer may give. */
export type OfficerCommand =
  | { name: 'lock'; args: { reason?: string } }
  | { name: 'unlock' | 'sync-config'; args: Record<string, never> }
  | { name: 'message'; args: { text: string } }
  | { name: 'resend'; args: { epoch: number; from: number; to: number } };

/**
 * Gives a device a command, delivered at least once, until it is answered or a week has passed. Locking and unlocking
 * are remembered.
 * @returns the command's id
 * @throws NotFoundError, ConflictError when the device is revoked, FieldError for a range that cannot be
 */
export async function commandDevice(
  tx: WriteTx,
  deviceId: string,
  command: OfficerCommand,
  nowMs: number,
): Promise<string> {
  const device = await lockDevice(tx, deviceId);
  refuseRevoked(device, deviceId);
  if (command.name === 'resend' && command.args.to < command.args.from)
    throw new FieldError('to', 'to must not be less than from.');
  if (command.name === 'lock' || command.name === 'unlock')
    await tx.query('UPDATE devices SET locked = $2 WHERE device_no = $1', [device.deviceNo, command.name === 'lock']);
  const { name, args } = command;
  const { deviceNo } = device;
  const expiresAt = nowMs + COMMAND_MS_MAX;
  const id = await enqueueCommand(tx, { deviceNo, name, args, expiresAt, createdBy: tx.actor.username }, nowMs);
  await tx.audit(`device.${name}`, deviceId, { id, ...args });
  return id;
}

export interface CommandRow {
  id: string;
  name: CommandName;
  args: Record<string, unknown>;
  createdAt: string;
  createdBy: string;
  expiresAt: string;
  sentAt: string | null;
  sends: number;
  answeredAt: string | null;
  ok: boolean | null;
  code: string | null;
}

/** The commands a device was given, newest first. */
export function commandsQuery(deviceId: string, scope: Scope): ListQuery<CommandRow> {
  const conditions = new Conditions().add('d.device_id = {}', deviceId).add(NOW_OWN, scope.operatorCode);
  return {
    text: `SELECT c.id, c.name, c.args, ${INSTANT('c.created_at')} AS "createdAt", c.created_by AS "createdBy",
        ${INSTANT('c.expires_at')} AS "expiresAt", ${INSTANT('c.sent_at')} AS "sentAt", c.sends,
        ${INSTANT('c.answered_at')} AS "answeredAt", c.ok, c.code
      FROM device_commands c JOIN devices d USING (device_no) ${conditions.where}`,
    values: conditions.values,
    orderBy: '"createdAt" DESC, id',
  };
}

/** Condition: the device works now at a point that the operator `{}` runs. */
const NOW_OWN = `EXISTS (SELECT 1 FROM device_assignments da WHERE da.device_no = d.device_no AND da.valid_from <= now()
  AND (da.valid_to IS NULL OR da.valid_to > now()) AND ${RUN_BY('da.point_id')})`;

export interface DeviceAssignmentRow {
  id: number;
  point: string;
  pointName: string;
  /** Null: since ever. */
  validFrom: string | null;
  validTo: string | null;
}

/** Where a device worked, works and will work. */
export function deviceAssignmentsQuery(deviceId: string, scope: Scope): ListQuery<DeviceAssignmentRow> {
  const conditions = new Conditions().add('d.device_id = {}', deviceId).add(RUN_BY('da.point_id'), scope.operatorCode);
  return {
    text: `SELECT da.id, p.code AS point, p.name AS "pointName", ${INSTANT('da.valid_from')} AS "validFrom",
        ${INSTANT('da.valid_to')} AS "validTo"
      FROM device_assignments da JOIN devices d USING (device_no) JOIN points p ON p.id = da.point_id
      ${conditions.where}`,
    values: conditions.values,
    orderBy: '"validFrom" NULLS FIRST',
  };
}

/**
 * Moves a device to another point from an instant on. Records belong to the point to which it was assigned at their
 * own time, also when they come later.
 * @throws NotFoundError, FieldError for an unknown point, ConflictError when a later move is there already
 */
export async function assignDevice(tx: WriteTx, deviceId: string, point: string, from: string): Promise<void> {
  const { deviceNo } = await lockDevice(tx, deviceId);
  const pointId = await pointIdOfField(tx, 'point', point);
  const [closed] = await tx.query('SELECT 1 FROM points WHERE id = $1 AND closed_at IS NOT NULL', [pointId]);
  if (closed) throw new ConflictError(`Point ${point} is closed.`, 'Open it again, or choose another.', 'point');
  const owner = { device_no: deviceNo };
  await makeRoom(tx, { table: 'device_assignments', owner, unit: 'timestamptz', noun: 'assignment' }, from, null);
  await tx.query('INSERT INTO device_assignments (device_no, point_id, valid_from) VALUES ($1, $2, $3)', [
    deviceNo,
    pointId,
    from,
  ]);
  await tx.audit('device.assign', deviceId, { point, from });
}
