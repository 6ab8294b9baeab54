import type { CaseEvent } from '@app/cases';
import type { BusinessDate, Rupiah } from '@app/kernel';
import { NotFoundError, type Scope } from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT } from '../registry/sql-parts.js';

/** Conditions on a case `c`. */
export const OPEN = `c.state <> 'resolved'`;
export const OVERDUE = `${OPEN} AND (c.due_at < now() OR c.escalations > 0)`;

export interface CaseRow {
  id: string;
  kind: 'exception' | 'suspicion';
  pattern: string;
  subjectKind: string;
  subject: string;
  episode: number;
  state: string;
  outcome: string | null;
  severity: string;
  assignee: string | null;
  openedAt: string;
  dueAt: string;
  overdue: boolean;
  resolvedAt: string | null;
  escalations: number;
  amount: Rupiah;
  recovered: Rupiah;
  findings: number;
  from: BusinessDate;
  to: BusinessDate;
  point: string | null;
  operator: string | null;
  /** Give it back with a move. */
  version: number;
}

export interface CaseFilter {
  state?: string;
  severity?: string;
  pattern?: string;
  point?: string;
  assignee?: string;
  kind?: string;
  overdue?: boolean;
}

const CASES = /* sql */ `
SELECT c.id, c.kind, c.pattern, c.subject_kind AS "subjectKind", c.subject_id AS subject, c.episode, c.state, c.outcome,
  c.severity, c.assignee, ${INSTANT('c.opened_at')} AS "openedAt", ${INSTANT('c.due_at')} AS "dueAt",
  ${OVERDUE} AS overdue, ${INSTANT('c.resolved_at')} AS "resolvedAt",
  c.escalations, c.amount, c.recovered, c.findings, c.from_date AS "from", c.to_date AS "to", p.code AS point,
  c.operator_code AS operator, c.version
FROM cases c LEFT JOIN points p ON p.id = c.point_id`;

/** Cases, unresolved and worst first. An operator's clerk sees those of the operator. */
export function casesQuery(filter: CaseFilter, scope: Scope): ListQuery<CaseRow> {
  const conditions = new Conditions()
    .add('c.operator_code = {}', scope.operatorCode)
    .add(`CASE {} WHEN 'unresolved' THEN c.state <> 'resolved' ELSE c.state = {} END`, filter.state)
    .add('c.severity = {}', filter.severity)
    .add('c.pattern = {}', filter.pattern)
    .add('c.kind = {}', filter.kind)
    .add('p.code = {}', filter.point)
    .add('c.assignee = {}', filter.assignee)
    .add(`(${OVERDUE}) = {}`, filter.overdue);
  const worst = `array_position(ARRAY['critical','major','minor','warning','indeterminate'], severity)`;
  return {
    text: `${CASES} ${conditions.where}`,
    values: conditions.values,
    orderBy: `state = 'resolved', ${worst}, "dueAt", id`,
    sums: ['amount', 'recovered'],
  };
}

export interface CaseDetail extends CaseRow {
  writeOff: { by: string; at: number; reason: string; amount: Rupiah } | null;
  history: CaseEvent[];
  attachments: {
    sha256: string;
    name: string;
    contentType: string;
    bytes: number;
    attachedAt: string;
    attachedBy: string;
  }[];
}

/** One case with its whole history. @throws NotFoundError, also for a case of another operator */
export async function findCase(sql: Sql, id: string, scope: Scope): Promise<CaseDetail> {
  const conditions = new Conditions().add('c.operator_code = {}', scope.operatorCode).add('c.id = {}', id);
  const [row] = await sql.query<CaseRow & { folded: { writeOff: CaseDetail['writeOff'] } }>(
    `SELECT shown.*, k.folded FROM (${CASES} ${conditions.where}) shown JOIN cases k USING (id)`,
    conditions.values,
  );
  if (!row) throw new NotFoundError('case', id);
  const { folded, ...item } = row;
  const history = await sql.query<CaseEvent>(
    'SELECT case_id AS "case", number, at, actor, change FROM case_events WHERE case_id = $1 ORDER BY number',
    [id],
  );
  const attachments = await sql.query<CaseDetail['attachments'][number]>(
    `SELECT encode(sha256, 'hex') AS sha256, name, content_type AS "contentType", length(bytes) AS bytes,
            ${INSTANT('attached_at')} AS "attachedAt", attached_by AS "attachedBy"
       FROM case_attachments WHERE case_id = $1 ORDER BY attached_at`,
    [id],
  );
  return { ...item, writeOff: folded.writeOff, history, attachments };
}
