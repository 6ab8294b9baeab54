import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** CPU seconds of a process and, once they have ended, its children. @param {number} pid @returns {{own: number, children: number, parent: number}} */
function times(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
    .map(Number);
  const at = (/** @type {number} */ n) => fields[n] ?? 0;
  return {
    own: (at(11) + at(12)) / TICKS_PER_SECOND,
    children: (at(13) + at(14)) / TICKS_PER_SECOND,
    parent: at(1),
  };
}

/**
 * CPU seconds that a PostgreSQL server has used so far: its own, its sessions', and those of sessions that have ended.
 * @param {number} pid of the postmaster
 * @returns {number | null} null where there is no /proc
 */
export function serverCpuSeconds(pid) {
  try {
    const server = times(pid);
    let sum = server.own + server.children;
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      try {
        const child = times(Number(name));
        if (child.parent === pid) sum += child.own;
      } catch {
        // It has ended meanwhile.
      }
    }
    return sum;
  } catch {
    return null;
  }
}
