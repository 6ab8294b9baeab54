import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../infra/bootstrap/processes.js';
import { ensureProgram } from '../../../infra/bootstrap/programs.js';
import { eventually } from './wait.js';

/** A Redis server of a test's own. */
export interface TestRedis {
  readonly url: string;
  /** Kills the server (SIGKILL); its data stay. */
  crash(): Promise<void>;
  /** Starts a crashed server again, on the same port and data. */
  restart(): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

function answersPing(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'));
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      if (data.toString().startsWith('+PONG')) resolve();
      else reject(new Error(`Redis answers ${data.toString().trim()}`));
    });
  });
}

/**
 * Starts Redis on a free port, as BullMQ wants it (append-only file, no eviction).
 * @throws Error that says how to get Redis where there is none; a test is never skipped for it
 */
export async function startRedis(): Promise<TestRedis> {
  const { file, env } = await ensureProgram('redis-server');
  const [port, folder] = [await freePort(), await mkdtemp(join(tmpdir(), 'eparking-redis-'))];
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  args.push('--appendonly', 'yes', '--maxmemory-policy', 'noeviction', '--save', '');
  const start = async (): Promise<{ child: ChildProcess; exited: Promise<void> }> => {
    const child = spawn(file, args, { stdio: 'ignore', env: { ...process.env, ...env } });
    const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    await Promise.race([eventually(() => answersPing(port)), failed]);
    return { child, exited };
  };
  let running = await start();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    running.child.kill(signal);
    await running.exited;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    crash: () => end('SIGKILL'),
    restart: async () => {
      running = await start();
    },
    stop: async () => {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
