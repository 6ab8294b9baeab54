import { join } from 'node:path';
import { loadavg } from 'node:os';
import { PlainError } from '../plain-error.js';
import { repository, runProgram } from '../run.js';
import { cpuSeconds } from './cpu.js';

/**
 * A night's work on a kept year, by the worker's own code.
 *
 * @typedef {import('./year.js').Year} Year
 * @typedef {import('../../../libs/persistence/src/index.js').Database} Database
 */

/** @returns {Promise<import('../../../libs/persistence/src/index.js')>} */
export const persistenceOf = () => import(join(repository, 'dist/libs/persistence/src/index.js'));

/** @template T @param {string} url @param {(database: Database) => Promise<T>} work of two connections @returns {Promise<T>} */
export async function withDatabase(url, work) {
  const { openDatabase } = await persistenceOf();
  const database = openDatabase({ url, poolSizeMax: 2 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Sums up the days that changed, as the worker does every ten seconds. @param {Database} database */
export async function fold(database) {
  const { foldRoad } = await persistenceOf();
  await foldRoad(database);
}

/** @returns {Promise<{rules: import('../../../libs/reconciliation/src/index.js').RuleBook, nowMs: number, runningPauseMs: number}>} */
async function runOptions() {
  /** @type {import('../../../libs/reconciliation/src/index.js')} */
  const { defaultRules } = await import(join(repository, 'dist/libs/reconciliation/src/index.js'));
  return { rules: defaultRules, nowMs: Date.now(), runningPauseMs: 0 };
}

/** Holds what acquirers paid for these days against the bank. @param {Database} database @param {readonly string[]} dates */
export async function decidePayouts(database, dates) {
  const { askWork, reconcileNextPayouts } = await persistenceOf();
  const run = await runOptions();
  const days = dates.map((businessDate) => ({ businessDate, pointId: null }));
  await askWork(database, 'reconcile-payouts', days, run.nowMs);
  while ((await reconcileNextPayouts(database, run)) !== null);
}

/**
 * Reconciles these days, and others that wait, two beside each other as the worker does.
 * @param {Database} database of two connections @param {readonly string[]} dates
 */
export async function reconcile(database, dates) {
  const { askWork, reconcileDays } = await persistenceOf();
  const run = await runOptions();
  const days = dates.map((businessDate) => ({ businessDate, pointId: null }));
  await askWork(database, 'reconcile-day', days, run.nowMs);
  await reconcileDays(database, () => run, { daysMax: Infinity });
}

/**
 * Lets the detector begin anew, with the last so many days: it begins with the first income after the terminals came,
 * less sixty days. @param {Year} year @param {number} days
 */
export async function beginDetection(year, days) {
  await year.query('DELETE FROM detector_states');
  await year.query('DELETE FROM detection_work');
  await year.query(`UPDATE devices SET registered_at = ($1::date + 60)::timestamp + interval '12 hours'`, [
    year.dates.at(-days),
  ]);
}

/** Assesses the days that wait, the oldest first. @param {Database} database @param {number} [nights] at most @returns {Promise<number>} how many */
export async function assess(database, nights = Infinity) {
  const { DayAssessor } = await persistenceOf();
  const assessor = new DayAssessor(database);
  let done = 0;
  while (done < nights && (await assessor.next({ nowMs: Date.now(), afterMs: 0, restMs: 0 })).kind === 'done') done++;
  return done;
}

/** Makes all roll-ups of the journal, once for a database that is kept. @param {Year} year */
export async function rebuildIncome(year) {
  const cli = join(repository, 'dist/apps/worker/src/cli/rebuild-income.js');
  for (const [what, args] of /** @type {[string, string[]][]} */ ([
    ['rebuild', []],
    ['check', ['--check']],
  ]))
    await timed(year, what, async () => {
      const { code, output } = await runProgram(process.execPath, [cli, ...args], { quiet: true, env: year.env });
      if (code !== 0) throw new PlainError(`rebuild-income ${args.join('')} failed: ${output.slice(-500)}`);
    });
}

/** Does it once, and keeps how long it took. @param {Year} year @param {string} what @param {() => Promise<void>} job */
export async function timed(year, what, job) {
  await year.query('CREATE TABLE IF NOT EXISTS bench_times (what text PRIMARY KEY, seconds numeric, cpu numeric)');
  await year.once(what, async () => {
    // PostgreSQL is below this process.
    const used = () => cpuSeconds(process.pid) ?? 0;
    const [began, before] = [performance.now(), used()];
    await job();
    const [seconds, cpu] = [(performance.now() - began) / 1000, used() - before];
    console.log(`${what}: ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU, load ${loadavg()[0]?.toFixed(1)}`);
    await year.query(
      'INSERT INTO bench_times VALUES ($1, $2, $3) ON CONFLICT (what) DO UPDATE SET seconds = excluded.seconds, cpu = excluded.cpu',
      [what, seconds, cpu],
    );
  });
}
