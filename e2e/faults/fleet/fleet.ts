import { mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { keepDatabase } from '../../../infra/bootstrap/database.js';
import { runNode } from '../../../infra/bootstrap/run.js';
import { ensureRoles, MIGRATOR_ROLE, PROCESS_ROLES } from '../../../libs/persistence/src/index.js';
import { eventually, freePort, startRedis, type TestRedis } from '../../../libs/testing/src/index.js';
import { postgresPid } from '../../launcher/launcher-process.js';
import { Service, type ServiceName } from '../../support/system.js';
import { SERVICES, type Fault, type LinkId, type ServiceId, type Victim } from './plan.js';
import { Proxy } from './proxy.js';

const DISK_MEGABYTES = 700;
const repository = join(import.meta.dirname, '../../..');

/**
 * The system as a city runs it past one machine: two gateways, two workers and the API as processes of their own on one
 * PostgreSQL and one Redis, each connection through a proxy that can mishandle it, PostgreSQL on a small disk of its own.
 */
export class Fleet {
  readonly adminPassword = 'a-password-for-the-fault-suite';
  /** How far the terminals' clocks are off, ms. */
  terminalSkewMs = 0;
  /** Processes that ended though nobody ended them. */
  readonly selfEnded: string[] = [];
  readonly #proxy = new Proxy();
  readonly #services = new Map<ServiceId, Service>();
  readonly #urls = new Map<ServiceId, string>();
  readonly #ends: (() => Promise<unknown> | unknown)[] = [() => this.#proxy.stop()];
  readonly #expectedDown = new Set<ServiceId>();
  #redis!: TestRedis;
  #database!: { url: string; stop: () => Promise<void> };
  #setupEnv: NodeJS.ProcessEnv = {};
  terminalPorts: number[] = [];
  hasOwnDisk = false;

  private constructor(private readonly folder: string) {}

  static async start(env: Readonly<Record<string, string>>): Promise<Fleet> {
    const fleet = new Fleet(mkdtempSync(join(tmpdir(), 'eparking-fleet-')));
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
    return this.#database.url;
  }

  get #dataDir(): string {
    return join(this.folder, 'data');
  }

  async #begin(env: Readonly<Record<string, string>>): Promise<void> {
    this.#ends.push(() => rmSync(this.folder, { recursive: true, force: true }));
    mkdirSync(this.#dataDir);
    this.hasOwnDisk = this.#mountDisk();
    this.#database = await keepDatabase({ dataDir: this.#dataDir, port: 0, logFolder: join(this.folder, 'logs') });
    this.#ends.push(() => this.#database.stop());
    // A small disk, and little of it for WAL: what fills it is the ballast, not PostgreSQL's own reserve.
    await this.sql(
      "ALTER SYSTEM SET max_wal_size = '96MB'",
      "ALTER SYSTEM SET min_wal_size = '32MB'",
      'SELECT pg_reload_conf()',
    );
    this.#redis = await startRedis();
    this.#ends.push(() => this.#redis.stop());
    await this.#startServices(env);
  }

  #mountDisk(): boolean {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MEGABYTES}m,mode=755`, 'tmpfs', this.#dataDir], {
        stdio: 'ignore',
      });
    } catch {
      return false;
    }
    this.#ends.push(() => execFileSync('umount', ['-l', this.#dataDir]));
    return true;
  }

  async #startServices(env: Readonly<Record<string, string>>): Promise<void> {
    const password = randomBytes(12).toString('hex');
    const roles = [MIGRATOR_ROLE, ...Object.values(PROCESS_ROLES)];
    await ensureRoles(this.databaseUrl, Object.fromEntries(roles.map((role) => [role, password])));
    const common = {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      EPARKING_DATA_DIR: join(this.folder, 'common'),
      EPARKING_ADMIN_PASSWORD: this.adminPassword,
      EPARKING_SEALING_KEY: randomBytes(32).toString('base64url'),
      REDIS_URL: `redis://127.0.0.1:${await this.#proxy.open('workers>redis', Number(new URL(this.#redis.url).port))}`,
      ...env,
    };
    this.#setupEnv = { ...common, DATABASE_URL: urlAs(this.databaseUrl, MIGRATOR_ROLE, password) };
    await this.#setUp();
    for (const id of SERVICES) await this.#addService(id, common, password);
    await Promise.all([...this.#services.values()].map((service) => service.start()));
    const keeping = setInterval(() => this.#restartEnded(), 250);
    this.#ends.push(() => clearInterval(keeping));
    this.#ends.push(() => Promise.all([...this.#services.values()].map((service) => service.end())));
  }

  async #setUp(): Promise<void> {
    const script = join(repository, 'dist/apps/admin-api/src/cli/setup.js');
    const { code, output } = await runNode(['--enable-source-maps', script], { quiet: true, env: this.#setupEnv });
    if (code !== 0) throw new Error(`the setup failed: ${output}`);
  }

  async #addService(id: ServiceId, common: NodeJS.ProcessEnv, password: string): Promise<void> {
    const name = id.replace(/-\d$/, '') as ServiceName;
    const [health, mqtt, postgres] = await Promise.all([
      freePort(),
      freePort(),
      this.#proxy.open(`${id}>postgres`, Number(new URL(this.databaseUrl).port)),
    ]);
    const portName = {
      gateway: 'EPARKING_GATEWAY_HTTP_PORT',
      worker: 'EPARKING_WORKER_HTTP_PORT',
      'admin-api': 'EPARKING_HTTP_PORT',
    };
    const env: NodeJS.ProcessEnv = {
      ...common,
      DATABASE_URL: urlAs(this.databaseUrl, PROCESS_ROLES[name], password, postgres),
      [portName[name]]: String(health),
    };
    if (name === 'gateway') {
      env['EPARKING_MQTT_PORT'] = String(mqtt);
      env['EPARKING_TEST_SKEW'] = this.#skewFile(id);
      env['NODE_OPTIONS'] = `--import ${pathToFileURL(join(import.meta.dirname, 'skewed-clock.js')).href}`;
      this.terminalPorts.push(await this.#proxy.open(`terminals>${id}`, mqtt));
    }
    this.#urls.set(id, `http://127.0.0.1:${health}`);
    this.#services.set(id, new Service(name, env, `http://127.0.0.1:${health}`));
  }

  #skewFile(gateway: string): string {
    return join(this.folder, `${gateway}.skew`);
  }

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

  /** Lets it happen. @returns when it was over (a kill: when it happened), ms */
  async suffer(fault: Fault): Promise<number> {
    switch (fault.kind) {
      case 'kill':
        return this.#kill(fault.victim);
      case 'pause':
        return this.#pause(fault.victim, fault.forMs);
      case 'link':
        return this.#during(
          fault.forMs,
          () => this.#proxy.set(fault.link, fault.mode),
          () => this.#heal(fault.link),
        );
      case 'deploy':
        return this.#deploy();
      case 'migrate':
        return this.#migrate();
      case 'disk-full':
        return this.hasOwnDisk
          ? this.#during(
              fault.forMs,
              () => this.#fillDisk(),
              () => rmSync(this.#ballast),
            )
          : Date.now();
      case 'slow-disk':
        return this.#during(
          fault.forMs,
          () => this.#commitDelay(100_000),
          () => this.#commitDelay(0),
        );
      case 'gateway-clock': {
        const file = this.#skewFile(fault.gateway);
        return this.#during(
          fault.forMs,
          () => writeFileSync(file, String(fault.byMs)),
          () => writeFileSync(file, '0'),
        );
      }
      case 'terminal-clocks':
        return this.#during(
          fault.forMs,
          () => void (this.terminalSkewMs = fault.byMs),
          () => void (this.terminalSkewMs = 0),
        );
    }
  }

  async #during(forMs: number, begin: () => unknown, end: () => unknown): Promise<number> {
    await begin();
    await sleep(forMs);
    await end();
    return Date.now();
  }

  #heal(link: LinkId): Promise<void> {
    return this.#proxy.set(link, { kind: 'pass' });
  }

  async #kill(victim: Victim): Promise<number> {
    const at = Date.now();
    if (victim === 'postgres') process.kill(postgresPid(this.#dataDir)!, 'SIGKILL');
    else if (victim === 'redis') {
      await this.#redis.crash();
      await sleep(500);
      await this.#redis.restart();
    } else await this.#again(victim, 'SIGKILL');
    return at;
  }

  async #again(id: ServiceId, signal: NodeJS.Signals): Promise<void> {
    this.#expectedDown.add(id);
    await this.#services.get(id)!.end(signal);
    await this.#revive(id);
  }

  async #pause(victim: Victim, forMs: number): Promise<number> {
    if (victim === 'redis') {
      await tellRedis(this.#redis.url, `CLIENT PAUSE ${forMs} ALL`);
      await sleep(forMs);
      return Date.now();
    }
    const pids = victim === 'postgres' ? withChildren(postgresPid(this.#dataDir)!) : [this.#services.get(victim)!.pid];
    return this.#during(
      forMs,
      () => signalAll(pids, 'SIGSTOP'),
      () => signalAll(pids, 'SIGCONT'),
    );
  }

  async #deploy(): Promise<number> {
    await this.#setUp();
    for (const id of SERVICES) await this.#again(id, 'SIGTERM');
    return Date.now();
  }

  /** What migrations do: the setup with its rights anew, a column more in a table that is written all the time, an index. */
  async #migrate(): Promise<number> {
    await this.#setUp();
    await eventually(
      () =>
        this.sql(
          "SET lock_timeout = '2s'",
          'ALTER TABLE journal_records ADD COLUMN IF NOT EXISTS added_under_load text',
        ),
      { withinMs: 60_000, everyMs: 200 },
    );
    await this.sql(
      'DROP INDEX IF EXISTS made_under_load',
      'CREATE INDEX CONCURRENTLY made_under_load ON income_days (attendant)',
    );
    return Date.now();
  }

  get #ballast(): string {
    return join(this.#dataDir, 'ballast');
  }

  #fillDisk(): void {
    const file = openSync(this.#ballast, 'w');
    for (let size = 1 << 22; size >= 4_096;) {
      try {
        // Written in part where the rest does not fit.
        if (writeSync(file, Buffer.alloc(size)) < size) size >>= 1;
      } catch {
        size >>= 1;
      }
    }
    closeSync(file);
  }

  async #commitDelay(microseconds: number): Promise<void> {
    await this.sql(
      `ALTER SYSTEM SET commit_siblings = 0`,
      `ALTER SYSTEM SET commit_delay = ${microseconds}`,
      'SELECT pg_reload_conf()',
    );
  }

  /** Statements on a connection past the proxies, as the superuser. */
  async sql<Row extends pg.QueryResultRow>(...statements: string[]): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    try {
      let rows: Row[] = [];
      for (const statement of statements) rows = (await client.query<Row>(statement)).rows;
      return rows;
    } finally {
      await client.end();
    }
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

/** PostgreSQL's server processes lie in sessions of their own: each is stopped by itself. */
function withChildren(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return [pid, ...children.split(' ').filter(Boolean).map(Number)];
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile.
    }
}

function tellRedis(url: string, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('error', reject);
    socket.once('data', () => resolve(void socket.destroy()));
  });
}
