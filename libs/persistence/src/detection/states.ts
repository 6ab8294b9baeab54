import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip, constants } from 'node:zlib';
import { addDays, weekdayOf, type BusinessDate } from '@app/kernel';
import type { AssessState } from '@app/detection';
import type { Sql } from '../database.js';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** The detector's memory after a day. */
export interface KeptState {
  readonly businessDate: BusinessDate;
  readonly hash: string;
  readonly state: AssessState;
}

/** The last days are kept one by one, those before them as one a week: a late record re-opens from the nearest one. */
const DAILY = 4;
const WEEKS = 6;

/** Days back beyond which a late record re-opens nothing. */
export const REOPEN_DAYS_MAX = 7 * (WEEKS - 1);

export async function newestState(sql: Sql, cached: KeptState | null): Promise<KeptState | null> {
  const [row] = await sql.query<{ businessDate: BusinessDate; hash: string }>(
    'SELECT business_date AS "businessDate", hash FROM detector_states ORDER BY business_date DESC LIMIT 1',
  );
  if (!row) return null;
  if (cached?.businessDate === row.businessDate && cached.hash === row.hash) return cached;
  const [kept] = await sql.query<{ state: Buffer }>('SELECT state FROM detector_states WHERE business_date = $1', [
    row.businessDate,
  ]);
  return { ...row, state: await stateIn(kept!.state) };
}

async function stateIn(zipped: Buffer): Promise<AssessState> {
  return JSON.parse((await unzip(zipped)).toString()) as AssessState;
}

/** The oldest memory kept of the days from `from` to `to`; null when there is none. */
export async function oldestState(
  sql: Sql,
  from: BusinessDate,
  to: BusinessDate,
): Promise<{ businessDate: BusinessDate; state: AssessState } | null> {
  const [kept] = await sql.query<{ businessDate: BusinessDate; state: Buffer }>(
    `SELECT business_date AS "businessDate", state FROM detector_states WHERE business_date BETWEEN $1 AND $2
      ORDER BY business_date LIMIT 1`,
    [from, to],
  );
  return kept ? { businessDate: kept.businessDate, state: await stateIn(kept.state) } : null;
}

export async function keepState(
  sql: Sql,
  date: BusinessDate,
  state: AssessState,
  { engine, settingsVersion, nowMs }: { engine: string; settingsVersion: number; nowMs: number },
): Promise<KeptState> {
  const text = JSON.stringify(state);
  const hash = createHash('sha256').update(text).digest('base64url');
  await sql.query(
    `INSERT INTO detector_states (business_date, engine_version, settings_version, state, hash, kept_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [date, engine, settingsVersion, await zip(text, { level: constants.Z_BEST_SPEED }), hash, new Date(nowMs)],
  );
  await sql.query('DELETE FROM detector_states WHERE NOT business_date = ANY($1)', [keptDays(date)]);
  return { businessDate: date, hash, state };
}

function keptDays(date: BusinessDate): BusinessDate[] {
  const daily = Array.from({ length: DAILY }, (_, back) => addDays(date, -back));
  const sunday = addDays(date, -weekdayOf(date));
  return [...daily, ...Array.from({ length: WEEKS }, (_, week) => addDays(sunday, -7 * week))];
}

/** Forgets what was learned from `date` on: the days from the newest one that is left are assessed again. */
export async function forgetFrom(sql: Sql, date: BusinessDate): Promise<void> {
  await sql.query('DELETE FROM detector_states WHERE business_date >= $1', [date]);
}
