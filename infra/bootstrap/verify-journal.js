import './require-node.js';
import { build } from './build.js';
import { install } from './install.js';
import { main, runNode } from './run.js';

// Proves a device's exported journal without the database: `npm run verify-journal -- --help`.
await main(async () => {
  await install();
  await build();
  const { code } = await runNode(['dist/libs/protocol/src/cli/verify-journal.js', ...process.argv.slice(2)]);
  process.exitCode = code;
});
