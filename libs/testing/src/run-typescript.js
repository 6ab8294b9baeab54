import { spawn } from 'node:child_process';
import { register } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Lets a test start a process of its own from TypeScript source, without a build: `node --import` this file. The hooks
 * are in `typescript-hooks.js`.
 */
if (!process.env['JEST_WORKER_ID']) register('./typescript-hooks.js', import.meta.url);

/**
 * Starts a TypeScript file as a process with an IPC channel.
 * @param {string} file absolute path or file URL
 * @param {{args?: string[], env?: Record<string, string>}} [options] env comes on top of this process's own
 */
export function spawnTypeScript(file, { args = [], env = {} } = {}) {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const here = pathToFileURL(fileURLToPath(import.meta.url)).href;
  const { JEST_WORKER_ID: _jest, NODE_OPTIONS: _options, ...inherited } = process.env;
  return spawn(process.execPath, ['--import', here, path, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...inherited, ...env },
  });
}
