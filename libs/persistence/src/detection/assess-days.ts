import { createHash } from 'node:crypto';
import { addDays, startOfBusinessDay, type BusinessDate } from '@app/kernel';
import { assessDay, defaultAssessSettings, ENGINE, type AssessSettings, type Calibration } from '@app/detection';
import type { Database, Sql } from '../database.js';
import { loadCityDay } from './city-day.js';
import { currentDetectorSettings } from './detector-settings.js';
import { storeExpectations } from './expectations.js';
import { takeDeviceCounts } from './field-counts.js';
import { storeNotes } from './notes.js';
import { replacePotentials } from './potentials.js';
import { recalibrateIfDue } from './recalibrate.js';
import { storeScores } from './scores.js';
import { forgetFrom, keepState, newestState, REOPEN_DAYS_MAX, type KeptState } from './states.js';
import { storeSuspicions } from './suspicions.js';

/** Any number: who holds this lock assesses days; nobody else does meanwhile. */
const ASSESS_LOCK = 7_265_030;

export interface AssessOptions {
  readonly nowMs: number;
  /** So long after its end a day is assessed first, ms: the night's work of the books comes before. */
  readonly afterMs: number;
  /** A day into which records still came within this time is left alone, ms. */
  readonly restMs: number;
  /** Assess a day even while records come in: it has waited long enough. */
  readonly isImpatient?: (date: BusinessDate) => boolean;
}

export interface AssessedDay {
  readonly businessDate: BusinessDate;
  readonly version: number;
  readonly points: number;
  readonly suspicions: number;
  readonly notes: number;
  readonly loadMs: number;
  readonly engineMs: number;
}

/** Nothing to do; a day that waits for records to stop coming; or a day done. */
export type AssessStep =
  { kind: 'idle' } | { kind: 'waits'; businessDate: BusinessDate } | { kind: 'done'; day: AssessedDay };

/**
 * Assesses business days in order, each in one transaction: expectation, potential, suspicions with their cases, notes,
 * and the memory for the next day change together or not at all. Killed anywhere, the next call does the day again;
 * of several workers one works and the others find nothing to do.
 */
export class DayAssessor {
  private kept: KeptState | null = null;

  constructor(private readonly database: Database) {}

  async next(options: AssessOptions): Promise<AssessStep> {
    return this.database.transaction(async (sql) => {
      // A night looks up one day among years of them. For a guess that is a little off, PostgreSQL would read them all.
      await sql.query('SET LOCAL enable_seqscan = off');
      const [lock] = await sql.query<{ taken: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS taken', [
        ASSESS_LOCK,
      ]);
      if (!lock!.taken) return { kind: 'idle' };
      const date = await this.nextDate(sql, options);
      if (date === null) return { kind: 'idle' };
      if (!options.isImpatient?.(date) && (await stillComing(sql, date, options)))
        return { kind: 'waits', businessDate: date };
      return { kind: 'done', day: await this.assess(sql, date, options) };
    });
  }

  /** The day after the newest one remembered; the first day of all when nothing is. */
  private async nextDate(sql: Sql, { nowMs, afterMs }: AssessOptions): Promise<BusinessDate | null> {
    await reopen(sql, nowMs);
    this.kept = await newestState(sql, this.kept);
    const [first] = await sql.query<{ date: BusinessDate | null }>(FIRST_DAY);
    const date = this.kept ? addDays(this.kept.businessDate, 1) : (first?.date ?? null);
    if (date === null || startOfBusinessDay(addDays(date, 1)) + afterMs > nowMs) return null;
    return date;
  }

  private async assess(sql: Sql, date: BusinessDate, { nowMs }: AssessOptions): Promise<AssessedDay> {
    const startedAt = performance.now();
    await takeDeviceCounts(sql, { pointIds: null, businessDate: date });
    const day = await loadCityDay(sql, date);
    await recalibrateIfDue(sql, date, nowMs);
    const { settings, version: settingsVersion } = await loadAssessSettings(sql);
    const loadedAt = performance.now();
    const before = this.kept;
    const { state, assessment } = assessDay(before?.state ?? null, day, settings);
    const [loadMs, engineMs] = [Math.round(loadedAt - startedAt), Math.round(performance.now() - loadedAt)];
    const version = await nextVersion(sql, date);
    await sql.query(
      `INSERT INTO detection_runs (business_date, version, engine_version, settings_version, input_hash, state_hash, reason,
         ran_at, load_ms, engine_ms, points, suspicions, notes, income_mark)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, ${INCOME_MARK('$1')})`,
      [
        date,
        version,
        ENGINE,
        settingsVersion,
        createHash('sha256')
          .update(JSON.stringify([day, settings]))
          .digest('base64url'),
        before?.hash ?? '',
        version === 1 ? 'first' : 'again',
        new Date(nowMs),
        loadMs,
        engineMs,
        day.points.length,
        assessment.suspicions.length,
        assessment.notes.length,
      ],
    );
    const supervised = new Set(day.points.filter((point) => point.supervised).map(({ point }) => point));
    await storeExpectations(sql, date, version, assessment.expectations, supervised);
    await replacePotentials(sql, day, nowMs);
    await storeSuspicions(sql, assessment, { settingsVersion, nowMs });
    await storeNotes(sql, assessment.notes, nowMs);
    await storeScores(sql, assessment);
    this.kept = await keepState(sql, date, state, { engine: ENGINE, settingsVersion, nowMs });
    const { length: points } = day.points;
    const { suspicions, notes } = assessment;
    return {
      businessDate: date,
      version,
      points,
      suspicions: suspicions.length,
      notes: notes.length,
      loadMs,
      engineMs,
    };
  }
}

/** The settings in force, with what the last calibration taught: thresholds of its own, or a correction by verdicts. */
export async function loadAssessSettings(sql: Sql): Promise<{ version: number; settings: AssessSettings }> {
  const { version, falseCasesPerWeek } = await currentDetectorSettings(sql);
  const [learned] = await sql.query<{ factor: number | null; calibration: Calibration | null }>(
    `SELECT (figures ->> 'falseCaseFactor')::float8 AS factor, nullif(figures -> 'calibration', 'null') AS calibration
       FROM detector_calibrations WHERE settings_version = $1 AND engine_version = $2 ORDER BY id DESC LIMIT 1`,
    [version, ENGINE],
  );
  const asked = falseCasesPerWeek / (learned?.factor ?? 1);
  const calibration = learned?.calibration ?? null;
  return { version, settings: { ...defaultAssessSettings, falseCasesPerWeek: asked, calibration } };
}

/** The first day with income, but for records whose clock was wrong: terminals keep 60 days at most. */
const FIRST_DAY = /* sql */ `
SELECT min(business_date) AS date FROM income_days
 WHERE business_date >= (SELECT min(registered_at AT TIME ZONE 'Asia/Jakarta')::date - 60 FROM devices)`;

/** Count and sum of a day's payments: a late record, or a void, changes it. */
const INCOME_MARK = (date: string): string =>
  `(SELECT coalesce(sum(count), 0) || '/' || coalesce(sum(amount), 0) FROM income_days i WHERE i.business_date = ${date}::date)`;

async function nextVersion(sql: Sql, date: BusinessDate): Promise<number> {
  const [row] = await sql.query<{ version: number }>(
    'SELECT coalesce(max(version), 0) + 1 AS version FROM detection_runs WHERE business_date = $1',
    [date],
  );
  return row!.version;
}

async function stillComing(sql: Sql, date: BusinessDate, { nowMs, restMs }: AssessOptions): Promise<boolean> {
  const [found] = await sql.query(
    `SELECT FROM points p JOIN journal_records j ON j.point_id = p.id AND j.business_date = $1 AND j.received_at > $2 LIMIT 1`,
    [date, new Date(nowMs - restMs)],
  );
  return found !== undefined;
}

/**
 * Days that were assessed and are not what they were: somebody entered a count or an event, or records came late. What
 * was learned from the earliest of them on is forgotten, so that they and the days after them are assessed again, as new
 * versions. Late records are looked for once a night, with the first day that has not been assessed at all.
 */
async function reopen(sql: Sql, nowMs: number): Promise<void> {
  const asked = await sql.query<{ date: BusinessDate }>(
    'DELETE FROM detection_work WHERE asked_at <= $1 RETURNING business_date AS date',
    [new Date(nowMs)],
  );
  const [newest] = await sql.query<{ date: BusinessDate | null; nightDone: boolean }>(
    `SELECT max(business_date) AS date,
            coalesce(bool_or(ran_at > $1::timestamptz - interval '20 hours' AND version > 1), false) AS "nightDone"
       FROM detection_runs`,
    [new Date(nowMs)],
  );
  if (newest!.date === null) return;
  const from = addDays(newest!.date, -REOPEN_DAYS_MAX);
  const changed = newest!.nightDone ? [] : await lateDays(sql, from, newest!.date);
  const dates = [...asked.map(({ date }) => date), ...changed].filter((date) => date >= from && date <= newest!.date!);
  if (dates.length > 0) await forgetFrom(sql, dates.sort()[0]!);
}

async function lateDays(sql: Sql, from: BusinessDate, to: BusinessDate): Promise<BusinessDate[]> {
  const rows = await sql.query<{ date: BusinessDate }>(
    `SELECT r.business_date AS date FROM detection_runs r
      WHERE r.business_date BETWEEN $1 AND $2 AND r.income_mark <> ${INCOME_MARK('r.business_date')}
        AND NOT EXISTS (SELECT FROM detection_runs n WHERE n.business_date = r.business_date AND n.version > r.version)`,
    [from, to],
  );
  return rows.map(({ date }) => date);
}
