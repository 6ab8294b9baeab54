import './require-node.js';
import { build } from './build.js';
import { install } from './install.js';
import { main, runNode } from './run.js';

// Judges the detector and writes docs/DETECTION.md: protocol A on the shared real series, protocol B on simulated cities.
// `npm run evaluate -- --only a|b`, and the options of the one: `--help`; `--only cost` tells what a night takes.
await main(async () => {
  await install();
  await build();
  const args = process.argv.slice(2);
  const at = args.indexOf('--only');
  const only = at < 0 ? 'ab' : (args.splice(at, 2)[1] ?? '');
  const steps = {
    a: 'dist/libs/detection/src/cli/evaluate.js',
    b: 'dist/apps/judge/src/main.js',
    cost: 'dist/libs/detection/src/cli/cost.js',
  };
  let worst = 0;
  for (const [name, program] of Object.entries(steps)) {
    if (only !== name && !(only === 'ab' && name.length === 1)) continue;
    const { code } = await runNode([program, ...args]);
    worst ||= code ?? 1;
  }
  process.exitCode = worst;
});
