import { eparking, nodeRed, subscriber } from '../contenders.js';
import { copyCeiling, takeRows } from '../copy-ceiling.js';
import { median, spread, table } from '../document.js';
import { each, round, rounds, warmUpOf } from './rounds.js';

/**
 * @typedef {import('./rounds.js').Size} Size
 * @typedef {import('./rounds.js').Part} Part
 * @typedef {import('../generator.js').Play} Play
 * @typedef {import('../session.js').Measurement} Measurement
 */

/** A day of a city that was cut off. */
const DAY_RECORDS = 152 * 500;
const PER_MESSAGE = 100;
/** Messages of a hundred records under way a terminal. */
const IN_FLIGHT = 4;

/**
 * Rounds of ours, each followed by COPY of the rows that it wrote.
 * @param {Play} play @param {number} roundCount
 */
async function besideCopy(play, roundCount) {
  /** @type {Measurement[]} */
  const ours = [];
  /** @type {number[]} rows a second */
  const copies = [];
  for (let n = 1; n <= roundCount; n++) {
    const { one, taken } = await round(eparking, play, n, IN_FLIGHT, takeRows);
    ours.push(one);
    copies.push(await copyCeiling(taken, warmUpOf(play)));
    console.log(`COPY of the same rows, round ${n}: ${Math.round(copies.at(-1) ?? 0)} rows/s`);
  }
  return { ours, copies };
}

/**
 * Batches at full rate, long enough to be steady; then one day's backlog from its first message to its last record in
 * the database, also of the peers. Each time of ours is followed by COPY of the very rows that it wrote.
 * @param {Size} size @returns {Promise<Part>}
 */
export async function batches({ rounds: roundCount, scale }) {
  const day = { records: DAY_RECORDS * scale, perMessage: PER_MESSAGE };
  const { ours: all, copies } = await besideCopy({ ...day, records: day.records * 4 }, roundCount);
  const ourDay = await besideCopy(day, roundCount);
  const [rate, copy] = [median(each(all, (one) => one.perSecond)), median(copies)];
  const head = ['', 'records/s', 'CPU µs a record'];
  const COPY = 'PostgreSQL COPY, two connections, the very rows that ours wrote, same table';
  const rows = [
    [eparking.name, spread(each(all, (one) => one.perSecond)), spread(each(all, (one) => one.cpuPerRecord))],
    [COPY, spread(copies), ''],
  ];
  const days = [];
  for (const contender of [eparking, subscriber, nodeRed]) {
    const perMessage = contender === eparking ? PER_MESSAGE : 1;
    const taken = contender === eparking ? ourDay.ours : await rounds(contender, { ...day, perMessage }, roundCount);
    const seconds = each(taken, (one) => one.seconds);
    const cpu = spread(each(taken, (one) => one.cpuPerRecord));
    days.push([contender.name, perMessage, spread(seconds, 1), cpu, spread(each(taken, (one) => one.lost))]);
  }
  const copySeconds = ourDay.copies.map((perSecond) => day.records / perSecond);
  days.push([COPY, '', spread(copySeconds, 2), '', '0']);
  const text = `### Batches of ${PER_MESSAGE}, as many as go

${table(head, rows)}

Ours is **${Math.round((rate / copy) * 100)} %** of what COPY does, which verifies no MAC, keeps no roll-up, no gap, no receipt.
COPY follows each round of ours, with the rows of that round from files that the server reads, 5,000 a transaction, on a
database as fresh and after as many rows of warm-up.

### A day's backlog: 152 terminals, ${Math.round(500 * scale)} records each

From the first message to the last record in the database, all terminals at once. The peers' flows store a message a row
and cannot take an array apart, so they get one record a message. Lost is what was acknowledged and had not come to the
database when its count had stood for 20 s, though nothing was killed.

${table(['', 'records a message', 'seconds', 'CPU µs a record', 'lost'], days)}`;
  return { text, figures: { batched: rate, copied: copy } };
}
