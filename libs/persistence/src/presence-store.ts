import type { PresenceFacts, RegisteredPoint } from '@app/registry';
import type { Sql } from './database.js';

/** What is known of the connection of a device that is in service. */
export interface DevicePresence extends PresenceFacts {
  readonly deviceNo: number;
  readonly deviceId: string;
  readonly pointId: number;
  /** When its last connection ended, ms. */
  readonly disconnectedAt: number | null;
}

/**
 * The connections of all active devices that have a point now, with the hours that the point has these days.
 * @param heartbeatMsMax a gateway that was last heard of longer ago holds nobody
 */
export async function devicePresences(sql: Sql, nowMs: number, heartbeatMsMax: number): Promise<DevicePresence[]> {
  const [devices, hours] = await Promise.all([
    sql.query<Omit<DevicePresence, 'hours'>>(
      `SELECT d.device_no AS "deviceNo", d.device_id AS "deviceId", d.kind, placed.point_id AS "pointId",
              coalesce(i.heartbeat_at > $1::timestamptz - $2 * interval '1 millisecond', false) AS connected,
              p.connected_at AS "connectedAt", p.disconnected_at AS "disconnectedAt",
              p.heard_at AS "heardAt", p.journal_at AS "journalAt"
         FROM devices d
         JOIN LATERAL (
           SELECT point_id FROM device_assignments a WHERE a.device_no = d.device_no AND a.valid_from <= $1
            ORDER BY a.valid_from DESC LIMIT 1) placed ON true
         LEFT JOIN device_presence p ON p.device_no = d.device_no
         LEFT JOIN gateway_instances i ON i.id = p.gateway_id
        WHERE d.status = 'active' ORDER BY d.device_no`,
      [new Date(nowMs), heartbeatMsMax],
    ),
    sql.query<{
      point_id: number;
      valid_from: string;
      valid_to: string | null;
      hours: Record<string, [number, number]>;
    }>('SELECT point_id, valid_from, valid_to, hours FROM point_hours ORDER BY valid_from'),
  ]);
  const hoursOf = new Map<number, RegisteredPoint['hours'][number][]>();
  for (const row of hours) {
    const span = { from: row.valid_from, to: row.valid_to, hours: row.hours };
    hoursOf.set(row.point_id, [...(hoursOf.get(row.point_id) ?? []), span]);
  }
  return devices.map((device) => ({ ...device, hours: hoursOf.get(device.pointId) ?? [] }));
}
