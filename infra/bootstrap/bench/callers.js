import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { generate, parser } from 'mqtt-packet';

/**
 * Many terminals that come in and stay, and publish nothing.
 *
 * @typedef {object} CallerOptions
 * @property {number} port
 * @property {string} id
 * @property {(tries: number) => number} pauseMs before each call
 * @property {boolean} signIn whether the broker knows the terminals
 * @property {number} keepaliveSeconds it pings as often
 * @property {readonly string[]} [subscribe] what it listens to in a lasting session; it is in once that is granted
 */

/** A terminal that hears nothing hangs up. */
const CONNECT_MS_MAX = 30_000;
const PASSWORD = 'storm';
const PING = generate({ cmd: 'pingreq' });

/** A terminal that wants in: connects, signs in, stays, and calls again when it is closed. */
export class Caller {
  isIn = false;
  tries = 0;
  #ended = false;
  /** @type {import('node:net').Socket | undefined} */
  #socket;
  /** @type {NodeJS.Timeout | undefined} */
  #pings;

  /** @param {CallerOptions} options */
  constructor(options) {
    this.options = options;
    const { id, signIn, keepaliveSeconds, subscribe = [] } = options;
    this.frame = generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: subscribe.length === 0,
      keepalive: keepaliveSeconds,
      clientId: id,
      ...(signIn && { username: id, password: Buffer.from(PASSWORD) }),
    });
  }

  call() {
    if (this.#ended) return;
    setTimeout(() => this.#open(), this.options.pauseMs(this.tries));
  }

  #open() {
    if (this.#ended) return;
    this.tries++;
    const socket = connect({ port: this.options.port, host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    const impatience = setTimeout(() => socket.destroy(), CONNECT_MS_MAX);
    socket.on('error', () => undefined);
    socket.once('connect', () => socket.write(this.frame));
    const packets = parser({ protocolVersion: 4 });
    packets.on('packet', (packet) => {
      this.#take(socket, packet);
      if (this.isIn) clearTimeout(impatience);
    });
    socket.on('data', (bytes) => void packets.parse(bytes));
    socket.once('close', () => {
      clearTimeout(impatience);
      clearTimeout(this.#pings);
      this.isIn = false;
      this.call();
    });
  }

  /** @param {import('node:net').Socket} socket @param {import('mqtt-packet').Packet} packet */
  #take(socket, packet) {
    const { subscribe = [], keepaliveSeconds } = this.options;
    if (packet.cmd === 'connack') {
      if (packet.returnCode !== 0) return void socket.destroy();
      this.#ping(socket, Math.random() * keepaliveSeconds * 1_000);
      if (subscribe.length === 0) this.isIn = true;
      else
        socket.write(
          generate({
            cmd: 'subscribe',
            messageId: 1,
            subscriptions: subscribe.map((topic) => ({ topic, qos: 1 })),
          }),
        );
    } else if (packet.cmd === 'suback') this.isIn = true;
    else if (packet.cmd === 'publish' && packet.qos === 1)
      socket.write(generate({ cmd: 'puback', messageId: packet.messageId ?? 0 }));
  }

  /** Those who came in together ping at different times. @param {import('node:net').Socket} socket @param {number} afterMs */
  #ping(socket, afterMs) {
    this.#pings = setTimeout(() => {
      socket.write(PING);
      this.#ping(socket, this.options.keepaliveSeconds * 1_000);
    }, afterMs);
  }

  end() {
    this.#ended = true;
    this.#socket?.destroy();
  }
}

/** Terminals `<name>-1` to `<name>-<count>` at the city's first point. @param {import('./city.js').BenchCity} city @param {string} name @param {number} count */
export async function addTerminals(city, name, count) {
  const hash = createHash('sha256').update(PASSWORD).digest('hex');
  await city.query(`
    WITH d AS (INSERT INTO devices (device_id, kind) SELECT '${name}-' || n, 'handheld' FROM generate_series(1, ${count}) n
               RETURNING device_no),
         e AS (INSERT INTO device_epochs (device_no, epoch, password_hash, public_key)
               SELECT device_no, 1, decode('${hash}', 'hex'), decode('${hash}', 'hex') FROM d)
    INSERT INTO device_assignments (device_no, point_id, valid_from)
      SELECT device_no, (SELECT min(id) FROM points), '-infinity' FROM d`);
}

/**
 * Lets all of them call and waits until all are in, or too long.
 * @param {Caller[]} callers @param {{msMax: number, onLook?: () => void}} options @returns {Promise<number>} how many are in
 */
export async function allIn(callers, { msMax, onLook }) {
  const end = Date.now() + msMax;
  for (const caller of callers) caller.call();
  const count = () => callers.filter(({ isIn }) => isIn).length;
  for (; count() < callers.length && Date.now() < end; await sleep(250)) onLook?.();
  return count();
}
