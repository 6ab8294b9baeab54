import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PlainError } from './plain-error.js';

/** The root of the checkout. */
export const repository = join(import.meta.dirname, '..', '..');

/** A tool's script in node_modules. @param {string} path */
export function tool(path) {
  return join(repository, 'node_modules', path);
}

/**
 * How a program ended, and what it wrote when it was run quietly: both streams mixed, and each by itself.
 * @typedef {{code: number, output: string, stdout: string, stderr: string}} Outcome
 */

/**
 * Runs a Node script in the checkout and waits for its end. Output goes to the terminal, or is kept.
 * @param {string[]} args Node's own options, the script, its arguments
 * @param {{quiet?: boolean, env?: NodeJS.ProcessEnv}} [options] quiet: keep the output instead of showing it
 * @returns {Promise<Outcome>}
 */
export function runNode(args, { quiet = false, env = process.env } = {}) {
  return runProgram(process.execPath, args, { quiet, env });
}

/**
 * Runs any program likewise. @param {string} file @param {string[]} args
 * @param {{quiet?: boolean, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<Outcome>}
 */
export function runProgram(file, args, { quiet = false, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = quiet ? 'pipe' : 'inherit';
    const child = spawn(file, args, { cwd: repository, env, stdio: ['ignore', stdio, stdio] });
    const outcome = { code: 1, output: '', stdout: '', stderr: '' };
    for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
      child[name]?.setEncoding('utf8').on('data', (chunk) => {
        outcome[name] += chunk;
        outcome.output += chunk;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...outcome, code: code ?? 1 }));
  });
}

/**
 * Runs a command's story. A {@link PlainError} ends it with its sentence and exit code 1, without a stack trace.
 * @param {() => Promise<void>} story
 */
export async function main(story) {
  try {
    await story();
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    const isPlain = error instanceof PlainError || code?.startsWith('ERR_PARSE_ARGS');
    console.error(isPlain ? `\n${message}` : error);
    process.exitCode = 1;
  }
}
