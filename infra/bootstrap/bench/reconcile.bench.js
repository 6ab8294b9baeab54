import { rmSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { prepareDataFolder } from '../data-folder.js';
import { PlainError } from '../plain-error.js';
import { startPostgres } from '../postgres.js';
import { repository } from '../run.js';
import { cpuSeconds } from './cpu.js';
import { PER_DAY_MIN, plantedADay, writeMonth } from './month.js';

/** @typedef {import('../../../libs/persistence/src/index.js')} Persistence */
/** @typedef {import('../../../libs/reconciliation/src/index.js')} Reconciliation */

/**
 * `npm run bench -- reconcile`: writes a month into a fresh, durable embedded PostgreSQL and reconciles it with the
 * worker's own code: one day by itself, then all of them with all payouts. One process, as the worker runs it.
 * @param {string[]} args `--quick` for three days instead of thirty
 */
export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: {
      points: { type: 'string', default: '152' },
      days: { type: 'string' },
      quick: { type: 'boolean', default: false },
      'per-day': { type: 'string', default: '503' },
      books: { type: 'boolean', default: false },
    },
  });
  const days = Number(values.days ?? (values.quick ? 3 : 30));
  if (!(+values['per-day'] >= PER_DAY_MIN)) throw new PlainError(`--per-day must be ${PER_DAY_MIN} or more.`);
  const options = { points: +values.points, days, perDay: +values['per-day'], from: '2026-10-01' };
  /** @type {Persistence} */
  const persistence = await import(join(repository, 'dist/libs/persistence/src/index.js'));
  /** @type {Reconciliation} */
  const { defaultRules } = await import(join(repository, 'dist/libs/reconciliation/src/index.js'));
  const dataDir = join(repository, '.data', 'bench-reconcile');
  rmSync(dataDir, { recursive: true, force: true });
  prepareDataFolder(dataDir, { newDatabase: true });
  const server = await startPostgres({ folder: join(dataDir, 'postgres'), port: 0, durable: true });
  try {
    const url = server.url;
    await persistence.runMigrations(url);
    const database = persistence.openDatabase({ url, poolSizeMax: 2 });
    try {
      await measure(persistence, database, { rules: defaultRules, pid: server.pid, ...options, books: values.books });
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/**
 * @param {Persistence} persistence @param {import('../../../libs/persistence/src/index.js').Database} database
 * @param {{rules: import('../../../libs/reconciliation/src/index.js').RuleBook, pid: number, points: number, days: number,
 *   perDay: number, from: string, books: boolean}} options
 */
async function measure(persistence, database, { rules, pid, books, ...month }) {
  const { askWork, reconcileDays, reconcileNextDay, reconcileNextPayouts, postDays } = persistence;
  console.log(`Writing ${month.days} days of ${month.points} points …`);
  const dates = await database.transaction((sql) => writeMonth(sql, month, (day) => process.stdout.write(`${day} `)));
  // A settled database: else autovacuum would work beside the first measurement and be counted in.
  for (const statement of ['VACUUM ANALYZE', 'CHECKPOINT']) await database.query(statement);
  const [size] = await database.query(`SELECT (SELECT count(*) FROM journal_records) AS records,
    (SELECT count(*) FROM settlement_rows) AS settlements`);
  console.log(`\n${JSON.stringify(size)}; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`);

  const nowMs = Date.parse('2026-12-15T00:00:00Z');
  const run = { rules, nowMs, runningPauseMs: 0 };
  const timed = timer(pid);
  const days = (/** @type {string[]} */ list) => list.map((businessDate) => ({ businessDate, pointId: null }));
  const one = String(dates[Math.floor(dates.length / 2)]);
  await askWork(database, 'reconcile-day', days([one]), nowMs);
  await timed('one day', async () => void (await reconcileNextDay(database, run)));
  await askWork(database, 'reconcile-day', days([one]), nowMs);
  await timed('the same day again', async () => void (await reconcileNextDay(database, run)));
  await askWork(database, 'reconcile-payouts', days(dates), nowMs);
  await askWork(database, 'reconcile-day', days(dates), nowMs);
  await timed(`${dates.length} days and their payouts`, async () => {
    while ((await reconcileNextPayouts(database, run)) !== null);
    await reconcileDays(database, () => run, { daysMax: dates.length });
  });
  if (books) {
    const points = await database.query('SELECT id FROM points');
    const pairs = dates.flatMap((businessDate) =>
      /** @type {{id: number}[]} */ (points).map(({ id }) => ({ businessDate, pointId: id })),
    );
    await askWork(database, 'post-day', pairs, nowMs);
    await timed('the ledger of all days', async () => {
      while ((await postDays(database, { ...run, pointDaysMax: 200 })).days > 0);
    });
  }
  await verdict(database, month.points, dates.length);
}

/** @param {number} pid */
function timer(pid) {
  return async (/** @type {string} */ what, /** @type {() => Promise<void>} */ work) => {
    const [before, own, from] = [cpuSeconds(pid), process.cpuUsage(), performance.now()];
    await work();
    const seconds = (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage(own);
    const mine = (user + system) / 1e6;
    const server = before === null ? null : (cpuSeconds(pid) ?? 0) - before;
    const cpu =
      server === null
        ? 'n/a'
        : `${(mine + server).toFixed(1)} s CPU (node ${mine.toFixed(1)}, PostgreSQL ${server.toFixed(1)})`;
    console.log(`${what.padEnd(30)} ${seconds.toFixed(1).padStart(7)} s   ${cpu}   load ${loadavg()[0]?.toFixed(1)}`);
  };
}

/**
 * What was planted must have been found, and nothing else.
 * @param {import('../../../libs/persistence/src/index.js').Database} database @param {number} points @param {number} days
 */
async function verdict(database, points, days) {
  const found = /** @type {{pattern: string, count: number}[]} */ (
    await database.query(
      `SELECT pattern, count(*) AS count FROM exceptions WHERE state = 'mismatched' GROUP BY 1 ORDER BY 1`,
    )
  );
  const planted = Object.entries(plantedADay(points)).map(([pattern, count]) => ({ pattern, count: count * days }));
  planted.sort((a, b) => (a.pattern < b.pattern ? -1 : 1));
  const same = JSON.stringify(found) === JSON.stringify(planted);
  console.log(
    same
      ? `PASS: ${JSON.stringify(found)}`
      : `FAIL: found ${JSON.stringify(found)}, planted ${JSON.stringify(planted)}`,
  );
  if (!same) process.exitCode = 1;
}
