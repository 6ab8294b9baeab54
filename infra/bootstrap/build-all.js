import './require-node.js';
import { build } from './build.js';
import { install } from './install.js';
import { main } from './run.js';

await main(async () => {
  await install();
  await build();
});
