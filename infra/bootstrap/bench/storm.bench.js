import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { addTerminals, allIn, Caller } from './callers.js';
import { openCity } from './city.js';
import { eparking } from './contenders.js';
import { residentMiB } from './cpu.js';

const ALL_MS_MAX = 600_000;
const KEEPALIVE_SECONDS = 300;

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
  let most = 0;
  const onLook = () => void (most = Math.max(most, ...gateway.processes.map(({ pid }) => residentMiB(pid))));
  const count = await allIn(callers, { msMax: ALL_MS_MAX, onLook });
  const seconds = (Date.now() - startedAt) / 1000;
  const tries = callers.reduce((sum, caller) => sum + caller.tries, 0);
  const firstTry = callers.filter((caller) => caller.tries === 1).length;
  console.log(
    `${name}: ${count} of ${callers.length} in after ${seconds.toFixed(1)} s, ${firstTry} at the first try, ${tries} tries; ` +
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
  await addTerminals(city, 'storm', terminals);
  try {
    for (const [name, pauseMs] of /** @type {[string, (tries: number) => number][]} */ ([
      ['all at once, again after 1 s', (tries) => (tries === 0 ? 0 : 1_000)],
      [`within ${values.jitter} s, again within ${values.jitter} s`, () => Math.random() * jitterMs],
    ])) {
      const gateway = /** @type {import('./contenders.js').Running} */ (await eparking.start(city));
      const callers = Array.from({ length: terminals }, (_, i) => {
        const id = `storm-${i + 1}`;
        return new Caller({ port: gateway.port, id, pauseMs, signIn: true, keepaliveSeconds: KEEPALIVE_SECONDS });
      });
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
