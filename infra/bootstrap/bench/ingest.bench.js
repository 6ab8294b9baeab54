import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCity } from './city.js';
import { aedesBare, eparking, mosquittoBare, nodeRed, subscriber } from './contenders.js';
import { copyCeiling } from './copy-ceiling.js';
import { median, spread, table, writeSection } from './document.js';
import { cpuSeconds, residentMiB } from './cpu.js';
import { startMeasured } from './process.js';

/**
 * @typedef {import('./contenders.js').Contender} Contender
 * @typedef {import('./contenders.js').Running} Running
 * @typedef {import('./city.js').BenchCity} BenchCity
 *
 * @typedef {object} Load
 * @property {number} records
 * @property {number} perMessage
 * @property {number} inFlight
 * @property {number} [perSecond]
 *
 * @typedef {object} Measurement
 * @property {number} perSecond records a second until the last one was in the database (or acknowledged, without one)
 * @property {number} p50 of PUBACK, ms
 * @property {number} p99
 * @property {number} cpuPerRecord µs of broker, carrier and database together
 * @property {number} memory MiB of the largest process
 * @property {Record<string, number>} acknowledged
 */

const DRAIN_MS_MAX = 180_000;

/**
 * One round of a contender on a fresh database.
 * @param {Contender} contender @param {Load} load @returns {Promise<Measurement>}
 */
async function measure(contender, load) {
  const city = await openCity();
  const running = await contender.start(city);
  try {
    const { generator, begin } = await startGenerator(contender, running, city, load);
    const pids = [city.postgresPid, ...running.processes.map(({ pid }) => pid)];
    const cpuBefore = pids.reduce((sum, pid) => sum + (cpuSeconds(pid) ?? 0), 0);
    const played = await begin();
    const endedAt = contender.countSql ? await untilCommitted(city, contender.countSql, played.records) : Date.now();
    const cpu = pids.reduce((sum, pid) => sum + (cpuSeconds(pid) ?? 0), 0) - cpuBefore;
    // What acknowledges after the commit is done when the last PUBACK is there: looking at the count takes no part.
    const seconds = contender.countSql && !contender.protocol ? (endedAt - played.startedAt) / 1000 : played.seconds;
    await generator.stop();
    return {
      ...played,
      perSecond: played.records / seconds,
      cpuPerRecord: (cpu / played.records) * 1e6,
      memory: Math.max(...running.processes.map(({ pid }) => residentMiB(pid))),
    };
  } finally {
    for (const process of running.processes.toReversed()) await process.stop();
    await city.close();
  }
}

/** @param {Contender} contender @param {Running} running @param {BenchCity} city @param {Load & {untilCut?: boolean}} load */
async function startGenerator(contender, running, city, load) {
  const generator = startMeasured(process.execPath, [join(import.meta.dirname, 'generator.js')]);
  const ready = generator.line(/^ready/);
  const { port } = running;
  const { terminalsFile } = city;
  const speaks = { signIn: contender.protocol, receipts: contender.protocol };
  generator.tell(JSON.stringify({ ...load, ...speaks, port, terminalsFile, firstSeq: 1 }));
  await ready;
  const begin = async () => {
    const result = generator.line(/^\{/);
    generator.tell('go');
    return JSON.parse(await result);
  };
  return { generator, begin };
}

/** When the database held so many records. @param {BenchCity} city @param {string} countSql @param {number} records */
async function untilCommitted(city, countSql, records) {
  for (const end = Date.now() + DRAIN_MS_MAX; ; await sleep(100)) {
    const [row] = await city.query(countSql);
    const now = Date.now();
    if (Number(row?.count) === records) return now;
    if (now > end) throw new Error(`${row?.count} of ${records} records are in the database after three minutes`);
  }
}

/** @param {Contender} contender @param {Load} load @param {number} rounds */
async function rounds(contender, load, rounds) {
  /** @type {Measurement[]} */
  const all = [];
  for (let n = 1; n <= rounds; n++) {
    const one = await measure(contender, load);
    console.log(
      `${contender.name}, round ${n}: ${Math.round(one.perSecond)} records/s, PUBACK p99 ${one.p99.toFixed(1)} ms`,
    );
    all.push(one);
  }
  return all;
}

/** @param {Measurement[]} all @param {(one: Measurement) => number} of */
const each = (all, of) => all.map(of);

/** @param {number} roundCount @param {number} scale */
async function saturated(roundCount, scale) {
  const plan = /** @type {const} */ ([
    [eparking, 150_000],
    [subscriber, 15_000],
    [nodeRed, 15_000],
    [aedesBare, 150_000],
    [mosquittoBare, 300_000],
  ]);
  /** @type {Map<string, Measurement[]>} */
  const results = new Map();
  for (const [contender, records] of plan)
    results.set(
      contender.name,
      await rounds(contender, { records: records * scale, perMessage: 1, inFlight: 20 }, roundCount),
    );
  const ours = median(each(results.get(eparking.name) ?? [], (one) => one.perSecond));
  const rows = plan.map(([{ name, countSql }]) => {
    const all = results.get(name) ?? [];
    const rate = median(each(all, (one) => one.perSecond));
    return [
      name,
      countSql ? 'database' : 'memory',
      spread(each(all, (one) => one.perSecond)),
      name === eparking.name ? '1' : (rate / ours).toFixed(2),
      spread(each(all, (one) => one.cpuPerRecord)),
      spread(each(all, (one) => one.memory)),
    ];
  });
  const head = ['contender', 'kept in', 'records/s', 'of ours', 'CPU µs a record', 'memory MiB'];
  return `### One record a message, as many as go\n\n${table(head, rows)}`;
}

/** @param {number} roundCount @param {number} scale */
async function batches(roundCount, scale) {
  const load = { records: 152 * 500 * 4 * scale, perMessage: 100, inFlight: 4 };
  const all = await rounds(eparking, load, roundCount);
  const copy = [];
  for (let n = 0; n < roundCount; n++) copy.push(await copyCeiling(Math.round(load.records / 2)));
  const rate = median(each(all, (one) => one.perSecond));
  const rows = [
    [
      eparking.name,
      spread(each(all, (one) => one.perSecond)),
      spread(each(all, (one) => one.cpuPerRecord)),
      `${((152 * 500) / rate).toFixed(1)} s`,
    ],
    [
      'PostgreSQL COPY, two connections, same rows, same table',
      spread(copy),
      '',
      `${((152 * 500) / median(copy)).toFixed(1)} s`,
    ],
  ];
  const share = Math.round((rate / median(copy)) * 100);
  return (
    `### A day's backlog: 152 terminals, batches of 100\n\n` +
    `${table(['', 'records/s', 'CPU µs a record', 'a backlog of 152 x 500'], rows)}\n\n` +
    `Ours is **${share} %** of what COPY does, which verifies no MAC, keeps no roll-up, no gap, no receipt.`
  );
}

/** @param {number} seconds */
async function delays(seconds) {
  const rows = [];
  for (const perSecond of [100, 1_000, 5_000, 10_000]) {
    const load = { records: Math.max(perSecond * seconds, 152), perMessage: 1, inFlight: 500, perSecond };
    const cells = [];
    for (const contender of [eparking, aedesBare, mosquittoBare]) {
      const { p50, p99 } = await measure(contender, load);
      console.log(`${contender.name} at ${perSecond}/s: p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms`);
      cells.push(`${p50.toFixed(1)} / ${p99.toFixed(1)}`);
    }
    rows.push([perSecond.toLocaleString('en-US'), ...cells]);
  }
  const head = ['messages/s', ...[eparking, aedesBare, mosquittoBare].map(({ name }) => name)];
  return `### PUBACK delay, p50 / p99 ms\n\n${table(head, rows)}`;
}

/** Everything is killed in mid-load and started again: which acknowledged records are not in the database? */
async function durability() {
  const rows = [];
  for (const contender of [eparking, subscriber, nodeRed]) {
    const city = await openCity();
    const running = await contender.start(city);
    const load = { records: 400_000, perMessage: 1, inFlight: 20, untilCut: true };
    const { generator, begin } = await startGenerator(contender, running, city, load);
    const played = begin();
    await sleep(3_000);
    await Promise.all(running.processes.map((process) => process.kill('SIGKILL')));
    const { acknowledged } = await played;
    await generator.stop();
    await running.restart?.();
    await quiet(city, contender.countSql ?? '');
    const total = Object.values(acknowledged).reduce((sum, seq) => sum + Number(seq), 0);
    const values = Object.entries(acknowledged).map(([device, seq]) => `('${device}', ${seq})`);
    const [found] = await city.query((contender.lostSql ?? String)(values.join(',')));
    const lost = Number(found?.lost);
    console.log(`${contender.name}: ${total} acknowledged, ${lost} lost`);
    rows.push([contender.name, total.toLocaleString('en-US'), lost.toLocaleString('en-US')]);
    for (const process of running.processes.toReversed()) await process.stop();
    await city.close();
  }
  return `### Killed in the middle (SIGKILL of broker and carrier after 3 s of full load)\n\n${table(['contender', 'acknowledged', 'of these lost'], rows)}`;
}

/** Waits until the count of records has not changed for five seconds. @param {BenchCity} city @param {string} countSql */
async function quiet(city, countSql) {
  let [last, since] = [-1, Date.now()];
  for (const end = Date.now() + DRAIN_MS_MAX; Date.now() < end && Date.now() - since < 5_000; await sleep(250)) {
    const [row] = await city.query(countSql);
    if (Number(row?.count) !== last) [last, since] = [Number(row?.count), Date.now()];
  }
}

/**
 * `npm run bench -- ingest`: the gateway beside what a user would pick instead, into docs/BENCHMARKS.md.
 * @param {string[]} options `--quick` for one short round (to try the bench out, not to quote: nothing is written)
 */
export async function bench(options) {
  const quick = options.includes('--quick');
  const [roundCount, scale] = quick ? [1, 0.2] : [3, 1];
  const parts = [
    await saturated(roundCount, scale),
    await batches(roundCount, scale),
    await delays(quick ? 3 : 15),
    await durability(),
  ];
  const how = quick
    ? 'one short round: not to be quoted'
    : `medians of ${roundCount} rounds (lowest-highest), each on a fresh database`;
  const text =
    `152 terminals over loopback on the same two cores as everything measured; ${how}. "Everything on" is MAC, chain, ` +
    `sequence, journal, roll-ups, outbox, receipts sent and acknowledged. Peers store the message text only and send nothing ` +
    `back; their rate is until the last record was in the table, for their PUBACK comes before it is.\n\n${parts.join('\n\n')}`;
  if (quick) console.log(text);
  else writeSection('Ingest', text);
  process.exit(0);
}
