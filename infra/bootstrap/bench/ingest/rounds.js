import { openSession } from '../session.js';

/**
 * @typedef {import('../contenders.js').Contender} Contender
 * @typedef {import('../generator.js').Play} Play
 * @typedef {import('../session.js').Measurement} Measurement
 *
 * @typedef {object} Size
 * @property {number} rounds
 * @property {number} scale of how many records are played
 * @property {number} seconds at each rate
 * @property {number} terminals that idle
 *
 * @typedef {object} Figures what the last paragraph is worked out from; a part adds its own
 * @property {Record<string, number>} [perSecond] one record a message, by contender
 * @property {number} [batched] records a second in batches, ours
 * @property {number} [copied] rows a second of COPY
 * @property {Record<string, Record<number, number>>} [p99] of PUBACK, ms, by contender and rate
 * @property {number} [idleKb] an idle terminal of ours
 * @property {Record<string, Record<string, number>>} [lost] by contender and what was killed
 *
 * @typedef {{text: string, figures: Figures}} Part
 */

/**
 * Rounds of a contender, each on a fresh database and after a warm-up.
 * @param {Contender} contender @param {Play} play @param {number} rounds @param {number} [inFlight]
 */
export async function rounds(contender, play, rounds, inFlight) {
  /** @type {Measurement[]} */
  const all = [];
  for (let n = 1; n <= rounds; n++) all.push((await round(contender, play, n, inFlight, () => undefined)).one);
  return all;
}

/** How many records are played before a play is measured. @param {Play} play */
export const warmUpOf = ({ records }) => Math.ceil(records / 5);

/**
 * @template T
 * @param {Contender} contender @param {Play} play @param {number} n which round it is @param {number | undefined} inFlight
 * @param {(city: import('../city.js').BenchCity) => T} take what is taken out of its database when it was measured
 */
export async function round(contender, play, n, inFlight, take) {
  const session = await openSession(contender, inFlight);
  try {
    await session.play({ ...play, records: warmUpOf(play) });
    const one = await session.play(play);
    console.log(`${contender.name}, round ${n}: ${Math.round(one.perSecond)} records/s`);
    return { one, taken: await take(session.city) };
  } finally {
    await session.close();
  }
}

/** @param {Measurement[]} all @param {(one: Measurement) => number} of */
export const each = (all, of) => all.map(of);
