import { addDays, eachBusinessDate, type BusinessDate } from '@app/kernel';
import { ENGINE, Replant, REPLANT_DAYS_MIN } from '@app/detection';
import type { Sql } from '../database.js';
import { loadAssessSettings } from './assess-days.js';
import { loadCityDay } from './city-day.js';
import { oldestState } from './states.js';

/** As far back as memories are kept. */
const DAYS_MAX = 41;

export interface ReplantOptions {
  readonly nowMs: number;
  readonly signal: AbortSignal;
  /** Awaited between two assessments, which take seconds each: others want to run. */
  readonly between: () => Promise<void>;
}

export interface ReplantDone {
  readonly month: BusinessDate;
  readonly days: number;
  readonly planted: number;
  readonly found: number;
}

/**
 * Measures the detector by thefts planted into copies of the city's recorded days, once for each month, engine and
 * settings. Only figures are written.
 *
 * @returns null when it is done already, or the city is too young
 */
export async function replantIfDue(sql: Sql, { nowMs, signal, between }: ReplantOptions): Promise<ReplantDone | null> {
  const startedAt = performance.now();
  const { version, settings } = await loadAssessSettings(sql);
  const [run] = await sql.query<{ first: BusinessDate | null; until: BusinessDate | null; month: BusinessDate | null }>(
    `SELECT min(business_date) AS first, max(business_date) AS until, date_trunc('month', max(business_date))::date AS month
       FROM detection_runs`,
  );
  const { first, until, month } = run!;
  if (first === null || until === null || month === null || addDays(first, REPLANT_DAYS_MIN - 1) > until) return null;
  const [done] = await sql.query(
    'SELECT FROM detector_replants WHERE month = $1 AND engine_version = $2 AND settings_version = $3',
    [month, ENGINE, version],
  );
  if (done) return null;
  const memory = await oldestState(sql, addDays(until, -DAYS_MAX), addDays(until, -REPLANT_DAYS_MIN));
  const youngest = addDays(until, 1 - DAYS_MAX);
  const from = memory ? addDays(memory.businessDate, 1) : first > youngest ? first : youngest;
  const excluded = await suspectedPoints(sql, from);
  const replant = new Replant({ seed: month, state: memory?.state ?? null, settings, excluded, until });
  const days = eachBusinessDate(from, until);
  for (const date of days) {
    signal.throwIfAborted();
    await replant.take(await loadCityDay(sql, date), between);
  }
  const recall = replant.report();
  await sql.query(
    `INSERT INTO detector_replants (month, engine_version, settings_version, from_date, to_date, made_at, took_ms, recall)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [
      month,
      ENGINE,
      version,
      from,
      until,
      new Date(nowMs),
      Math.round(performance.now() - startedAt),
      JSON.stringify(recall),
    ],
  );
  const total = (figure: 'planted' | 'found'): number => recall.reduce((sum, row) => sum + row[figure], 0);
  return { month, days: days.length, planted: total('planted'), found: total('found') };
}

/** Where something is, or was lately, suspected: a theft planted there would be found by the other one's evidence. */
async function suspectedPoints(sql: Sql, from: BusinessDate): Promise<Set<string>> {
  const rows = await sql.query<{ code: string }>(
    `SELECT DISTINCT p.code FROM suspicions s JOIN points p ON p.id = s.point_id
      WHERE s.withdrawn_at IS NULL AND s.to_date >= $1::date - 14`,
    [from],
  );
  return new Set(rows.map(({ code }) => code));
}
