import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, freePort } from '../../libs/testing/src/index.js';

const repository = join(import.meta.dirname, '../..');
const START_MS_MAX = 120_000;

/** `npm start` as its user has it: a process, what it prints, how it ends. */
export class LauncherProcess {
  output = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | NodeJS.Signals>;

  constructor(env: Readonly<Record<string, string>>, args: readonly string[] = []) {
    this.child = spawn(process.execPath, [join(repository, 'infra/bootstrap/launch.js'), ...args], {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream!.on('data', (text: Buffer) => (this.output += text.toString()));
    this.ended = new Promise((resolve) => this.child.once('close', (code, signal) => resolve(code ?? signal!)));
  }

  /** Waits for a line of its output. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    return eventually(
      () => {
        const found = pattern.exec(this.output);
        if (!found) throw new Error(`no ${pattern} in:\n${this.output}`);
        return found;
      },
      { withinMs: START_MS_MAX },
    );
  }

  async runs(): Promise<void> {
    await Promise.race([this.prints(/eparking runs/), this.ended.then(() => this.prints(/eparking runs/))]);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Its exit code, or the signal that ended it. */
  end(): Promise<number | NodeJS.Signals> {
    return this.ended;
  }
}

/** Settings of a system of its own: a data folder and free ports. */
export async function ownSettings(dataDir: string): Promise<Record<string, string>> {
  const [mqtt, http, gateway, worker] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  return {
    EPARKING_DATA_DIR: dataDir,
    EPARKING_MQTT_PORT: String(mqtt),
    EPARKING_HTTP_PORT: String(http),
    EPARKING_GATEWAY_HTTP_PORT: String(gateway),
    EPARKING_WORKER_HTTP_PORT: String(worker),
  };
}

/** The processes that a launcher notes in its data folder, by name. */
export function notedProcesses(dataDir: string): Map<string, number> {
  const file = join(dataDir, 'run', 'launcher.json');
  const known = JSON.parse(readFileSync(file, 'utf8')) as { name: string; pid: number }[];
  return new Map(known.map(({ name, pid }) => [name, pid]));
}

/** The embedded PostgreSQL's process on a data folder; null when none runs. */
export function postgresPid(dataDir: string): number | null {
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
}
