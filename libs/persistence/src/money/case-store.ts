import { randomUUID } from 'node:crypto';
import { trace } from '@opentelemetry/api';
import {
  caseKey,
  countBeyond,
  defaultCaseRules,
  findingOf,
  periodOf,
  standingOf,
  takeFinding,
  tick,
  withdrawFinding,
  type Beyond,
  type Case,
  type CaseEvent,
  type Finding,
  type Moved,
} from '@app/cases';
import type { MoneyException } from '@app/reconciliation';
import { ConflictError } from '@app/registry';
import type { Sql } from '../database.js';
import type { GoneException } from './exception-store.js';

/** Kept apart by kind: an exact exception and a statistical suspicion of the same name are two cases. */
export function storeKey(finding: Pick<Finding, 'kind' | 'subject' | 'pattern'>): string {
  return `${finding.kind}/${caseKey(finding)}`;
}

/** A case with what of it must be written. */
interface Working {
  case: Case;
  events: CaseEvent[];
}

/**
 * Takes a run's findings into cases, in the caller's transaction: opens, joins, updates and reopens, and withdraws what
 * is gone. The same findings again change nothing.
 */
export async function takeFindings(
  sql: Sql,
  exceptions: readonly MoneyException[],
  gone: readonly GoneException[],
  nowMs: number,
): Promise<void> {
  const placed = await sql.query<{ id: string; caseId: string }>(
    'SELECT id, case_id AS "caseId" FROM exceptions WHERE id = ANY($1) AND case_id IS NOT NULL',
    [exceptions.map(({ id }) => id)],
  );
  const before = new Map(placed.map(({ id, caseId }) => [id, caseId]));
  const homes = await placeFindings(sql, exceptions.map(findingOf), gone, nowMs, before);
  await sql.query(
    `UPDATE exceptions e SET case_id = h.case_id FROM unnest($1::text[], $2::text[]) AS h (id, case_id)
      WHERE e.id = h.id AND e.case_id IS DISTINCT FROM h.case_id`,
    [[...homes.keys()], [...homes.values()]],
  );
  await countFullCases(sql, [...homes.values(), ...gone.flatMap(({ caseId }) => caseId ?? [])], nowMs);
}

/** A full case lists no more findings: what stands beyond them is counted, so that its sum goes on being right. */
async function countFullCases(sql: Sql, ids: readonly string[], nowMs: number): Promise<void> {
  const full = await sql.query<{ folded: Case; findings: number } & Beyond>(
    `WITH full_cases AS MATERIALIZED (SELECT id, folded FROM cases
        WHERE id = ANY($1) AND jsonb_array_length(folded -> 'findings') >= $2 ORDER BY id FOR UPDATE),
      listed AS MATERIALIZED (SELECT f ->> 'id' AS finding FROM full_cases, jsonb_array_elements(folded -> 'findings') f)
     SELECT c.folded, count(e.id) AS findings, coalesce(sum(e.amount), 0)::bigint AS amount,
            min(e.business_date) AS "from", max(e.business_date) AS "to"
       FROM full_cases c LEFT JOIN exceptions e ON e.case_id = c.id AND e.state = 'mismatched'
        AND NOT EXISTS (SELECT FROM listed WHERE finding = e.id)
      GROUP BY c.id, c.folded`,
    [[...new Set(ids)], defaultCaseRules.findingsMax],
  );
  const moved = full.flatMap(({ folded, ...beyond }) => {
    return countBeyond(folded, beyond.findings > 0 ? beyond : null, nowMs, defaultCaseRules) ?? [];
  });
  await writeCases(sql, moved);
}

/**
 * The same for findings of either kind.
 * @param before the case that each finding is in already
 * @returns the case of each finding
 */
export async function placeFindings(
  sql: Sql,
  findings: readonly Finding[],
  gone: readonly { id: string; caseId: string | null }[],
  nowMs: number,
  before: ReadonlyMap<string, string> = new Map(),
): Promise<Map<string, string>> {
  const holders = [...new Set(gone.flatMap(({ caseId }) => (caseId === null ? [] : [caseId])))];
  const newest = await newestCases(sql, findings.map(storeKey));
  const held = await lockCases(sql, holders);
  const work = new Map<string, Working>();
  const follow = (moved: Moved | null): void => {
    if (!moved) return;
    work.set(moved.case.id, {
      case: moved.case,
      events: [...(work.get(moved.case.id)?.events ?? []), ...moved.events],
    });
  };
  for (const { id, caseId } of gone) {
    const item = caseId === null ? undefined : (work.get(caseId)?.case ?? held.get(caseId));
    if (item) follow(withdrawFinding(item, id, 'a later look no longer finds it', nowMs, defaultCaseRules));
  }
  const homes = new Map<string, string>();
  for (const finding of findings) {
    const key = storeKey(finding);
    const stored = newest.get(key) ?? null;
    const current = stored && (work.get(stored.id)?.case ?? stored);
    const isCounted = stored !== null && before.get(finding.id) === stored.id;
    const moved = takeFinding(finding, current, randomUUID(), nowMs, defaultCaseRules, isCounted);
    follow(moved);
    const home = moved?.case ?? current!;
    newest.set(key, home);
    homes.set(finding.id, home.id);
  }
  await writeCases(sql, [...work.values()]);
  return homes;
}

/** The newest case of each key, locked until the transaction ends. */
async function newestCases(sql: Sql, keys: readonly string[]): Promise<Map<string, Case>> {
  const rows = await sql.query<{ key: string; folded: Case }>(
    `SELECT key, folded FROM cases WHERE id IN (
       SELECT DISTINCT ON (key) id FROM cases WHERE key = ANY($1) ORDER BY key, episode DESC)
      ORDER BY id FOR UPDATE`,
    [[...new Set(keys)]],
  );
  return new Map(rows.map(({ key, folded }) => [key, folded]));
}

async function lockCases(sql: Sql, ids: readonly string[]): Promise<Map<string, Case>> {
  const rows = await sql.query<{ folded: Case }>('SELECT folded FROM cases WHERE id = ANY($1) ORDER BY id FOR UPDATE', [
    ids,
  ]);
  return new Map(rows.map(({ folded }) => [folded.id, folded]));
}

/**
 * Appends history and keeps the fold beside it. Of two writers the second fails on (case, number).
 * The operator of a case is its subject, or who ran its point on the first day: the row right of the operator's clerk.
 */
export async function writeCases(sql: Sql, items: readonly Working[]): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ case: item }) => {
    const { from, to } = periodOf(item);
    const standing = standingOf(item);
    const kind = item.findings[0]!.kind;
    const point = item.subject.kind === 'point' ? item.subject.id : null;
    const key = storeKey({ ...item, kind });
    return {
      ...item,
      subjectKind: item.subject.kind,
      subjectId: item.subject.id,
      key,
      kind,
      from,
      to,
      point,
      standing,
      folded: item,
    };
  });
  await sql.query(UPSERT, [JSON.stringify(rows)]);
  const events = items.flatMap((item) => item.events);
  await sql.query(
    `INSERT INTO case_events (case_id, number, at, actor, change)
     SELECT e."case", e.number, to_timestamp(e.at / 1000.0), e.actor, e.change
       FROM jsonb_to_recordset($1::jsonb) AS e ("case" text, number int, at double precision, actor text, change jsonb)`,
    [JSON.stringify(events)],
  );
  const span = trace.getActiveSpan();
  for (const { case: id, change } of events)
    span?.addEvent('case', { 'eparking.case': id, 'eparking.change': change.type });
}

const UPSERT = /* sql */ `
INSERT INTO cases AS t (id, key, episode, kind, pattern, subject_kind, subject_id, state, outcome, severity, assignee,
  opened_at, due_at, resolved_at, escalations, amount, recovered, findings, from_date, to_date, point_id, operator_code,
  version, folded)
SELECT c.id, c.key, c.episode, c.kind, c.pattern, c."subjectKind", c."subjectId", c.state, c.outcome, c.severity,
  c.assignee, to_timestamp(c."openedAt" / 1000.0), to_timestamp(c."dueAt" / 1000.0), to_timestamp(c."resolvedAt" / 1000.0),
  c.escalations, c.amount, c.recovered, c.standing, c."from", c."to", p.id, coalesce(op.code, po.operator_code), c.version,
  c.folded
FROM jsonb_to_recordset($1::jsonb) AS c (id text, key text, episode int, kind text, pattern text, "subjectKind" text,
  "subjectId" text, state text, outcome text, severity text, assignee text, "openedAt" double precision,
  "dueAt" double precision, "resolvedAt" double precision, escalations int, amount bigint, recovered bigint, standing int,
  "from" date, "to" date, point text, version int, folded jsonb)
LEFT JOIN points p ON p.code = coalesce(c.point, (
  SELECT x.code FROM exceptions e JOIN points x ON x.id = e.point_id WHERE e.id = c.folded #>> '{findings,0,id}'), (
  SELECT x.code FROM suspicions s JOIN points x ON x.id = s.point_id WHERE s.id = c.folded #>> '{findings,0,id}'))
LEFT JOIN operators op ON c."subjectKind" = 'operator' AND op.code = c."subjectId"
LEFT JOIN LATERAL (SELECT o.operator_code FROM point_operators o WHERE o.point_id = p.id AND o.valid_from <= c."from"
  AND (o.valid_to IS NULL OR o.valid_to > c."from") ORDER BY o.valid_from DESC LIMIT 1) po ON true
-- What ends first: a case that resolves makes room for the next episode of its key, which may come in the same run.
ORDER BY c.state <> 'resolved', c.id
ON CONFLICT (id) DO UPDATE SET pattern = excluded.pattern, state = excluded.state, outcome = excluded.outcome, severity = excluded.severity,
  assignee = excluded.assignee, due_at = excluded.due_at, resolved_at = excluded.resolved_at,
  escalations = excluded.escalations, amount = excluded.amount, recovered = excluded.recovered,
  findings = excluded.findings, from_date = excluded.from_date, to_date = excluded.to_date, version = excluded.version,
  folded = excluded.folded`;

/**
 * Moves one case: reads it under lock, lets `move` decide, appends what came of it.
 * @param version what the officer saw; another one has moved the case meanwhile when it is not this
 * @throws ConflictError when the case has moved on; whatever `move` throws
 */
export async function moveCase(
  sql: Sql,
  id: string,
  version: number | null,
  move: (item: Case) => Moved | null,
): Promise<Case | null> {
  const item = (await lockCases(sql, [id])).get(id);
  if (!item) return null;
  if (version !== null && version !== item.version)
    throw new ConflictError(
      `The case is at version ${item.version}, not ${version}: somebody moved it meanwhile.`,
      'Read it again, and decide on what it says now.',
      'version',
    );
  const moved = move(item);
  if (moved) await writeCases(sql, [moved]);
  return moved?.case ?? item;
}

/** Grades up what has grown old and escalates what is past its due time. @returns how many cases changed */
export async function tickCases(sql: Sql, nowMs: number, casesMax: number): Promise<number> {
  const rows = await sql.query<{ folded: Case }>(
    `SELECT folded FROM cases WHERE state <> 'resolved' AND (due_at <= $1 OR opened_at <= $1::timestamptz - interval '14 days')
      ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [new Date(nowMs), casesMax],
  );
  const moved = rows.flatMap(({ folded }) => tick(folded, nowMs, defaultCaseRules) ?? []);
  await writeCases(sql, moved);
  return moved.length;
}
