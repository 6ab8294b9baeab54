import { ConflictError } from '@app/registry';
import type { Sql } from '../database.js';
import { INSTANT } from '../registry/sql-parts.js';
import type { WriteTx } from '../writes.js';

export interface DetectorSettingsRow {
  version: number;
  /** False cases that the city is ready to look into, a week, over all its points. */
  falseCasesPerWeek: number;
  recalibrateEveryDays: number;
  reason: string;
  enteredBy: string;
  enteredAt: string;
}

/** The settings in force. */
export async function currentDetectorSettings(sql: Sql): Promise<DetectorSettingsRow> {
  const [row] = await sql.query<DetectorSettingsRow>(
    `SELECT version, false_cases_per_week AS "falseCasesPerWeek", recalibrate_every_days AS "recalibrateEveryDays", reason,
       entered_by AS "enteredBy", ${INSTANT('entered_at')} AS "enteredAt"
       FROM detector_settings ORDER BY version DESC LIMIT 1`,
  );
  return row!;
}

export interface DetectorSettingsChange {
  falseCasesPerWeek?: number;
  recalibrateEveryDays?: number;
  reason: string;
}

/** Enters new settings; those before stay in the history, and past results keep the version they were made with. */
export async function changeDetectorSettings(tx: WriteTx, change: DetectorSettingsChange): Promise<void> {
  await tx.query('LOCK TABLE detector_settings IN SHARE ROW EXCLUSIVE MODE');
  const now = await currentDetectorSettings(tx);
  const next = { ...now, ...change };
  if (next.falseCasesPerWeek === now.falseCasesPerWeek && next.recalibrateEveryDays === now.recalibrateEveryDays)
    throw new ConflictError('This changes nothing.', 'Say what should be different.');
  await tx.query(
    `INSERT INTO detector_settings (version, false_cases_per_week, recalibrate_every_days, reason, entered_by)
     VALUES ($1, $2, $3, $4, $5)`,
    [now.version + 1, next.falseCasesPerWeek, next.recalibrateEveryDays, change.reason, tx.actor.username],
  );
  await tx.audit('detector-settings.change', String(now.version + 1), change);
}
