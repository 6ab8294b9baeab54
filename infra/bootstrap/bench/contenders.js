import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATEWAY_NODE_OPTIONS } from '../node-options.js';
import { freePort, isAlive } from '../processes.js';
import { ensureProgram } from '../programs.js';
import { repository } from '../run.js';
import { installNodeRed, writeFlow } from './peers/node-red.js';
import { profiling, startMeasured } from './process.js';

/**
 * Who is measured. `committed` counts the records that its database holds; a contender without a database has none.
 *
 * @typedef {import('./city.js').BenchCity} BenchCity
 * @typedef {import('./process.js').Measured} Measured
 *
 * @typedef {object} Running
 * @property {number} port
 * @property {number} [http] of its health and figures
 * @property {Measured[]} processes
 *   the last one carries records into the database
 * @property {() => Promise<void>} [restart] brings back what has ended, so that what it had kept comes out
 *
 * @typedef {object} Contender
 * @property {string} name
 * @property {boolean} protocol whether it speaks the device protocol: sign-in, receipts, arrays of records
 * @property {string} [countSql] how many records its database holds
 * @property {(acked: string) => string} [lostSql] how many acknowledged records (a VALUES list of device, seq) it lacks
 * @property {string} [doubledSql] how many records it holds more than once
 * @property {(city: BenchCity) => Promise<Running>} start
 */

const READY_MS_MAX = 60_000;

/** Waits until something answers on an HTTP address. @param {string} url */
async function answers(url) {
  for (
    const end = Date.now() + READY_MS_MAX;
    Date.now() < end;
    await new Promise((resolve) => setTimeout(resolve, 100))
  ) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
  }
  throw new Error(`${url} does not answer`);
}

/** Starts one after the other. @param {(() => Promise<Measured>)[]} starts */
async function restartable(starts) {
  /** @type {Measured[]} */
  const processes = [];
  for (const start of starts) processes.push(await start());
  const restart = async () => {
    for (const [n, start] of starts.entries()) if (!isAlive(processes[n]?.pid ?? 0)) processes[n] = await start();
  };
  return { processes, restart };
}

/** @type {Contender} */
export const eparking = {
  name: 'eparking, everything on',
  protocol: true,
  countSql: 'SELECT count(*) FROM journal_records',
  // Twice in the journal, or counted once more in the roll-up than it holds payments.
  doubledSql: `SELECT count(*) - count(DISTINCT (device_no, epoch, seq)) + greatest(0, (SELECT coalesce(sum(count), 0) FROM income_days)
    - count(*) FILTER (WHERE type = 'payment')) AS doubled FROM journal_records`,
  lostSql: (acked) => `
    SELECT coalesce(sum(a.seq - coalesce(n, 0)), 0) AS lost FROM (VALUES ${acked}) AS a (device, seq) LEFT JOIN (
      SELECT d.device_id, r.seq AS upto, row_number() OVER (PARTITION BY d.device_id ORDER BY r.seq) AS n
      FROM journal_records r JOIN devices d ON d.device_no = r.device_no) r ON r.device_id = a.device AND r.upto = a.seq`,
  start: async (city) => {
    const [port, http] = await Promise.all([freePort(), freePort()]);
    const env = { ...city.env, EPARKING_MQTT_PORT: String(port), EPARKING_GATEWAY_HTTP_PORT: String(http) };
    const script = join(repository, 'dist/apps/gateway/src/main.js');
    const start = async () => {
      const gateway = startMeasured(process.execPath, [...GATEWAY_NODE_OPTIONS, ...profiling(), script], env);
      await answers(`http://127.0.0.1:${http}/health/ready`);
      return gateway;
    };
    return { port, http, ...(await restartable([start])) };
  },
};

/** @type {Contender} */
export const aedesBare = {
  name: 'aedes bare (memory)',
  protocol: false,
  start: async () => {
    const port = await freePort();
    const broker = startMeasured(process.execPath, [join(import.meta.dirname, 'peers/aedes-bare.js'), String(port)]);
    await broker.line(/^ready/);
    return { port, processes: [broker] };
  },
};

/** @param {BenchCity} city @param {number} port */
async function startMosquitto(city, port) {
  const { file, env } = await ensureProgram('mosquitto');
  const folder = join(city.folder, 'mosquitto');
  mkdirSync(folder, { recursive: true, mode: 0o777 });
  const conf = join(folder, 'mosquitto.conf');
  // Nothing may be dropped for want of room, and what can be kept on disk is kept.
  writeFileSync(
    conf,
    [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous true',
      'max_queued_messages 0',
      'max_inflight_messages 1000',
      'persistence true',
      `persistence_location ${folder}/`,
      ...(process.getuid?.() === 0 ? ['user root'] : []),
    ].join('\n'),
  );
  const broker = startMeasured(file, ['-c', conf], { ...process.env, ...env });
  await broker.line(/running/);
  return broker;
}

/** @type {Contender} */
export const mosquittoBare = {
  name: 'Mosquitto bare (memory)',
  protocol: false,
  start: async (city) => {
    const port = await freePort();
    return { port, processes: [await startMosquitto(city, port)] };
  },
};

const PEER_TABLE = 'CREATE TABLE IF NOT EXISTS payments (id bigserial PRIMARY KEY, topic text, payload jsonb)';
const PEER_COUNT = 'SELECT count(*) FROM payments';
/** @param {string} acked */
const peerLost = (acked) => `
  SELECT coalesce(sum(a.seq - coalesce(n, 0)), 0) AS lost FROM (VALUES ${acked}) AS a (device, seq) LEFT JOIN LATERAL (
    SELECT count(DISTINCT (payload->>'seq')::int) AS n FROM payments
    WHERE topic = 'eparking/v1/' || a.device || '/journal' AND (payload->>'seq')::int <= a.seq) p ON true`;

/**
 * A peer made of Mosquitto and one process that carries its messages into a table.
 * @param {string} name @param {(city: BenchCity, port: number) => Promise<Measured>} startCarrier @returns {Contender}
 */
function behindMosquitto(name, startCarrier) {
  return {
    name,
    protocol: false,
    countSql: PEER_COUNT,
    lostSql: peerLost,
    doubledSql: `SELECT count(*) - count(DISTINCT (topic, payload->>'seq')) AS doubled FROM payments`,
    start: async (city) => {
      await city.query(PEER_TABLE);
      const port = await freePort();
      return { port, ...(await restartable([() => startMosquitto(city, port), () => startCarrier(city, port)])) };
    },
  };
}

export const subscriber = behindMosquitto('Mosquitto + mqtt.js, one INSERT a message', async (city, port) => {
  const script = join(import.meta.dirname, 'peers/subscriber.js');
  const carrier = startMeasured(process.execPath, [script, String(port), city.url]);
  await carrier.line(/^ready/);
  return carrier;
});

export const nodeRed = behindMosquitto('Mosquitto + Node-RED, one INSERT a message', async (city, port) => {
  const program = await installNodeRed();
  const http = await freePort();
  const folder = await writeFlow(join(city.folder, 'node-red'), { mqttPort: port, databaseUrl: city.url });
  const args = [program, '--userDir', folder, '--port', String(http), 'flows.json'];
  const carrier = startMeasured(process.execPath, args);
  await carrier.line(/Connected to broker/);
  return carrier;
});
