import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PlainError } from './plain-error.js';

const MEGABYTE = 1024 * 1024;
/** Room that a new database and a first day's records need; and that one which is there needs to start at all. */
const NEW_DATABASE_BYTES_MIN = 300 * MEGABYTE;
const START_BYTES_MIN = 48 * MEGABYTE;

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
 * @param {{newDatabase: boolean}} options whether a database will be made there
 * @throws {PlainError} one sentence with the remedy
 */
export function prepareDataFolder(folder, { newDatabase }) {
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
  const [free, needed] = [bavail * bsize, newDatabase ? NEW_DATABASE_BYTES_MIN : START_BYTES_MIN];
  if (free >= needed) return;
  throw new PlainError(
    `The disk of the data folder ${folder} has only ${Math.floor(free / MEGABYTE)} MB free, ` +
      `${needed / MEGABYTE} MB are needed: make room, or ${remedy}`,
  );
}
