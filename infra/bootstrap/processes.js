import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Whether a process of this id lives (a zombie that nobody has waited for counts as dead).
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
  return statField(pid, 3) !== 'Z';
}

/**
 * A field of /proc/PID/stat by its number in proc(5); '' where there is no /proc or no such process.
 * @param {number} pid
 * @param {number} field 3 or more
 */
function statField(pid, field) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the name in brackets, may hold blanks: count from the last bracket.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[field - 3] ?? '';
  } catch {
    return '';
  }
}

/**
 * The command line of a process, words parted by blanks; '' when there is none to be read.
 * @param {number} pid
 */
export function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    if (process.platform === 'linux') return '';
  }
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/**
 * Tells a process from a later one with the same number: when it started, as the system writes it.
 * @param {number} pid
 */
export function startMark(pid) {
  if (process.platform === 'linux') return statField(pid, 22);
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/**
 * Asks a process to end, and makes it end when it does not.
 * @param {number} pid
 * @param {NodeJS.Signals} signal the polite one
 * @param {number} politeMsMax how long to wait before SIGKILL
 */
export async function endProcess(pid, signal, politeMsMax) {
  signalTo(pid, signal);
  if (await isGone(pid, politeMsMax)) return;
  signalTo(pid, 'SIGKILL');
  await isGone(pid, 5_000);
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalTo(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * Waits for a process to be gone; false when it still lives after `waitMsMax`.
 * @param {number} pid
 * @param {number} waitMsMax
 */
async function isGone(pid, waitMsMax) {
  for (const end = Date.now() + waitMsMax; Date.now() < end; await sleep(25)) if (!isAlive(pid)) return true;
  return !isAlive(pid);
}

/** A TCP port on loopback that is free at this moment. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * Why a port cannot be listened on: an error code (EADDRINUSE, EACCES, EADDRNOTAVAIL), or undefined when it can.
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string | undefined>}
 */
export function portFault(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? 'unknown'));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/**
 * The process that listens on a TCP port, as "name (process 123)"; undefined when it is not known (other systems than
 * Linux, or another user's process).
 * @param {number} port
 */
export function portHolder(port) {
  const inodes = listeningInodes(port);
  if (inodes.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (!holdsSocket(pid, inodes)) continue;
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    return `${name} (process ${pid})`;
  }
  return undefined;
}

/**
 * Inodes of the sockets that listen on a port (proc(5), /proc/net/tcp: local address in field 2, state 0A = LISTEN).
 * @param {number} port
 */
function listeningInodes(port) {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  /** @type {Set<string>} */
  const inodes = new Set();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readLines(table)) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(suffix) && fields[3] === '0A' && fields[9]) inodes.add(`socket:[${fields[9]}]`);
    }
  }
  return inodes;
}

/** @param {string} file @returns {string[]} */
function readLines(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** @param {string} pid @param {Set<string>} inodes */
function holdsSocket(pid, inodes) {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(linkTarget(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false;
  }
}

/** @param {string} link */
function linkTarget(link) {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}
