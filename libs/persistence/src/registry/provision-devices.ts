import {
  ConflictError,
  FieldError,
  journalKeyContext,
  newSecret,
  parsePublicKey,
  secretHash,
  type Credentials,
  type DeviceKind,
  type Sealer,
} from '@app/registry';
import type { Sql } from '../database.js';
import type { WriteTx } from '../writes.js';
import { lockDevice, refuseRevoked } from './devices.js';
import { pointIdOfField } from './points.js';

export interface NewDevice {
  deviceId: string;
  kind: DeviceKind;
  /** Code of the point where it works. */
  point: string;
  model?: string;
  /** Ed25519 public key of a device with a secure element: 32 bytes, base64url. */
  publicKey?: string;
}

/**
 * Registers a device at its point and provisions its first epoch. The first assignment reaches back for ever, so
 * records from before the registration belong to that point.
 * @throws ConflictError when the id is taken, FieldError for an unknown point or a bad public key
 */
export async function registerDevice(tx: WriteTx, sealer: Sealer, device: NewDevice): Promise<Credentials> {
  const pointId = await pointIdOfField(tx, 'point', device.point);
  const [created] = await tx.query<{ deviceNo: number }>(
    `INSERT INTO devices (device_id, kind, model) VALUES ($1, $2, $3) ON CONFLICT (device_id) DO NOTHING
     RETURNING device_no AS "deviceNo"`,
    [device.deviceId, device.kind, device.model ?? ''],
  );
  if (!created)
    throw new ConflictError(
      `A device with the id ${device.deviceId} exists.`,
      'Choose another id, or rotate that device.',
      'deviceId',
    );
  await tx.query(`INSERT INTO device_assignments (device_no, point_id, valid_from) VALUES ($1, $2, '-infinity')`, [
    created.deviceNo,
    pointId,
  ]);
  const publicKey = device.publicKey === undefined ? undefined : publicKeyOf(device.publicKey);
  const credentials = await provision(tx, sealer, {
    deviceNo: created.deviceNo,
    deviceId: device.deviceId,
    epoch: 1,
    publicKey,
  });
  await tx.audit('device.register', device.deviceId, {
    kind: device.kind,
    point: device.point,
    epoch: 1,
    secureElement: !!publicKey,
  });
  return credentials;
}

/** What would keep devices of a batch from being registered: looked up once for the whole batch. */
export async function deviceFaults(
  sql: Sql,
  devices: readonly NewDevice[],
): Promise<(device: NewDevice) => { field: string; message: string }[]> {
  const taken = await sql.query<{ id: string }>('SELECT device_id AS id FROM devices WHERE device_id = ANY ($1)', [
    devices.map(({ deviceId }) => deviceId),
  ]);
  const points = await sql.query<{ code: string }>('SELECT code FROM points WHERE code = ANY ($1)', [
    devices.map(({ point }) => point),
  ]);
  const ids = new Set(taken.map(({ id }) => id));
  const codes = new Set(points.map(({ code }) => code));
  return ({ deviceId, point, publicKey }) => [
    ...(ids.has(deviceId) ? [{ field: 'deviceId', message: `a device with the id ${deviceId} exists` }] : []),
    ...(codes.has(point) ? [] : [{ field: 'point', message: `there is no point ${JSON.stringify(point)}` }]),
    ...(publicKey === undefined || parsePublicKey(publicKey)
      ? []
      : [{ field: 'publicKey', message: 'this is no Ed25519 public key (32 bytes as base64url)' }]),
  ];
}

/**
 * Provisions a device anew: new password, new key, next epoch; the gateway hears of it and closes its connection. A device with a secure
 * element keeps its public key unless another is given.
 * @throws NotFoundError, ConflictError when it is revoked
 */
export async function rotateDevice(
  tx: WriteTx,
  sealer: Sealer,
  deviceId: string,
  newPublicKey?: string,
): Promise<Credentials> {
  const device = await lockDevice(tx, deviceId);
  refuseRevoked(device, deviceId);
  const [last] = await tx.query<{ publicKey: Buffer | null }>(
    'SELECT public_key AS "publicKey" FROM device_epochs WHERE device_no = $1 AND epoch = $2',
    [device.deviceNo, device.epoch],
  );
  const publicKey = newPublicKey === undefined ? (last?.publicKey ?? undefined) : publicKeyOf(newPublicKey);
  const epoch = device.epoch + 1;
  await tx.query('UPDATE devices SET epoch = $2 WHERE device_no = $1', [device.deviceNo, epoch]);
  const credentials = await provision(tx, sealer, { deviceNo: device.deviceNo, deviceId, epoch, publicKey });
  await tx.audit('device.rotate', deviceId, { epoch });
  return credentials;
}

/** Shuts a device out, or lets it in again with the credentials it had. Twice is once. @throws NotFoundError */
export async function setDeviceStatus(tx: WriteTx, deviceId: string, status: 'active' | 'revoked'): Promise<void> {
  const device = await lockDevice(tx, deviceId);
  await tx.query('UPDATE devices SET status = $2 WHERE device_no = $1', [device.deviceNo, status]);
  await tx.audit(status === 'revoked' ? 'device.revoke' : 'device.reinstate', deviceId);
}

async function provision(
  tx: WriteTx,
  sealer: Sealer,
  device: { deviceNo: number; deviceId: string; epoch: number; publicKey: Buffer | undefined },
): Promise<Credentials> {
  const { deviceNo, deviceId, epoch, publicKey } = device;
  const mqttPassword = newSecret();
  const journalKey = publicKey ? null : newSecret();
  const sealed = journalKey && sealer.seal(Buffer.from(journalKey, 'base64url'), journalKeyContext(deviceId, epoch));
  await tx.query(
    `INSERT INTO device_epochs (device_no, epoch, password_hash, journal_key_sealed, public_key)
     VALUES ($1, $2, $3, $4, $5)`,
    [deviceNo, epoch, secretHash(mqttPassword), sealed, publicKey ?? null],
  );
  return { deviceId, mqttPassword, journalKey, epoch };
}

function publicKeyOf(text: string): Buffer {
  const key = parsePublicKey(text);
  if (key) return key;
  throw new FieldError(
    'publicKey',
    'This is no Ed25519 public key.',
    'Give its 32 bytes as base64url without padding (43 characters).',
  );
}
