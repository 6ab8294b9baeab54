import { addDays, type BusinessDate } from '@app/kernel';
import { ENGINE, falseCaseFactor } from '@app/detection';
import type { Sql } from '../database.js';
import { currentDetectorSettings } from './detector-settings.js';
import { countVerdicts } from './quality.js';

/** Verdicts of so many weeks are learned from. */
const WEEKS = 8;

/**
 * Learns from officers' verdicts when the settings' time is up, and notes it in the history of calibrations: from then on
 * the detector is asked for so many fewer (or more) false cases that the promised number comes of it.
 */
export async function recalibrateIfDue(sql: Sql, date: BusinessDate, nowMs: number): Promise<void> {
  const { version, falseCasesPerWeek, recalibrateEveryDays } = await currentDetectorSettings(sql);
  const [fresh] = await sql.query(
    'SELECT FROM detector_calibrations WHERE to_date > $1 AND settings_version = $2 LIMIT 1',
    [addDays(date, -recalibrateEveryDays), version],
  );
  if (fresh) return;
  const from = addDays(date, 1 - 7 * WEEKS);
  const verdicts = await countVerdicts(sql, { from, to: date });
  const factor = falseCaseFactor({ ...verdicts, weeks: WEEKS }, falseCasesPerWeek);
  await sql.query(
    `INSERT INTO detector_calibrations (calibrated_at, engine_version, settings_version, from_date, to_date, figures)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [new Date(nowMs), ENGINE, version, from, date, JSON.stringify({ verdicts, falseCaseFactor: factor })],
  );
}
