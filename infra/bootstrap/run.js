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
 * Runs a Node script in the checkout and waits for its end. Output goes to the terminal, or is kept.
 * @param {string[]} args Node's own options, the script, its arguments
 * @param {{quiet?: boolean, env?: NodeJS.ProcessEnv}} [options] quiet: keep the output instead of showing it
 * @returns {Promise<{code: number, output: string}>} output is '' unless quiet
 */
export function runNode(args, { quiet = false, env = process.env } = {}) {
  return runProgram(process.execPath, args, { quiet, env });
}

/**
 * Runs any program likewise. @param {string} file @param {string[]} args
 * @param {{quiet?: boolean, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<{code: number, output: string}>}
 */
export function runProgram(file, args, { quiet = false, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = quiet ? 'pipe' : 'inherit';
    const child = spawn(file, args, { cwd: repository, env, stdio: ['ignore', stdio, stdio] });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
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
    console.error(error instanceof PlainError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
