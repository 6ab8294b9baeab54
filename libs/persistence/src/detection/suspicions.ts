import type { Finding } from '@app/cases';
import type { Assessment, Suspicion } from '@app/detection';
import type { Subject } from '@app/reconciliation';
import type { Sql } from '../database.js';
import { placeFindings } from '../money/case-store.js';

/** A case is told of another sum only when it differs by this share: it moves a little every day. */
const AMOUNT_NEWS = 0.1;

interface KnownSuspicion {
  id: string;
  caseId: string | null;
  /** What its case was told last; null when it was not told. */
  told: { amount: number; pattern: string } | null;
  /** An officer gave a verdict on its case. */
  judged: boolean;
}

/**
 * Stores a day's suspicions and takes them into cases: one case a subject and episode. One that was first seen on this
 * day by an earlier version of the assessment and is seen no more is withdrawn. One on whose case an officer has given a
 * verdict changes, but raises no case again while it lasts.
 */
export async function storeSuspicions(
  sql: Sql,
  { date, suspicions, engine }: Assessment,
  { settingsVersion, nowMs }: { settingsVersion: number; nowMs: number },
): Promise<void> {
  const rows = suspicions.map((item) => ({
    ...item,
    subjectKind: subjectOf(item).kind,
    subjectId: subjectOf(item).id,
    ...item.rupiahAtRisk,
    textId: item.explanation.id,
    textEn: item.explanation.en,
  }));
  await sql.query(UPSERT, [JSON.stringify(rows), date, engine, settingsVersion, new Date(nowMs)]);
  const gone = await sql.query<{ id: string; caseId: string | null }>(
    `UPDATE suspicions SET withdrawn_at = $3 WHERE business_date = $1 AND NOT id = ANY($2) AND withdrawn_at IS NULL
     RETURNING id, case_id AS "caseId"`,
    [date, suspicions.map(({ id }) => id), new Date(nowMs)],
  );
  const known = await knownOf(sql, suspicions);
  const findings = suspicions.flatMap((item) => {
    const before = known.get(item.id);
    return before?.judged ? [] : [findingOf(item, before?.told ?? null)];
  });
  const homes = await placeFindings(sql, findings, gone, nowMs);
  await sql.query(
    `UPDATE suspicions s SET case_id = h.case_id FROM unnest($1::text[], $2::text[]) AS h (id, case_id) WHERE s.id = h.id`,
    [[...homes.keys()], [...homes.values()]],
  );
}

const UPSERT = /* sql */ `
INSERT INTO suspicions AS t (id, pattern, point_id, device_no, attendant, from_date, to_date, score, rupiah_low, rupiah_mid,
  rupiah_high, evidence, alternatives, explanation_id, explanation_en, subject_kind, subject_id, business_date,
  engine_version, settings_version, first_seen_at, last_seen_at)
SELECT s.id, s.pattern, p.id, d.device_no, s.attendant, s."from", s."to", s.score, round(s.low), round(s.mid), round(s.high),
  s.evidence, s.alternatives, s."textId", s."textEn", s."subjectKind", s."subjectId", $2, $3, $4, $5, $5
FROM jsonb_to_recordset($1::jsonb) AS s (id text, pattern text, point text, device text, attendant text, "from" date, "to" date,
  score float8, low float8, mid float8, high float8, evidence jsonb, alternatives jsonb, "textId" text, "textEn" text,
  "subjectKind" text, "subjectId" text)
LEFT JOIN points p ON p.code = s.point LEFT JOIN devices d ON d.device_id = s.device ORDER BY s.id
ON CONFLICT (id) DO UPDATE SET pattern = excluded.pattern, device_no = excluded.device_no, attendant = excluded.attendant,
  from_date = excluded.from_date, to_date = excluded.to_date, score = excluded.score, rupiah_low = excluded.rupiah_low,
  rupiah_mid = excluded.rupiah_mid, rupiah_high = excluded.rupiah_high, evidence = excluded.evidence,
  alternatives = excluded.alternatives, explanation_id = excluded.explanation_id, explanation_en = excluded.explanation_en,
  subject_kind = excluded.subject_kind, subject_id = excluded.subject_id, engine_version = excluded.engine_version,
  business_date = least(t.business_date, excluded.business_date),
  settings_version = excluded.settings_version, last_seen_at = excluded.last_seen_at, withdrawn_at = NULL`;

/** Whom it is about: a person before a device, a device before the point. */
function subjectOf({ attendant, device, point }: Suspicion): Subject {
  if (attendant) return { kind: 'attendant', id: attendant };
  return device ? { kind: 'device', id: device } : { kind: 'point', id: point };
}

async function knownOf(sql: Sql, suspicions: readonly Suspicion[]): Promise<Map<string, KnownSuspicion>> {
  const rows = await sql.query<KnownSuspicion>(
    `SELECT s.id, s.case_id AS "caseId",
            (SELECT jsonb_build_object('amount', f -> 'amount', 'pattern', f -> 'pattern')
               FROM jsonb_array_elements(c.folded -> 'findings') f WHERE f ->> 'id' = s.id) AS told,
            coalesce(c.state = 'resolved' AND (SELECT e.actor <> 'system' FROM case_events e WHERE e.case_id = c.id
              AND e.change ->> 'type' = 'resolved' ORDER BY e.number DESC LIMIT 1), false) AS judged
       FROM suspicions s LEFT JOIN cases c ON c.id = s.case_id WHERE s.id = ANY($1)`,
    [suspicions.map(({ id }) => id)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function findingOf(item: Suspicion, told: KnownSuspicion['told']): Finding {
  const mid = Math.max(0, Math.round(item.rupiahAtRisk.mid));
  const isNews = !told || Math.abs(mid - told.amount) > AMOUNT_NEWS * Math.max(1, told.amount);
  return {
    id: item.id,
    kind: 'suspicion',
    pattern: item.pattern,
    subject: subjectOf(item),
    businessDate: item.from,
    until: item.to,
    amount: isNews ? mid : told.amount,
    evidence: [{ kind: 'suspicion', ref: item.id }],
  };
}
