import './require-node.js';
import { build } from './build.js';
import { install } from './install.js';
import { main, runNode } from './run.js';

// Judges the detector on the shared real series and writes docs/DETECTION.md: `npm run evaluate -- --help`.
await main(async () => {
  await install();
  await build();
  const { code } = await runNode(['dist/libs/detection/src/cli/evaluate.js', ...process.argv.slice(2)]);
  process.exitCode = code;
});
