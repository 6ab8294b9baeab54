import { addDays, type BusinessDate } from '@app/kernel';
import { ENGINE, type Assessment, type CaseVerdict, type DailyScore } from '@app/detection';
import type { Sql } from '../database.js';

/** Thresholds are learned from so many days. */
export const SCORE_DAYS = 182;

/** Keeps the highest reading of each point for what the city's own past teaches of thresholds. */
export async function storeScores(sql: Sql, { date, engine, scores }: Assessment): Promise<void> {
  await sql.query('DELETE FROM detector_scores WHERE business_date = $1 OR business_date < $2', [
    date,
    addDays(date, -SCORE_DAYS),
  ]);
  await sql.query(
    `INSERT INTO detector_scores (business_date, point_id, engine_version, score, pattern)
     SELECT $2, p.id, $3, s.score, s.pattern FROM jsonb_to_recordset($1::jsonb) AS s (point text, score float8, pattern text)
       JOIN points p ON p.code = s.point`,
    [JSON.stringify(scores.filter(({ score }) => Number.isFinite(score))), date, engine],
  );
}

/** Scores of the days before `date`, of this engine alone: another one's say nothing of its own. */
export async function loadScores(sql: Sql, date: BusinessDate): Promise<DailyScore[]> {
  return sql.query<DailyScore>(
    `SELECT s.business_date AS date, p.code AS point, s.score FROM detector_scores s JOIN points p ON p.id = s.point_id
      WHERE s.business_date < $1 AND s.business_date >= $2 AND s.engine_version = $3`,
    [date, addDays(date, -SCORE_DAYS), ENGINE],
  );
}

/** What officers found out about suspicions; what the system closed by itself is no verdict. */
export async function loadVerdicts(sql: Sql, date: BusinessDate): Promise<CaseVerdict[]> {
  return sql.query<CaseVerdict>(
    `SELECT p.code AS point, s.from_date AS "from", s.to_date AS "to",
            CASE WHEN c.outcome IN ('explained', 'device-fault') THEN 'honest' ELSE 'theft' END AS verdict
       FROM suspicions s JOIN cases c ON c.id = s.case_id JOIN points p ON p.id = s.point_id
      WHERE c.outcome IN ('confirmed', 'recovered', 'written-off', 'explained', 'device-fault')
        AND s.from_date < $1 AND s.to_date >= $2 AND s.withdrawn_at IS NULL
        AND (SELECT e.actor <> 'system' FROM case_events e WHERE e.case_id = c.id
               AND e.change ->> 'type' = 'resolved' ORDER BY e.number DESC LIMIT 1)`,
    [date, addDays(date, -SCORE_DAYS)],
  );
}
