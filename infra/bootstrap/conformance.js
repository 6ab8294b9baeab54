import './require-node.js';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.js';
import { install } from './install.js';
import { main, repository } from './run.js';
import { Session, Stopped } from './session.js';
import { startThrowawayPostgres } from './throwaway-postgres.js';

/**
 * Runs the broker until it ends or the end is asked for. @param {string} databaseUrl @param {AbortSignal} stopped
 * @returns {Promise<number>} its exit code
 */
function runBroker(databaseUrl, stopped) {
  const script = join(repository, 'dist', 'apps', 'gateway', 'src', 'conformance', 'main.js');
  const args = ['--enable-source-maps', script, ...process.argv.slice(2)];
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  // The channel tells it when this process is gone.
  const child = spawn(process.execPath, args, { cwd: repository, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  stopped.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/**
 * `npm run gateway:conformance -- --port N`: the gateway's broker with guards and commit on, sign-in and access rules
 * off, on loopback only, for conformance suites of others (docs/GATEWAY.md). Without DATABASE_URL it brings a database
 * of its own, which is gone with it.
 */
await main(async () => {
  const session = new Session();
  session.listen();
  await install();
  await build();
  try {
    session.check();
    let url = process.env['DATABASE_URL'];
    if (!url) {
      const server = await startThrowawayPostgres('conformance');
      session.add(server.stop);
      url = server.url;
    }
    session.check();
    process.exitCode = await runBroker(url, session.stopped);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  } finally {
    await session.close();
  }
});
