import './require-node.js';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.js';
import { install } from './install.js';
import { startPostgres } from './postgres.js';
import { main, repository } from './run.js';

/** Runs the broker until it ends or this process is asked to. @param {string} databaseUrl @returns {Promise<number>} */
function runBroker(databaseUrl) {
  const script = join(repository, 'dist', 'apps', 'gateway', 'src', 'conformance', 'main.js');
  const args = ['--enable-source-maps', script, ...process.argv.slice(2)];
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  // The channel tells it when this process is gone.
  const child = spawn(process.execPath, args, { cwd: repository, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/**
 * `npm run gateway:conformance -- --port N`: the gateway's broker with guards and commit on, sign-in and access rules
 * off, on loopback only, for conformance suites of others (docs/GATEWAY.md). Without DATABASE_URL it brings a database
 * of its own and removes it at the end.
 */
await main(async () => {
  await install();
  await build();
  const given = process.env['DATABASE_URL'];
  if (given) {
    process.exitCode = await runBroker(given);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'eparking-conformance-'));
  chmodSync(folder, 0o755); // PostgreSQL runs as a user of its own.
  const server = await startPostgres({ folder: join(folder, 'postgres'), port: 0, durable: true });
  try {
    process.exitCode = await runBroker(server.url);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
