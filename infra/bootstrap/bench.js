import './require-node.js';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.js';
import { install } from './install.js';
import { PlainError } from './plain-error.js';
import { main } from './run.js';

// Measures one part of the built system: `npm run bench -- <name> [options]`; a file in bench/ is a name.
await main(async () => {
  const folder = join(import.meta.dirname, 'bench');
  const [name = '', ...args] = process.argv.slice(2);
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.bench.js'))
    .map((file) => file.slice(0, -'.bench.js'.length));
  const script = join(folder, `${name}.bench.js`);
  if (!names.includes(name) || !existsSync(script))
    throw new PlainError(`There is no bench ${JSON.stringify(name)}; one of ${names.join(', ')}.`);
  await install();
  await build();
  /** @type {{bench: (args: string[]) => Promise<void>}} */
  const { bench } = await import(script);
  await bench(args);
});
