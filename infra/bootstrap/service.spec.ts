import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { isAlive } from './processes.js';
import { nextPauseMs, startService, type Service } from './service.js';

describe('a process that is kept alive', () => {
  let folder: string;
  let pids: number[];
  let service: Service | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'eparking-service-'));
    pids = [];
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
  });
  afterEach(async () => {
    await service?.stop();
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const start = (script: string, readyUrl?: string): Service => {
    const file = join(folder, 'script.mjs');
    writeFileSync(file, script);
    service = startService({
      name: 'gateway',
      args: [file],
      env: process.env,
      logFolder: folder,
      ...(readyUrl ? { readyUrl } : {}),
      onStart: (_: string, pid: number) => pids.push(pid),
    });
    return service;
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('starts again when it is killed', async () => {
    await start('setInterval(() => 0, 1000)').ready(new AbortController().signal);
    process.kill(pids[0]!, 'SIGKILL');
    await until(() => pids.length === 2);
    expect(isAlive(pids[1]!)).toBe(true);
  });

  it('stays ended once stopped', async () => {
    const stopped = start('setInterval(() => 0, 1000)');
    await stopped.ready(new AbortController().signal);
    await stopped.stop();
    expect(isAlive(pids[0]!)).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(pids).toHaveLength(1);
  });

  it('tells why its first start failed, in the process’s own last words, and keeps them in its log', async () => {
    const words = { level: 'fatal', time: '2026-11-21T00:00:00Z', msg: 'EPARKING_TLS_KEY cannot be read' };
    const failing = start(
      `console.log(${JSON.stringify(JSON.stringify(words))}); process.exit(1)`,
      'http://127.0.0.1:9',
    );
    await expect(failing.ready(new AbortController().signal)).rejects.toThrow(
      /^gateway ended \(code 1: EPARKING_TLS_KEY cannot be read\)\. Its log: .*gateway\.log$/,
    );
    expect(readFileSync(join(folder, 'gateway.log'), 'utf8')).toContain('EPARKING_TLS_KEY');
  });
});

describe('the pause before a restart', () => {
  it('grows from a quarter of a second to half a minute, and is short again after a steady minute', () => {
    const pauses = [0];
    for (let i = 0; i < 9; i++) pauses.push(nextPauseMs(pauses.at(-1)!, 100));
    expect(pauses.slice(1)).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(nextPauseMs(30_000, 60_000)).toBe(250);
  });
});
