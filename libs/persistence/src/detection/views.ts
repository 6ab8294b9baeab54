import type { BusinessDate, Rupiah } from '@app/kernel';
import type { Scope } from '@app/registry';
import { Conditions, type ListQuery } from '../lists.js';
import { INSTANT, RUN_BY_ON } from '../registry/sql-parts.js';

export interface SuspicionRow {
  id: string;
  point: string | null;
  device: string | null;
  attendant: string | null;
  pattern: string;
  from: BusinessDate;
  to: BusinessDate;
  /** Higher = more suspicious. */
  score: number;
  rupiahAtRisk: { low: Rupiah; mid: Rupiah; high: Rupiah };
  evidence: { [key: string]: unknown }[];
  explanation: { id: string; en: string };
  caseId: string | null;
  pointName: string | null;
  firstSeenAt: string;
  lastSeenAt: string;
  /** A later look no longer finds it. */
  withdrawnAt: string | null;
}

export interface DetectionFilter {
  from?: BusinessDate;
  to?: BusinessDate;
  point?: string;
}

export interface SuspicionFilter extends DetectionFilter {
  pattern?: string;
  device?: string;
  attendant?: string;
  caseId?: string;
  withdrawn?: boolean;
}

/** Suspicions whose days touch the period, the newest first. */
export function suspicionsQuery(filter: SuspicionFilter, scope: Scope): ListQuery<SuspicionRow> {
  const conditions = new Conditions()
    .add(RUN_BY_ON('s.point_id', 's.to_date'), scope.operatorCode)
    .add('s.to_date >= {}', filter.from)
    .add('s.from_date <= {}', filter.to)
    .add('p.code = {}', filter.point)
    .add('s.pattern = {}', filter.pattern)
    .add('d.device_id = {}', filter.device)
    .add('s.attendant = {}', filter.attendant)
    .add('s.case_id = {}', filter.caseId)
    .add('(s.withdrawn_at IS NOT NULL) = {}', filter.withdrawn);
  const text = /* sql */ `
    SELECT s.id, p.code AS point, d.device_id AS device, s.attendant, s.pattern, s.from_date AS "from", s.to_date AS "to",
      s.score, jsonb_build_object('low', s.rupiah_low, 'mid', s.rupiah_mid, 'high', s.rupiah_high) AS "rupiahAtRisk",
      s.evidence, jsonb_build_object('id', s.explanation_id, 'en', s.explanation_en) AS explanation, s.case_id AS "caseId",
      p.name AS "pointName", ${INSTANT('s.first_seen_at')} AS "firstSeenAt", ${INSTANT('s.last_seen_at')} AS "lastSeenAt",
      ${INSTANT('s.withdrawn_at')} AS "withdrawnAt"
    FROM suspicions s LEFT JOIN points p ON p.id = s.point_id LEFT JOIN devices d ON d.device_no = s.device_no
    ${conditions.where}`;
  return { text, values: conditions.values, orderBy: '"to" DESC, score DESC, id' };
}

export interface ExpectationRow {
  point: string;
  date: BusinessDate;
  /** null in a row of a whole day. */
  hour: number | null;
  /** Vehicles; null where nothing can be said yet. */
  expected: number | null;
  lower: number | null;
  upper: number | null;
  recorded: number | null;
  /** Rupiah at the tariffs of the date; null in rows of an hour. */
  amount: Rupiah | null;
  amountLower: Rupiah | null;
  amountUpper: Rupiah | null;
  score: number | null;
  notes: string[];
  version: number;
}

export const EXPECTATION_GROUPS = ['day', 'hour'] as const;

/** Recorded against expected, with the interval that honest days fall into 90 % of the time. */
export function expectationsQuery(
  filter: DetectionFilter & { by: (typeof EXPECTATION_GROUPS)[number] },
  scope: Scope,
): ListQuery<ExpectationRow> {
  const conditions = new Conditions()
    .add(RUN_BY_ON('e.point_id', 'e.business_date'), scope.operatorCode)
    .add('e.business_date >= {}', filter.from)
    .add('e.business_date <= {}', filter.to)
    .add('p.code = {}', filter.point);
  const common = 'p.code AS point, e.business_date AS date';
  const from = 'FROM current_expectation_days e JOIN points p ON p.id = e.point_id';
  const day = /* sql */ `
    SELECT ${common}, NULL::int AS hour, e.expected, e.lower, e.upper, e.recorded, e.amount, e.amount_lower AS "amountLower",
      e.amount_upper AS "amountUpper", e.score, e.notes, e.version ${from} ${conditions.where}`;
  const hour = /* sql */ `
    SELECT ${common}, h.hour, h.expected, h.lower, h.upper, h.recorded, NULL::bigint AS amount, NULL::bigint AS "amountLower",
      NULL::bigint AS "amountUpper", NULL::float8 AS score, e.notes, e.version
    ${from} CROSS JOIN LATERAL jsonb_to_recordset(e.hours) AS h (hour int, expected float8, lower float8, upper float8,
      recorded float8) ${conditions.where}`;
  return {
    text: filter.by === 'day' ? day : hour,
    values: conditions.values,
    orderBy: 'date DESC, point, hour',
  };
}

export interface PotentialRow {
  point: string;
  date: BusinessDate;
  /** What it was made of: the point's field counts, or, without any, its own past. */
  basis: 'field-count' | 'expectation';
  low: Rupiah;
  mid: Rupiah;
  high: Rupiah;
  recorded: Rupiah;
  unrecorded: Rupiah;
  /** By how much the city's control days lifted the expectation; 1: not at all. */
  controlFactor: number;
  /** By vehicle class: volume, exempt share, tariff. */
  classes: { [key: string]: unknown }[];
}

/** Not joined: where rows are only counted, nothing of it is worked out. */
const RECORDED = `coalesce((SELECT r.recorded FROM road_days r WHERE r.business_date = d.business_date AND r.point_id = d.point_id), 0)`;

/** What points should have earned, day by day, beside what was recorded. */
export function potentialsQuery(filter: DetectionFilter & { basis?: string }, scope: Scope): ListQuery<PotentialRow> {
  const conditions = new Conditions()
    .add(RUN_BY_ON('d.point_id', 'd.business_date'), scope.operatorCode)
    .add('d.business_date >= {}', filter.from)
    .add('d.business_date <= {}', filter.to)
    .add('p.code = {}', filter.point)
    .add('d.basis = {}', filter.basis);
  const text = /* sql */ `
    SELECT p.code AS point, d.business_date AS date, d.basis, d.low, d.mid, d.high, ${RECORDED} AS recorded,
      d.mid - ${RECORDED} AS unrecorded, d.control_factor AS "controlFactor", d.classes
    FROM potential_days d JOIN points p ON p.id = d.point_id ${conditions.where}`;
  return { text, values: conditions.values, orderBy: 'date DESC, point' };
}

export interface DetectionNoteRow {
  id: string;
  /** `maintenance`: a ticket for the workshop. `calendar`: a closure or event. `data`: what could not be judged, and why. */
  kind: 'maintenance' | 'calendar' | 'data';
  pattern: string;
  point: string | null;
  device: string | null;
  from: BusinessDate;
  to: BusinessDate;
  explanation: { id: string; en: string };
  evidence: { [key: string]: unknown }[];
  firstSeenAt: string;
  lastSeenAt: string;
  closedAt: string | null;
  closedBy: string | null;
}

/** Honest causes that the detector found: never cases. */
export function detectionNotesQuery(
  filter: DetectionFilter & { kind?: string; open?: boolean },
  scope: Scope,
): ListQuery<DetectionNoteRow> {
  const conditions = new Conditions()
    .add(RUN_BY_ON('n.point_id', 'n.to_date'), scope.operatorCode)
    .add('n.to_date >= {}', filter.from)
    .add('n.from_date <= {}', filter.to)
    .add('p.code = {}', filter.point)
    .add('n.kind = {}', filter.kind)
    .add('(n.closed_at IS NULL) = {}', filter.open);
  const text = /* sql */ `
    SELECT n.id, n.kind, n.pattern, p.code AS point, d.device_id AS device, n.from_date AS "from", n.to_date AS "to",
      jsonb_build_object('id', n.text_id, 'en', n.text_en) AS explanation, n.evidence,
      ${INSTANT('n.first_seen_at')} AS "firstSeenAt", ${INSTANT('n.last_seen_at')} AS "lastSeenAt",
      ${INSTANT('n.closed_at')} AS "closedAt", n.closed_by AS "closedBy"
    FROM detection_notes n LEFT JOIN points p ON p.id = n.point_id LEFT JOIN devices d ON d.device_no = n.device_no
    ${conditions.where}`;
  return { text, values: conditions.values, orderBy: '"to" DESC, id' };
}
