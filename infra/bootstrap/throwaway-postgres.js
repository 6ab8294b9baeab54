import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from './postgres.js';

/** Waits for the end of its input, which is the end of whoever started it, however that came; then ends the server. */
const WARDEN = `cat > /dev/null; kill -INT "$1" 2> /dev/null
while kill -0 "$1" 2> /dev/null; do sleep 0.1; done
rm -rf "$2"`;

/**
 * A server in a temporary folder. Neither outlives this process, not even when it is killed by -9.
 * @param {string} name of the folder, for whoever looks
 * @returns {Promise<{url: string, stop: () => Promise<void>}>}
 */
export async function startThrowawayPostgres(name) {
  const folder = mkdtempSync(join(tmpdir(), `eparking-${name}-`));
  chmodSync(folder, 0o755); // PostgreSQL runs as a user of its own.
  const server = await startPostgres({ folder: join(folder, 'postgres'), port: 0, durable: true });
  const warden = spawn('/bin/sh', ['-c', WARDEN, 'sh', String(server.pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  warden.unref();
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
      warden.stdin.end();
    },
  };
}
