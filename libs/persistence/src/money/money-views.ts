import type { CaseEvent } from '@app/cases';
import type { BusinessDate, Rupiah } from '@app/kernel';
import type { EvidenceRef, ExceptionPattern, Subject } from '@app/reconciliation';
import { NotFoundError, type Scope } from '@app/registry';
import type { Sql } from '../database.js';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT, RUN_BY_ON } from '../registry/sql-parts.js';

export const WATERFALL_GROUPS = ['point', 'district', 'operator', 'day', 'month'] as const;
export type WaterfallGroup = (typeof WATERFALL_GROUPS)[number];

/** How far a group's money has come, gross, in rupiah, and the three gaps. */
export interface WaterfallSums {
  /** What should have come, of the point-days for which that is known; null while there is none. */
  potential: Rupiah | null;
  /** Its range, if all points err the same way: an honest total is at least so sure. */
  potentialLow: Rupiah | null;
  potentialHigh: Rupiah | null;
  /** Point-days with income or potential, and those of them whose potential is known. */
  pointDays: number;
  potentialPointDays: number;
  recorded: Rupiah;
  settled: Rupiah;
  deposited: Rupiah;
  /** Potential less what was recorded on the same point-days. */
  unrecorded: Rupiah | null;
  unsettled: Rupiah;
  undeposited: Rupiah;
}

export interface WaterfallRow extends WaterfallSums {
  key: string;
  label: string;
}

const GROUPS: Record<WaterfallGroup, { key: string; label: string }> = {
  point: { key: `coalesce(p.code, '')`, label: `coalesce(p.name, '(no known point)')` },
  district: { key: `coalesce(p.district, '')`, label: `coalesce(nullif(p.district, ''), '(no district)')` },
  operator: { key: `coalesce(po.operator_code, '')`, label: `coalesce(o.name, '(the city itself)')` },
  day: { key: `to_char(w.business_date, 'YYYY-MM-DD')`, label: `to_char(w.business_date, 'YYYY-MM-DD')` },
  month: { key: `to_char(w.business_date, 'YYYY-MM')`, label: `to_char(w.business_date, 'FMMonth YYYY')` },
};

/** The road of the money of these business days: recorded, settled, deposited, by the payment's own day. */
export async function waterfallReport(
  sql: Sql,
  question: { from: BusinessDate; to: BusinessDate; groupBy: WaterfallGroup },
  scope: Scope,
): Promise<{ rows: WaterfallRow[]; total: WaterfallSums }> {
  const { key, label } = GROUPS[question.groupBy];
  const rows = await sql.query<RoadSums & { key: string; label: string }>(
    `SELECT ${key} AS key, min(${label}) AS label, ${SUMS.map((name) => `sum(w.${name})::bigint AS ${name}`).join(', ')}
       FROM (${ROAD}) w
       LEFT JOIN points p ON p.id = w.point_id
       LEFT JOIN point_operators po ON po.point_id = w.point_id AND po.valid_from <= w.business_date
         AND (po.valid_to IS NULL OR po.valid_to > w.business_date)
       LEFT JOIN operators o ON o.code = po.operator_code
      WHERE $3::text IS NULL OR po.operator_code = $3
      GROUP BY 1 HAVING sum(w.recorded) <> 0 OR sum(w.settled) <> 0 OR sum(w.deposited) <> 0 OR sum(w.high) <> 0
      ORDER BY (${key}) COLLATE "C"`,
    [question.from, question.to, scope.operatorCode ?? null],
  );
  const all = Object.fromEntries(SUMS.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]));
  return {
    rows: rows.map(({ key, label, ...sums }) => ({ key, label, ...gapsOf(sums) })),
    total: gapsOf(all as RoadSums),
  };
}

const SUMS = ['recorded', 'settled', 'deposited', 'low', 'mid', 'high', 'covered', 'known', 'days'] as const;
/** `covered`: recorded on the point-days whose potential is known, which are `known` of `days`. */
type RoadSums = Record<(typeof SUMS)[number], number>;

/** A row a business day and point. */
const ROAD = /* sql */ `
SELECT business_date, point_id, coalesce(i.recorded, 0) AS recorded, coalesce(f.settled, 0) AS settled,
       coalesce(f.deposited, 0) AS deposited, coalesce(d.low, 0) AS low, coalesce(d.mid, 0) AS mid,
       coalesce(d.high, 0) AS high, CASE WHEN d.mid IS NULL THEN 0 ELSE coalesce(i.recorded, 0) END AS covered,
       (d.mid IS NOT NULL)::int AS known, (d.mid IS NOT NULL OR i.recorded IS NOT NULL)::int AS days
  FROM (SELECT business_date, point_id, sum(amount) AS recorded FROM income_days
         WHERE business_date BETWEEN $1 AND $2 GROUP BY 1, 2) i
  FULL JOIN (SELECT business_date, point_id, settled_cash + settled_cashless AS settled,
               deposited_cash + deposited_cashless AS deposited
               FROM waterfall_days WHERE business_date BETWEEN $1 AND $2) f USING (business_date, point_id)
  FULL JOIN (SELECT business_date, point_id, low, mid, high FROM potential_days
              WHERE business_date BETWEEN $1 AND $2) d USING (business_date, point_id)`;

function gapsOf({ recorded, settled, deposited, low, mid, high, covered, known, days }: RoadSums): WaterfallSums {
  const isKnown = known > 0;
  return {
    potential: isKnown ? mid : null,
    potentialLow: isKnown ? low : null,
    potentialHigh: isKnown ? high : null,
    pointDays: days,
    potentialPointDays: known,
    recorded,
    settled,
    deposited,
    unrecorded: isKnown ? mid - covered : null,
    unsettled: recorded - settled,
    undeposited: settled - deposited,
  };
}

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

export interface HandOverRow {
  number: string;
  point: string | null;
  payerKind: string;
  payer: string;
  receiverKind: string;
  receiver: string;
  businessDate: BusinessDate;
  amount: Rupiah;
  /** The amount, where the treasurer or where an operator received it: cash goes through both, and is summed once in each. */
  toTreasurer: Rupiah | null;
  toOperators: Rupiah | null;
  handedAt: string;
  slip: string | null;
  credited: boolean;
  /** Until when a slip must take it to the bank, as reconciliation last saw it; null where nothing is missing. */
  dueAt: string | null;
  enteredBy: string;
}

export interface DepositFilter {
  from?: BusinessDate;
  to?: BusinessDate;
  point?: string;
  payer?: string;
  number?: string;
  /** Number of a slip: what it took on. */
  slip?: string;
  /** Not yet on a slip. */
  open?: boolean;
}

/** Hand-overs (TBP), the newest first. */
export function handOversQuery(filter: DepositFilter, scope: Scope): ListQuery<HandOverRow> {
  const conditions = new Conditions()
    .add(
      `${RUN_BY_ON('h.point_id', 'h.business_date')} OR h.payer_kind = 'operator' AND h.payer_id = {}`,
      scope.operatorCode,
    )
    .period('h.business_date', filter)
    .add('p.code = {}', filter.point)
    .add('h.payer_id = {}', filter.payer)
    .add('h.number = {}', filter.number)
    .add('h.slip = {}', filter.slip)
    .add(`(h.slip IS NULL AND h.receiver_kind = 'treasurer') = {}`, filter.open);
  const text = /* sql */ `
    SELECT h.number, p.code AS point, h.payer_kind AS "payerKind", h.payer_id AS payer, h.receiver_kind AS "receiverKind",
      h.receiver_id AS receiver, h.business_date AS "businessDate", h.amount,
      CASE h.receiver_kind WHEN 'treasurer' THEN h.amount END AS "toTreasurer",
      CASE h.receiver_kind WHEN 'operator' THEN h.amount END AS "toOperators", ${INSTANT('h.handed_at')} AS "handedAt", h.slip,
      EXISTS (SELECT FROM credit_notes c WHERE c.slip = h.slip) AS credited,
      CASE WHEN h.slip IS NULL THEN ${dueOf('deposit', 'h')} END AS "dueAt", h.entered_by AS "enteredBy"
    FROM hand_overs h LEFT JOIN points p ON p.id = h.point_id ${conditions.where}`;
  return {
    text,
    values: conditions.values,
    orderBy: '"businessDate" DESC, number',
    sums: ['toTreasurer', 'toOperators'],
  };
}

/** The deadline of a paper that goes no further: of the exception, expected or mismatched, that names it alone. */
function dueOf(kind: 'deposit' | 'slip', paper: string): string {
  return `(SELECT ${INSTANT('min(e.due_at)')} FROM exceptions e
    WHERE e.business_date = ${paper}.business_date AND e.subject_kind = 'treasurer' AND e.state <> 'resolved'
      AND e.evidence = jsonb_build_array(jsonb_build_object('kind', '${kind}', 'ref', ${paper}.number)))`;
}

export interface SlipRow {
  number: string;
  fromKind: string;
  from: string;
  businessDate: BusinessDate;
  amount: Rupiah;
  writtenAt: string;
  handOvers: number;
  /** Acquirers' batches whose payout it takes on. */
  batches: string[];
  creditNote: string | null;
  credited: Rupiah | null;
  /** Until when the credit note must come, as reconciliation last saw it; null where it came. */
  dueAt: string | null;
  enteredBy: string;
}

/** Deposit slips (STS) with their credit notes, the newest first. */
export function slipsQuery(filter: Pick<DepositFilter, 'from' | 'to'>): ListQuery<SlipRow> {
  const conditions = new Conditions().period('s.business_date', filter);
  const text = /* sql */ `
    SELECT s.number, s.from_kind AS "fromKind", s.from_id AS "from", s.business_date AS "businessDate", s.amount,
      ${INSTANT('s.written_at')} AS "writtenAt", (SELECT count(*) FROM hand_overs h WHERE h.slip = s.number) AS "handOvers",
      ARRAY(SELECT b.acquirer || '/' || b.batch_id FROM slip_batches b WHERE b.slip = s.number ORDER BY 1) AS batches,
      CASE WHEN c.slip IS NULL THEN ${dueOf('slip', 's')} END AS "dueAt",
      c.bank_key AS "creditNote", b.amount AS credited, s.entered_by AS "enteredBy"
    FROM deposit_slips s LEFT JOIN credit_notes c ON c.slip = s.number LEFT JOIN bank_entries b ON b.key = c.bank_key
    ${conditions.where}`;
  return { text, values: conditions.values, orderBy: '"businessDate" DESC, number', sums: ['amount', 'credited'] };
}

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
