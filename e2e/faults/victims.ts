import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRedis, type TestRedis } from '../../libs/testing/src/index.js';
import { LauncherProcess, notedProcesses, ownSettings, postgresPid } from '../launcher/launcher-process.js';

export type Victim = 'gateway' | 'worker' | 'admin-api' | 'postgres' | 'redis';

/** The whole system as `npm start` runs it, on a data folder of its own, with a hand at each process's throat. */
export class VictimSystem {
  readonly adminPassword = 'a-password-for-the-fault-suite';
  readonly apiUrl: string;
  readonly terminalPorts: readonly number[];
  readonly terminalSkewMs = 0;

  private constructor(
    private readonly dataDir: string,
    private readonly settings: Record<string, string>,
    private readonly launcher: LauncherProcess,
    private readonly redis: TestRedis | undefined,
  ) {
    this.apiUrl = `http://127.0.0.1:${settings['EPARKING_HTTP_PORT']}`;
    this.terminalPorts = [Number(settings['EPARKING_MQTT_PORT'])];
  }

  static async start(options: { redis: boolean; env: Readonly<Record<string, string>> }): Promise<VictimSystem> {
    const dataDir = mkdtempSync(join(tmpdir(), 'eparking-faults-'));
    const redis = options.redis ? await startRedis() : undefined;
    const settings = {
      ...(await ownSettings(dataDir)),
      ...(redis ? { REDIS_URL: redis.url } : {}),
      EPARKING_ADMIN_PASSWORD: 'a-password-for-the-fault-suite',
      ...options.env,
    };
    const launcher = new LauncherProcess(settings);
    const system = new VictimSystem(dataDir, settings, launcher, redis);
    try {
      await launcher.runs();
    } catch (error) {
      await system.stop();
      throw error;
    }
    return system;
  }

  /** What the launcher printed, for the message of a failure. */
  get output(): string {
    return this.launcher.output;
  }

  get victims(): Victim[] {
    return ['gateway', 'worker', 'admin-api', 'postgres', ...(this.redis ? (['redis'] as const) : [])];
  }

  /** kill -9. @returns false when it is dead already */
  async kill(victim: Victim): Promise<boolean> {
    if (victim === 'redis') {
      await this.redis!.crash();
      await sleep(500);
      await this.redis!.restart();
      return true;
    }
    const pid = victim === 'postgres' ? postgresPid(this.dataDir) : notedProcesses(this.dataDir).get(victim);
    try {
      if (!pid) return false;
      process.kill(pid, 'SIGKILL');
      return true;
    } catch {
      return false;
    }
  }

  /** Whether all processes say that they do their work. */
  async isReady(): Promise<boolean> {
    const ports = ['EPARKING_GATEWAY_HTTP_PORT', 'EPARKING_WORKER_HTTP_PORT', 'EPARKING_HTTP_PORT'];
    const answers = await Promise.all(
      ports.map((name) =>
        fetch(`http://127.0.0.1:${this.settings[name]}/health/ready`, { signal: AbortSignal.timeout(3_000) })
          .then((response) => response.ok)
          .catch(() => false),
      ),
    );
    return answers.every((ok) => ok);
  }

  /** The watched folder. */
  get inbox(): string {
    return join(this.dataDir, 'inbox');
  }

  get databaseUrl(): string {
    const port = readFileSync(join(this.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3];
    const password = readFileSync(join(this.dataDir, 'secrets', 'postgres.key'), 'utf8').trim();
    return `postgresql://postgres:${password}@127.0.0.1:${port}/eparking`;
  }

  async stop(): Promise<void> {
    this.launcher.signal('SIGTERM');
    await this.launcher.end();
    await this.redis?.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
