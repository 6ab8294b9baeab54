import { ConflictError, NotFoundError, type Scope } from '@app/registry';
import { Conditions, type ListQuery } from '../lists.js';
import type { WriteTx } from '../writes.js';
import { INSTANT, RUN_BY } from './sql-parts.js';

export interface FindingRow {
  id: number;
  pattern: string;
  deviceId: string | null;
  point: string | null;
  epoch: number | null;
  seq: number | null;
  businessDate: string | null;
  /** Evidence. */
  detail: Record<string, unknown>;
  foundAt: string;
  clearedAt: string | null;
}

export interface FindingFilter {
  deviceId?: string;
  point?: string;
  pattern?: string;
  /** True: those that are not cleared. */
  open?: boolean;
}

/** Exact findings of integrity: conflicts, broken chains, voids without effect, gaps that stay. */
export function findingsQuery(filter: FindingFilter): ListQuery<FindingRow> {
  const conditions = new Conditions()
    .add('d.device_id = {}', filter.deviceId)
    .add('p.code = {}', filter.point)
    .add('f.pattern = {}', filter.pattern)
    .add('(f.cleared_at IS NULL) = {}', filter.open);
  return {
    text: `SELECT f.id, f.pattern, d.device_id AS "deviceId", p.code AS point, f.epoch, f.seq,
        f.business_date AS "businessDate", f.detail, ${INSTANT('f.found_at')} AS "foundAt",
        ${INSTANT('f.cleared_at')} AS "clearedAt"
      FROM findings f LEFT JOIN devices d USING (device_no) LEFT JOIN points p ON p.id = f.point_id ${conditions.where}`,
    values: conditions.values,
    orderBy: 'id DESC',
  };
}

export interface AlarmRow {
  id: number;
  kind: string;
  severity: string;
  deviceId: string | null;
  point: string | null;
  detail: Record<string, unknown>;
  /** How often it was raised while it was open. */
  times: number;
  openedAt: string;
  lastAt: string;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  clearedAt: string | null;
}

export interface AlarmFilter {
  deviceId?: string;
  point?: string;
  kind?: string;
  severity?: string;
  open?: boolean;
}

/** Condition: the alarm is of the operator's point, or of a device that works at one now. */
const OWN = `EXISTS (SELECT 1 FROM device_assignments da WHERE da.device_no = a.device_no AND da.valid_from <= now()
    AND (da.valid_to IS NULL OR da.valid_to > now()) AND ${RUN_BY('da.point_id')})
  OR (a.device_no IS NULL AND ${RUN_BY('a.point_id')})`;

/** Alarms, newest first. */
export function alarmsQuery(filter: AlarmFilter, scope: Scope): ListQuery<AlarmRow> {
  const conditions = new Conditions()
    .add(OWN, scope.operatorCode)
    .add('d.device_id = {}', filter.deviceId)
    .add('p.code = {}', filter.point)
    .add('a.kind = {}', filter.kind)
    .add('a.severity = {}', filter.severity)
    .add('(a.cleared_at IS NULL) = {}', filter.open);
  return {
    text: `SELECT a.id, a.kind, a.severity, d.device_id AS "deviceId", p.code AS point, a.detail, a.times,
        ${INSTANT('a.opened_at')} AS "openedAt", ${INSTANT('a.last_at')} AS "lastAt",
        ${INSTANT('a.acknowledged_at')} AS "acknowledgedAt", a.acknowledged_by AS "acknowledgedBy",
        ${INSTANT('a.cleared_at')} AS "clearedAt"
      FROM alarms a LEFT JOIN devices d USING (device_no) LEFT JOIN points p ON p.id = a.point_id ${conditions.where}`,
    values: conditions.values,
    orderBy: 'id DESC',
  };
}

/** Somebody looks after it. @throws NotFoundError, ConflictError when it is cleared */
export async function acknowledgeAlarm(tx: WriteTx, id: number): Promise<void> {
  await openAlarm(tx, id);
  await tx.query(
    'UPDATE alarms SET acknowledged_at = coalesce(acknowledged_at, now()), acknowledged_by = coalesce(acknowledged_by, $2) WHERE id = $1',
    [id, tx.actor.username],
  );
  await tx.audit('alarm.acknowledge', String(id));
}

/** It is over. When its cause is not, it is raised anew. @throws NotFoundError, ConflictError when it is cleared */
export async function clearAlarm(tx: WriteTx, id: number): Promise<void> {
  await openAlarm(tx, id);
  await tx.query('UPDATE alarms SET cleared_at = now() WHERE id = $1', [id]);
  await tx.audit('alarm.clear', String(id));
}

async function openAlarm(tx: WriteTx, id: number): Promise<void> {
  const [alarm] = await tx.query<{ cleared: boolean }>(
    'SELECT cleared_at IS NOT NULL AS cleared FROM alarms WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (!alarm) throw new NotFoundError('alarm', String(id));
  if (alarm.cleared) throw new ConflictError(`Alarm ${id} is cleared already.`);
}

export interface AuditRow {
  id: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
  address: string;
}

export interface AuditFilter {
  actor?: string;
  /** The action, or its beginning up to a dot: `device` for all of devices. */
  action?: string;
  subject?: string;
  /** Instants: from inclusive, to exclusive. */
  from?: string;
  to?: string;
}

/** Who did what, newest first. */
export function auditQuery(filter: AuditFilter): ListQuery<AuditRow> {
  const conditions = new Conditions()
    .add('actor = {}', filter.actor)
    .add(`action = {} OR starts_with(action, {} || '.')`, filter.action)
    .add('subject = {}', filter.subject)
    .add('audit_log.at >= {}::timestamptz', filter.from)
    .add('audit_log.at < {}::timestamptz', filter.to);
  return {
    text: `SELECT id, ${INSTANT('audit_log.at')} AS at, actor, action, subject, detail, address
      FROM audit_log ${conditions.where}`,
    values: conditions.values,
    orderBy: 'id DESC',
  };
}
