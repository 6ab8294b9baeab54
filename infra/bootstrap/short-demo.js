import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlainError } from './plain-error.js';
import { repository } from './run.js';

/** Past days of a demo that lives for some minutes: enough for cases, for settled and for deposited money. */
const BACKFILL_DAYS = 10;
const READY_MS_MAX = 900_000;
/** So long after its past days are in, a demo is shown though the worker has days left to judge. */
const REST_MS_MAX = 150_000;
/** Nothing is to be added to the work for so long before the demo counts as come to rest. */
const STILL_MS = 20_000;
const LOOK_MS = 1_000;

/**
 * A running demo.
 * @typedef {object} Demo
 * @property {string} origin
 * @property {string} password of admin
 * @property {() => Promise<void>} stop
 */

/**
 * Starts `npm run demo` on a folder and ports of its own, and waits until its past days are in and reckoned.
 * @returns {Promise<Demo>}
 */
export async function startShortDemo() {
  const dataDir = mkdtempSync(join(tmpdir(), 'eparking-demo-'));
  const password = randomBytes(12).toString('base64url');
  const zero = ['HTTP', 'MQTT', 'GATEWAY_HTTP', 'WORKER_HTTP', 'POSTGRES', 'SIM_PROVIDER'];
  const child = spawn(process.execPath, [join(repository, 'infra/bootstrap/launch.js'), '--demo'], {
    env: {
      ...process.env,
      ...Object.fromEntries(zero.map((name) => [`EPARKING_${name}_PORT`, '0'])),
      EPARKING_DATA_DIR: dataDir,
      EPARKING_ADMIN_PASSWORD: password,
      EPARKING_DEMO_BACKFILL_DAYS: String(BACKFILL_DAYS),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const until = Date.now() + READY_MS_MAX;
    const look = async (/** @type {() => boolean | Promise<boolean>} */ done) => {
      while (!(await done())) {
        if (child.exitCode !== null) throw new PlainError(`The demo ended:\n${output.trim()}`);
        if (Date.now() > until) throw new PlainError(`The demo did not come to rest:\n${output.trim()}`);
        await sleep(LOOK_MS);
      }
    };
    await look(() => output.includes('eparking runs.'));
    const log = join(dataDir, 'logs', 'simulator.log');
    await look(() => existsSync(log) && readFileSync(log, 'utf8').includes('past days are sent'));
    const worker = /** @type {string} */ (/Worker\s+(http\S+)/.exec(output)?.[1]);
    const sentAt = Date.now();
    let busyAt = sentAt;
    await look(async () => {
      if (await hasWork(worker)) busyAt = Date.now();
      return Date.now() - busyAt > STILL_MS || Date.now() - sentAt > REST_MS_MAX;
    });
    const origin = /** @type {string} */ (/Dashboard\s+(http\S+)/.exec(output)?.[1]);
    return { origin, password, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Whether the worker has jobs to do: files to import, days to match, points to judge. @param {string} metricsUrl */
async function hasWork(metricsUrl) {
  const text = await (await fetch(metricsUrl)).text();
  return [...text.matchAll(/^eparking_queue_depth\{[^}]*state="(?:active|waiting)"[^}]*\} (\d+)$/gm)].some(
    ([, depth]) => Number(depth) > 0,
  );
}
