import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PlainError } from '../plain-error.js';
import { writeSection } from './document.js';
import { tell } from './growth/tell.js';
import { requirePlanted } from './month.js';
import { beginDetection, fold, rebuildIncome, withDatabase } from './night.js';
import { startMeasured } from './process.js';
import { openYear, requireRoom } from './year.js';

/**
 * @typedef {import('./year.js').Year} Year
 * @typedef {import('./night-process.js').Cost} Cost
 * @typedef {import('./night-process.js').Step} Step
 *
 * @typedef {object} Plan
 * @property {number} points
 * @property {number} perDay payments of a point
 * @property {number} rounds
 * @property {number} nights the detector's past in both databases
 * @property {number} month nights of the longer past, in the large database alone
 *
 * @typedef {object} Found what was measured in one database
 * @property {number} records that it holds
 * @property {string} size
 * @property {number} aDay records of a day
 * @property {number} memoryKiB of the detector, from night to night, as it is kept
 * @property {Record<string, {days: number, costs: Cost[]}>} works
 */

const POINTS = 152;
const PER_DAY = 500;
/** What officers look at in a night is a week: the first day by itself, then the others. */
const WEEK = 7;
const FIRST = 'a day by itself';
const OTHERS = 'six days beside each other, and payouts of the week';
const AGAIN = 'the same seven days again';
const NIGHT = 'a night of detection';
const MONTH = 'a month of nights';

/**
 * `npm run bench -- growth [--large-days 395] [--small-days 14] [--rounds 3] [--quick] [--keep]`: the same night's work,
 * by the worker's own code, in a database of a million records and in one of thirty million, into docs/BENCHMARKS.md.
 * `--keep` leaves the large one in .data/bench-year (or BENCH_DATA_DIR) for the next run; each run takes other weeks of it.
 * @param {string[]} args
 */
export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: {
      'small-days': { type: 'string', default: '14' },
      'large-days': { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  const [smallDays, largeDays] = [+values['small-days'], Number(values['large-days'] ?? (quick ? 30 : 395))];
  const size = { points: POINTS, perDay: PER_DAY };
  const plan = {
    ...size,
    rounds: Number(values.rounds ?? (quick ? 1 : 3)),
    nights: +values['small-days'],
    month: quick || largeDays < 30 ? 0 : 30,
  };
  if (smallDays <= WEEK || largeDays < (WEEK + 1) * plan.rounds)
    throw new PlainError(`--small-days must be ${WEEK + 1} or more, --large-days ${WEEK + 1} a round.`);
  requireRoom({ ...size, days: largeDays });
  const small = [];
  for (let round = 1; round <= plan.rounds; round++) {
    // A fresh one each time: a day is new only once.
    const year = await openYear({ ...size, days: smallDays }, { keep: false });
    try {
      small.push(
        await measure(year, { ...plan, rounds: 1, month: 0, nights: round === plan.rounds ? plan.nights : 0 }),
      );
    } finally {
      await year.close();
    }
  }
  const year = await openYear({ ...size, days: largeDays }, { keep: values.keep });
  try {
    const text = tell(together(small), await measure(year, plan), plan);
    if (largeDays < 365 || plan.rounds < 3) console.log(text);
    else writeSection('Reconciliation and detection as the city grows', text);
  } finally {
    await year.close();
  }
}

/** Rounds on databases of one size are rounds of one. @param {Found[]} all @returns {Found} */
function together(all) {
  const last = /** @type {Found} */ (all.at(-1));
  const names = new Set(all.flatMap(({ works }) => Object.keys(works)));
  const works = [...names].map((name) => {
    const each = all.flatMap(({ works }) => works[name] ?? []);
    return [name, { days: each[0]?.days ?? 0, costs: each.flatMap(({ costs }) => costs) }];
  });
  return { ...last, works: Object.fromEntries(works) };
}

/** @param {Year} year @param {Plan} plan @returns {Promise<Found>} */
async function measure(year, plan) {
  await rebuildIncome(year);
  await withDatabase(year.url, fold);
  // Both settled and known to the planner; what autovacuum does would be counted in by chance.
  for (const statement of [
    'VACUUM ANALYZE',
    'ALTER SYSTEM SET autovacuum = off',
    'SELECT pg_reload_conf()',
    'CHECKPOINT',
  ])
    await year.query(statement);
  try {
    const works = { ...(await reconcileWeeks(year, plan)), ...(await detectNights(year, plan)) };
    const [row] = await year.query(
      `SELECT (SELECT count(*) FROM journal_records) AS records,
      (SELECT count(*) FROM journal_records WHERE business_date = $1) AS "aDay",
      pg_size_pretty(pg_database_size(current_database())) AS size,
      (SELECT max(length(state)) / 1024 FROM detector_states) AS "memoryKiB"`,
      [year.dates.at(-1)],
    );
    const { records, aDay, size, memoryKiB } = row ?? {};
    return { records: Number(records), aDay: Number(aDay), size, memoryKiB: Number(memoryKiB), works };
  } finally {
    await year.query('ALTER SYSTEM RESET autovacuum');
    await year.query('SELECT pg_reload_conf()');
  }
}

/** A night's work in a process of its own. @param {Year} year @param {(ask: (step: Step) => Promise<Cost>) => Promise<void>} work */
async function inProcess(year, work) {
  const script = join(import.meta.dirname, 'night-process.js');
  const night = startMeasured(process.execPath, [script, year.url, String(year.postgresPid)]);
  await night.line(/^ready/);
  try {
    await work(async (step) => {
      const answer = night.line(/^\{/);
      night.tell(JSON.stringify(step));
      return JSON.parse(await answer);
    });
  } finally {
    await night.stop();
  }
}

/**
 * Each round a week that was never reconciled, the newest first, after a day before it that warms everything up.
 * @param {Year} year @param {Plan} plan @returns {Promise<Found['works']>}
 */
async function reconcileWeeks(year, { rounds }) {
  /** @type {Record<string, Cost[]>} */
  const costs = { [FIRST]: [], [OTHERS]: [], [AGAIN]: [] };
  for (let round = 1; round <= rounds; round++) {
    const [before = '', first = '', ...others] = await newestWeek(year);
    const week = [first, ...others];
    // Read once, so that neither database begins with what happened to be in memory.
    await year.query('SELECT sum(length(record)) FROM journal_records WHERE business_date = ANY($1)', [
      [before, ...week],
    ]);
    await year.query('SELECT count(DISTINCT hash) FROM settlement_rows WHERE business_date = ANY($1)', [
      [before, ...week],
    ]);
    await inProcess(year, async (ask) => {
      await ask({ what: 'payouts', dates: [before] });
      await ask({ what: 'reconcile', dates: [before] });
      costs[FIRST]?.push(await ask({ what: 'reconcile', dates: [first] }));
      const payouts = await ask({ what: 'payouts', dates: week });
      costs[OTHERS]?.push(sum([payouts, await ask({ what: 'reconcile', dates: others })]));
      costs[AGAIN]?.push(await ask({ what: 'reconcile', dates: week }));
    });
    const found = await year.query(
      'SELECT pattern, count(*) FROM exceptions WHERE business_date = ANY($1) GROUP BY 1',
      [week],
    );
    requirePlanted(/** @type {{pattern: string, count: string}[]} */ (found), POINTS, week.length);
    for (const [name, all] of Object.entries(costs)) console.log(`${name}: ${JSON.stringify(all.at(-1))}`);
  }
  /** @type {Record<string, number>} */
  const days = { [FIRST]: 1, [OTHERS]: WEEK - 1, [AGAIN]: WEEK };
  return Object.fromEntries(Object.entries(costs).map(([name, all]) => [name, { days: days[name] ?? 0, costs: all }]));
}

/** The newest eight days one after the other that are not reconciled. @param {Year} year @returns {Promise<string[]>} */
async function newestWeek(year) {
  const rows = await year.query('SELECT business_date::text AS date FROM reconciled_days');
  const done = new Set(rows.map(({ date }) => date));
  for (let end = year.dates.length; end > WEEK; end--) {
    const week = year.dates.slice(end - WEEK - 1, end);
    if (!week.some((date) => done.has(date))) return week;
  }
  throw new PlainError('All weeks of the kept year are reconciled: delete its folder, and it will be made anew.');
}

/**
 * The detector over the last days, from no memory on: the last nights are measured, one a round. In the large database
 * then a month of them in one go.
 * @param {Year} year @param {Plan} plan @returns {Promise<Found['works']>}
 */
async function detectNights(year, { rounds, nights, month }) {
  /** @type {Found['works']} */
  const works = {};
  if (nights > 0) {
    await beginDetection(year, nights);
    const measured = Math.min(3, nights - 1);
    /** @type {Cost[]} */
    const costs = [];
    await inProcess(year, async (ask) => {
      await ask({ what: 'assess', nights: nights - measured });
      for (let n = 0; n < measured; n++) costs.push(await ask({ what: 'assess', nights: 1 }));
    });
    works[NIGHT] = { days: 1, costs };
    console.log(`${NIGHT}: ${JSON.stringify(costs)}`);
  }
  if (month > 0) {
    /** @type {Cost[]} */
    const costs = [];
    for (let round = 1; round <= rounds; round++) {
      await beginDetection(year, month);
      await inProcess(year, async (ask) => void costs.push(await ask({ what: 'assess', nights: month })));
    }
    works[MONTH] = { days: month, costs };
    console.log(`${MONTH}: ${JSON.stringify(costs)}`);
  }
  return works;
}

/** @param {Cost[]} costs @returns {Cost} */
function sum(costs) {
  const of = (/** @type {keyof Cost} */ name) => costs.reduce((total, cost) => total + cost[name], 0);
  return {
    seconds: of('seconds'),
    node: of('node'),
    postgres: of('postgres'),
    peakMiB: Math.max(...costs.map(({ peakMiB }) => peakMiB)),
  };
}
