import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { logFile } from './log-lines.js';
import { databasePassword, startPostgres } from './postgres.js';

/** The product's database in the embedded server. */
export const DATABASE = 'eparking';
const RESTART_PAUSE_MS = 500;

/**
 * @typedef {object} KeptDatabase
 * @property {string} url of the database `eparking`
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the embedded PostgreSQL in the data folder, durable, and starts it again when it dies.
 * @param {{dataDir: string, port: number, logFolder: string}} options
 * @returns {Promise<KeptDatabase>}
 */
export async function keepDatabase({ dataDir, port, logFolder }) {
  const options = {
    folder: join(dataDir, 'postgres'),
    durable: true,
    password: databasePassword(join(dataDir, 'secrets', 'postgres.key')),
    onLog: logFile(logFolder, 'postgres'),
  };
  let server = await startPostgres({ ...options, port });
  await ensureDatabase(server.url, DATABASE);
  let stopping = false;
  const keep = async () => {
    while (!stopping) {
      const reason = await server.exited;
      if (stopping) return;
      console.log(`PostgreSQL ended (${reason}); starting it again`);
      await startAgain();
    }
  };
  const startAgain = async () => {
    for (;;) {
      if (stopping) return;
      try {
        server = await startPostgres({ ...options, port: server.port });
        return;
      } catch (error) {
        console.log(error instanceof Error ? error.message : error);
        await sleep(RESTART_PAUSE_MS);
      }
    }
  };
  const kept = keep();
  const url = new URL(server.url);
  url.pathname = `/${DATABASE}`;
  return {
    url: url.href,
    stop: async () => {
      stopping = true;
      await server.stop();
      await kept;
    },
  };
}

/** @param {string} url of the maintenance database @param {string} name */
async function ensureDatabase(url, name) {
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
