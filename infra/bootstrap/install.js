import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from './plain-error.js';
import { repository, runNode, runProgram } from './run.js';

/**
 * @typedef {{version?: string, integrity?: string, optional?: boolean, devOptional?: boolean}} LockedPackage
 * @typedef {{packages?: Record<string, LockedPackage>}} Lockfile
 */

/**
 * Whether node_modules holds what the lockfile asks for: npm keeps its own account of what it installed, in
 * node_modules/.package-lock.json, written last. Packages for other platforms may be missing.
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile} installed node_modules/.package-lock.json
 */
export function isUpToDate(wanted, installed) {
  return Object.entries(wanted.packages ?? {}).every(([path, locked]) => {
    if (path === '') return true;
    const found = installed.packages?.[path];
    if (!found) return locked.optional === true || locked.devOptional === true;
    return found.version === locked.version && found.integrity === locked.integrity;
  });
}

/** @param {string} path @returns {Lockfile} */
function readLock(path) {
  const file = join(repository, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Installs the packages of the lockfile, when node_modules does not hold them yet. */
export async function install() {
  if (isUpToDate(readLock('package-lock.json'), readLock('node_modules/.package-lock.json'))) return;
  console.log('Installing packages (about a minute) ...');
  const args = ['ci', '--no-audit', '--no-fund'];
  const npm = process.env['npm_execpath'];
  const { code, output } = npm?.endsWith('.js')
    ? await runNode([npm, ...args], { quiet: true })
    : await runProgram('npm', args, { quiet: true });
  if (code !== 0) throw new PlainError(`'npm ci' failed:\n${output.trim().split('\n').slice(-15).join('\n')}`);
}
