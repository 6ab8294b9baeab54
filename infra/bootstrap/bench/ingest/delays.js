import { closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../city.js';
import { aedesBare, eparking, mosquittoBare } from '../contenders.js';
import { median, spread, table } from '../document.js';
import { openSession } from '../session.js';
import { each } from './rounds.js';

/**
 * @typedef {import('./rounds.js').Size} Size
 * @typedef {import('./rounds.js').Part} Part
 * @typedef {import('../session.js').Measurement} Measurement
 */

/** Paced terminals may have many messages under way: a delay is to be seen, not to hold the sender back. */
const IN_FLIGHT_PACED = 500;

const RATES = [100, 1_000, 5_000, 10_000];
const CONTENDERS = [eparking, aedesBare, mosquittoBare];

/** So long each rate is played before it is measured. */
const SETTLE_SECONDS = 4;

/**
 * All rates one after the other on one session of each contender, after a warm-up, and each after some seconds of itself:
 * what full load leaves behind in a process and what a rate makes it compile are over by then.
 * @param {Size} size @returns {Promise<Part>}
 */
export async function delays({ rounds: roundCount, seconds, scale }) {
  /** @type {Map<string, Measurement[]>} */
  const found = new Map();
  for (let n = 1; n <= roundCount; n++)
    for (const contender of CONTENDERS) {
      const session = await openSession(contender, IN_FLIGHT_PACED);
      try {
        await session.play({ records: 40_000 * scale, perMessage: 1, perSecond: 8_000 });
        // A database that has run for some minutes has WAL files to use again. A new one is filled with zeros first, for
        // which all commits wait.
        await session.city.query('CHECKPOINT');
        for (const perSecond of RATES) {
          const of = (/** @type {number} */ length) => ({
            records: Math.max(perSecond * length, 152),
            perMessage: 1,
            perSecond,
          });
          await session.play(of(Math.min(seconds, SETTLE_SECONDS)));
          const one = await session.play(of(seconds));
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
  return told((name, perSecond) => found.get(`${name} ${perSecond}`) ?? []);
}

/** @param {(name: string, perSecond: number) => Measurement[]} of @returns {Part} */
function told(of) {
  const p99 = (/** @type {string} */ name, /** @type {number} */ perSecond) =>
    median(each(of(name, perSecond), (one) => one.p99));
  const rows = RATES.map((perSecond) => [
    perSecond.toLocaleString('en-US'),
    ...CONTENDERS.map(({ name }) => {
      const all = of(name, perSecond);
      return `${spread(
        each(all, (one) => one.p50),
        1,
      )} / ${spread(
        each(all, (one) => one.p99),
        1,
      )}`;
    }),
    (p99(eparking.name, perSecond) / p99(aedesBare.name, perSecond)).toFixed(1),
  ]);
  const costs = RATES.map((perSecond) => [
    perSecond.toLocaleString('en-US'),
    ...CONTENDERS.map(({ name }) => {
      const all = of(name, perSecond);
      return `${spread(each(all, (one) => one.cpuPerRecord))} µs, ${spread(each(all, (one) => one.memory))} MiB`;
    }),
  ]);
  const flushed = flushes();
  const names = CONTENDERS.map(({ name }) => name);
  const text = `### PUBACK delay, p50 / p99 ms

Each rate is measured after ${SETTLE_SECONDS} s of itself, on a database that has written a checkpoint before (a new WAL file of 16 MiB is
filled with zeros first, and the commits wait for that).

${table(['messages/s', ...names, 'p99, ours : aedes'], rows)}

A flush of 8 KiB to this disk (fdatasync), below which no durable PUBACK can come: p50 ${flushed.p50.toFixed(1)} ms, p99 ${flushed.p99.toFixed(1)} ms, when measured right after.

CPU a message (broker and database) and memory meanwhile; at low rates most of it is waking up:

${table(['messages/s', ...names], costs)}`;
  const figures = Object.fromEntries(
    names.map((name) => [name, Object.fromEntries(RATES.map((perSecond) => [perSecond, p99(name, perSecond)]))]),
  );
  return { text, figures: { p99: figures } };
}

/** How long the disk takes to keep a page, ms. */
function flushes() {
  mkdirSync(ROOT, { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'flush-'));
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
