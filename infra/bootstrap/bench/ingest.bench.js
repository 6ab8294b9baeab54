import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repository } from '../run.js';
import { aedesBare, eparking, mosquittoBare, nodeRed, subscriber } from './contenders.js';
import { copyCeiling } from './copy-ceiling.js';
import { median, spread, table, writeSection } from './document.js';
import { openSession } from './session.js';

/**
 * @typedef {import('./contenders.js').Contender} Contender
 * @typedef {import('./city.js').BenchCity} BenchCity
 * @typedef {import('./generator.js').Play} Play
 * @typedef {import('./session.js').Measurement} Measurement
 *
 * @typedef {object} Size
 * @property {number} rounds
 * @property {number} scale of how many records are played
 * @property {number} seconds at each rate
 */

const DRAIN_MS_MAX = 180_000;
/** Paced terminals may have many messages under way: a delay is to be seen, not to hold the sender back. */
const IN_FLIGHT_PACED = 500;

/**
 * Rounds of a contender, each on a fresh database and after a warm-up of a fifth of the records.
 * @param {Contender} contender @param {Play} play @param {number} rounds @param {number} [inFlight]
 */
async function rounds(contender, play, rounds, inFlight) {
  /** @type {Measurement[]} */
  const all = [];
  for (let n = 1; n <= rounds; n++) {
    const session = await openSession(contender, inFlight);
    try {
      await session.play({ ...play, records: Math.ceil(play.records / 5) });
      const one = await session.play(play);
      console.log(`${contender.name}, round ${n}: ${Math.round(one.perSecond)} records/s`);
      all.push(one);
    } finally {
      await session.close();
    }
  }
  return all;
}

/** @param {Measurement[]} all @param {(one: Measurement) => number} of */
const each = (all, of) => all.map(of);

/** @param {Size} size */
async function saturated({ rounds: roundCount, scale }) {
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
    results.set(contender.name, await rounds(contender, { records: records * scale, perMessage: 1 }, roundCount));
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

/** @param {Size} size */
async function batches({ rounds: roundCount, scale }) {
  const load = { records: 152 * 500 * 4 * scale, perMessage: 100 };
  const all = await rounds(eparking, load, roundCount, 4);
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

/**
 * All rates one after the other on one session of each contender, after a warm-up as fast as it goes.
 * @param {Size} size
 */
async function delays({ rounds: roundCount, seconds, scale }) {
  const contenders = [eparking, aedesBare, mosquittoBare];
  const rates = [100, 1_000, 5_000, 10_000];
  /** @type {Map<string, Measurement[]>} */
  const found = new Map();
  for (let n = 1; n <= roundCount; n++)
    for (const contender of contenders) {
      const session = await openSession(contender, IN_FLIGHT_PACED);
      try {
        await session.play({ records: 40_000 * scale, perMessage: 1, perSecond: 8_000 });
        for (const perSecond of rates) {
          const one = await session.play({ records: Math.max(perSecond * seconds, 152), perMessage: 1, perSecond });
          console.log(
            `${contender.name}, ${perSecond}/s, round ${n}: ${one.p50.toFixed(1)} / ${one.p99.toFixed(1)} ms`,
          );
          const key = `${contender.name} ${perSecond}`;
          found.set(key, [...(found.get(key) ?? []), one]);
        }
      } finally {
        await session.close();
      }
    }
  const rows = rates.map((perSecond) => [
    perSecond.toLocaleString('en-US'),
    ...contenders.map(({ name }) => {
      const all = found.get(`${name} ${perSecond}`) ?? [];
      return `${median(each(all, (one) => one.p50)).toFixed(1)} / ${spread(
        each(all, (one) => one.p99),
        1,
      )}`;
    }),
  ]);
  const flushed = flushes();
  const head = ['messages/s', ...contenders.map(({ name }) => name)];
  return (
    `### PUBACK delay, p50 / p99 ms\n\n${table(head, rows)}\n\n` +
    `A flush of 8 KiB to this disk (fdatasync), below which no durable PUBACK can come: p50 ${flushed.p50.toFixed(1)} ms, ` +
    `p99 ${flushed.p99.toFixed(1)} ms, when measured right after.`
  );
}

/** How long the disk takes to keep a page, ms. */
function flushes() {
  const folder = mkdtempSync(join(repository, '.data', 'flush-'));
  const file = openSync(join(folder, 'page'), 'w');
  const page = Buffer.alloc(8192);
  const times = Array.from({ length: 300 }, (_, n) => {
    writeSync(file, page, 0, page.length, n * page.length);
    const began = performance.now();
    fdatasyncSync(file);
    return performance.now() - began;
  }).sort((a, b) => a - b);
  closeSync(file);
  rmSync(folder, { recursive: true });
  return { p50: times[150] ?? 0, p99: times[297] ?? 0 };
}

/** Everything is killed in mid-load and started again: which acknowledged records are not in the database? */
async function durability() {
  const rows = [];
  for (const contender of [eparking, subscriber, nodeRed]) {
    const { city, running, begin, close } = await openSession(contender);
    const { result } = await begin({ records: 400_000, perMessage: 1, untilCut: true });
    await sleep(3_000);
    await Promise.all(running.processes.map((process) => process.kill('SIGKILL')));
    const { acknowledged } = await result;
    await running.restart?.();
    await quiet(city, contender.countSql ?? '');
    const total = Object.values(acknowledged).reduce((sum, seq) => sum + Number(seq), 0);
    const values = Object.entries(acknowledged).map(([device, seq]) => `('${device}', ${seq})`);
    const [found] = await city.query((contender.lostSql ?? String)(values.join(',')));
    const lost = Number(found?.lost);
    console.log(`${contender.name}: ${total} acknowledged, ${lost} lost`);
    rows.push([contender.name, total.toLocaleString('en-US'), lost.toLocaleString('en-US')]);
    await close();
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

/** @type {Readonly<Record<string, (size: Size) => Promise<string>>>} */
const PARTS = { saturated, batches, delays, durability };

/**
 * `npm run bench -- ingest`: the gateway beside what a user would pick instead, into docs/BENCHMARKS.md.
 * @param {string[]} options names of parts, all when none is told; `--quick` for one short round (to try the bench out,
 *   not to quote). Nothing is written unless all parts are run whole.
 */
export async function bench(options) {
  const quick = options.includes('--quick');
  const size = quick ? { rounds: 1, scale: 0.2, seconds: 3 } : { rounds: 3, scale: 1, seconds: 8 };
  const asked = Object.keys(PARTS).filter((name) => options.includes(name));
  const parts = [];
  for (const [name, part] of Object.entries(PARTS))
    if (asked.length === 0 || asked.includes(name)) parts.push(await part(size));
  const how = quick
    ? 'one short round: not to be quoted'
    : `medians of ${size.rounds} rounds (lowest-highest), each on a fresh database and after a warm-up`;
  const text =
    `152 terminals over loopback on the same two cores as everything measured; ${how}. "Everything on" is MAC, chain, ` +
    `sequence, journal, roll-ups, outbox, receipts sent and acknowledged. Peers store the message text only and send nothing ` +
    `back; their rate is until the last record was in the table, for their PUBACK comes before it is.\n\n${parts.join('\n\n')}`;
  if (quick || asked.length > 0) console.log(text);
  else writeSection('Ingest', text);
}
