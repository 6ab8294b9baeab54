import './require-node.js';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.js';
import { runChecks } from './checks.js';
import { install } from './install.js';
import { ensureProgram } from './programs.js';
import { main, repository, runNode, tool } from './run.js';
import { closingLine, tallyOf } from './tally.js';

/** Jest runs in two goes: what waits for whole processes would keep a worker from unit and medium tests. */
const goes = [['unit', 'medium'], ['e2e']];
const WORKERS = 2;

/** @param {string[]} projects @returns {Promise<import('./tally.js').Tally>} */
async function runJest(projects) {
  const report = join(repository, '.data', `jest-${projects.join('-')}.json`);
  mkdirSync(join(repository, '.data'), { recursive: true });
  rmSync(report, { force: true });
  const options = ['--selectProjects', ...projects, '--maxWorkers', String(WORKERS), '--passWithNoTests'];
  const jest = ['--experimental-vm-modules', '--no-warnings', tool('jest/bin/jest.js')];
  const { code } = await runNode([...jest, ...options, '--json', '--outputFile', report]);
  return tallyOf(JSON.parse(readFileSync(report, 'utf8')), code);
}

/** What tests use and npm does not bring; one after the other, for they share apt's lists. */
async function ensurePrograms() {
  for (const name of /** @type {const} */ (['redis-server', 'mosquitto_pub', 'chromium', 'promtool']))
    await ensureProgram(name);
}

await main(async () => {
  await install();
  // The ones wait for the network while the others work.
  const [checked] = await Promise.all([runChecks(), ensurePrograms()]);
  const checks = { ...checked, skipped: 0 };
  await build();
  const tallies = [checks];
  for (const projects of goes) tallies.push(await runJest(projects));
  const failed = tallies.some((tally) => tally.failed > 0);
  console.log(`\nchecks: ${checks.passed} passed, ${checks.failed} failed; then tests, all together:`);
  console.log(closingLine(tallies));
  if (failed) process.exitCode = 1;
});
