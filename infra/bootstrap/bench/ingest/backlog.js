import { eparking, nodeRed, subscriber } from '../contenders.js';
import { copyCeiling } from '../copy-ceiling.js';
import { median, spread, table } from '../document.js';
import { each, rounds } from './rounds.js';

/**
 * @typedef {import('./rounds.js').Size} Size
 * @typedef {import('./rounds.js').Part} Part
 */

/** A day of a city that was cut off. */
const DAY_RECORDS = 152 * 500;
const PER_MESSAGE = 100;
/** Messages of a hundred records under way a terminal. */
const IN_FLIGHT = 4;

/**
 * Batches at full rate, long enough to be steady; then one day's backlog from its first message to its last record in
 * the database, also of the peers. COPY is of as many rows.
 * @param {Size} size @returns {Promise<Part>}
 */
export async function batches({ rounds: roundCount, scale }) {
  const steady = { records: DAY_RECORDS * 4 * scale, perMessage: PER_MESSAGE };
  const all = await rounds(eparking, steady, roundCount, IN_FLIGHT);
  const copies = [];
  const copyDays = [];
  for (let n = 0; n < roundCount; n++) {
    copies.push(await copyCeiling(Math.round(steady.records / 2)));
    copyDays.push((DAY_RECORDS * scale) / (await copyCeiling(DAY_RECORDS * scale)));
  }
  const [rate, copy] = [median(each(all, (one) => one.perSecond)), median(copies)];
  const head = ['', 'records/s', 'CPU µs a record'];
  const COPY = 'PostgreSQL COPY, two connections, same rows, same table';
  const rows = [
    [eparking.name, spread(each(all, (one) => one.perSecond)), spread(each(all, (one) => one.cpuPerRecord))],
    [COPY, spread(copies), ''],
  ];
  const days = [];
  for (const [contender, perMessage, inFlight] of /** @type {[typeof eparking, number, number | undefined][]} */ ([
    [eparking, PER_MESSAGE, IN_FLIGHT],
    [subscriber, 1, undefined],
    [nodeRed, 1, undefined],
  ])) {
    const taken = await rounds(contender, { records: DAY_RECORDS * scale, perMessage }, roundCount, inFlight);
    const seconds = each(taken, (one) => one.seconds);
    const cpu = spread(each(taken, (one) => one.cpuPerRecord));
    days.push([contender.name, perMessage, spread(seconds, 1), cpu, spread(each(taken, (one) => one.lost))]);
  }
  days.push([COPY, '', spread(copyDays, 2), '', '0']);
  const text = `### Batches of ${PER_MESSAGE}, as many as go

${table(head, rows)}

Ours is **${Math.round((rate / copy) * 100)} %** of what COPY does, which verifies no MAC, keeps no roll-up, no gap, no receipt.

### A day's backlog: 152 terminals, ${Math.round(500 * scale)} records each

From the first message to the last record in the database, all terminals at once. The peers' flows store a message a row
and cannot take an array apart, so they get one record a message. Lost is what was acknowledged and had not come to the
database when its count had stood for 20 s, though nothing was killed.

${table(['', 'records a message', 'seconds', 'CPU µs a record', 'lost'], days)}`;
  return { text, figures: { batched: rate, copied: copy } };
}
