import './require-node.js';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.js';
import { DATABASE } from './database.js';
import { install } from './install.js';
import { PlainError } from './plain-error.js';
import { databasePassword } from './postgres.js';
import { isAlive } from './processes.js';
import { addressFor } from './roles.js';
import { main, repository, runNode } from './run.js';

/**
 * Runs a built command line tool on the database of the running system:
 * `node infra/bootstrap/database-tool.js [--as worker] <script below dist/> [its arguments]`. On the embedded server as
 * the database's owner, or as a process's role: BullMQ's tables are the worker's. DATABASE_URL, when set, goes first.
 */

/** The embedded server that runs on a data folder. @param {string} dataDir @returns {string} its URL */
function runningDatabase(dataDir) {
  const lock = join(dataDir, 'postgres', 'postmaster.pid');
  const [pid, , , port] = existsSync(lock) ? readFileSync(lock, 'utf8').split('\n') : [];
  if (!pid || !port || !isAlive(Number(pid)))
    throw new PlainError(`eparking does not run on ${dataDir}: start it (npm start), or set DATABASE_URL.`);
  const password = databasePassword(join(dataDir, 'secrets', 'postgres.key'));
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${DATABASE}`;
}

await main(async () => {
  const given = process.argv.slice(2);
  const as = given[0] === '--as' ? /** @type {import('./roles.js').Who} */ (given.splice(0, 2)[1]) : 'migrator';
  const [script, ...args] = given;
  await install();
  await build();
  /** @type {typeof import('../../libs/platform/src/index.js')} */
  const { loadConfig } = await import(join(repository, 'dist/libs/platform/src/index.js'));
  const config = loadConfig(process.env);
  const databaseUrl = config.databaseUrl ?? (await addressFor(as, config.dataDir, runningDatabase(config.dataDir)));
  const env = { ...process.env, EPARKING_DATA_DIR: config.dataDir, DATABASE_URL: databaseUrl };
  const { code } = await runNode(['--enable-source-maps', join(repository, 'dist', String(script)), ...args], { env });
  process.exitCode = code;
});
