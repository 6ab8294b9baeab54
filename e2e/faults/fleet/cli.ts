import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../../libs/kernel/src/index.js';
import { FAULT_KINDS, planFaults, type FaultKind } from './plan.js';
import { runFleet } from './program.js';

/**
 * `npm run test:faults -- --fleet [--seed N] [--faults 30] [--terminals 12] [--rate 60] [--kinds kill,link]
 *   [--from CHECKOUT]`
 *
 * Two gateways, two workers, the API, PostgreSQL and Redis, and everything that goes wrong with them. The same seed
 * chooses the same faults in the same order and lets the terminals record the same. With `--from` everything begins on the
 * build of another checkout, an earlier version, and goes to this one under load in the middle of the run.
 */
const { values } = parseArgs({
  options: {
    fleet: { type: 'boolean' },
    seed: { type: 'string' },
    faults: { type: 'string', default: '30' },
    terminals: { type: 'string', default: '12' },
    rate: { type: 'string', default: '60' },
    kinds: { type: 'string', default: FAULT_KINDS.join() },
    from: { type: 'string' },
  },
});
const seed = Number(values.seed ?? randomInt(2 ** 31));
const kinds = values.kinds.split(',') as FaultKind[];
const faults = planFaults(Number(values.faults), seededRandom(seed).fork('plan'), kinds);
if (values.from) faults.splice(faults.length >> 1, 0, { kind: 'deploy' });
console.log(`seed ${seed}: ${faults.length} faults under the load of ${values.terminals} terminals`);
const report = await runFleet({
  seed,
  faults,
  terminals: Number(values.terminals),
  messagesPerSecond: Number(values.rate),
  from: values.from,
  say: (line) => console.log(line),
});
const seconds = report.recoverySeconds.map((one) => one.seconds).sort((a, b) => a - b);
console.log(`
faults           ${faults.length}
records made     ${report.made}
acknowledged     ${report.acknowledged}
lost             ${report.lost}
duplicated       ${report.duplicated}
asked for again  ${report.resendsAsked} times
commands         ${report.commands}, ran out ${report.commandsExpired}, lost ${report.commandsLost}
recovery         median ${(seconds[seconds.length >> 1] ?? 0).toFixed(1)} s, longest ${(seconds.at(-1) ?? 0).toFixed(1)} s
ended by itself  ${report.selfEnded.length}
contradictions   ${report.faults.length}`);
for (const line of [...report.selfEnded, ...report.faults]) console.log(`  ${line.slice(0, 2_000)}`);
const wrong = report.lost + report.duplicated + report.commandsLost + report.faults.length;
const well = wrong === 0 && report.made === report.acknowledged;
console.log(well ? '\nEverything that was acknowledged is there, once.' : '\nFAILED');
process.exit(well ? 0 : 1);
