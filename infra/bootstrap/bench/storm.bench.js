import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { generate } from 'mqtt-packet';
import { openCity } from './city.js';
import { eparking } from './contenders.js';
import { residentMiB } from './cpu.js';

const CONNACK = 0x20;
/** A terminal that hears nothing hangs up. */
const CONNECT_MS_MAX = 30_000;
const ALL_MS_MAX = 600_000;

/** A terminal that wants in: connects, signs in, stays, and calls again when it is closed. */
class Caller {
  isIn = false;
  tries = 0;
  #ended = false;
  /** @type {import('node:net').Socket | undefined} */
  #socket;

  /** @param {number} port @param {string} id @param {(tries: number) => number} pauseMs before each call */
  constructor(port, id, pauseMs) {
    this.port = port;
    this.pauseMs = pauseMs;
    this.frame = generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      keepalive: 300,
      clientId: id,
      username: id,
      password: Buffer.from('storm'),
    });
  }

  call() {
    if (this.#ended) return;
    setTimeout(() => this.#open(), this.pauseMs(this.tries));
  }

  #open() {
    if (this.#ended) return;
    this.tries++;
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    const impatience = setTimeout(() => socket.destroy(), CONNECT_MS_MAX);
    socket.on('error', () => undefined);
    socket.once('connect', () => socket.write(this.frame));
    socket.once('data', (bytes) => {
      clearTimeout(impatience);
      this.isIn = bytes[0] === CONNACK && bytes[3] === 0;
      if (!this.isIn) socket.destroy();
    });
    socket.once('close', () => {
      clearTimeout(impatience);
      this.isIn = false;
      this.call();
    });
  }

  end() {
    this.#ended = true;
    this.#socket?.destroy();
  }
}

/** @param {number} http @returns {Promise<Record<string, number>>} connections closed, by reason */
async function closedByReason(http) {
  const text = await (await fetch(`http://127.0.0.1:${http}/metrics`)).text();
  const lines = [...text.matchAll(/^eparking_gateway_closed_connections_total\{.*?reason="([^"]+)".*?\} (\d+)$/gm)];
  return Object.fromEntries(lines.map(([, reason, count]) => [reason, Number(count)]));
}

/**
 * Lets all of them call at once and waits until all are in.
 * @param {string} name @param {import('./contenders.js').Running} gateway @param {Caller[]} callers
 */
async function storm(name, gateway, callers) {
  const startedAt = Date.now();
  for (const caller of callers) caller.call();
  const count = () => callers.filter(({ isIn }) => isIn).length;
  let most = 0;
  while (count() < callers.length && Date.now() - startedAt < ALL_MS_MAX) {
    most = Math.max(most, ...gateway.processes.map(({ pid }) => residentMiB(pid)));
    await sleep(250);
  }
  const seconds = (Date.now() - startedAt) / 1000;
  const tries = callers.reduce((sum, caller) => sum + caller.tries, 0);
  const firstTry = callers.filter((caller) => caller.tries === 1).length;
  console.log(
    `${name}: ${count()} of ${callers.length} in after ${seconds.toFixed(1)} s, ${firstTry} at the first try, ${tries} tries; ` +
      `closed ${JSON.stringify(await closedByReason(gateway.http ?? 0))}; gateway ${most} MiB at most`,
  );
}

/**
 * `npm run bench -- storm [--terminals 10000] [--jitter 30]`: after an outage all terminals call at once, all from one
 * address: without a pause, and with a random one of up to `jitter` seconds, calling again when closed. Then they idle.
 * @param {string[]} args
 */
export async function bench(args) {
  const { values } = parseArgs({
    args,
    options: { terminals: { type: 'string', default: '10000' }, jitter: { type: 'string', default: '30' } },
  });
  const [terminals, jitterMs] = [Number(values.terminals), Number(values.jitter) * 1000];
  console.log(`load ${loadavg()[0]?.toFixed(1)}`);
  const city = await openCity();
  const hash = createHash('sha256').update('storm').digest('hex');
  await city.query(`
    WITH d AS (INSERT INTO devices (device_id, kind) SELECT 'storm-' || n, 'handheld' FROM generate_series(1, ${terminals}) n
               RETURNING device_no),
         e AS (INSERT INTO device_epochs (device_no, epoch, password_hash, public_key)
               SELECT device_no, 1, decode('${hash}', 'hex'), decode('${hash}', 'hex') FROM d)
    INSERT INTO device_assignments (device_no, point_id, valid_from)
      SELECT device_no, (SELECT min(id) FROM points), '-infinity' FROM d`);
  try {
    for (const [name, pauseMs] of /** @type {[string, (tries: number) => number][]} */ ([
      ['all at once, again after 1 s', (tries) => (tries === 0 ? 0 : 1_000)],
      [`within ${values.jitter} s, again within ${values.jitter} s`, () => Math.random() * jitterMs],
    ])) {
      const gateway = /** @type {import('./contenders.js').Running} */ (await eparking.start(city));
      const callers = Array.from({ length: terminals }, (_, i) => new Caller(gateway.port, `storm-${i + 1}`, pauseMs));
      try {
        await storm(name, gateway, callers);
        await sleep(5_000);
        console.log(`  idle: gateway ${Math.max(...gateway.processes.map(({ pid }) => residentMiB(pid)))} MiB`);
      } finally {
        for (const caller of callers) caller.end();
        for (const process of gateway.processes) await process.stop();
      }
    }
  } finally {
    await city.close();
  }
}
