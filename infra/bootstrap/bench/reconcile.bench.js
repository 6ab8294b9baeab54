import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareDataFolder } from '../data-folder.js';
import { PlainError } from '../plain-error.js';
import { startPostgres } from '../postgres.js';
import { repository } from '../run.js';
import { peakMiB, spentOn } from './cpu.js';
import { median, spread, table, writeSection } from './document.js';
import { PER_DAY_MIN, plantedADay, requirePlanted, writeMonth } from './month.js';

/** @typedef {import('../../../libs/persistence/src/index.js')} Persistence */
/** @typedef {import('../../../libs/reconciliation/src/index.js')} Reconciliation */

/**
 * @typedef {object} Taken
 * @property {number} records payments of the days that were reconciled
 * @property {number} seconds
 * @property {number} node CPU seconds of this process
 * @property {number} postgres CPU seconds of PostgreSQL; NaN where there is no /proc
 */

const MONTH_SECONDS_MAX = 120;
const DAY_SECONDS_MAX = 5;

/**
 * `npm run bench -- reconcile`: writes a month into a fresh, durable embedded PostgreSQL and reconciles it with the
 * worker's own code: one day by itself, then all of them with all payouts; into docs/BENCHMARKS.md.
 * @param {string[]} args `--quick` for one round of three days instead of three of thirty (nothing is written then);
 *   `--books` for the ledger of these days too
 */
export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: {
      points: { type: 'string', default: '152' },
      days: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      'per-day': { type: 'string', default: '503' },
      books: { type: 'boolean', default: false },
    },
  });
  const days = Number(values.days ?? (values.quick ? 3 : 30));
  if (!(+values['per-day'] >= PER_DAY_MIN)) throw new PlainError(`--per-day must be ${PER_DAY_MIN} or more.`);
  const month = { points: +values.points, days, perDay: +values['per-day'], from: '2026-10-01' };
  /** @type {Map<string, Taken[]>} */
  const all = new Map();
  const load = loadavg()[0] ?? 0;
  for (let round = Number(values.rounds ?? (values.quick ? 1 : 3)); round > 0; round--)
    for (const [what, taken] of await measureOnce(month, values.books))
      all.set(what, [...(all.get(what) ?? []), taken]);
  const text = tell(all, {
    ...month,
    load,
    planted: Object.values(plantedADay(month.points)).reduce((a, b) => a + b, 0),
  });
  if (values.quick || values.days || values['per-day'] !== '503') console.log(text);
  else writeSection('Reconciliation', text);
}

/**
 * @param {{points: number, days: number, perDay: number, from: string}} month @param {boolean} books
 * @returns {Promise<Map<string, Taken>>}
 */
async function measureOnce(month, books) {
  /** @type {Persistence} */
  const persistence = await import(join(repository, 'dist/libs/persistence/src/index.js'));
  const dataDir = join(repository, '.data', 'bench-reconcile');
  rmSync(dataDir, { recursive: true, force: true });
  prepareDataFolder(dataDir, { newDatabase: true });
  const server = await startPostgres({ folder: join(dataDir, 'postgres'), port: 0, durable: true });
  try {
    await persistence.runMigrations(server.url);
    const database = persistence.openDatabase({ url: server.url, poolSizeMax: 2 });
    try {
      return await measure(persistence, database, { pid: server.pid, books, ...month });
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
 * @param {{pid: number, points: number, days: number, perDay: number, from: string, books: boolean}} options
 * @returns {Promise<Map<string, Taken>>}
 */
async function measure(persistence, database, { pid, books, ...month }) {
  const { askWork, reconcileDays, reconcileNextDay, reconcileNextPayouts, postDays } = persistence;
  /** @type {Reconciliation} */
  const { defaultRules: rules } = await import(join(repository, 'dist/libs/reconciliation/src/index.js'));
  console.log(`Writing ${month.days} days of ${month.points} points …`);
  const dates = await database.transaction((sql) => writeMonth(sql, month, (day) => process.stdout.write(`${day} `)));
  // A settled database: else autovacuum would work beside the first measurement and be counted in.
  for (const statement of ['VACUUM ANALYZE', 'CHECKPOINT']) await database.query(statement);

  const nowMs = Date.parse('2026-12-15T00:00:00Z');
  const run = { rules, nowMs, runningPauseMs: 0 };
  const { timed, taken } = timer(pid);
  const aDay = month.points * month.perDay;
  const days = (/** @type {string[]} */ list) => list.map((businessDate) => ({ businessDate, pointId: null }));
  const one = String(dates[Math.floor(dates.length / 2)]);
  await askWork(database, 'reconcile-day', days([one]), nowMs);
  await timed('one day by itself, the first', aDay, async () => void (await reconcileNextDay(database, run)));
  await askWork(database, 'reconcile-day', days([one]), nowMs);
  await timed('the same day again', aDay, async () => void (await reconcileNextDay(database, run)));
  await askWork(database, 'reconcile-payouts', days(dates), nowMs);
  await askWork(database, 'reconcile-day', days(dates), nowMs);
  await timed(`${dates.length} days and their payouts`, aDay * dates.length, async () => {
    while ((await reconcileNextPayouts(database, run)) !== null);
    await reconcileDays(database, () => run, { daysMax: dates.length });
  });
  if (books) {
    const points = await database.query('SELECT id FROM points');
    const pairs = dates.flatMap((businessDate) =>
      /** @type {{id: number}[]} */ (points).map(({ id }) => ({ businessDate, pointId: id })),
    );
    await askWork(database, 'post-day', pairs, nowMs);
    await timed('the ledger of all days', aDay * dates.length, async () => {
      while ((await postDays(database, { ...run, pointDaysMax: 200 })).days > 0);
    });
  }
  /** @type {{pattern: string, count: number}[]} */
  const found = await database.query(
    "SELECT pattern, count(*) AS count FROM exceptions WHERE state = 'mismatched' GROUP BY 1",
  );
  requirePlanted(found, month.points, dates.length);
  return taken;
}

/** @param {number} pid */
function timer(pid) {
  /** @type {Map<string, Taken>} */
  const taken = new Map();
  const timed = async (
    /** @type {string} */ what,
    /** @type {number} */ records,
    /** @type {() => Promise<void>} */ work,
  ) => {
    const spent = await spentOn(pid, work);
    taken.set(what, { records, ...spent });
    console.log(`${what.padEnd(30)} ${spent.seconds.toFixed(1).padStart(7)} s, load ${loadavg()[0]?.toFixed(1)}`);
  };
  return { timed, taken };
}

/**
 * @param {Map<string, Taken[]>} all
 * @param {{points: number, days: number, perDay: number, load: number, planted: number}} about
 */
function tell(all, { points, days, perDay, load, planted }) {
  const of = (/** @type {Taken[]} */ rounds, /** @type {(one: Taken) => number} */ pick, digits = 1) =>
    spread(rounds.map(pick), digits);
  const rows = [...all].map(([what, rounds]) => [
    what,
    of(rounds, ({ seconds }) => seconds),
    of(rounds, ({ node, postgres }) => node + postgres),
    `${of(rounds, ({ node }) => node)} + ${of(rounds, ({ postgres }) => postgres)}`,
    of(rounds, ({ records, seconds }) => records / seconds, 0),
    of(rounds, ({ records, node, postgres }) => ((node + postgres) / records) * 1e6, 0),
  ]);
  const head = ['', 'seconds', 'CPU seconds', 'of Node + of PostgreSQL', 'records/s', 'CPU µs a record'];
  const reached = (/** @type {string} */ what, /** @type {number} */ most) =>
    median((all.get(what) ?? []).map(({ seconds }) => seconds)) <= most ? 'reached' : '**not reached**';
  const rounds = [...all.values()][0]?.length;
  return `\`npm run bench -- reconcile\`: ${days} days of a made-up city (${points} points, ${perDay} payments a point and day,
a quarter of as many settlement lines, papers, bank) in a fresh, durable embedded PostgreSQL, reconciled by the worker's
code, two days beside each other. 75 % cash with tickets, 20 % QRIS, 5 % cards. ${planted} exceptions are planted each day, and
the run fails when anything else, or less, is found. ${rounds} rounds, median (lowest-highest); load at the beginning ${load.toFixed(1)}.

${table(head, rows)}

To reach: a day within ${DAY_SECONDS_MAX} s: ${reached('one day by itself, the first', DAY_SECONDS_MAX)}; a month within ${MONTH_SECONDS_MAX} s: ${reached(`${days} days and their payouts`, MONTH_SECONDS_MAX)}.
Memory of the process at its highest, over all rounds and the writing: ${Math.round(peakMiB())} MiB.`;
}
