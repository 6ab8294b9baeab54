import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PlainError } from './plain-error.js';

/** Room that a new database and a first day's records need. */
const FREE_BYTES_MIN = 300 * 1024 * 1024;

/** What to say of each failure to write. @type {Record<string, string>} */
const FAULTS = {
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'is on a read-only disk',
  ENOSPC: 'is on a full disk',
  EDQUOT: 'is on a disk whose quota is used up',
  ENOTDIR: 'lies under something that is no folder',
  ENOENT: 'cannot be made',
};

/**
 * Makes a folder and those above it. (Node's own `recursive` never returns where the system refuses with ENOENT.)
 * @param {string} folder absolute path
 */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/**
 * Makes sure that the data folder exists, can be written and has room.
 * @param {string} folder absolute path
 * @throws {PlainError} one sentence with the remedy
 */
export function prepareDataFolder(folder) {
  const remedy = 'set EPARKING_DATA_DIR to another folder, or mend this one.';
  try {
    makeFolder(folder);
    const probe = join(folder, `.probe-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code ?? '';
    throw new PlainError(`The data folder ${folder} ${FAULTS[code] ?? `cannot be used (${code})`}: ${remedy}`);
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= FREE_BYTES_MIN) return;
  const megabytes = (/** @type {number} */ bytes) => Math.floor(bytes / 1024 / 1024);
  throw new PlainError(
    `The disk of the data folder ${folder} has only ${megabytes(free)} MB free, ` +
      `${megabytes(FREE_BYTES_MIN)} MB are needed: make room, or ${remedy}`,
  );
}
