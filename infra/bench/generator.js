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
 *
 * @typedef {{deviceId: string, mqttPassword: string, journalKey: string, epoch: number, point: {code: string}, attendants?: {code: string}[]}} Terminal
 */

const CLASSES = [
  ['motorcycle', 2000],
  ['motorcycle', 2000],
  ['car', 4000],
];
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
    const [vehicleClass, amount] = CLASSES[seq % CLASSES.length];
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
      const text = order.perMessage === 1 ? records[0] : `[${records.join(',')}]`;
      messages.push(publishFrame(topic, Buffer.from(text)));
    }
    return { terminal, messages, journal, records: each };
  });
}

/** @param {number[]} sorted @param {number} share */
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Plays everything as fast as the window lets it. @param {{client: LeanClient, messages: ReturnType<typeof publishFrame>[]}[]} lanes @param {number[]} delays */
function saturate(lanes, delays) {
  return Promise.all(
    lanes.map(
      ({ client, messages }) =>
        /** @type {Promise<void>} */ (
          new Promise((resolve, reject) => {
            let next = 0;
            const sentAt = new Float64Array(messages.length);
            client.onAck = (index) => {
              delays.push(performance.now() - sentAt[index]);
              if (index === messages.length - 1) resolve();
            };
            client.socket.on('close', () => reject(client.lost ?? new Error('closed')));
            client.onRoom = () => {
              while (client.hasRoom && next < messages.length) {
                const { frame, idAt } = messages[next];
                sentAt[next++] = performance.now();
                client.publish(frame, idAt);
              }
            };
            client.onRoom();
          })
        ),
    ),
  );
}

/** Plays at a rate, spread over the terminals in turn; a delay counts from when its turn came. @param {{client: LeanClient, messages: ReturnType<typeof publishFrame>[]}[]} lanes @param {number[]} delays @param {number} perSecond */
function pace(lanes, delays, perSecond) {
  return new Promise((resolve, reject) => {
    const total = lanes.reduce((sum, { messages }) => sum + messages.length, 0);
    const next = lanes.map(() => 0);
    let acknowledged = 0;
    const dueAt = lanes.map(({ messages }) => new Float64Array(messages.length));
    lanes.forEach(({ client }, lane) => {
      client.socket.on('close', () => reject(client.lost ?? new Error('closed')));
      client.onAck = (index) => {
        delays.push(performance.now() - dueAt[lane][index]);
        if (++acknowledged === total) {
          clearInterval(timer);
          resolve(undefined);
        }
      };
    });
    const begin = performance.now();
    let sent = 0;
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - begin) * perSecond) / 1000));
      for (; sent < due; sent++) {
        const lane = sent % lanes.length;
        const { client, messages } = lanes[lane];
        const message = messages[next[lane]];
        if (!message) continue;
        dueAt[lane][next[lane]++] = begin + (sent * 1000) / perSecond;
        client.publish(message.frame, message.idAt);
      }
    }, 1);
  });
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
/** @type {Order} */
const order = JSON.parse((await lines.next()).value);
const prepared = prepare(order);
const lanes = await Promise.all(
  prepared.map(async ({ terminal: { deviceId, mqttPassword }, messages }) => ({
    messages,
    client: await LeanClient.connect({
      port: order.port,
      clientId: deviceId,
      inFlightMax: order.inFlight,
      ...(order.signIn && { username: deviceId, password: mqttPassword }),
      ...(order.receipts && { subscribe: `eparking/v1/${deviceId}/receipts` }),
    }),
  })),
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
    lastSeq: prepared[0] ? prepared[0].journal.seq - 1 : 0,
  }),
);
process.exit(0);
