import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A log file is set aside when it has grown to this size; one older file is kept. */
const FILE_BYTES_MAX = 20 * 1024 * 1024;
const SHOWN_CHARACTERS_MAX = 400;
const HIDDEN_FIELDS = new Set(['service', 'stack', 'pid', 'hostname']);

/**
 * A line of a process's log: JSON as pino writes it, or any other text.
 * @typedef {{level: string, message: string, time: string}} LogLine
 */

/** @param {string} line @returns {LogLine} a line that is no JSON counts as an error: something wrote past the log */
export function parseLogLine(line) {
  try {
    const { level, time, msg, err, ...rest } = JSON.parse(line);
    const fields = Object.entries(rest)
      .filter(([key]) => !HIDDEN_FIELDS.has(key))
      .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
    const message = [msg, err?.message, ...fields].filter(Boolean).join(' ');
    return { level: String(level), message, time: String(time) };
  } catch {
    return { level: 'error', message: line, time: new Date().toISOString() };
  }
}

/** One readable line for the terminal, in local time. @param {string} name @param {LogLine} line */
export function readableLine(name, { level, message, time }) {
  const clock = new Date(time).toTimeString().slice(0, 8);
  const [firstLine = ''] = message.split('\n');
  return `${clock} ${name.padEnd(9)} ${level.padEnd(5)} ${firstLine}`.slice(0, SHOWN_CHARACTERS_MAX);
}

const SHOWN_LINES_MAX = 5;
const WINDOW_MS = 10_000;

/**
 * Shows lines on the terminal, but no flood: at most five in ten seconds. The rest is counted; all are in the log file.
 * @param {string} name @param {(text: string) => void} show @param {() => number} [now] ms
 * @returns {(line: LogLine) => void}
 */
export function terminalLines(name, show, now = Date.now) {
  let [windowFrom, shown, hidden] = [0, 0, 0];
  return (line) => {
    if (now() - windowFrom >= WINDOW_MS) {
      if (hidden > 0) show(`         ${name}: ${hidden} more lines like these in its log`);
      [windowFrom, shown, hidden] = [now(), 0, 0];
    }
    if (shown < SHOWN_LINES_MAX) show(readableLine(name, line));
    else hidden++;
    shown++;
  };
}

/**
 * Appends lines to `<folder>/<name>.log` and keeps it from growing without end. A full disk loses lines, nothing else.
 * @param {string} folder @param {string} name
 * @returns {(line: string) => void}
 */
export function logFile(folder, name) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name}.log`);
  let handle = openSync(file, 'a', 0o600);
  let size = fstatSync(handle).size;
  return (line) => {
    try {
      if (size > FILE_BYTES_MAX) {
        closeSync(handle);
        renameSync(file, `${file}.1`);
        handle = openSync(file, 'a', 0o600);
        size = 0;
      }
      size += writeSync(handle, `${line}\n`);
    } catch {
      // ENOSPC: the terminal still shows what matters.
    }
  };
}
