import type { BusinessDate } from '@app/kernel';
import { NotFoundError, type Scope } from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions } from '../lists.js';
import { INSTANT, RUN_BY_ON } from '../registry/sql-parts.js';

/** A journal record as it was received: the end of every evidence link. */
export interface RawRecord {
  device: string;
  epoch: number;
  seq: number;
  point: string;
  type: string;
  at: string;
  receivedAt: string;
  businessDate: BusinessDate;
  bodyFault: string | null;
  flags: string[];
  voided: boolean;
  /** Canonical text, mac included. */
  record: string;
}

/** @throws NotFoundError, also for a record at a point that the operator did not run that day */
export async function findRawRecord(
  sql: Sql,
  key: { device: string; epoch: number; seq: number },
  scope: Scope,
): Promise<RawRecord> {
  const conditions = new Conditions()
    .add('d.device_id = {}', key.device)
    .add('j.epoch = {}', key.epoch)
    .add('j.seq = {}', key.seq)
    .add(RUN_BY_ON('j.point_id', 'j.business_date'), scope.operatorCode);
  const [row] = await sql.query<RawRecord>(
    `SELECT d.device_id AS device, j.epoch, j.seq, p.code AS point, j.type, ${INSTANT('j.at')} AS at,
            ${INSTANT('j.received_at')} AS "receivedAt", j.business_date AS "businessDate", j.body_fault AS "bodyFault",
            coalesce(j.flags, '{}') || ARRAY(SELECT f.flag FROM journal_flags f WHERE (f.device_no, f.epoch, f.seq) =
              (j.device_no, j.epoch, j.seq) ORDER BY 1) AS flags,
            EXISTS (SELECT FROM voids v WHERE (v.device_no, v.epoch, v.seq) = (j.device_no, j.epoch, j.seq)
              AND v.state = 'effective') AS voided, j.record
       FROM journal_records j JOIN devices d USING (device_no) JOIN points p ON p.id = j.point_id ${conditions.where}`,
    conditions.values,
  );
  if (!row) throw new NotFoundError('record', `${key.device}/${key.epoch}/${key.seq}`);
  return row;
}
