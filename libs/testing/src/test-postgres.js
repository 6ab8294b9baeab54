import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { postgresPrograms, startPostgres } from '../../../infra/bootstrap/postgres.js';
import { isAlive } from '../../../infra/bootstrap/processes.js';

/**
 * PostgreSQL servers for tests. They lie in the system's temporary folder, where the user that PostgreSQL runs as can
 * reach them whoever runs the tests. An empty cluster is made once a machine and copied for each run.
 */
const base = join(tmpdir(), `eparking-test-${userInfo().uid}`);

/** The empty cluster to copy, made at the first call. @returns {Promise<string>} its folder */
async function emptyCluster() {
  const { initdb } = await postgresPrograms();
  const version = createHash('sha256')
    .update(execFileSync(initdb, ['--version']))
    .digest('hex')
    .slice(0, 12);
  const folder = join(base, `empty-${version}`);
  if (existsSync(folder)) return folder;
  const draft = join(base, `run-${process.pid}`, 'empty');
  const server = await startPostgres({ folder: draft, port: 0, durable: false });
  await server.stop();
  try {
    renameSync(draft, folder);
  } catch {
    rmSync(draft, { recursive: true, force: true }); // Another run was quicker.
  }
  return folder;
}

/** Ends servers and removes folders of test runs that were killed. */
async function sweepDeadRuns() {
  for (const name of readdirSync(base).filter((entry) => entry.startsWith('run-'))) {
    if (isAlive(Number(name.slice('run-'.length)))) continue;
    const run = join(base, name);
    for (const cluster of readdirSync(run)) endServer(join(run, cluster, 'postmaster.pid'));
    rmSync(run, { recursive: true, force: true });
  }
}

/** @param {string} lock */
function endServer(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8').split('\n')[0]), 'SIGQUIT');
  } catch {
    // No server, no lock: nothing to end.
  }
}

/**
 * Starts a PostgreSQL server of its own on a free port. Anybody on this machine may sign in as `postgres`.
 * @param {{durable?: boolean}} [options] durable: flush every commit to disk, for tests that kill the server
 * @returns {Promise<import('../../../infra/bootstrap/postgres.js').PostgresServer & {folder: string}>}
 */
export async function startTestPostgres({ durable = false } = {}) {
  mkdirSync(base, { recursive: true, mode: 0o755 });
  await sweepDeadRuns();
  const empty = await emptyCluster();
  const run = join(base, `run-${process.pid}`);
  mkdirSync(run, { recursive: true, mode: 0o755 });
  // Not counted: jest loads this module once more for each test file, in the same process when there is only one.
  const folder = join(run, `postgres-${randomUUID().slice(0, 8)}`);
  execFileSync('cp', ['-a', empty, folder]);
  return { ...(await startPostgres({ folder, port: 0, durable })), folder };
}

/** Starts the server of this folder again, on the same port, after it was killed or stopped.
 * @param {{folder: string, port: number}} server
 */
export async function restartTestPostgres({ folder, port }) {
  return { ...(await startPostgres({ folder, port, durable: true })), folder };
}

/** Removes what this process made. */
export function removeTestFolders() {
  rmSync(join(base, `run-${process.pid}`), { recursive: true, force: true });
}
