import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { LeanClient, publishFrame } from './lean-client.js';

/**
 * The load of a benchmark, a process of its own: terminals that publish sealed journal records. Told what to do by one
 * line of JSON on its standard input, it says `ready` when all records are made and all terminals are connected, waits
 * for a line, plays, and prints what it measured as one line of JSON.
 *
 * @typedef {object} Order
 * @property {number} port
 * @property {string} terminalsFile made by the demo's setup
 * @property {number} records in all
 * @property {number} perMessage records a message
 * @property {number} inFlight messages without PUBACK a terminal
 * @property {number} [perSecond] messages a second in all; as many as go when absent
 * @property {boolean} signIn whether the broker knows the terminals
 * @property {boolean} receipts whether the terminals listen for receipts
 * @property {number} firstSeq where their journals stand, from 1
 * @property {Record<string, string>} [tails] mac of each terminal's last record
 * @property {boolean} [untilCut] plays until the connections are cut, then tells what was acknowledged
 *
 * @typedef {{deviceId: string, mqttPassword: string, journalKey: string, epoch: number, point: {code: string}, attendants?: {code: string}[]}} Terminal
 */

const MOTORCYCLE = { vehicleClass: 'motorcycle', amount: 2000 };
const CAR = { vehicleClass: 'car', amount: 4000 };
const METHODS = ['cash', 'cash', 'cash', 'qris'];
const BEGIN_MS_BEFORE = 6 * 3_600_000;

/** A terminal's journal: the next records, sealed and chained. */
class Journal {
  /** @param {Terminal} terminal @param {number} seq @param {string} prev */
  constructor(terminal, seq, prev) {
    this.terminal = terminal;
    this.key = Buffer.from(terminal.journalKey, 'base64url');
    this.seq = seq;
    this.prev = prev;
    this.at = Date.now() - BEGIN_MS_BEFORE;
    const [attendant] = terminal.attendants ?? [];
    this.attendant = typeof attendant === 'string' ? attendant : (attendant?.code ?? '');
  }

  next() {
    const { epoch } = this.terminal;
    const seq = this.seq++;
    const { vehicleClass, amount } = seq % 3 === 0 ? CAR : MOTORCYCLE;
    const method = METHODS[seq % METHODS.length];
    this.at += 2_000;
    const at = new Date(this.at + 7 * 3_600_000).toISOString().replace('Z', '+07:00');
    const body =
      seq === 1
        ? `{"attendant":"${this.attendant}","float":50000,"shift":"s1"}`
        : `{"amount":${amount},"attendant":"${this.attendant}","method":"${method}","shift":"s1","tariff":"perwal9-2026-${vehicleClass}","ticket":"K${String(seq).padStart(8, '0')}","vehicleClass":"${vehicleClass}"}`;
    const type = seq === 1 ? 'shift-open' : 'payment';
    const canonical = `{"at":"${at}","body":${body},"epoch":${epoch},"prev":"${this.prev}","seq":${seq},"type":"${type}","v":1}`;
    const mac = createHmac('sha256', this.key).update(canonical).digest('base64url');
    this.prev = mac;
    return `${canonical.slice(0, -1)},"mac":"${mac}"}`;
  }
}

/** @param {Order} order */
function prepare(order) {
  /** @type {Terminal[]} */
  const all = JSON.parse(readFileSync(order.terminalsFile, 'utf8'));
  const byPoint = new Map(all.map((terminal) => [terminal.point.code, terminal]));
  const terminals = [...byPoint.values()];
  const each = Math.ceil(order.records / terminals.length);
  return terminals.map((terminal) => {
    const journal = new Journal(terminal, order.firstSeq, order.tails?.[terminal.deviceId] ?? '');
    const topic = `eparking/v1/${terminal.deviceId}/journal`;
    const messages = [];
    for (let n = 0; n < each; n += order.perMessage) {
      const records = Array.from({ length: Math.min(order.perMessage, each - n) }, () => journal.next());
      const text = order.perMessage === 1 ? records.join('') : `[${records.join(',')}]`;
      messages.push(publishFrame(topic, Buffer.from(text)));
    }
    return { terminal, messages, journal, records: each };
  });
}

/** @param {number[]} sorted @param {number} share */
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** A terminal that plays its messages, and when each was sent (or due). */
class Lane {
  #next = 0;
  #acknowledged = 0;
  /** @type {number[]} */
  #since = [];

  /** @param {LeanClient} client @param {ReturnType<typeof publishFrame>[]} messages */
  constructor(client, messages) {
    this.client = client;
    this.messages = messages;
  }

  get isSent() {
    return this.#next === this.messages.length;
  }

  /** @param {number} since when its turn came, ms */
  send(since) {
    const message = this.messages[this.#next++];
    if (!message) return;
    this.#since.push(since);
    this.client.publish(message.frame, message.idAt);
  }

  /** Resolves when all is acknowledged. @param {number[]} delays @param {boolean} [untilCut] @returns {Promise<void>} */
  played(delays, untilCut = false) {
    return new Promise((resolve, reject) => {
      this.client.onAck = (index) => {
        delays.push(performance.now() - (this.#since[index] ?? 0));
        if (++this.#acknowledged === this.messages.length) resolve();
      };
      this.client.socket.on('close', () => (untilCut ? resolve() : reject(this.client.lost ?? new Error('closed'))));
    });
  }
}

/** Plays everything as fast as the window lets it. @param {Lane[]} lanes @param {number[]} delays */
async function saturate(lanes, delays) {
  const played = lanes.map((lane) => lane.played(delays, order.untilCut));
  for (const lane of lanes) {
    lane.client.onRoom = () => {
      while (lane.client.hasRoom && !lane.isSent) lane.send(performance.now());
    };
    lane.client.onRoom();
  }
  await Promise.all(played);
}

/**
 * Plays at a rate, the terminals in turn; a delay counts from when its turn came.
 * @param {Lane[]} lanes @param {number[]} delays @param {number} perSecond
 */
async function pace(lanes, delays, perSecond) {
  const played = lanes.map((lane) => lane.played(delays));
  const begin = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - begin) * perSecond) / 1000);
    for (; sent < due; sent++) lanes[sent % lanes.length]?.send(begin + (sent * 1000) / perSecond);
  }, 1);
  await Promise.all(played);
  clearInterval(timer);
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
/** @type {Order} */
const order = JSON.parse((await lines.next()).value);
const prepared = prepare(order);
const lanes = await Promise.all(
  prepared.map(async ({ terminal: { deviceId, mqttPassword }, messages }) => {
    const client = await LeanClient.connect({
      port: order.port,
      clientId: deviceId,
      inFlightMax: order.inFlight,
      ...(order.signIn && { username: deviceId, password: mqttPassword }),
      ...(order.receipts && { subscribe: `eparking/v1/${deviceId}/receipts` }),
    });
    return new Lane(client, messages);
  }),
);
console.log('ready');
await lines.next();
/** @type {number[]} */
const delays = [];
const startedAt = Date.now();
const begin = performance.now();
const cpu = process.cpuUsage();
await (order.perSecond ? pace(lanes, delays, order.perSecond) : saturate(lanes, delays));
const seconds = (performance.now() - begin) / 1000;
const used = process.cpuUsage(cpu);
delays.sort((a, b) => a - b);
for (const { client } of lanes) client.close();
console.log(
  JSON.stringify({
    startedAt,
    seconds,
    records: prepared.reduce((sum, { records }) => sum + records, 0),
    messages: delays.length,
    p50: quantile(delays, 0.5),
    p99: quantile(delays, 0.99),
    max: delays.at(-1) ?? 0,
    cpuSeconds: (used.user + used.system) / 1e6,
    tails: Object.fromEntries(prepared.map(({ terminal, journal }) => [terminal.deviceId, journal.prev])),
    acknowledged: Object.fromEntries(
      lanes.map(({ client }, n) => [prepared[n]?.terminal.deviceId, order.firstSeq - 1 + client.acknowledged]),
    ),
    lastSeq: prepared[0] ? prepared[0].journal.seq - 1 : 0,
  }),
);
process.exit(0);
