import { ConflictError, NotFoundError } from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT } from './sql-parts.js';

export interface QuarantineRow {
  id: number;
  deviceId: string;
  /** When it first came. */
  at: string;
  lastAt: string;
  code: string;
  reason: string;
  topic: string;
  epoch: number | null;
  seq: number | null;
  /** Bytes. */
  size: number;
  /** How often the same bytes came. */
  times: number;
  /** The first 200 bytes as text; bytes that are no text show as �. */
  preview: string;
  reprocessedAt: string | null;
  outcome: string | null;
}

type RawRow = Omit<QuarantineRow, 'preview'> & { preview: Buffer | null };

const PREVIEW_BYTES = 200;

export interface QuarantineFilter {
  deviceId?: string;
  code?: string;
}

const QUARANTINE = /* sql */ `
SELECT q.id, d.device_id AS "deviceId", ${INSTANT('q.at')} AS at, ${INSTANT('q.last_at')} AS "lastAt", q.code, q.reason, q.topic, q.epoch, q.seq, q.size,
  q.times, substr(q.bytes, 1, ${PREVIEW_BYTES}) AS preview, ${INSTANT('q.reprocessed_at')} AS "reprocessedAt", q.outcome
FROM quarantine q JOIN devices d USING (device_no)`;

/** What could not be accepted, newest first. */
export function quarantineQuery(filter: QuarantineFilter): ListQuery<QuarantineRow> {
  const conditions = new Conditions().add('d.device_id = {}', filter.deviceId).add('q.code = {}', filter.code);
  return {
    text: `${QUARANTINE} ${conditions.where}`,
    values: conditions.values,
    orderBy: 'id DESC',
    map: readable,
  };
}

/** @throws NotFoundError */
export async function findQuarantined(sql: Sql, id: number): Promise<QuarantineRow> {
  const [row] = await sql.query<RawRow>(`${QUARANTINE} WHERE q.id = $1`, [id]);
  if (!row) throw new NotFoundError('quarantine entry', String(id));
  return readable(row);
}

/** The bytes as they came. @throws NotFoundError, ConflictError when their retention is over */
export async function quarantinedBytes(sql: Sql, id: number): Promise<Buffer> {
  const [row] = await sql.query<{ bytes: Buffer; expired: boolean }>(
    'SELECT bytes, bytes_expired_at IS NOT NULL AS expired FROM quarantine WHERE id = $1',
    [id],
  );
  if (!row) throw new NotFoundError('quarantine entry', String(id));
  if (row.expired) throw new ConflictError(`The bytes of entry ${id} were removed when their retention ended.`);
  return row.bytes;
}

function readable(row: RawRow): QuarantineRow {
  return { ...row, preview: row.preview?.toString('utf8') ?? '' };
}
