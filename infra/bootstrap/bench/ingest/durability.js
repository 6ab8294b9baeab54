import { setTimeout as sleep } from 'node:timers/promises';
import { eparking, nodeRed, subscriber } from '../contenders.js';
import { table } from '../document.js';
import { openSession } from '../session.js';

/**
 * @typedef {import('../city.js').BenchCity} BenchCity
 * @typedef {import('../contenders.js').Contender} Contender
 * @typedef {import('../session.js').Session} Session
 * @typedef {import('./rounds.js').Part} Part
 *
 * @typedef {object} Kill
 * @property {string} name
 * @property {number} records of the play: where the broker lives on, it takes them all, and its carrier has to follow
 * @property {(session: Session) => Promise<void>} strike
 */

const LOADED_MS = 3_000;
const DRAIN_MS_MAX = 180_000;
const DOWN_MS = 1_000;

/** @type {Kill} */
const CARRIER = {
  name: 'carrier',
  records: 40_000,
  strike: async ({ running }) => void (await running.processes.at(-1)?.kill('SIGKILL')),
};
/** @type {Kill} */
const BOTH = {
  name: 'broker and carrier',
  records: 400_000,
  strike: async ({ running }) => void (await Promise.all(running.processes.map((each) => each.kill('SIGKILL')))),
};
/** @type {Kill} */
const DATABASE = {
  name: 'PostgreSQL',
  records: 40_000,
  strike: async ({ city }) => {
    await city.killDatabase();
    await sleep(DOWN_MS);
    await city.restartDatabase();
  },
};

/** Our gateway is broker and carrier in one, so one kill is both; it acknowledges no more than it has committed. */
const PLAN = /** @type {[Contender, Kill[]][]} */ ([
  [eparking, [BOTH, { ...DATABASE, records: 120_000 }]],
  [subscriber, [CARRIER, BOTH, DATABASE]],
  [nodeRed, [CARRIER, BOTH, DATABASE]],
]);

/** Something is killed in mid-load and started again: which acknowledged records are not in the database? @returns {Promise<Part>} */
export async function durability() {
  const rows = [];
  /** @type {Record<string, Record<string, number>>} */
  const lost = {};
  for (const [contender, kills] of PLAN)
    for (const kill of kills) {
      const found = await killed(contender, kill);
      const name = contender === eparking && kill === BOTH ? 'gateway (broker and carrier in one)' : kill.name;
      console.log(`${contender.name}, ${name}: ${JSON.stringify(found)}`);
      rows.push([contender.name, name, ...Object.values(found).map((value) => value.toLocaleString('en-US'))]);
      lost[contender.name] = { ...lost[contender.name], [kill.name]: found.lost };
    }
  const text = `### Killed in the middle (SIGKILL after ${LOADED_MS / 1_000} s of full load, then started again)

A carrier that ended because its database did is started again too. Terminals do not send again here what was not
acknowledged; that they do, and what comes of it, is in [RELIABILITY.md](RELIABILITY.md).

${table(['contender', 'killed', 'acknowledged', 'of these lost', 'records there twice'], rows)}`;
  return { text, figures: { lost } };
}

/** @param {Contender} contender @param {Kill} kill */
async function killed(contender, { records, strike }) {
  const session = await openSession(contender);
  try {
    const { city, running, begin } = session;
    const { result } = await begin({ records, perMessage: 1, untilCut: true });
    await sleep(LOADED_MS);
    await strike(session);
    await sleep(DOWN_MS);
    await running.restart?.();
    const { acknowledged } = await within(result, DRAIN_MS_MAX);
    await quiet(city, contender.countSql ?? '');
    const total = Object.values(acknowledged).reduce((sum, seq) => sum + Number(seq), 0);
    const values = Object.entries(acknowledged).map(([device, seq]) => `('${device}', ${seq})`);
    const [gone] = await city.query((contender.lostSql ?? String)(values.join(',')));
    const [twice] = await city.query(contender.doubledSql ?? '');
    return { acknowledged: total, lost: Number(gone?.lost), doubled: Number(twice?.doubled) };
  } finally {
    await session.close();
  }
}

/** @template T @param {Promise<T>} result @param {number} ms @returns {Promise<T>} */
async function within(result, ms) {
  const late = sleep(ms, undefined, { ref: false }).then(() => {
    throw new Error(`The terminals are not done after ${ms / 1_000} s`);
  });
  return Promise.race([result, late]);
}

/** Waits until the count of records has not changed for five seconds. @param {BenchCity} city @param {string} countSql */
async function quiet(city, countSql) {
  let [last, since] = [-1, Date.now()];
  for (const end = Date.now() + DRAIN_MS_MAX; Date.now() < end && Date.now() - since < 5_000; await sleep(250)) {
    const [row] = await city.query(countSql);
    if (Number(row?.count) !== last) [last, since] = [Number(row?.count), Date.now()];
  }
}
