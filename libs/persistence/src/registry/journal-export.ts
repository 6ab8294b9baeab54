import { NotFoundError } from '@app/registry';
import type { Database, Sql } from '../database.js';
import type { WriteTx } from '../writes.js';

/** An epoch of a device as the export's head names it. */
export interface ExportedEpoch {
  epoch: number;
  /** `hmac`: the key is secret and not in the file. `ed25519`: the public key is. */
  seal: 'hmac' | 'ed25519';
  publicKey: string | null;
  /** Records in the file. */
  records: number;
  /** The highest number and the seal of the record that has it; 0 and '' where nothing came. */
  lastSeq: number;
  lastSeal: string;
  /** Inclusive ranges up to there that never came. */
  missing: [number, number][];
}

export interface JournalHead {
  device: string;
  kind: string;
  epochs: ExportedEpoch[];
}

/** Records of one export at most: ten years of a busy terminal. */
const RECORDS_MAX = 10_000_000;
const BATCH_ROWS = 1_000;

/**
 * Reads a device's whole journal from one snapshot: first what it must hold, then the records as they were received,
 * epoch by epoch in order, then other authentic content that came for a place already taken.
 * @throws NotFoundError
 */
export async function readJournal(
  database: Database,
  deviceId: string,
  onHead: (head: JournalHead) => Promise<void>,
  onRecords: (records: string[], conflict: boolean) => Promise<void>,
): Promise<void> {
  await database.transaction(
    async (sql) => {
      const { deviceNo, ...head } = await headOf(sql, deviceId);
      await onHead(head);
      for (const [cursor, table] of [
        ['records', 'journal_records'],
        ['conflicts', 'journal_conflicts'],
      ] as const) {
        await sql.query(
          `DECLARE ${cursor} NO SCROLL CURSOR FOR SELECT record FROM ${table} WHERE device_no = $1
            ORDER BY epoch, seq, record LIMIT ${RECORDS_MAX}`,
          [deviceNo],
        );
        for (;;) {
          const rows = await sql.query<{ record: string }>(`FETCH ${BATCH_ROWS} FROM ${cursor}`);
          if (rows.length > 0)
            await onRecords(
              rows.map((row) => row.record),
              table === 'journal_conflicts',
            );
          if (rows.length < BATCH_ROWS) break;
        }
      }
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

async function headOf(sql: Sql, deviceId: string): Promise<JournalHead & { deviceNo: number }> {
  const [device] = await sql.query<{ deviceNo: number; kind: string }>(
    'SELECT device_no AS "deviceNo", kind FROM devices WHERE device_id = $1',
    [deviceId],
  );
  if (!device) throw new NotFoundError('device', deviceId);
  const epochs = await sql.query<ExportedEpoch>(
    `SELECT e.epoch, CASE WHEN e.public_key IS NULL THEN 'hmac' ELSE 'ed25519' END AS seal,
            encode(e.public_key, 'base64') AS "publicKey", coalesce(c.records, 0) AS records,
            coalesce(h.max_seq, 0) AS "lastSeq", coalesce(h.tail_mac, '') AS "lastSeal",
            coalesce((SELECT json_agg(json_build_array(g.from_seq, g.to_seq) ORDER BY g.from_seq) FROM journal_gaps g
              WHERE g.device_no = e.device_no AND g.epoch = e.epoch), '[]') AS missing
       FROM device_epochs e LEFT JOIN journal_heads h USING (device_no, epoch)
       LEFT JOIN (SELECT epoch, count(*) AS records FROM journal_records WHERE device_no = $1 GROUP BY 1) c USING (epoch)
      WHERE e.device_no = $1 ORDER BY e.epoch`,
    [device.deviceNo],
  );
  return { device: deviceId, ...device, epochs };
}

export interface SealedEpochKey {
  epoch: number;
  /** Sealed under the sealing key. */
  sealed: Buffer;
}

/** A device's secret journal keys, still sealed; that somebody asked for them is noted. @throws NotFoundError */
export async function takeJournalKeys(tx: WriteTx, deviceId: string): Promise<SealedEpochKey[]> {
  const keys = await tx.query<SealedEpochKey>(
    `SELECT e.epoch, e.journal_key_sealed AS sealed FROM device_epochs e JOIN devices d USING (device_no)
      WHERE d.device_id = $1 AND e.journal_key_sealed IS NOT NULL ORDER BY e.epoch`,
    [deviceId],
  );
  if (keys.length === 0 && (await tx.query('SELECT 1 FROM devices WHERE device_id = $1', [deviceId])).length === 0)
    throw new NotFoundError('device', deviceId);
  await tx.audit('device.export-keys', deviceId, { epochs: keys.map((key) => key.epoch) });
  return keys;
}
