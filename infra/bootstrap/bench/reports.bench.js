import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PlainError } from '../plain-error.js';
import { freePort } from '../processes.js';
import { repository } from '../run.js';
import { cpuSeconds } from './cpu.js';
import { median, table, writeSection } from './document.js';
import { assess, beginDetection, decidePayouts, fold, rebuildIncome, reconcile, timed, withDatabase } from './night.js';
import { profiling, startMeasured } from './process.js';
import { addressOf, signIn, work } from './reports/officers.js';
import { callsOfPages, forgotten } from './reports/pages.js';
import { VIEW, VIEW_INDEX } from './reports/truths.js';
import { openYear, requireRoom } from './year.js';

/** @typedef {import('./reports/pages.js').Call} Call */
/** @typedef {import('./year.js').Year} Year */
/** @typedef {{call: Call, alone: number, p50: number, p95: number, asked: number, raw: number | null, view: number | null}} Figure */

const OFFICERS = 20;
const MS_WANTED = 100;
const TIMES_WANTED = 100;

/**
 * `npm run bench -- reports [--days 395] [--reconciled 30] [--assessed 60] [--seconds 120] [--keep]`: what officers wait
 * for over a year of records (and the month before it, which makes thirty million), into docs/BENCHMARKS.md. `--keep`
 * leaves the database in .data/bench-year (or BENCH_DATA_DIR) for the next run.
 * @param {string[]} args
 */
export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: {
      days: { type: 'string', default: '395' },
      reconciled: { type: 'string', default: '30' },
      assessed: { type: 'string', default: '60' },
      seconds: { type: 'string', default: '120' },
      keep: { type: 'boolean', default: false },
      'only-ask': { type: 'boolean', default: false },
    },
  });
  const size = { points: 152, perDay: 500, days: +values.days };
  requireRoom(size);
  const year = await openYear(size, { keep: values.keep });
  try {
    const made = await prepare(year, { reconciled: +values.reconciled, assessed: +values.assessed });
    const calls = callsOfPages(await known(year));
    const left = forgotten(calls);
    if (left.length > 0)
      throw new PlainError(`The dashboard asks for these, and the bench does not: ${left.join(', ')}`);
    for (const statement of ['TRUNCATE qris_orders', ORDERS, 'VACUUM ANALYZE qris_orders']) await year.query(statement);
    const measured = await measure(year, calls, { seconds: +values.seconds, truths: !values['only-ask'] });
    // Whoever takes the kept year next would find orders that no record names.
    await year.query('TRUNCATE qris_orders');
    const text = tell(measured, { ...made, days: size.days, seconds: +values.seconds });
    if (size.days < 365 || values['only-ask']) console.log(text);
    else writeSection('Reports', text);
  } finally {
    await year.close();
  }
}

/**
 * What the product makes of the journal, each by its own code, once for a database that is kept.
 * @param {Year} year @param {{reconciled: number, assessed: number}} days the last ones
 */
async function prepare(year, { reconciled, assessed }) {
  await rebuildIncome(year);
  await withDatabase(year.url, async (database) => {
    await timed(year, 'reconcile', async () => {
      await decidePayouts(database, year.dates.slice(-reconciled));
      await reconcile(database, year.dates.slice(-reconciled));
    });
    await timed(year, 'assess', async () => {
      await beginDetection(year, assessed);
      await assess(database);
    });
  });
  await year.once('sums', async () => {
    for (const statement of SUMS_BEFORE) await year.query(statement);
  });
  await timed(year, 'view', async () => void (await year.query(VIEW)));
  await year.query(VIEW_INDEX);
  await withDatabase(year.url, fold);
  await year.once('vacuum', async () => void (await year.query('VACUUM ANALYZE')));
  const rows = await year.query('SELECT what, seconds, cpu FROM bench_times');
  const [sizes] = await year.query(`SELECT (SELECT count(*) FROM journal_records) AS records,
    (SELECT sum(pg_table_size(relid)) FROM pg_partition_tree('journal_records') WHERE isleaf) AS rows,
    (SELECT sum(pg_indexes_size(relid)) FROM pg_partition_tree('journal_records') WHERE isleaf) AS indexes,
    pg_total_relation_size('income_hours') + pg_total_relation_size('income_days') + pg_total_relation_size('road_totals') AS rollups,
    pg_total_relation_size('settlement_rows') AS settlements, (SELECT count(*) FROM settlement_rows) AS lines,
    pg_total_relation_size('bench_income') AS view, pg_database_size(current_database()) AS all`);
  return {
    took: Object.fromEntries(rows.map(({ what, seconds, cpu }) => [what, [Math.round(seconds), Math.round(cpu)]])),
    sizes: sizes ?? {},
    reconciled,
    assessed,
  };
}

/**
 * What reconciliation and detection leave of a day, for the days before: a year's questions then read as many rows as in
 * a city that has run for a year.
 */
const SUMS_BEFORE = [
  `INSERT INTO waterfall_days (business_date, point_id, settled_cash, settled_cashless, deposited_cash, deposited_cashless)
   SELECT business_date, point_id, cash, cashless, cash, cashless FROM road_days WHERE count > 0 ON CONFLICT DO NOTHING`,
  `INSERT INTO potential_days (business_date, point_id, basis, low, mid, high, made_at)
   SELECT business_date, point_id, 'expectation', recorded * 9 / 10, recorded * 21 / 20, recorded * 6 / 5, now()
     FROM road_days WHERE count > 0 ON CONFLICT DO NOTHING`,
];

/** As if every payment by QRIS had had an order of its own. */
const ORDERS = `
  INSERT INTO qris_orders (order_id, device_no, request_id, point_id, acquirer_code, vehicle_class, amount, created_at,
    expires_at, paid_at, state)
  SELECT device_no || '-' || seq, device_no, seq::text, point_id, 'bench-qris', vehicle_class, amount, at - interval '30 s',
    at + interval '5 min', at, 'paid' FROM journal_records WHERE type = 'payment' AND method = 'qris'`;

/** @param {Year} year @returns {Promise<import('./reports/pages.js').Known>} */
async function known({ dates, query }) {
  const to = String(dates.at(-1));
  const last = (/** @type {number} */ days) => ({ from: String(dates.at(-Math.min(days, dates.length))), to });
  const [one] = await query(`SELECT (SELECT id FROM cases ORDER BY findings DESC LIMIT 1) AS case,
    (SELECT max_seq - 100 FROM journal_heads WHERE device_no = 7) AS seq`);
  return {
    week: last(7),
    month: last(30),
    quarter: last(90),
    year: last(365),
    point: 'MDN-007',
    device: 'hh-0007',
    attendant: 'A-0007',
    caseId: String(one?.case),
    acquirer: 'bench-qris',
    seq: Number(one?.seq),
  };
}

/** @param {Year} year @param {Call[]} calls @param {{seconds: number, truths: boolean}} options @returns {Promise<{figures: Figure[], cpu: number[]}>} cpu: seconds of the API and of PostgreSQL */
async function measure(year, calls, { seconds, truths }) {
  const port = await freePort();
  const env = {
    ...year.env,
    EPARKING_HTTP_PORT: String(port),
    EPARKING_HTTP_REQUESTS_PER_MINUTE: '1000000',
    NODE_NO_WARNINGS: '1',
  };
  const api = startMeasured(
    process.execPath,
    [...profiling(), join(repository, 'dist/apps/admin-api/src/main.js')],
    env,
  );
  try {
    await untilReady(port);
    const officers = await officersOf(year, port);
    const first = /** @type {import('./reports/officers.js').Ask} */ (officers[0]);
    for (const call of calls) await first(call);
    const used = () => [api.pid, year.postgresPid].map((pid) => cpuSeconds(pid) ?? 0);
    const before = used();
    const times = await work(officers, calls, { seconds, readMs: [1_000, 3_000] });
    const cpu = used().map((after, n) => after - Number(before[n]));
    const figures = [];
    for (const call of calls) {
      const alone = [];
      let answer;
      for (let n = 0; n < 7; n++) {
        const one = await first(call);
        alone.push(one.ms);
        ({ answer } = one);
      }
      const truth = truths ? await truthsOf(year, call, answer) : { raw: null, view: null };
      const taken = (times.get(call) ?? []).sort((a, b) => a - b);
      const at = (/** @type {number} */ share) =>
        taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? NaN;
      figures.push({ call, alone: median(alone), p50: at(0.5), p95: at(0.95), asked: taken.length, ...truth });
    }
    return { figures, cpu };
  } finally {
    await api.stop();
  }
}

/** @param {number} port */
async function untilReady(port) {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200)))
    if ((await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined))?.ok) return;
  throw new PlainError('The admin API does not become ready within a minute.');
}

/** @param {Year} year @param {number} port */
async function officersOf(year, port) {
  const password = year.adminPassword;
  const names = Array.from({ length: OFFICERS }, (_, n) => `officer-${n + 1}`);
  await year.once('officers', async () => {
    const admin = await signIn(port, 'admin', password);
    for (const username of names) {
      const { answer } = await admin.send('/api/v1/users', { username, role: 'administrator' });
      const officer = await signIn(port, username, answer.temporaryPassword);
      await officer.send('/api/v1/auth/password', { oldPassword: answer.temporaryPassword, newPassword: password });
    }
  });
  const officers = [];
  for (const username of names) officers.push(await signIn(port, username, password));
  return officers;
}

/**
 * The same question in SQL, with the same answer. @param {Year} year @param {Call} call @param {unknown} answer
 * @returns {Promise<{raw: number | null, view: number | null}>} ms
 */
async function truthsOf(year, { truth, ...call }, answer) {
  if (!truth) return { raw: null, view: null };
  const ours = JSON.stringify(truth.pick(answer).map((row) => row.map(String)));
  const ask = async (/** @type {string} */ sql, /** @type {number} */ times) => {
    const taken = [];
    for (let n = 0; n < times; n++) {
      const began = performance.now();
      const rows = await year.rows(sql);
      taken.push(performance.now() - began);
      const theirs = JSON.stringify(rows.map((row) => row.map(String)));
      if (theirs !== ours)
        throw new PlainError(
          `${addressOf(call)} answers ${ours.slice(0, 300)}, the same in SQL ${theirs.slice(0, 300)}`,
        );
    }
    return median(taken);
  };
  return { raw: await ask(truth.raw, 1), view: truth.view ? await ask(truth.view, 5) : null };
}

/** @type {[string, string][]} */
const MADE = [
  ['rebuild', 'all roll-ups rebuilt from the journal (`npm run rebuild-income`)'],
  ['check', 'all roll-ups held against the journal (`--check`)'],
  ['reconcile', 'those days reconciled'],
  ['assess', 'those days assessed'],
  ['view', 'a materialised view of the same grain, made or refreshed once'],
];

/** Whether a question is of a year, or of all there is. @param {Call} call */
function isOfAll({ query: { from, to } = {} }) {
  return from === undefined || Date.parse(String(to)) - Date.parse(String(from)) > 300 * 86_400_000;
}

/** @param {{figures: Figure[], cpu: number[]}} measured @param {Awaited<ReturnType<typeof prepare>> & {days: number, seconds: number}} made */
function tell({ figures, cpu }, { took, sizes, reconciled, assessed, days, seconds }) {
  const ms = (/** @type {number | null} */ value) =>
    value === null ? '' : value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US');
  const bytes = (/** @type {string} */ name, of = sizes.records) => Math.round(Number(sizes[name]) / Number(of));
  const gigabytes = (Number(sizes.all) / 1e9).toFixed(1);
  const rows = figures.map(({ call, p50, p95, alone, raw, view }) => [
    call.page,
    `\`${addressOf(call).replace('/api/v1/', '')}\``,
    ms(p50),
    p95 < MS_WANTED ? ms(p95) : `**${ms(p95)}**`,
    ms(alone),
    ms(raw),
    raw === null ? '' : `${ms(raw / alone)}`,
    ms(view),
  ]);
  const slow = figures.filter(({ p95 }) => !(p95 < MS_WANTED)).length;
  const asked = figures.reduce((sum, figure) => sum + figure.asked, 0);
  const each = cpu.map((all) => ((1000 * all) / asked).toFixed(1));
  const compared = figures.filter(({ raw }) => raw !== null);
  const fast = (/** @type {Figure[]} */ some) =>
    some.filter(({ raw, alone }) => Number(raw) / alone >= TIMES_WANTED).length;
  const [long, short] = [compared.filter(({ call }) => isOfAll(call)), compared.filter(({ call }) => !isOfAll(call))];
  return `${days} days of 152 points, ${Number(sizes.records).toLocaleString('en-US')} records, ${gigabytes} GB in all; load of the machine ${loadavg()[0]?.toFixed(1)}.
A record takes ${bytes('rows')} bytes of the journal and ${bytes('indexes')} of its indexes; roll-ups ${bytes('rollups')} bytes a record, a settlement line ${bytes('settlements', sizes.lines)}.
The last ${reconciled} days are reconciled and the last ${assessed} assessed by the worker's code; the days before have their sums only.
What was done once, when the database was made, which may have been at another load:

${table(
  ['', 'seconds', 'of CPU'],
  MADE.flatMap(([name, what]) => (took[name] ? [[what, ...took[name]]] : [])),
)}

${OFFICERS} officers open page after page, each page's questions at once, and read 1-3 s: ${asked.toLocaleString('en-US')} answers in ${seconds} s,
each ${each[0]} ms of CPU of the API and ${each[1]} of PostgreSQL on average.
"Alone" is the same call by one officer while nobody else asks, over HTTP; "raw" the same question in SQL on the journal, "view" on a materialised view
that knows only what was there when it was made; both checked to give the same answer. ${slow === 0 ? `Every p95 is below ${MS_WANTED} ms.` : `${slow} of ${figures.length} p95 are not below ${MS_WANTED} ms.`}
Of ${long.length} questions of a year or of everything that could be held against the raw rows, ${fast(long)} are answered ${TIMES_WANTED} times faster or more, over HTTP and all;
of ${short.length} questions of a week, or of a month of one point, which an index of the journal answers too, ${fast(short)}.

${table(['page', 'call', 'p50 ms', 'p95 ms', 'alone ms', 'raw ms', 'times faster', 'view ms'], rows)}`;
}
