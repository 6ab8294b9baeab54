import { spawn } from 'node:child_process';
import http from 'node:http';
import https from 'node:https';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { logFile, parseLogLine, terminalLines } from './log-lines.js';
import { PlainError } from './plain-error.js';
import { endProcess } from './processes.js';

/**
 * One of our processes, started again whenever it ends by itself.
 *
 * @typedef {object} ServiceOptions
 * @property {string} name
 * @property {string[]} args for node: the script, then its own arguments
 * @property {NodeJS.ProcessEnv} env
 * @property {string} logFolder
 * @property {string} [readyUrl] answers 200 once the process does its work; without one it counts as ready at once
 * @property {(name: string, pid: number) => void} onStart
 *
 * @typedef {object} Service
 * @property {string} name
 * @property {(stopped: AbortSignal) => Promise<void>} ready rejects with the reason when the first start fails
 * @property {() => Promise<void>} stop
 * @property {() => void} kill ends it at once; `stop` must have been called
 */

const READY_MS_MAX = 90_000;
const STOP_MS_MAX = 20_000;
const PAUSE_MS_MIN = 250;
const PAUSE_MS_MAX = 30_000;
/** A process that ran this long gets the shortest pause again. */
const STEADY_MS = 60_000;
const SHOWN_LEVELS = new Set(['warn', 'error', 'fatal']);

/**
 * How long to wait before the next start. @param {number} lastPauseMs @param {number} livedMs
 */
export function nextPauseMs(lastPauseMs, livedMs) {
  return livedMs >= STEADY_MS ? PAUSE_MS_MIN : Math.min(Math.max(lastPauseMs * 2, PAUSE_MS_MIN), PAUSE_MS_MAX);
}

/** @param {ServiceOptions} options @returns {Service} */
export function startService({ name, args, env, logFolder, readyUrl, onStart }) {
  const write = logFile(logFolder, name);
  const show = terminalLines(name, console.log);
  let [pauseMs, everReady, stopping, lastError] = [0, false, false, ''];
  /** @type {import('node:child_process').ChildProcess} */
  let child;
  /** @type {NodeJS.Timeout | undefined} */
  let restart;
  /** @type {((reason: string) => void) | undefined} */
  let failFirstStart;

  /** @param {string} line */
  const onLine = (line) => {
    write(line);
    const parsed = parseLogLine(line);
    if (SHOWN_LEVELS.has(parsed.level) && everReady) show(parsed);
    if (parsed.level === 'error' || parsed.level === 'fatal') lastError = parsed.message;
  };
  const start = () => {
    const startedAt = Date.now();
    // A group of its own: Ctrl-C in the terminal reaches the launcher alone. The IPC channel tells the child when the
    // launcher is gone, however it went.
    child = spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    if (child.pid) onStart(name, child.pid);
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on('line', onLine);
    child.once('close', (code, signal) => {
      if (stopping) return;
      const reason = `${name} ended (${signal ?? `code ${code}`}${lastError ? `: ${lastError}` : ''})`;
      if (!everReady && failFirstStart) return failFirstStart(reason);
      pauseMs = nextPauseMs(pauseMs, Date.now() - startedAt);
      console.log(`${reason}; starting it again in ${pauseMs / 1000} s`);
      lastError = '';
      restart = setTimeout(start, pauseMs);
    });
  };
  start();
  return {
    name,
    ready: async (stopped) => {
      /** @type {Promise<never>} */
      const failed = new Promise((_, reject) => {
        failFirstStart = (reason) => reject(new PlainError(`${reason}. Its log: ${logFolder}/${name}.log`));
      });
      const settled = new AbortController();
      const giveUp = AbortSignal.any([stopped, settled.signal]);
      try {
        if (readyUrl) await Promise.race([failed, answers(readyUrl, name, giveUp)]);
        everReady = true;
      } finally {
        settled.abort();
      }
    },
    stop: async () => {
      stopping = true;
      clearTimeout(restart);
      if (child.pid && child.exitCode === null && child.signalCode === null)
        await endProcess(child.pid, 'SIGTERM', STOP_MS_MAX);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/**
 * Asks a process of ours on this machine: its certificate is made out to its public name, so it is not looked at.
 * @param {string} url @returns {Promise<{status: number | undefined, text: string}>}
 */
function get(url) {
  const { get: ask } = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const request = ask(url, { rejectUnauthorized: false, timeout: 5_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', reject);
  });
}

/**
 * Waits until a URL answers 200. @param {string} url @param {string} name @param {AbortSignal} giveUp
 */
async function answers(url, name, giveUp) {
  let last = 'no answer';
  for (const end = Date.now() + READY_MS_MAX; Date.now() < end && !giveUp.aborted; await sleep(100)) {
    try {
      const { status, text } = await get(url);
      if (status === 200) return;
      last = `${status} ${text}`.slice(0, 300);
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
  }
  if (!giveUp.aborted) throw new PlainError(`${name} is not ready after ${READY_MS_MAX / 1000} s: ${url} says ${last}`);
}
