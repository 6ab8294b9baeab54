import { spawn } from 'node:child_process';
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

/** `BENCH_PROFILE=<folder>`: what is measured leaves a CPU profile there when it ends. */
export function profiling() {
  const folder = process.env['BENCH_PROFILE'];
  return folder ? ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${folder}`] : [];
}
