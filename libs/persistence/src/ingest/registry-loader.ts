import {
  journalKeyContext,
  type DeviceKey,
  type ProgressiveRule,
  type RegisteredDevice,
  type RegisteredPoint,
  type RegistrySnapshot,
  type Sealer,
  type StreetClasses,
  type TariffInForce,
  type WeeklyHours,
} from '@app/registry';
import type { Sql } from '../database.js';

interface DeviceRow {
  device_no: number;
  device_id: string;
  kind: 'handheld' | 'meter';
  status: 'active' | 'revoked';
  epoch: number;
}
interface EpochRow {
  device_no: number;
  epoch: number;
  journal_key_sealed: Buffer | null;
  public_key: Buffer | null;
}
interface AssignmentRow {
  device_no: number;
  point_id: number;
  from_ms: number | null;
  to_ms: number | null;
}
interface PointRow {
  id: number;
  code: string;
  latitude_microdeg: number | null;
  longitude_microdeg: number | null;
  geofence_radius_m: number | null;
}
interface TariffRow {
  code: string;
  vehicle_class: string;
  street_class: string | null;
  point_id: number | null;
  amount: number;
  rule: ProgressiveRule | null;
  from_ms: number | null;
  to_ms: number | null;
}

/** Milliseconds of a timestamptz column; null for either infinity. */
const ms = (column: string): string =>
  `CASE WHEN isfinite(${column}) THEN (extract(epoch FROM ${column}) * 1000)::bigint END`;

export async function registryVersion(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ version: number }>('SELECT version FROM registry_version');
  return row!.version;
}

/**
 * Reads the whole registry. The version is read first: if the registry changes meanwhile, the snapshot claims to be
 * older than it is, and the next commit on it is refused and reads again.
 */
export async function loadRegistry(sql: Sql, sealer: Sealer): Promise<RegistrySnapshot> {
  const version = await registryVersion(sql);
  const [devices, points, tariffs, attendants] = await Promise.all([
    loadDevices(sql, sealer),
    loadPoints(sql),
    loadTariffs(sql),
    sql.query<{ code: string }>('SELECT code FROM attendants'),
  ]);
  const codes = new Set(attendants.map(({ code }) => code));
  return {
    version,
    tariffs,
    deviceByNo: (deviceNo) => devices.get(deviceNo),
    point: (id) => points.get(id),
    hasAttendant: (code) => codes.has(code),
  };
}

async function loadDevices(sql: Sql, sealer: Sealer): Promise<Map<number, RegisteredDevice>> {
  const [rows, epochs, assignments] = await Promise.all([
    sql.query<DeviceRow>('SELECT device_no, device_id, kind, status, epoch FROM devices'),
    sql.query<EpochRow>('SELECT device_no, epoch, journal_key_sealed, public_key FROM device_epochs'),
    sql.query<AssignmentRow>(
      `SELECT device_no, point_id, ${ms('valid_from')} AS from_ms, ${ms('valid_to')} AS to_ms
       FROM device_assignments ORDER BY device_no, valid_from`,
    ),
  ]);
  const epochsOf = groupBy(epochs, (row) => row.device_no);
  const assignmentsOf = groupBy(assignments, (row) => row.device_no);
  const devices = new Map<number, RegisteredDevice>();
  for (const row of rows) {
    const spans = (assignmentsOf.get(row.device_no) ?? []).map((span) => ({
      pointId: span.point_id,
      from: span.from_ms ?? -Infinity,
      to: span.to_ms ?? Infinity,
    }));
    // A device without a point is not registered to the end: it cannot sign in, so nothing of it can arrive.
    if (spans.length === 0) continue;
    devices.set(row.device_no, {
      deviceNo: row.device_no,
      deviceId: row.device_id,
      kind: row.kind,
      status: row.status,
      epoch: row.epoch,
      assignments: spans,
      keyOf: keyReader(row.device_id, epochsOf.get(row.device_no) ?? [], sealer),
    });
  }
  return devices;
}

/** Keys are opened when they are first needed, so that a large registry loads fast and few secrets lie in memory. */
function keyReader(deviceId: string, rows: readonly EpochRow[], sealer: Sealer): RegisteredDevice['keyOf'] {
  const opened = new Map<number, DeviceKey>();
  return (epoch) => {
    const known = opened.get(epoch);
    if (known) return known;
    const row = rows.find((candidate) => candidate.epoch === epoch);
    if (!row) return undefined;
    const key: DeviceKey = row.public_key
      ? { kind: 'ed25519', bytes: row.public_key }
      : { kind: 'hmac', bytes: sealer.open(row.journal_key_sealed!, journalKeyContext(deviceId, epoch)) };
    opened.set(epoch, key);
    return key;
  };
}

/** Every point with its hours and free zones, by id. */
export async function loadPoints(sql: Sql): Promise<Map<number, RegisteredPoint>> {
  // One after the other: in a transaction there is only one connection.
  const rows = await sql.query<PointRow>(
    'SELECT id, code, latitude_microdeg, longitude_microdeg, geofence_radius_m FROM points',
  );
  const hours = await sql.query<{ point_id: number; hours: WeeklyHours; valid_from: string; valid_to: string | null }>(
    'SELECT point_id, hours, valid_from, valid_to FROM point_hours ORDER BY valid_from',
  );
  const classes = await sql.query<StreetClasses[number] & { pointId: number }>(
    `SELECT point_id AS "pointId", valid_from AS "from", valid_to AS "to", street_class AS "streetClass"
       FROM point_street_classes ORDER BY valid_from`,
  );
  const zones = await sql.query<{ point_id: number; from_ms: number | null; to_ms: number | null }>(
    `SELECT point_id, ${ms('valid_from')} AS from_ms, ${ms('valid_to')} AS to_ms FROM free_zones`,
  );
  const hoursOf = groupBy(hours, (row) => row.point_id);
  const classesOf = groupBy(classes, (row) => row.pointId);
  const zonesOf = groupBy(zones, (row) => row.point_id);
  const points = new Map<number, RegisteredPoint>();
  for (const row of rows) {
    points.set(row.id, {
      id: row.id,
      code: row.code,
      streetClasses: classesOf.get(row.id) ?? [],
      geofence: fenceOf(row),
      hours: (hoursOf.get(row.id) ?? []).map((h) => ({ from: h.valid_from, to: h.valid_to, hours: h.hours })),
      freeZones: (zonesOf.get(row.id) ?? []).map((z) => ({ from: z.from_ms ?? -Infinity, to: z.to_ms ?? Infinity })),
    });
  }
  return points;
}

function fenceOf(row: PointRow): RegisteredPoint['geofence'] {
  const { latitude_microdeg: lat, longitude_microdeg: lon, geofence_radius_m: radiusM } = row;
  return lat === null || lon === null || radiusM === null ? null : { lat, lon, radiusM };
}

/** Every tariff that was, is or will be in force. */
export async function loadTariffs(sql: Sql): Promise<TariffInForce[]> {
  const rows = await sql.query<TariffRow>(
    `SELECT code, vehicle_class, street_class, point_id, amount, rule,
            ${ms('valid_from')} AS from_ms, ${ms('valid_to')} AS to_ms FROM tariffs`,
  );
  return rows.map((row) => ({
    code: row.code,
    vehicleClass: row.vehicle_class,
    streetClass: row.street_class,
    pointId: row.point_id,
    amount: row.amount,
    rule: row.rule,
    from: row.from_ms ?? -Infinity,
    to: row.to_ms ?? Infinity,
  }));
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => number): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
