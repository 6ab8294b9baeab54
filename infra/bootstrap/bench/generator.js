import { createInterface } from 'node:readline';
import { LeanClient, publishFrame } from './lean-client.js';
import { Journal, terminalsOf } from './terminal-journal.js';

/**
 * The load of a benchmark, a process of its own: terminals that publish sealed journal records. Told who they are by one
 * line of JSON on its standard input ({@link Order}), it connects them and says `connected`. Then each line is a play
 * ({@link Play}): its records are made, `ready` is said, a further line begins it, and what was measured comes out as one
 * line of JSON. The terminals stay and their journals go on from play to play, so the first one can be a warm-up.
 *
 * @typedef {object} Order
 * @property {number} port
 * @property {string} terminalsFile made by the demo's setup
 * @property {number} inFlight messages without PUBACK a terminal
 * @property {boolean} signIn whether the broker knows the terminals
 * @property {boolean} receipts whether the terminals listen for receipts
 *
 * @typedef {object} Play
 * @property {number} records in all
 * @property {number} perMessage records a message
 * @property {number} [perSecond] messages a second in all; as many as go when absent
 * @property {boolean} [untilCut] plays until the connections are cut, then tells what was acknowledged
 *
 * @typedef {object} Played
 * @property {number} startedAt ms since 1970
 * @property {number} seconds until the last PUBACK
 * @property {number} records
 * @property {number} p50 of PUBACK, ms
 * @property {number} p99
 * @property {number} max
 * @property {number} cpuSeconds of the generator
 * @property {Record<string, number>} acknowledged messages of each terminal, of all plays
 *
 * @typedef {import('./terminal-journal.js').Terminal} Terminal
 */

/** @param {number[]} sorted @param {number} share */
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** A terminal that plays its messages, and when each was sent (or due). */
class Lane {
  /** @type {ReturnType<typeof publishFrame>[]} */
  #messages = [];
  #next = 0;
  #acknowledgedBefore = 0;
  /** @type {number[]} */
  #since = [];

  /** @param {LeanClient} client @param {Terminal} terminal */
  constructor(client, terminal) {
    this.client = client;
    this.terminal = terminal;
    this.journal = new Journal(terminal);
  }

  /** Makes the next records of its journal, to be sent by the next play. @param {number} records @param {number} perMessage */
  load(records, perMessage) {
    const topic = `eparking/v1/${this.terminal.deviceId}/journal`;
    this.#messages = [];
    for (let n = 0; n < records; n += perMessage) {
      const made = Array.from({ length: Math.min(perMessage, records - n) }, () => this.journal.next());
      const text = perMessage === 1 ? made.join('') : `[${made.join(',')}]`;
      this.#messages.push(publishFrame(topic, Buffer.from(text)));
    }
    this.#next = 0;
    this.#since = [];
    this.#acknowledgedBefore = this.client.acknowledged;
  }

  get isSent() {
    return this.#next === this.#messages.length;
  }

  /** @param {number} since when its turn came, ms */
  send(since) {
    const message = this.#messages[this.#next];
    if (!message) return;
    this.#next++;
    this.#since.push(since);
    this.client.publish(message.frame, message.idAt);
  }

  /** Resolves when all is acknowledged. @param {number[]} delays @param {boolean} [untilCut] @returns {Promise<void>} */
  played(delays, untilCut = false) {
    return new Promise((resolve, reject) => {
      this.client.onAck = (index) => {
        const own = index - this.#acknowledgedBefore;
        delays.push(performance.now() - (this.#since[own] ?? 0));
        if (own + 1 === this.#messages.length) resolve();
      };
      this.client.socket.on('close', () => (untilCut ? resolve() : reject(this.client.lost ?? new Error('closed'))));
    });
  }
}

/** Plays everything as fast as the window lets it. @param {Lane[]} lanes */
function saturate(lanes) {
  for (const lane of lanes) {
    lane.client.onRoom = () => {
      while (lane.client.hasRoom && !lane.isSent) lane.send(performance.now());
    };
    lane.client.onRoom();
  }
}

/**
 * Plays at a rate, the terminals in turn; a delay counts from when its turn came.
 * @param {Lane[]} lanes @param {number} perSecond
 */
function pace(lanes, perSecond) {
  const begin = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - begin) * perSecond) / 1000);
    // The first is due at once: the n-th at n / rate.
    for (; sent <= due; sent++) lanes[sent % lanes.length]?.send(begin + (sent * 1000) / perSecond);
    if (lanes.every((lane) => lane.isSent)) clearInterval(timer);
  }, 1);
}

/** @param {Lane[]} lanes @param {Play} play @returns {Promise<Played>} */
async function measure(lanes, play) {
  /** @type {number[]} */
  const delays = [];
  const startedAt = Date.now();
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const played = lanes.map((lane) => lane.played(delays, play.untilCut));
  if (play.perSecond) pace(lanes, play.perSecond);
  else saturate(lanes);
  await Promise.all(played);
  const seconds = (performance.now() - begin) / 1000;
  const used = process.cpuUsage(cpu);
  for (const { client } of lanes) client.onRoom = () => undefined;
  delays.sort((a, b) => a - b);
  return {
    startedAt,
    seconds,
    records: lanes.length * Math.ceil(play.records / lanes.length),
    p50: quantile(delays, 0.5),
    p99: quantile(delays, 0.99),
    max: delays.at(-1) ?? 0,
    cpuSeconds: (used.user + used.system) / 1e6,
    acknowledged: Object.fromEntries(lanes.map(({ client, terminal }) => [terminal.deviceId, client.acknowledged])),
  };
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
/** @type {Order} */
const order = JSON.parse((await lines.next()).value);
const lanes = await Promise.all(
  terminalsOf(order.terminalsFile).map(async (terminal) => {
    const { deviceId, mqttPassword } = terminal;
    const client = await LeanClient.connect({
      port: order.port,
      clientId: deviceId,
      inFlightMax: order.inFlight,
      ...(order.signIn && { username: deviceId, password: mqttPassword }),
      ...(order.receipts && { subscribe: `eparking/v1/${deviceId}/receipts` }),
    });
    return new Lane(client, terminal);
  }),
);
console.log('connected');
for await (const line of lines) {
  /** @type {Play} */
  const play = JSON.parse(line);
  for (const lane of lanes) lane.load(Math.ceil(play.records / lanes.length), play.perMessage);
  console.log('ready');
  await lines.next();
  console.log(JSON.stringify(await measure(lanes, play)));
}
for (const { client } of lanes) client.close();
process.exit(0);
