import './require-node.js';
import { build } from './build.js';
import { install } from './install.js';
import { main, runNode } from './run.js';

// Kills processes of the built system at random under load and counts what was lost: `npm run test:faults`.
await main(async () => {
  await install();
  await build();
  const script = ['--import', './libs/testing/src/run-typescript.js', 'e2e/faults/cli.ts'];
  const { code } = await runNode([...script, ...process.argv.slice(2)]);
  process.exitCode = code;
});
