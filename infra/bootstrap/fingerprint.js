import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './run.js';

/**
 * All files under a path that a build reads, in a fixed order: none of specs, packages and earlier builds.
 * @param {string} path relative to the checkout
 * @returns {string[]}
 */
function sourceFiles(path) {
  const full = join(repository, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [full];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.spec.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/](node_modules|dist)[\\/]/.test(file))
    .sort();
}

/** A fingerprint of everything that a build reads: these files and folders, and the packages. @param {string[]} paths */
export function fingerprintOf(paths) {
  const hash = createHash('sha256');
  for (const file of [...paths, 'package-lock.json'].flatMap(sourceFiles)) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}
