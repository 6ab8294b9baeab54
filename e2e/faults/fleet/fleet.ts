import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runNode } from '../../../infra/bootstrap/run.js';
import { ensureRoles, MIGRATOR_ROLE, PROCESS_ROLES } from '../../../libs/persistence/src/index.js';
import { freePort, startRedis, type TestRedis } from '../../../libs/testing/src/index.js';
import { repository, Service, type ServiceName } from '../../support/system.js';
import { OwnServer } from './own-server.js';
import { SERVICES, type ServiceId } from './plan.js';
import { Proxy } from './proxy.js';

const PORT_OF = {
  gateway: 'EPARKING_GATEWAY_HTTP_PORT',
  worker: 'EPARKING_WORKER_HTTP_PORT',
  'admin-api': 'EPARKING_HTTP_PORT',
} as const;

export interface FleetOptions {
  /** Settings of all processes. */
  readonly env: Readonly<Record<string, string>>;
  /** A built checkout of an earlier version to begin with; a deploy goes to this one. */
  readonly from?: string | undefined;
}

/**
 * The system as a city runs it past one machine: two gateways, two workers and the API as processes of their own on one
 * PostgreSQL and one Redis, each connection through a proxy that can mishandle it.
 */
export class Fleet {
  readonly adminPassword = 'a-password-for-the-fault-suite';
  /** How far the terminals' clocks are off, ms. */
  terminalSkewMs = 0;
  /** Where terminals call: a gateway each. */
  readonly terminalPorts: number[] = [];
  /** Processes that ended though nobody ended them. */
  readonly selfEnded: string[] = [];
  readonly proxy = new Proxy();
  server!: OwnServer;
  redis!: TestRedis;
  readonly #services = new Map<ServiceId, Service>();
  readonly #urls = new Map<ServiceId, string>();
  readonly #ends: (() => Promise<unknown> | unknown)[] = [() => this.proxy.stop()];
  readonly #expectedDown = new Set<ServiceId>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'eparking-fleet-'));
  #setupEnv: NodeJS.ProcessEnv = {};

  private constructor(private checkout: string) {}

  static async start({ env, from = repository }: FleetOptions): Promise<Fleet> {
    const fleet = new Fleet(from);
    try {
      await fleet.#begin(env);
      return fleet;
    } catch (error) {
      await fleet.stop();
      throw error;
    }
  }

  get apiUrl(): string {
    return this.#urls.get('admin-api')!;
  }

  get databaseUrl(): string {
    return this.server.url;
  }

  /** The watched folder, which both workers share. */
  get inbox(): string {
    return join(this.#folder, 'inbox');
  }

  async #begin(env: Readonly<Record<string, string>>): Promise<void> {
    this.#ends.push(() => rmSync(this.#folder, { recursive: true, force: true }));
    this.server = await OwnServer.start(this.#folder);
    this.#ends.push(() => this.server.stop());
    this.redis = await startRedis();
    this.#ends.push(() => this.redis.stop());
    const password = randomBytes(12).toString('hex');
    const roles = [MIGRATOR_ROLE, ...Object.values(PROCESS_ROLES)];
    await ensureRoles(this.databaseUrl, Object.fromEntries(roles.map((role) => [role, password])));
    const common = {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      EPARKING_DATA_DIR: join(this.#folder, 'common'),
      EPARKING_INBOX_DIR: this.inbox,
      EPARKING_ADMIN_PASSWORD: this.adminPassword,
      EPARKING_SEALING_KEY: randomBytes(32).toString('base64url'),
      REDIS_URL: `redis://127.0.0.1:${await this.proxy.open('workers>redis', Number(new URL(this.redis.url).port))}`,
      ...env,
    };
    this.#setupEnv = { ...common, DATABASE_URL: urlAs(this.databaseUrl, MIGRATOR_ROLE, password) };
    await this.setUp();
    for (const id of SERVICES) await this.#addService(id, common, password);
    await Promise.all([...this.#services.values()].map((service) => service.start()));
    const keeping = setInterval(() => this.#restartEnded(), 250);
    this.#ends.push(() => clearInterval(keeping));
    this.#ends.push(() => Promise.all([...this.#services.values()].map((service) => service.end())));
  }

  /** Migrates and gives the rights, with the version that the processes have, or go to. */
  readonly setUp = async (): Promise<void> => {
    const script = join(this.checkout, 'dist/apps/admin-api/src/cli/setup.js');
    const { code, output } = await runNode(['--enable-source-maps', script], { quiet: true, env: this.#setupEnv });
    if (code !== 0) throw new Error(`the setup failed: ${output}`);
  };

  async #addService(id: ServiceId, common: NodeJS.ProcessEnv, password: string): Promise<void> {
    const name = id.replace(/-\d$/, '') as ServiceName;
    const [health, mqtt, postgres] = await Promise.all([
      freePort(),
      freePort(),
      this.proxy.open(`${id}>postgres`, this.server.port),
    ]);
    const env: NodeJS.ProcessEnv = {
      ...common,
      DATABASE_URL: urlAs(this.databaseUrl, PROCESS_ROLES[name], password, postgres),
      [PORT_OF[name]]: String(health),
    };
    if (name === 'gateway') {
      env['EPARKING_MQTT_PORT'] = String(mqtt);
      env['EPARKING_TEST_SKEW'] = this.#skewFile(id);
      env['NODE_OPTIONS'] = `--import ${pathToFileURL(join(import.meta.dirname, 'skewed-clock.js')).href}`;
      this.terminalPorts.push(await this.proxy.open(`terminals>${id}`, mqtt));
    }
    this.#urls.set(id, `http://127.0.0.1:${health}`);
    this.#services.set(id, new Service(name, env, `http://127.0.0.1:${health}`, this.checkout));
  }

  #skewFile(gateway: string): string {
    return join(this.#folder, `${gateway}.skew`);
  }

  /** Puts a gateway's wall clock off by so much, ms. */
  skew(gateway: ServiceId, byMs: number): void {
    writeFileSync(this.#skewFile(gateway), String(byMs));
  }

  /** What is started from now on is this checkout's build. */
  goToThisVersion(): void {
    this.checkout = repository;
    for (const service of this.#services.values()) service.checkout = repository;
  }

  pidOf(id: ServiceId): number {
    return this.#services.get(id)!.pid;
  }

  /** Ends a process and starts it again. */
  readonly again = async (id: ServiceId, signal: NodeJS.Signals): Promise<void> => {
    this.#expectedDown.add(id);
    await this.#services.get(id)!.end(signal);
    await this.#revive(id);
  };

  /** What a supervisor does: a process that ended by itself is started again, and told of. */
  #restartEnded(): void {
    for (const [id, service] of this.#services) {
      if (service.isRunning || this.#expectedDown.has(id)) continue;
      this.selfEnded.push(`${id}: ${service.log.trim().split('\n').at(-1)?.slice(0, 300) ?? ''}`);
      void this.#revive(id);
    }
  }

  async #revive(id: ServiceId): Promise<void> {
    this.#expectedDown.add(id);
    await this.#services
      .get(id)!
      .start()
      .catch(() => undefined);
    this.#expectedDown.delete(id);
  }

  /** Whether every process says that it does its work. */
  async isReady(): Promise<boolean> {
    const answers = await Promise.all(
      [...this.#urls.values()].map((url) =>
        fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3_000) })
          .then((response) => response.ok)
          .catch(() => false),
      ),
    );
    return answers.every((ok) => ok);
  }

  /** The newest lines of each process, for the message of a failure. */
  get output(): string {
    return [...this.#services].map(([id, { log }]) => `--- ${id}\n${log.slice(-4_000)}`).join('\n');
  }

  async stop(): Promise<void> {
    SERVICES.forEach((id) => this.#expectedDown.add(id));
    for (const end of this.#ends.reverse()) await end();
  }
}

function urlAs(databaseUrl: string, role: string, password: string, port?: number): string {
  const url = new URL(databaseUrl);
  [url.username, url.password] = [role, password];
  if (port !== undefined) url.port = String(port);
  return url.href;
}
