import './require-node.js';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.js';
import { install } from './install.js';
import { PlainError } from './plain-error.js';
import { main } from './run.js';

/** What `npm run bench` without a name makes, in turn: the parts that docs/BENCHMARKS.md tells of that need little disk, some forty minutes. */
const WHOLE = ['reconcile', 'ingest'];

// Measures the built system: `npm run bench [-- <name>] [options]`; a file in bench/ is a name.
await main(async () => {
  const folder = join(import.meta.dirname, 'bench');
  const [first = '', ...rest] = process.argv.slice(2);
  const hasName = first !== '' && !first.startsWith('--');
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.bench.js'))
    .map((file) => file.slice(0, -'.bench.js'.length));
  if (hasName && !names.includes(first))
    throw new PlainError(`There is no bench ${JSON.stringify(first)}; one of ${names.join(', ')}.`);
  await install();
  await build();
  for (const name of hasName ? [first] : WHOLE) {
    /** @type {{bench: (args: string[]) => Promise<void>}} */
    const { bench } = await import(join(folder, `${name}.bench.js`));
    await bench(hasName ? rest : process.argv.slice(2));
  }
  // What a bench started is over by now; a socket of a peer that was killed may linger.
  process.exit();
});
