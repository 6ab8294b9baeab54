import './require-node.js';
import { runChecks } from './checks.js';
import { install } from './install.js';
import { main } from './run.js';

await main(async () => {
  await install();
  const { failed } = await runChecks();
  if (failed > 0) process.exitCode = 1;
});
