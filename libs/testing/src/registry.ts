import type { Sql } from '@app/persistence';
import { journalKeyContext, secretHash, type Sealer } from '@app/registry';
import type { TestTerminal } from './terminal.js';

/** Writes a parking point straight into the registry; its id. */
export async function seedPoint(sql: Sql, code: string): Promise<number> {
  const [row] = await sql.query<{ id: number }>('INSERT INTO points (code, name) VALUES ($1, $2) RETURNING id', [
    code,
    `Point ${code}`,
  ]);
  return row!.id;
}

/** Registers a test terminal at a point, straight into the registry; its device number. The MQTT password is `password`. */
export async function seedDevice(
  sql: Sql,
  sealer: Sealer,
  terminal: TestTerminal,
  pointId: number,
  kind: 'handheld' | 'meter' = 'handheld',
  password = 'password',
): Promise<number> {
  const [row] = await sql.query<{ device_no: number }>(
    'INSERT INTO devices (device_id, kind, epoch) VALUES ($1, $2, $3) RETURNING device_no',
    [terminal.deviceId, kind, terminal.epoch],
  );
  await seedEpoch(sql, sealer, terminal, row!.device_no, password);
  await sql.query("INSERT INTO device_assignments (device_no, point_id, valid_from) VALUES ($1, $2, '-infinity')", [
    row!.device_no,
    pointId,
  ]);
  return row!.device_no;
}

/** Gives a device the epoch and key that its terminal has now. */
export async function seedEpoch(
  sql: Sql,
  sealer: Sealer,
  terminal: TestTerminal,
  deviceNo: number,
  password = 'password',
): Promise<void> {
  const sealed = sealer.seal(terminal.journalKey, journalKeyContext(terminal.deviceId, terminal.epoch));
  await sql.query(
    'INSERT INTO device_epochs (device_no, epoch, password_hash, journal_key_sealed) VALUES ($1, $2, $3, $4)',
    [deviceNo, terminal.epoch, secretHash(password), sealed],
  );
  await sql.query('UPDATE devices SET epoch = $2 WHERE device_no = $1', [deviceNo, terminal.epoch]);
}

/** A flat city-wide tariff without end. */
export async function seedTariff(sql: Sql, code: string, vehicleClass: string, amount: number): Promise<void> {
  await sql.query(
    "INSERT INTO tariffs (code, vehicle_class, amount, valid_from) VALUES ($1, $2, $3, '2020-01-01T00:00:00+07:00')",
    [code, vehicleClass, amount],
  );
}
