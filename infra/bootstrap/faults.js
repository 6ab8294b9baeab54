import './require-node.js';
import { build } from './build.js';
import { install } from './install.js';
import { main, runNode } from './run.js';

// Kills processes of the built system at random under load and counts what was lost: `npm run test:faults`; with
// `--fleet` past one machine, with everything else that goes wrong; with `--point-in-time` a recovery from WAL.
await main(async () => {
  await install();
  await build();
  const [flag] = process.argv.slice(2);
  const others = { '--fleet': 'e2e/faults/fleet/cli.ts', '--point-in-time': 'e2e/faults/point-in-time-cli.ts' };
  const program = others[/** @type {keyof typeof others} */ (flag)] ?? 'e2e/faults/cli.ts';
  const script = ['--import', './libs/testing/src/run-typescript.js', program];
  const { code } = await runNode([...script, ...process.argv.slice(2)]);
  process.exitCode = code;
});
