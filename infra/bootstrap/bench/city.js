import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { PlainError } from '../plain-error.js';
import { startPostgres } from '../postgres.js';
import { repository, runProgram } from '../run.js';

/**
 * A fresh durable PostgreSQL with the demo city in it: where each round of a benchmark begins.
 *
 * @typedef {object} BenchCity
 * @property {string} url
 * @property {number} postgresPid
 * @property {() => Promise<void>} killDatabase by SIGKILL, as a machine that loses power would end it, but for its disk
 * @property {() => Promise<void>} restartDatabase at the same address
 * @property {string} folder
 * @property {string} terminalsFile
 * @property {NodeJS.ProcessEnv} env for the product's processes
 * @property {(sql: string) => Promise<Record<string, any>[]>} query
 * @property {() => Promise<void>} close
 */

/** BENCH_DATA_DIR puts the databases on another disk, for instance to leave its flushes out of a delay. */
export const ROOT = process.env['BENCH_DATA_DIR'] ?? join(repository, '.data', 'bench');

/** @returns {Promise<BenchCity>} */
export async function openCity() {
  mkdirSync(ROOT, { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'city-'));
  chmodSync(folder, 0o755);
  const cluster = { folder: join(folder, 'postgres'), durable: true };
  let server = await startPostgres({ ...cluster, port: 0 });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query('CREATE DATABASE eparking');
  await admin.end();
  const url = server.url.replace(/\/postgres$/, '/eparking');
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: url,
    EPARKING_DATA_DIR: folder,
    EPARKING_SEALING_KEY: randomBytes(32).toString('base64url'),
    EPARKING_ADMIN_PASSWORD: randomBytes(12).toString('base64url'),
    EPARKING_LOG_LEVEL: 'warn',
  };
  const setup = join(repository, 'dist/apps/admin-api/src/cli/setup.js');
  const { code, output } = await runProgram(process.execPath, [setup, '--demo'], { quiet: true, env });
  if (code !== 0) throw new PlainError(`The benchmark's database could not be set up: ${output.trim()}`);
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // A connection that is lost with its server is replaced at the next question.
  pool.on('error', () => undefined);
  return {
    url,
    get postgresPid() {
      return server.pid;
    },
    killDatabase: async () => {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
    restartDatabase: async () => void (server = await startPostgres({ ...cluster, port: server.port })),
    folder,
    terminalsFile: join(folder, 'demo-terminals.json'),
    env,
    query: async (sql) => (await pool.query(sql)).rows,
    close: async () => {
      await pool.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
