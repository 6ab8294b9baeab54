import './require-node.js';
import { join } from 'node:path';
import { build } from './build.js';
import { install } from './install.js';
import { main, repository, runNode } from './run.js';

/** `npm run replay -- --input log.csv.gz`: plays a real meter log into a running system (docs/SIMULATOR.md). */
await main(async () => {
  await install();
  await build();
  const script = join(repository, 'dist', 'devices-sim', 'src', 'main.js');
  const { code } = await runNode(['--enable-source-maps', script, 'replay', ...process.argv.slice(2)]);
  process.exitCode = code;
});
