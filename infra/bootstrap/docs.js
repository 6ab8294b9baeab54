import './require-node.js';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from './build.js';
import { install } from './install.js';
import { PlainError } from './plain-error.js';
import { main, repository } from './run.js';

/**
 * Documents made from code. To add one: a row with the built module and its function, which returns (or resolves to)
 * the document's text, and the files by path; or, for a set of files, the one function that is given the checkout's path
 * and returns their texts by path. `npm run docs` writes them, `npm run check` fails when they differ.
 *
 * @typedef {{module: string, files?: Record<string, string>, set?: string}} Generator files: path -> name of the function
 * @type {Generator[]}
 */
const generators = [
  { module: 'libs/platform/src/index.js', files: { 'docs/CONFIGURATION.md': 'configurationMarkdown' } },
  { module: 'libs/protocol/src/published/documents.js', set: 'protocolDocuments' },
  { module: '../infra/bootstrap/api-documents.js', set: 'apiDocuments' },
];

/** Every generated document's text by its path. @returns {Promise<[string, string][]>} */
async function generate() {
  /** @type {[string, string][]} */
  const documents = [];
  for (const { module, files = {}, set } of generators) {
    const loaded = await import(join(repository, 'dist', module));
    for (const [path, name] of Object.entries(files)) documents.push([path, await loaded[name]()]);
    if (set) documents.push(...Object.entries(await loaded[set](repository)));
  }
  return documents;
}

await main(async () => {
  await install();
  await build();
  const documents = await generate();
  const current = (/** @type {string} */ path) =>
    existsSync(join(repository, path)) ? readFileSync(join(repository, path), 'utf8') : undefined;
  const stale = documents.filter(([path, text]) => current(path) !== text);
  if (process.argv.includes('--check')) {
    if (stale.length === 0) return;
    throw new PlainError(`Out of date: ${stale.map(([path]) => path).join(', ')}. Run 'npm run docs' and commit.`);
  }
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
    console.log(`wrote ${path}`);
  }
});
