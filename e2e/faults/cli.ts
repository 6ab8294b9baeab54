import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runFaults } from './program.js';

/**
 * `npm run test:faults -- [--seed N] [--kills 20] [--terminals 12] [--rate 100] [--redis]`
 *
 * The same seed chooses the same victims in the same order and lets the terminals record the same; when exactly a
 * process dies is up to the machine.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    kills: { type: 'string', default: '20' },
    terminals: { type: 'string', default: '12' },
    rate: { type: 'string', default: '100' },
    redis: { type: 'boolean', default: false },
  },
});
const report = await runFaults({
  seed: Number(values.seed ?? randomInt(2 ** 31)),
  kills: Number(values.kills),
  terminals: Number(values.terminals),
  messagesPerSecond: Number(values.rate),
  redis: values.redis,
  say: (line) => console.log(line),
});
const seconds = report.kills.flatMap(({ recoverySeconds }) => recoverySeconds ?? []).sort((a, b) => a - b);
const median = seconds[Math.floor(seconds.length / 2)] ?? 0;
console.log(`
kills            ${report.kills.length}
records made     ${report.made}
acknowledged     ${report.acknowledged}
lost             ${report.lost}
duplicated       ${report.duplicated}
asked for again  ${report.resendsAsked} times
cut off          ${Object.entries(report.midWork)
  .map(([what, count]) => `${count} in mid-${what}`)
  .join(', ')}
recovery         median ${median.toFixed(1)} s, longest ${(seconds.at(-1) ?? 0).toFixed(1)} s
faults           ${report.faults.length}`);
for (const fault of report.faults) console.log(`  ${fault.slice(0, 2_000)}`);
const well = report.lost + report.duplicated + report.faults.length === 0 && report.made === report.acknowledged;
console.log(well ? '\nEverything that was acknowledged is there, once.' : '\nFAILED');
process.exit(well ? 0 : 1);
