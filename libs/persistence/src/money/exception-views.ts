import type { BusinessDate, Rupiah } from '@app/kernel';
import type { EvidenceRef, ExceptionPattern, Subject } from '@app/reconciliation';
import type { Scope } from '@app/registry';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT, RUN_BY_ON } from '../registry/sql-parts.js';

export interface ExceptionRow {
  id: string;
  point: string | null;
  device: string | null;
  attendant: string | null;
  pattern: ExceptionPattern;
  state: 'expected' | 'mismatched' | 'resolved';
  amount: Rupiah;
  at: string;
  /** `device/epoch/seq`. */
  record: string | null;
  settlement: string | null;
  caseId: string | null;
  subjectKind: Subject['kind'];
  subject: string;
  businessDate: BusinessDate;
  dueAt: string | null;
  firstSeenAt: string;
  resolvedAt: string | null;
  evidence: EvidenceRef[];
  details: Record<string, string | number>;
  ruleVersion: string;
}

export interface ExceptionFilter {
  from?: BusinessDate;
  to?: BusinessDate;
  pattern?: string;
  state?: string;
  point?: string;
  device?: string;
  attendant?: string;
  caseId?: string;
}

/** Condition: the exception `e` is of a point that the operator `{}` ran that day, or of the operator. */
export const EXCEPTION_OF = `(${RUN_BY_ON('e.point_id', 'e.business_date')} OR e.subject_kind = 'operator' AND e.subject_id = {})`;

/** Exceptions, the newest day first. An operator's clerk sees those at the points which the operator ran that day. */
export function exceptionsQuery(filter: ExceptionFilter, scope: Scope): ListQuery<ExceptionRow> {
  const conditions = new Conditions()
    .add(EXCEPTION_OF, scope.operatorCode)
    .period('e.business_date', filter)
    .add('e.pattern = {}', filter.pattern)
    .add('e.state = {}', filter.state)
    .add('p.code = {}', filter.point)
    .add('d.device_id = {}', filter.device)
    .add('e.attendant = {}', filter.attendant)
    .add('e.case_id = {}', filter.caseId);
  const text = /* sql */ `
    SELECT e.id, p.code AS point, d.device_id AS device, e.attendant, e.pattern, e.state, e.amount, ${INSTANT('e.at')} AS at,
      e.record, e.settlement, e.case_id AS "caseId", e.subject_kind AS "subjectKind", e.subject_id AS subject,
      e.business_date AS "businessDate", ${INSTANT('e.due_at')} AS "dueAt", ${INSTANT('e.first_seen_at')} AS "firstSeenAt",
      ${INSTANT('e.resolved_at')} AS "resolvedAt", e.evidence, e.details, e.rule_version AS "ruleVersion"
    FROM exceptions e LEFT JOIN points p ON p.id = e.point_id LEFT JOIN devices d ON d.device_no = e.device_no
    ${conditions.where}`;
  return { text, values: conditions.values, orderBy: '"businessDate" DESC, at DESC, id', sums: ['amount'] };
}
