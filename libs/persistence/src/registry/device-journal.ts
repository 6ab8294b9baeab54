import { NotFoundError, type Scope } from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT, RUN_BY_ON } from './sql-parts.js';

export interface JournalRow {
  epoch: number;
  seq: number;
  type: string;
  /** The terminal's own time. */
  at: string;
  receivedAt: string;
  businessDate: string;
  point: string;
  vehicleClass: string | null;
  method: string | null;
  amount: number | null;
  attendant: string | null;
  shift: string | null;
  flags: string[];
  /** Why its body could not be accepted. */
  bodyFault: string | null;
  /** A void took this payment off. */
  voided: boolean;
  reprocessedAt: string | null;
}

export interface JournalRecordRow extends JournalRow {
  /** The whole record as the terminal sealed it. */
  record: Record<string, unknown>;
  /** Other authentic content that came for the same place. */
  conflicts: Record<string, unknown>[];
}

const COLUMNS = /* sql */ `
SELECT j.epoch, j.seq, j.type, ${INSTANT('j.at')} AS at, ${INSTANT('j.received_at')} AS "receivedAt",
  j.business_date AS "businessDate", p.code AS point, coalesce(r.vehicle_class, j.vehicle_class) AS "vehicleClass",
  coalesce(r.method, j.method) AS method, coalesce(r.amount, j.amount) AS amount,
  coalesce(r.attendant, j.attendant) AS attendant, coalesce(r.shift, j.shift) AS shift,
  ARRAY(SELECT unnest(j.flags) UNION SELECT f.flag FROM journal_flags f
    WHERE f.device_no = j.device_no AND f.epoch = j.epoch AND f.seq = j.seq ORDER BY 1) AS flags,
  j.body_fault AS "bodyFault",
  coalesce((SELECT true FROM voids v WHERE v.device_no = j.device_no AND v.epoch = j.epoch AND v.seq = j.seq
    AND v.state = 'effective'), false) AS voided,
  ${INSTANT('r.reprocessed_at')} AS "reprocessedAt"`;

const TABLES = /* sql */ `
FROM journal_records j JOIN devices d USING (device_no) JOIN points p ON p.id = j.point_id
LEFT JOIN journal_reprocessed r ON r.device_no = j.device_no AND r.epoch = j.epoch AND r.seq = j.seq`;

export interface JournalFilter {
  epoch?: number;
  type?: string;
  /** Business days, both inclusive. */
  from?: string;
  to?: string;
  flag?: string;
  fromSeq?: number;
  toSeq?: number;
}

/** What a device journalled, newest first; a clerk sees the days on which the operator ran the point. */
export function journalQuery(deviceId: string, filter: JournalFilter, scope: Scope): ListQuery<JournalRow> {
  const conditions = new Conditions()
    .add('j.device_no = (SELECT device_no FROM devices WHERE device_id = {})', deviceId)
    .add(RUN_BY_ON('j.point_id', 'j.business_date'), scope.operatorCode)
    .add('j.epoch = {}', filter.epoch)
    .add('j.type = {}', filter.type)
    .period('j.business_date', filter)
    .add('j.seq >= {}', filter.fromSeq)
    .add('j.seq <= {}', filter.toSeq)
    .add(
      `{} = ANY (j.flags) OR EXISTS (SELECT 1 FROM journal_flags f WHERE f.device_no = j.device_no AND f.epoch = j.epoch
        AND f.seq = j.seq AND f.flag = {})`,
      filter.flag,
    );
  return {
    text: `${COLUMNS} ${TABLES} ${conditions.where}`,
    values: conditions.values,
    orderBy: 'epoch DESC, seq DESC',
    totals: isWhole(filter, scope)
      ? wholeTotal(deviceId, filter.epoch)
      : // Counted in the journal's key alone, not by fetching each record for what it is joined with.
        { text: `SELECT count(*) AS total FROM journal_records j ${conditions.where}`, values: conditions.values },
  };
}

/** Whether nothing of the device's journal, or of one epoch of it, is left out. */
function isWhole({ epoch: _, ...rest }: JournalFilter, scope: Scope): boolean {
  return scope.operatorCode === undefined && Object.values(rest).every((value) => value === undefined);
}

/** How many records there are by the journal's own books: every number up to the head is a record or in a gap. */
function wholeTotal(deviceId: string, epoch: number | undefined): ListQuery<unknown>['totals'] {
  const conditions = new Conditions()
    .add('h.device_no = (SELECT device_no FROM devices WHERE device_id = {})', deviceId)
    .add('h.epoch = {}', epoch);
  return {
    text: `SELECT coalesce(sum(h.max_seq - (SELECT coalesce(sum(g.to_seq - g.from_seq + 1), 0) FROM journal_gaps g
             WHERE g.device_no = h.device_no AND g.epoch = h.epoch)), 0)::bigint AS total FROM journal_heads h ${conditions.where}`,
    values: conditions.values,
  };
}

/** One record, whole. @throws NotFoundError */
export async function findRecord(
  sql: Sql,
  deviceId: string,
  epoch: number,
  seq: number,
  scope: Scope,
): Promise<JournalRecordRow> {
  const conditions = new Conditions()
    .add('j.device_no = (SELECT device_no FROM devices WHERE device_id = {})', deviceId)
    .add('j.epoch = {}', epoch)
    .add('j.seq = {}', seq)
    .add(RUN_BY_ON('j.point_id', 'j.business_date'), scope.operatorCode);
  const [row] = await sql.query<JournalRecordRow>(
    `${COLUMNS}, j.record::json AS record, (SELECT coalesce(json_agg(c.record::json ORDER BY c.received_at), '[]')
       FROM journal_conflicts c WHERE c.device_no = j.device_no AND c.epoch = j.epoch AND c.seq = j.seq) AS conflicts
     ${TABLES} ${conditions.where}`,
    conditions.values,
  );
  if (!row) throw new NotFoundError('record', `${deviceId} ${epoch}/${seq}`);
  return row;
}
