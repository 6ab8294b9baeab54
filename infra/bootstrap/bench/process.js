import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { endProcess } from '../processes.js';
import { PlainError } from '../plain-error.js';

/**
 * A process under measurement, and what it costs.
 *
 * @typedef {object} Measured
 * @property {number} pid
 * @property {(word: RegExp) => Promise<string>} line resolves with the next line of its output that matches
 * @property {(text: string) => void} tell writes a line to its standard input
 * @property {() => Promise<void>} stop
 * @property {(signal: NodeJS.Signals) => Promise<void>} kill ends it by a signal and waits
 */

const KEPT_LINES = 20;
const STOP_MS_MAX = 20_000;

/** @param {string} file @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Measured} */
export function startMeasured(file, args, env = process.env) {
  const child = spawn(file, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const pid = child.pid;
  if (pid === undefined) throw new PlainError(`${file} does not start.`);
  /** @type {string[]} */
  const newest = [];
  /** @type {Set<{word: RegExp, resolve: (line: string) => void, reject: (error: Error) => void}>} */
  const waiting = new Set();
  /** @param {string} line */
  const take = (line) => {
    newest.push(line);
    if (newest.length > KEPT_LINES) newest.shift();
    for (const wait of waiting) {
      if (!wait.word.test(line)) continue;
      waiting.delete(wait);
      wait.resolve(line);
    }
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', take);
  child.stdin.on('error', () => undefined);
  const ended = new Promise((resolve) => child.once('close', resolve));
  void ended.then((code) => {
    for (const { reject } of waiting)
      reject(new PlainError(`${[file, ...args].join(' ')} ended (code ${code}):\n${newest.join('\n')}`));
    waiting.clear();
  });
  return {
    pid,
    line: (word) => new Promise((resolve, reject) => waiting.add({ word, resolve, reject })),
    tell: (text) => void child.stdin.write(`${text}\n`),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) await endProcess(pid, 'SIGTERM', STOP_MS_MAX);
      await ended;
    },
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

/** Clock ticks a second of /proc, fixed at 100 on Linux for programs. */
const TICKS = 100;

/** CPU seconds a process and all below it have used so far (Linux). @param {number} pid @returns {number} */
export function cpuSeconds(pid) {
  return family(pid).reduce((sum, each) => sum + statOf(each).cpu, 0);
}

/** Resident memory of a process alone, MiB (Linux). @param {number} pid @returns {number} */
export function residentMiB(pid) {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1] ?? 0) / 1024;
}

/** @param {number} pid @returns {{parent: number, cpu: number}} */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // The time of children that were waited for counts too: PostgreSQL ends a process with every connection.
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
