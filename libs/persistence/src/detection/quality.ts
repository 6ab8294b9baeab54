import { daysBetween, type BusinessDate } from '@app/kernel';
import type { PlantedRecall } from '@app/detection';
import type { Sql } from '../database.js';
import type { ListQuery } from '../lists.js';
import { INSTANT } from '../registry/sql-parts.js';
import { currentDetectorSettings } from './detector-settings.js';

export interface DetectionRunRow {
  date: BusinessDate;
  version: number;
  engineVersion: string;
  settingsVersion: number;
  inputHash: string;
  stateHash: string;
  reason: string;
  ranAt: string;
  loadMs: number;
  engineMs: number;
  points: number;
  suspicions: number;
  notes: number;
}

/** Assessments of business days, the newest day first. */
export function detectionRunsQuery(): ListQuery<DetectionRunRow> {
  return {
    text: `SELECT business_date AS date, version, engine_version AS "engineVersion", settings_version AS "settingsVersion",
        input_hash AS "inputHash", state_hash AS "stateHash", reason, ${INSTANT('ran_at')} AS "ranAt", load_ms AS "loadMs",
        engine_ms AS "engineMs", points, suspicions, notes FROM detection_runs`,
    values: [],
    orderBy: 'date DESC, version DESC',
  };
}

/** The thefts planted into copies of recorded days, and what the detector found of them. */
export interface PlantedMonth {
  /** The month that the figures stand for, `YYYY-MM`. */
  month: string;
  engineVersion: string;
  settingsVersion: number;
  /** Recorded days that were planted into. */
  from: BusinessDate;
  to: BusinessDate;
  madeAt: string;
  planted: number;
  found: number;
  recall: PlantedRecall[];
}

export interface CalibrationRow {
  at: string;
  engineVersion: string;
  settingsVersion: number;
  from: BusinessDate;
  to: BusinessDate;
  threshold: number | null;
  figures: { [key: string]: unknown };
}

export interface DetectorQuality {
  from: BusinessDate;
  to: BusinessDate;
  pointDays: number;
  cases: number;
  verdicts: { confirmed: number; refuted: number; withdrawn: number; open: number };
  falseCasesPerWeek: { promised: number; achieved: number | null; lower: number | null; upper: number | null };
  falseCasesPerThousandPointDays: number | null;
  recall: PlantedRecall[];
  /** Newest first. */
  months: PlantedMonth[];
  calibrations: CalibrationRow[];
}

const CALIBRATIONS_MAX = 60;
const MONTHS_MAX = 24;

/** Recall by planted theft, of each month the newest measurement, the newest month first. */
export async function plantedMonths(sql: Sql, to: BusinessDate): Promise<PlantedMonth[]> {
  const rows = await sql.query<Omit<PlantedMonth, 'planted' | 'found'>>(
    `SELECT DISTINCT ON (r.month) to_char(month, 'YYYY-MM') AS month, engine_version AS "engineVersion", settings_version AS "settingsVersion",
       from_date AS "from", to_date AS "to", ${INSTANT('made_at')} AS "madeAt", recall
       FROM detector_replants r WHERE r.month <= $1 ORDER BY r.month DESC, id DESC LIMIT $2`,
    [to, MONTHS_MAX],
  );
  const sum = (recall: readonly PlantedRecall[], figure: 'planted' | 'found'): number =>
    recall.reduce((total, row) => total + row[figure], 0);
  return rows.map((row) => ({ ...row, planted: sum(row.recall, 'planted'), found: sum(row.recall, 'found') }));
}

/** What became of the suspicions' cases that were opened in these days. */
export async function countVerdicts(
  sql: Sql,
  { from, to }: { from: BusinessDate; to: BusinessDate },
): Promise<DetectorQuality['verdicts']> {
  const [verdicts] = await sql.query<DetectorQuality['verdicts']>(
    `SELECT count(*) FILTER (WHERE outcome IN ('confirmed', 'recovered', 'written-off')) AS confirmed,
            count(*) FILTER (WHERE outcome IN ('explained', 'device-fault') AND NOT by_itself) AS refuted,
            count(*) FILTER (WHERE outcome = 'explained' AND by_itself) AS withdrawn,
            count(*) FILTER (WHERE outcome IS NULL) AS open
       FROM (SELECT c.outcome, (SELECT e.actor = 'system' FROM case_events e WHERE e.case_id = c.id
               AND e.change ->> 'type' = 'resolved' ORDER BY e.number DESC LIMIT 1) AS by_itself
               FROM cases c WHERE c.kind = 'suspicion'
                AND (c.opened_at AT TIME ZONE 'Asia/Jakarta')::date BETWEEN $1 AND $2) judged`,
    [from, to],
  );
  return verdicts!;
}

/** What officers' verdicts on cases opened in these days say of the detector, beside what its settings promise. */
export async function detectorQuality(
  sql: Sql,
  { from, to }: { from: BusinessDate; to: BusinessDate },
): Promise<DetectorQuality> {
  const settings = await currentDetectorSettings(sql);
  const verdicts = await countVerdicts(sql, { from, to });
  const [days] = await sql.query<{ pointDays: number }>(
    `SELECT count(*) AS "pointDays" FROM current_expectation_days WHERE business_date BETWEEN $1 AND $2`,
    [from, to],
  );
  const calibrations = await sql.query<CalibrationRow>(
    `SELECT ${INSTANT('calibrated_at')} AS at, engine_version AS "engineVersion", settings_version AS "settingsVersion",
       from_date AS "from", to_date AS "to", threshold, figures FROM detector_calibrations ORDER BY id DESC LIMIT $1`,
    [CALIBRATIONS_MAX],
  );
  const months = await plantedMonths(sql, to);
  const { confirmed, refuted, withdrawn, open } = verdicts;
  const weeks = (daysBetween(from, to) + 1) / 7;
  const judged = confirmed + refuted > 0;
  const perWeek = (count: number): number | null => (judged ? count / weeks : null);
  return {
    from,
    to,
    pointDays: days!.pointDays,
    cases: confirmed + refuted + withdrawn + open,
    verdicts,
    falseCasesPerWeek: {
      promised: settings.falseCasesPerWeek,
      achieved: perWeek(refuted),
      lower: perWeek(poissonBound(refuted, -1.645)),
      upper: perWeek(poissonBound(refuted, 1.645)),
    },
    falseCasesPerThousandPointDays: judged && days!.pointDays > 0 ? (1000 * refuted) / days!.pointDays : null,
    recall: months[0]?.recall ?? [],
    months,
    calibrations,
  };
}

/** Bound of a Poisson mean after `count` events, `z` standard deviations away (Byar's approximation of the exact one). */
function poissonBound(count: number, z: number): number {
  const n = z > 0 ? count + 1 : count;
  if (n === 0) return 0;
  return n * (1 - 1 / (9 * n) + z / (3 * Math.sqrt(n))) ** 3;
}
