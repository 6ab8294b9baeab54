import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second of /proc, fixed at 100 on Linux for programs. */
const TICKS = 100;

/**
 * CPU seconds that a process and all below it have used so far, with those that have ended and were waited for:
 * PostgreSQL ends a process with every connection.
 * @param {number} pid
 * @returns {number | null} null where there is no /proc
 */
export function cpuSeconds(pid) {
  if (!existsSync('/proc')) return null;
  return family(pid).reduce((sum, each) => sum + statOf(each).cpu, 0);
}

/** Resident memory of a process alone, MiB (Linux). @param {number} pid @returns {number} */
export const residentMiB = (pid) => memoryMiB(pid, 'VmRSS');

/** The most that was ever resident of this process, MiB (Linux). @returns {number} */
export const peakMiB = () => memoryMiB('self', 'VmHWM');

/** @param {number | 'self'} pid @param {string} name */
function memoryMiB(pid, name) {
  const found = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1] ?? 0) / 1024;
}

/**
 * What a piece of work of this process takes: seconds, and CPU seconds of Node and of PostgreSQL meanwhile (NaN where
 * there is no /proc).
 * @param {number} postgresPid @param {() => Promise<void>} work
 * @returns {Promise<{seconds: number, node: number, postgres: number}>}
 */
export async function spentOn(postgresPid, work) {
  const theirs = () => cpuSeconds(postgresPid) ?? NaN;
  const [began, own, before] = [performance.now(), process.cpuUsage(), theirs()];
  await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(own);
  return { seconds, node: (user + system) / 1e6, postgres: theirs() - before };
}

/** Zeros for a process that has ended meanwhile. @param {number} pid @returns {{parent: number, cpu: number}} */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const cpu = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0) / TICKS;
    return { parent: Number(fields[1]), cpu };
  } catch {
    return { parent: 0, cpu: 0 };
  }
}

/** A process and all its descendants. @param {number} root */
function family(root) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(all.map((pid) => [pid, statOf(pid).parent]));
  const members = [root];
  for (let n = 0; n < members.length; n++) members.push(...all.filter((pid) => parents.get(pid) === members[n]));
  return members;
}
