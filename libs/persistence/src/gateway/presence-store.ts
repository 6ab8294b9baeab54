import type { Sql } from '../database.js';

/** Where a device's connection stands, told when it begins and when it ends. */
export interface ConnectionChange {
  readonly deviceNo: number;
  readonly deviceId: string;
  readonly connected: boolean;
  /** When, ms. */
  readonly at: number;
}

/** What was heard of a device since the last writing; undefined where there was nothing of the kind. Times in ms. */
export interface HeardOf {
  readonly deviceNo: number;
  readonly heardAt?: number;
  readonly journalAt?: number;
  readonly telemetry?: unknown;
  readonly telemetryAt?: number;
  readonly status?: string;
}

/** The channel on which a gateway says that it holds a device now: `deviceId gatewayId`. */
export const HELD_CHANNEL = 'eparking_held';

/**
 * SQL for an instant that a gateway's clock told. Nothing was heard in the database's future: with a gateway's clock ahead,
 * a device would be neither late nor away until time got there.
 */
const told = (ms: string): string =>
  `CASE WHEN ${ms} IS NOT NULL THEN least(to_timestamp(${ms} / 1000.0), clock_timestamp()) END`;

/**
 * Writes beginnings and ends of connections, in the order in which a gateway tells them: its clock may have been put back
 * in between. A beginning is heard of, takes the device from any other gateway, and tells it so. An end counts only while
 * the device is still this gateway's, and is never before the beginning.
 */
export async function writeConnections(
  sql: Sql,
  gatewayId: string,
  changes: readonly ConnectionChange[],
): Promise<void> {
  const rows = JSON.stringify(changes);
  await sql.query(
    `WITH change AS (SELECT * FROM jsonb_to_recordset($2::jsonb)
                       AS c ("deviceNo" int, "deviceId" text, connected boolean, at bigint) WHERE connected),
          before AS (SELECT c."deviceId", p.gateway_id FROM change c JOIN device_presence p ON p.device_no = c."deviceNo"),
          written AS (
            INSERT INTO device_presence AS p (device_no, gateway_id, connected_at, heard_at)
            SELECT "deviceNo", $1::uuid, ${told('at')}, ${told('at')} FROM change ORDER BY "deviceNo"
            ON CONFLICT (device_no) DO UPDATE SET gateway_id = excluded.gateway_id, connected_at = excluded.connected_at,
              heard_at = greatest(p.heard_at, excluded.heard_at))
     SELECT pg_notify('${HELD_CHANNEL}', "deviceId" || ' ' || $1) FROM before WHERE gateway_id <> $1::uuid`,
    [gatewayId, rows],
  );
  await sql.query(
    `UPDATE device_presence p SET gateway_id = NULL, disconnected_at = greatest(p.connected_at, ${told('c.at')})
       FROM jsonb_to_recordset($2::jsonb) AS c ("deviceNo" int, connected boolean, at bigint)
      WHERE NOT c.connected AND p.device_no = c."deviceNo" AND p.gateway_id = $1::uuid`,
    [gatewayId, rows],
  );
}

/** Writes what was heard; times never run back. */
export async function writeHeard(sql: Sql, heard: readonly HeardOf[]): Promise<void> {
  await sql.query(
    `INSERT INTO device_presence AS p (device_no, heard_at, journal_at, telemetry, telemetry_at, status)
     SELECT "deviceNo", ${told('"heardAt"')}, ${told('"journalAt"')}, telemetry, ${told('"telemetryAt"')}, status
       FROM jsonb_to_recordset($1::jsonb) AS h ("deviceNo" int, "heardAt" bigint, "journalAt" bigint, telemetry jsonb,
                                               "telemetryAt" bigint, status text)
      ORDER BY "deviceNo"
     ON CONFLICT (device_no) DO UPDATE SET
       heard_at = greatest(p.heard_at, excluded.heard_at),
       journal_at = greatest(p.journal_at, excluded.journal_at),
       telemetry = coalesce(excluded.telemetry, p.telemetry),
       telemetry_at = coalesce(excluded.telemetry_at, p.telemetry_at),
       status = coalesce(excluded.status, p.status)`,
    [JSON.stringify(heard)],
  );
}

/** Says that a gateway lives; its connections count only while it does. */
export async function beatGateway(sql: Sql, gatewayId: string, behindBroker = false): Promise<void> {
  await sql.query(
    `INSERT INTO gateway_instances (id, behind_broker) VALUES ($1, $2)
     ON CONFLICT (id) DO UPDATE SET heartbeat_at = now()`,
    [gatewayId, behindBroker],
  );
}

/** A gateway that says nothing for so long is taken for dead by the others behind its broker. */
const DEAD_AFTER_SECONDS = 20;

/** The gateways that live behind a broker of others, in a fixed order. */
export async function gatewaysBehindBroker(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT id FROM gateway_instances WHERE behind_broker AND heartbeat_at > now() - $1 * interval '1 second' ORDER BY id`,
    [DEAD_AFTER_SECONDS],
  );
  return rows.map(({ id }) => id);
}

/** A gateway ends in order: it holds nobody any more. */
export async function retireGateway(sql: Sql, gatewayId: string, atMs: number): Promise<void> {
  await sql.query(
    `UPDATE device_presence SET gateway_id = NULL, disconnected_at = ${told('$2::bigint')} WHERE gateway_id = $1`,
    [gatewayId, atMs],
  );
  await sql.query('DELETE FROM gateway_instances WHERE id = $1', [gatewayId]);
}
