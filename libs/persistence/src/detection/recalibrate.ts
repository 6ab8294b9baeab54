import { addDays, type BusinessDate } from '@app/kernel';
import { ENGINE, falseCaseFactor, recalibrate, thresholdOf, type CalibrationReport } from '@app/detection';
import type { Sql } from '../database.js';
import { currentDetectorSettings } from './detector-settings.js';
import { countVerdicts } from './quality.js';
import { loadScores, loadVerdicts } from './scores.js';

/** Verdicts of so many weeks correct the thresholds as delivered. */
const WEEKS = 8;

/**
 * Learns when the settings' time is up, and notes it in the history of calibrations. Out of the city's own scores and
 * officers' verdicts come the thresholds that make the promised number of false cases; while the past is too short for
 * that, verdicts alone correct what was delivered: the detector is asked for so many fewer (or more) false cases.
 */
export async function recalibrateIfDue(sql: Sql, date: BusinessDate, nowMs: number): Promise<void> {
  const { version, falseCasesPerWeek, recalibrateEveryDays } = await currentDetectorSettings(sql);
  const [fresh] = await sql.query(
    'SELECT FROM detector_calibrations WHERE to_date > $1 AND settings_version = $2 AND engine_version = $3 LIMIT 1',
    [addDays(date, -recalibrateEveryDays), version, ENGINE],
  );
  if (fresh) return;
  const from = addDays(date, 1 - 7 * WEEKS);
  const verdicts = await countVerdicts(sql, { from, to: date });
  const learned = await learnedFrom(sql, date);
  const factor = learned ? 1 : falseCaseFactor({ ...verdicts, weeks: WEEKS }, falseCasesPerWeek);
  const calibration = learned?.calibration ?? null;
  const threshold = calibration ? thresholdOf({ falseCasesPerWeek, calibration }) : null;
  const figures = {
    verdicts,
    falseCaseFactor: factor,
    calibration,
    honestPointDays: learned?.honestPointDays ?? null,
  };
  await sql.query(
    `INSERT INTO detector_calibrations (calibrated_at, engine_version, settings_version, from_date, to_date, threshold, figures)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [new Date(nowMs), ENGINE, version, from, date, threshold, JSON.stringify(figures)],
  );
}

async function learnedFrom(sql: Sql, date: BusinessDate): Promise<CalibrationReport | null> {
  const scores = await loadScores(sql, date);
  const newest = scores.reduce((max, row) => (row.date > max ? row.date : max), '');
  const points = scores.filter((row) => row.date === newest).length;
  return recalibrate(scores, await loadVerdicts(sql, date), points);
}
