import type { Sql } from '../database.js';

/** What a device's sign-in is held against. */
export interface SignInFacts {
  readonly deviceId: string;
  readonly deviceNo: number;
  readonly status: 'active' | 'revoked';
  /** The current epoch. */
  readonly epoch: number;
  /** SHA-256 of the password of the current epoch. */
  readonly passwordHash: Uint8Array;
  /** The point to which it is assigned now. */
  readonly pointId: number;
  /** The registry's version when this was read. */
  readonly registryVersion: number;
}

/**
 * The devices among these ids that are registered to the end: with a point. Its last assignment that has begun counts,
 * else its first.
 */
export async function findSignInFacts(sql: Sql, deviceIds: readonly string[]): Promise<SignInFacts[]> {
  return sql.query<SignInFacts>(
    `SELECT d.device_id AS "deviceId", d.device_no AS "deviceNo", d.status, d.epoch,
            e.password_hash AS "passwordHash", placed.point_id AS "pointId",
            (SELECT version FROM registry_version) AS "registryVersion"
       FROM devices d
       JOIN device_epochs e ON e.device_no = d.device_no AND e.epoch = d.epoch
       JOIN LATERAL (SELECT a.point_id FROM device_assignments a WHERE a.device_no = d.device_no
                      ORDER BY a.valid_from <= now() DESC,
                        CASE WHEN a.valid_from <= now() THEN a.valid_from END DESC, a.valid_from LIMIT 1) AS placed ON true
      WHERE d.device_id = ANY($1)`,
    [deviceIds],
  );
}
