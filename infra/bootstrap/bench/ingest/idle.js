import { setTimeout as sleep } from 'node:timers/promises';
import { addTerminals, allIn, Caller } from '../callers.js';
import { openCity } from '../city.js';
import { aedesBare, eparking, mosquittoBare } from '../contenders.js';
import { cpuSeconds, residentMiB } from '../cpu.js';
import { median, spread, table } from '../document.js';

/**
 * @typedef {import('../contenders.js').Contender} Contender
 * @typedef {import('./rounds.js').Size} Size
 * @typedef {import('./rounds.js').Part} Part
 *
 * @typedef {object} Idle
 * @property {number} before MiB of the broker without terminals
 * @property {number} after MiB with all of them, at the end of their idle time
 * @property {number} kb a terminal
 * @property {number} cpuPercent of one core while they idle
 */

const COME_IN_MS = 15_000;
const COME_IN_MS_MAX = 180_000;
const SETTLE_MS = 3_000;
const IDLE_MS = 30_000;
/** As the terminal's protocol has it. */
const KEEPALIVE_SECONDS = 60;
const CHANNELS = ['receipts', 'config', 'commands', 'payments'];

/** Terminals that are there and say nothing but that they are: what each costs the broker. @param {Size} size @returns {Promise<Part>} */
export async function idle({ rounds, terminals }) {
  const rows = [];
  let idleKb = 0;
  for (const contender of [eparking, aedesBare, mosquittoBare]) {
    /** @type {Idle[]} */
    const all = [];
    for (let n = 1; n <= rounds; n++) {
      const one = await round(contender, terminals);
      console.log(`${contender.name}, ${terminals} idle, round ${n}: ${JSON.stringify(one)}`);
      all.push(one);
    }
    const each = (/** @type {(one: Idle) => number} */ of) => all.map(of);
    if (contender === eparking) idleKb = median(each(({ kb }) => kb));
    rows.push([
      contender.name,
      spread(each(({ before }) => before)),
      spread(each(({ after }) => after)),
      spread(
        each(({ kb }) => kb),
        1,
      ),
      spread(
        each(({ cpuPercent }) => cpuPercent),
        1,
      ),
    ]);
  }
  const head = ['broker', 'MiB without', 'MiB with them', 'KB a terminal', 'CPU, % of a core'];
  const text = `### ${terminals.toLocaleString('en-US')} idle terminals

They come in within ${COME_IN_MS / 1_000} s, ours signed in, each subscribes to its ${CHANNELS.length} topics in a lasting session, and then all ping once in
${KEEPALIVE_SECONDS} s; memory is resident at the end of ${IDLE_MS / 1_000} s of that, CPU over them. What Mosquitto holds, both peers behind it hold too.

${table(head, rows)}`;
  return { text, figures: { idleKb } };
}

/** @param {Contender} contender @param {number} terminals @returns {Promise<Idle>} */
async function round(contender, terminals) {
  const city = await openCity();
  /** @type {Caller[]} */
  let callers = [];
  try {
    if (contender.protocol) await addTerminals(city, 'idle', terminals);
    const { port, processes } = await contender.start(city);
    try {
      const memory = () => processes.reduce((sum, { pid }) => sum + residentMiB(pid), 0);
      const cpu = () => processes.reduce((sum, { pid }) => sum + (cpuSeconds(pid) ?? 0), 0);
      await sleep(SETTLE_MS);
      const before = memory();
      const pauseMs = () => Math.random() * COME_IN_MS;
      callers = Array.from({ length: terminals }, (_, n) => {
        const id = `idle-${n + 1}`;
        const subscribe = CHANNELS.map((channel) => `eparking/v1/${id}/${channel}`);
        return new Caller({
          port,
          id,
          pauseMs,
          signIn: contender.protocol,
          keepaliveSeconds: KEEPALIVE_SECONDS,
          subscribe,
        });
      });
      const count = await allIn(callers, { msMax: COME_IN_MS_MAX });
      if (count < terminals) throw new Error(`${count} of ${terminals} terminals are in at ${contender.name}`);
      await sleep(SETTLE_MS);
      const calls = () => callers.reduce((sum, { tries }) => sum + tries, 0);
      const [cpuBefore, began, callsBefore] = [cpu(), Date.now(), calls()];
      await sleep(IDLE_MS);
      const cpuPercent = ((cpu() - cpuBefore) / (Date.now() - began)) * 1_000 * 100;
      const after = memory();
      if (calls() > callsBefore)
        throw new Error(`${calls() - callsBefore} terminals of ${contender.name} called again`);
      return { before, after, kb: ((after - before) * 1024) / terminals, cpuPercent };
    } finally {
      for (const caller of callers) caller.end();
      for (const process of processes) await process.stop();
    }
  } finally {
    await city.close();
  }
}
