import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCity } from './city.js';
import { cpuSeconds, residentMiB } from './cpu.js';
import { startMeasured } from './process.js';

/**
 * A contender on a fresh database with its terminals connected, on which loads are played one after the other.
 *
 * @typedef {import('./contenders.js').Contender} Contender
 * @typedef {import('./contenders.js').Running} Running
 * @typedef {import('./city.js').BenchCity} BenchCity
 * @typedef {import('./generator.js').Play} Play
 *
 * @typedef {object} Measurement
 * @property {number} seconds until the last record was in the database (or acknowledged, without one)
 * @property {number} perSecond records a second until then
 * @property {number} lost records that never came to the database, though nothing was killed
 * @property {number} p50 of PUBACK, ms
 * @property {number} p99
 * @property {number} cpuPerRecord µs of broker, carrier and database together
 * @property {number} ownCpuPerRecord µs of broker and carrier
 * @property {number} memory MiB of the largest process
 * @property {Record<string, number>} acknowledged
 *
 * @typedef {object} Session
 * @property {BenchCity} city
 * @property {Running} running
 * @property {(play: Play) => Promise<Measurement>} play
 * @property {(play: Play) => Promise<{result: Promise<import("./generator.js").Played>}>} begin begins it and checks nothing
 * @property {() => Promise<void>} close
 */

const DRAIN_MS_MAX = 180_000;
/** A count that has not grown for so long does not grow any more. */
const STANDS_MS = 20_000;
/** Messages without PUBACK a terminal, unless told otherwise. */
const IN_FLIGHT = 20;

/** @param {Contender} contender @param {number} [inFlight] @returns {Promise<Session>} */
export async function openSession(contender, inFlight = IN_FLIGHT) {
  const city = await openCity();
  const running = await contender.start(city);
  const generator = startMeasured(process.execPath, [join(import.meta.dirname, 'generator.js')]);
  const connected = generator.line(/^connected/);
  const { protocol } = contender;
  const { port } = running;
  const { terminalsFile } = city;
  generator.tell(JSON.stringify({ port, terminalsFile, inFlight, signIn: protocol, receipts: protocol }));
  await connected;
  let records = 0;

  /** @param {Play} play */
  const begin = async (play) => {
    const ready = generator.line(/^ready/);
    generator.tell(JSON.stringify(play));
    await ready;
    const result = generator.line(/^\{/);
    generator.tell('go');
    return { result: result.then((line) => JSON.parse(line)) };
  };
  /** @param {Play} play @returns {Promise<Measurement>} */
  const play = async (play) => {
    const own = () => running.processes.reduce((sum, { pid }) => sum + (cpuSeconds(pid) ?? 0), 0);
    const database = () => cpuSeconds(city.postgresPid) ?? 0;
    const [ownBefore, databaseBefore] = [own(), database()];
    const { result } = await begin(play);
    const played = await result;
    records += played.records;
    const { at: endedAt, lost } = contender.countSql
      ? await untilCommitted(city, contender.countSql, records)
      : { at: Date.now(), lost: 0 };
    if (lost > 0 && protocol) throw new Error(`${lost} of ${records} acknowledged records are not in the database`);
    records -= lost;
    const [ownCpu, databaseCpu] = [own() - ownBefore, database() - databaseBefore];
    // What acknowledges after the commit is done when the last PUBACK is there: looking at the count takes no part.
    const seconds = contender.countSql && !protocol ? (endedAt - played.startedAt) / 1000 : played.seconds;
    return {
      ...played,
      seconds,
      perSecond: (played.records - lost) / seconds,
      lost,
      cpuPerRecord: ((ownCpu + databaseCpu) / played.records) * 1e6,
      ownCpuPerRecord: (ownCpu / played.records) * 1e6,
      memory: Math.max(...running.processes.map(({ pid }) => residentMiB(pid))),
    };
  };
  const close = async () => {
    await generator.kill('SIGKILL');
    for (const process of running.processes.toReversed()) await process.stop();
    await city.close();
  };
  return { city, running, play, begin, close };
}

/**
 * When the database held so many records, or, if it never does, as many as it ever will.
 * @param {BenchCity} city @param {string} countSql @param {number} records
 */
async function untilCommitted(city, countSql, records) {
  let [last, at] = [-1, Date.now()];
  for (const end = Date.now() + DRAIN_MS_MAX; ; await sleep(100)) {
    const [row] = await city.query(countSql);
    const now = Date.now();
    if (Number(row?.count) !== last) [last, at] = [Number(row?.count), now];
    if (last === records) return { at, lost: 0 };
    if (now - at > STANDS_MS) return { at, lost: records - last };
    if (now > end) throw new Error(`${last} of ${records} records are in the database after three minutes`);
  }
}
