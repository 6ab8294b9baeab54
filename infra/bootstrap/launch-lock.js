import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlainError } from './plain-error.js';
import { endProcess, isAlive, startMark } from './processes.js';

/**
 * A process as we remember it: its number may be given to another program later, its start mark not.
 * @typedef {{name: string, pid: number, mark: string}} KnownProcess
 *
 * @typedef {object} LaunchLock
 * @property {(name: string, pid: number) => void} note remembers a child, for a later start to end if we are killed
 * @property {() => void} release
 */

const END_MS_MAX = 15_000;

/** @param {KnownProcess} known */
function stillRuns({ pid, mark }) {
  return isAlive(pid) && startMark(pid) === mark;
}

/** @param {string} file @returns {KnownProcess[]} the launcher first; none when there is no readable file */
function readProcesses(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}

/**
 * Makes this process the only launcher on a data folder. Ends what a killed launcher left running there.
 * @param {string} file where the lock lies
 * @returns {Promise<LaunchLock>}
 * @throws {PlainError} when another launcher runs there
 */
export async function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  const [launcher, ...children] = readProcesses(file);
  if (launcher && stillRuns(launcher))
    throw new PlainError(
      `eparking already runs on ${dirname(dirname(file))} (process ${launcher.pid}): ` +
        `end it with Ctrl-C there, or set EPARKING_DATA_DIR to another folder.`,
    );
  await Promise.all(children.filter(stillRuns).map(({ pid }) => endProcess(pid, 'SIGTERM', END_MS_MAX)));
  rmSync(file, { force: true });
  /** @type {KnownProcess[]} */
  const known = [{ name: 'launcher', pid: process.pid, mark: startMark(process.pid) }];
  writeFileSync(file, JSON.stringify(known), { flag: 'wx' });
  return {
    note: (name, pid) => {
      const others = known.filter((one) => one.name !== name);
      known.splice(0, known.length, ...others, { name, pid, mark: startMark(pid) });
      writeFileSync(`${file}.new`, JSON.stringify(known));
      renameSync(`${file}.new`, file);
    },
    release: () => {
      if (existsSync(file)) rmSync(file);
    },
  };
}
