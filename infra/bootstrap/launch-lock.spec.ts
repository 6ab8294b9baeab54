import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from './launch-lock.js';
import { isAlive, startMark } from './processes.js';

/** A process that does nothing until it is ended. */
async function sleeper(): Promise<ChildProcess & { pid: number }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000); console.log(1)'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child as ChildProcess & { pid: number };
}

describe('the lock on a data folder', () => {
  let folder: string;
  let file: string;
  const sleepers: ChildProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'eparking-lock-'));
    file = join(folder, 'run', 'launcher.json');
  });
  afterEach(() => {
    for (const child of sleepers.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  const start = async (): Promise<number> => {
    const child = await sleeper();
    sleepers.push(child);
    return child.pid;
  };
  const leave = (known: { name: string; pid: number; mark: string }[]): void => {
    writeFileSync(file, JSON.stringify(known));
  };

  it('is one launcher’s at a time, and says whose', async () => {
    const lock = await takeLock(file);
    await expect(takeLock(file)).rejects.toThrow(new RegExp(`already runs on ${folder} \\(process ${process.pid}\\)`));
    lock.release();
    (await takeLock(file)).release();
  });

  it('passes on when its launcher was killed; what that left running is ended first', async () => {
    (await takeLock(file)).note('gateway', await start());
    const [, gateway] = JSON.parse(readFileSync(file, 'utf8')) as { name: string; pid: number; mark: string }[];
    leave([{ name: 'launcher', pid: 2 ** 22 + 1, mark: '1' }, gateway!]);
    await takeLock(file);
    expect(isAlive(gateway!.pid)).toBe(false);
  });

  it('leaves alone a stranger that got the number of a dead process', async () => {
    const stranger = await start();
    (await takeLock(file)).release();
    leave([
      { name: 'launcher', pid: stranger, mark: `${startMark(stranger)}0` },
      { name: 'gateway', pid: stranger, mark: `${startMark(stranger)}0` },
    ]);
    await takeLock(file);
    expect(isAlive(stranger)).toBe(true);
  });

  it('does not stumble over half a file', async () => {
    (await takeLock(file)).release();
    writeFileSync(file, '[{"name":"laun');
    (await takeLock(file)).release();
  });
});
