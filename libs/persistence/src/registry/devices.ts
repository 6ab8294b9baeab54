import {
  ConflictError,
  GATEWAY_HEARTBEAT_MS_MAX,
  NotFoundError,
  type DeviceKind,
  type Presence,
  type PresenceFacts,
  type Scope,
} from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT, RUN_BY } from './sql-parts.js';

/** A device as lists show it. */
export interface DeviceRow {
  deviceId: string;
  kind: DeviceKind;
  model: string;
  status: 'active' | 'revoked';
  locked: boolean;
  epoch: number;
  /** Code of the point where it works now. */
  point: string | null;
  pointName: string | null;
  registeredAt: string;
  presence: Presence;
  /** A gateway that is alive holds its connection. */
  connected: boolean;
  /** Last time anything came from it; null when nothing ever did. */
  lastSeenAt: string | null;
  lastJournalAt: string | null;
  /** Sequence numbers that have not come, of the current epoch. */
  missingCount: number;
  /** Charge in percent, messages that wait in the terminal, and its program, as it last told. */
  battery: number | null;
  queued: number | null;
  firmware: string | null;
}

export interface DeviceDetailRow extends DeviceRow {
  telemetry: Record<string, unknown> | null;
  telemetryAt: string | null;
  maxSeq: number;
}

export interface DeviceFilter {
  point?: string;
  kind?: DeviceKind;
  status?: 'active' | 'revoked';
  search?: string;
  firmware?: string;
  /** Charge below so many percent. */
  batteryBelow?: number;
  /** Whether sequence numbers of the current epoch have not come. */
  missing?: boolean;
  /** Whether messages wait in the terminal. */
  queued?: boolean;
}

/** A number that the terminal told of itself. */
const TOLD = (name: string): string => `(dp.telemetry->>'${name}')::float8`;

const DEVICE_COLUMNS = /* sql */ `
SELECT d.device_id AS "deviceId", d.kind, d.model, d.status, d.locked, d.epoch, p.code AS point, p.name AS "pointName",
  ${INSTANT('d.registered_at')} AS "registeredAt",
  coalesce(g.heartbeat_at > now() - interval '${GATEWAY_HEARTBEAT_MS_MAX} milliseconds', false) AS connected,
  dp.connected_at AS "connectedMs", dp.heard_at AS "heardMs", dp.journal_at AS "journalMs",
  (SELECT coalesce(json_agg(json_build_object('from', h.valid_from, 'to', h.valid_to, 'hours', h.hours)
    ORDER BY h.valid_from), '[]') FROM point_hours h WHERE h.point_id = placed.point_id) AS hours,
  ${INSTANT('dp.heard_at')} AS "lastSeenAt", ${INSTANT('dp.journal_at')} AS "lastJournalAt",
  coalesce((SELECT sum(gap.to_seq - gap.from_seq + 1) FROM journal_gaps gap
    WHERE gap.device_no = d.device_no AND gap.epoch = d.epoch), 0)::bigint AS "missingCount",
  ${TOLD('battery')} AS battery, ${TOLD('queued')} AS queued, dp.telemetry->>'firmware' AS firmware`;

const DEVICE_TABLES = /* sql */ `
FROM devices d
LEFT JOIN device_presence dp ON dp.device_no = d.device_no
LEFT JOIN gateway_instances g ON g.id = dp.gateway_id
LEFT JOIN LATERAL (SELECT da.point_id FROM device_assignments da WHERE da.device_no = d.device_no
  AND da.valid_from <= now() AND (da.valid_to IS NULL OR da.valid_to > now())
  ORDER BY da.valid_from DESC LIMIT 1) AS placed ON true
LEFT JOIN points p ON p.id = placed.point_id`;

const DETAIL_COLUMNS = /* sql */ `,
  dp.telemetry, ${INSTANT('dp.telemetry_at')} AS "telemetryAt",
  coalesce((SELECT head.max_seq FROM journal_heads head
    WHERE head.device_no = d.device_no AND head.epoch = d.epoch), 0) AS "maxSeq"`;

/** The devices of the city, or of the points which the asking operator runs today. */
export function devicesQuery(filter: DeviceFilter, scope: Scope, judge: PresenceJudge): ListQuery<DeviceRow> {
  const conditions = new Conditions()
    .add(RUN_BY('placed.point_id'), scope.operatorCode)
    .add('p.code = {}', filter.point)
    .add('d.kind = {}', filter.kind)
    .add('d.status = {}', filter.status)
    .add(`strpos(d.device_id || ' ' || lower(d.model), lower({})) > 0`, filter.search)
    .add(`dp.telemetry->>'firmware' = {}`, filter.firmware)
    .add(`${TOLD('battery')} < {}`, filter.batteryBelow)
    .add(`(coalesce(${TOLD('queued')}, 0) > 0) = {}`, filter.queued)
    .add(
      'EXISTS (SELECT FROM journal_gaps gap WHERE gap.device_no = d.device_no AND gap.epoch = d.epoch) = {}',
      filter.missing,
    );
  return {
    text: `${DEVICE_COLUMNS} ${DEVICE_TABLES} ${conditions.where}`,
    values: conditions.values,
    orderBy: '"deviceId"',
    map: (raw: Raw<DeviceRow>) => withPresence(raw, judge),
  };
}

/** `quiet`: every presence but `online`. */
export type WantedPresence = Presence | 'quiet';

/** Those of a list of devices that have a presence now: the caller's clock and limits judge it, not SQL. */
export async function devicesOfPresence(
  sql: Sql,
  list: ListQuery<DeviceRow>,
  wanted: WantedPresence,
): Promise<ListQuery<DeviceRow>> {
  const raws = await sql.query(list.text, list.values);
  const ids = raws
    .map((raw) => list.map!(raw as never))
    .filter(({ presence }) => (wanted === 'quiet' ? presence !== 'online' : presence === wanted))
    .map(({ deviceId }) => deviceId);
  const values = [...list.values, ids];
  return { ...list, text: `SELECT * FROM (${list.text}) AS device WHERE "deviceId" = ANY ($${values.length})`, values };
}

/** One device with what its journal holds. @throws NotFoundError when there is none, or none of this operator's */
export async function findDevice(
  sql: Sql,
  deviceId: string,
  scope: Scope,
  judge: PresenceJudge,
): Promise<DeviceDetailRow> {
  const conditions = new Conditions()
    .add(RUN_BY('placed.point_id'), scope.operatorCode)
    .add('d.device_id = {}', deviceId);
  const [device] = await sql.query<Raw<DeviceDetailRow>>(
    `${DEVICE_COLUMNS}${DETAIL_COLUMNS} ${DEVICE_TABLES} ${conditions.where}`,
    conditions.values,
  );
  if (!device) throw new NotFoundError('device', deviceId);
  return withPresence(device, judge);
}

/** Judges presence by the limits and the clock of the caller. */
export type PresenceJudge = (facts: PresenceFacts) => Presence;

/** A row as it comes out of SQL: with what presence is judged by, which nobody else needs. */
type Raw<Row extends DeviceRow> = Omit<Row, 'presence'> & {
  connectedMs: number | null;
  heardMs: number | null;
  journalMs: number | null;
  hours: PresenceFacts['hours'] | null;
};

function withPresence<Row extends DeviceRow>(raw: Raw<Row>, judge: PresenceJudge): Row {
  const { connectedMs, heardMs, journalMs, hours, ...row } = raw;
  const { kind, connected } = row;
  const facts = {
    kind,
    connected,
    connectedAt: connectedMs,
    heardAt: heardMs,
    journalAt: journalMs,
    hours: hours ?? [],
  };
  return { ...row, presence: judge(facts) } as unknown as Row;
}

export interface GapRow {
  epoch: number;
  from: number;
  to: number;
  openedAt: string;
  asks: number;
  /** When it became a finding. */
  findingAt: string | null;
}

/** What has not come from a device, of all its epochs or one. */
export function gapsQuery(deviceId: string, scope: Scope, epoch?: number): ListQuery<GapRow> {
  const conditions = new Conditions()
    .add('d.device_id = {}', deviceId)
    .add('gap.epoch = {}', epoch)
    .add(RUN_BY('placed.point_id'), scope.operatorCode);
  return {
    text: `SELECT gap.epoch, gap.from_seq AS "from", gap.to_seq AS "to", ${INSTANT('gap.opened_at')} AS "openedAt", gap.asks,
      ${INSTANT('gap.finding_at')} AS "findingAt" ${DEVICE_TABLES} JOIN journal_gaps gap ON gap.device_no = d.device_no
      ${conditions.where}`,
    values: conditions.values,
    orderBy: 'epoch, "from"',
  };
}

/** Missing ranges that the device endpoint tells at most; more are listed by the gaps of the device. */
const MISSING_RANGES_MAX = 1_000;

export interface JournalState {
  /** Everything up to here has come. */
  contiguous: number;
  /** Inclusive ranges below the highest sequence number seen. */
  missing: [number, number][];
}

/** What has come of the device's current epoch. */
export async function journalStateOf(sql: Sql, device: DeviceDetailRow): Promise<JournalState> {
  const gaps = await sql.query<{ from: number; to: number }>(
    `SELECT gap.from_seq AS "from", gap.to_seq AS "to" FROM journal_gaps gap JOIN devices d USING (device_no)
     WHERE d.device_id = $1 AND gap.epoch = $2 ORDER BY gap.from_seq LIMIT ${MISSING_RANGES_MAX}`,
    [device.deviceId, device.epoch],
  );
  return {
    contiguous: gaps[0] ? gaps[0].from - 1 : device.maxSeq,
    missing: gaps.map(({ from, to }) => [from, to]),
  };
}

/** Locks the device's row for a change. @throws NotFoundError */
export async function lockDevice(sql: Sql, deviceId: string): Promise<LockedDevice> {
  const [device] = await sql.query<LockedDevice>(
    `SELECT device_no AS "deviceNo", status, locked, epoch FROM devices WHERE device_id = $1 FOR UPDATE`,
    [deviceId],
  );
  if (!device) throw new NotFoundError('device', deviceId);
  return device;
}

export interface LockedDevice {
  deviceNo: number;
  status: 'active' | 'revoked';
  locked: boolean;
  epoch: number;
}

export function refuseRevoked(device: LockedDevice, deviceId: string): void {
  if (device.status === 'revoked')
    throw new ConflictError(
      `Device ${deviceId} is revoked.`,
      `Reinstate it first: POST /devices/${deviceId}/reinstate.`,
    );
}

/**
 * For lists of a device's things. An operator's clerk gets an empty list for an unknown device as for another's.
 * @throws NotFoundError for a device that does not exist, when the whole city asks
 */
export async function requireDevice(sql: Sql, deviceId: string, scope: Scope): Promise<void> {
  if (scope.operatorCode !== undefined) return;
  const [device] = await sql.query('SELECT 1 FROM devices WHERE device_id = $1', [deviceId]);
  if (!device) throw new NotFoundError('device', deviceId);
}
