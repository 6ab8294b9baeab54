import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from './plain-error.js';
import { repository, runNode, tool } from './run.js';

const stampFile = join(repository, 'dist', '.built-from');
const SOURCES = ['apps', 'libs', 'devices-sim', 'nest-cli.json', 'tsconfig.base.json', 'tsconfig.build.json'];

/**
 * All files under a path that a build reads, in a fixed order. @param {string} path relative to the checkout
 * @returns {string[]}
 */
function sourceFiles(path) {
  const full = join(repository, path);
  if (!existsSync(full)) return [];
  const entries = readdirSync(full, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.includes('.spec.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/](node_modules|dist)[\\/]/.test(file))
    .sort();
}

/** A fingerprint of everything that the build reads. */
function fingerprint() {
  const hash = createHash('sha256');
  const isFile = (/** @type {string} */ path) => /\.json$/.test(path);
  const files = SOURCES.flatMap((path) => (isFile(path) ? [join(repository, path)] : sourceFiles(path)));
  for (const file of [...files, join(repository, 'package-lock.json')]) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

/** nest-cli rewrites `@app/...` in static imports only; a dynamic one would fail at run time: say so now. */
function checkPathsRewritten() {
  const files = readdirSync(join(repository, 'dist'), { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(join(repository, 'dist', file), 'utf8');
    if (/(from|import\()\s*['"]@app\//.test(text))
      throw new PlainError(`dist/${file} still imports '@app/...': import it statically, nest-cli rewrites only that.`);
  }
}

/** Compiles all processes into dist/, unless it holds this very source already. */
export async function build() {
  const wanted = fingerprint();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  console.log('Building ...');
  rmSync(join(repository, 'dist'), { recursive: true, force: true });
  const { code } = await runNode([tool('@nestjs/cli/bin/nest.js'), 'build']);
  if (code !== 0) throw new PlainError('The build failed: see above.');
  checkPathsRewritten();
  writeFileSync(stampFile, wanted);
}
