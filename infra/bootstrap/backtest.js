import './require-node.js';
import { build } from './build.js';
import { install } from './install.js';
import { main, runNode } from './run.js';

// Scores a series of counts with the production detector: `npm run backtest -- --help`.
await main(async () => {
  await install();
  await build();
  const { code } = await runNode(['dist/libs/detection/src/cli/backtest.js', ...process.argv.slice(2)]);
  process.exitCode = code;
});
