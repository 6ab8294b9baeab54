import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, eventually, freePort, type TestDatabase } from '../../libs/testing/src/index.js';

/**
 * The built system on a fresh database and free ports, one process each as in production: what the black-box tests
 * speak to. Only REST and MQTT lead in, and signals to the processes.
 */

export type ServiceName = 'gateway' | 'worker' | 'admin-api';

/** This checkout. */
export const repository = join(import.meta.dirname, '../..');
// A machine that starts five processes beside other work takes its time; what fails to start tells so anyway.
const READY_MS_MAX = 180_000;
const STOP_MS_MAX = 15_000;
const LOG_CHARS_MAX = 200_000;

/** One process of the system, which a test may kill and start again. */
export class Service {
  /** The newest output, for the message of a failed test. */
  log = '';
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();

  constructor(
    readonly name: ServiceName,
    private readonly env: NodeJS.ProcessEnv,
    private readonly healthUrl: string,
    /** Whose build is started. */
    public checkout = repository,
  ) {}

  get pid(): number {
    const pid = this.child?.pid;
    if (pid === undefined) throw new Error(`${this.name} does not run`);
    return pid;
  }

  get isRunning(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Starts the process and waits until it says that it is ready. */
  async start(): Promise<void> {
    const script = join(this.checkout, `dist/apps/${this.name}/src/main.js`);
    if (!existsSync(script)) throw new Error(`${script} is not there: run 'npm run build' first ('npm test' does).`);
    const child = spawn(process.execPath, ['--enable-source-maps', script], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream!.on('data', (text: Buffer) => (this.log = (this.log + text.toString()).slice(-LOG_CHARS_MAX)));
    this.ended = new Promise((resolve) => child.once('exit', () => resolve()));
    await eventually(
      async () => {
        if (child.exitCode !== null) throw new Error(`${this.name} ended with code ${child.exitCode}:\n${this.log}`);
        const response = await fetch(`${this.healthUrl}/health/ready`);
        if (!response.ok) throw new Error(`${this.name} is not ready: ${await response.text()}\n${this.log}`);
      },
      { withinMs: READY_MS_MAX, everyMs: 100 },
    );
  }

  /** Sends a signal and waits for the end of the process; answers its exit code, null when it was killed. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.isRunning) this.child!.kill(signal);
    return this.exit();
  }

  /** Cuts the channel to whoever started the process, which should end by itself then; answers its exit code. */
  async loseLauncher(): Promise<number | null> {
    this.child!.disconnect();
    return this.exit();
  }

  private async exit(): Promise<number | null> {
    if (!this.child) return null;
    const impatience = setTimeout(() => this.child!.kill('SIGKILL'), STOP_MS_MAX);
    await this.ended;
    clearTimeout(impatience);
    return this.child.exitCode;
  }
}

export interface System {
  readonly apiUrl: string;
  readonly gatewayUrl: string;
  readonly workerUrl: string;
  readonly mqttPort: number;
  readonly adminPassword: string;
  readonly databaseUrl: string;
  readonly dataDir: string;
  service(name: ServiceName): Service;
  stop(): Promise<void>;
}

export interface SystemOptions {
  /** Which processes to start; the gateway and the admin API when absent. */
  readonly services?: readonly ServiceName[];
  /** Whether to fill the registry with the demo city; its secrets are then in the data folder. */
  readonly isDemo?: boolean;
  /** Further settings (docs/CONFIGURATION.md). */
  readonly env?: Readonly<Record<string, string>>;
}

/** Makes the first administrator, as `npm start` does, or the demo city besides, as `npm run demo` does. */
async function setUp(env: NodeJS.ProcessEnv, isDemo: boolean): Promise<void> {
  const script = join(repository, 'dist/apps/admin-api/src/cli/setup.js');
  const args = ['--enable-source-maps', script, ...(isDemo ? ['--demo'] : [])];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`The database could not be set up:\n${output}`);
}

interface Ports {
  mqtt: number;
  http: number;
  gatewayHttp: number;
  workerHttp: number;
}

function environment(database: TestDatabase, dataDir: string, ports: Ports, adminPassword: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    DATABASE_URL: database.url,
    EPARKING_DATA_DIR: dataDir,
    EPARKING_ADMIN_PASSWORD: adminPassword,
    EPARKING_SEALING_KEY: randomBytes(32).toString('base64url'),
    EPARKING_LOG_LEVEL: 'info',
    EPARKING_MQTT_PORT: String(ports.mqtt),
    EPARKING_HTTP_PORT: String(ports.http),
    EPARKING_GATEWAY_HTTP_PORT: String(ports.gatewayHttp),
    EPARKING_WORKER_HTTP_PORT: String(ports.workerHttp),
  };
}

/** Starts the system: call in `beforeAll` with a generous timeout, and `stop()` in `afterAll`. */
export async function startSystem({ services, isDemo = false, env = {} }: SystemOptions = {}): Promise<System> {
  const [mqtt, http, gatewayHttp, workerHttp] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const ports: Ports = { mqtt, http, gatewayHttp, workerHttp };
  const dataDir = mkdtempSync(join(tmpdir(), 'eparking-e2e-'));
  const database = await createTestDatabase();
  const adminPassword = randomBytes(12).toString('base64url');
  const settings = { ...environment(database, dataDir, ports, adminPassword), ...env };
  const url = (port: number): string => `http://127.0.0.1:${port}`;
  const urls = { gateway: url(ports.gatewayHttp), worker: url(ports.workerHttp), 'admin-api': url(ports.http) };
  const running = new Map(
    (services ?? ['gateway', 'admin-api']).map((name) => {
      const own = { ...settings, DATABASE_URL: database.urlFor(name), ...env };
      return [name, new Service(name, own, urls[name])];
    }),
  );

  const stop = async (): Promise<void> => {
    await Promise.all([...running.values()].map((service) => service.end()));
    rmSync(dataDir, { recursive: true, force: true });
    await database.drop();
  };
  try {
    await setUp(settings, isDemo);
    await Promise.all([...running.values()].map((service) => service.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    apiUrl: urls['admin-api'],
    gatewayUrl: urls.gateway,
    workerUrl: urls.worker,
    mqttPort: ports.mqtt,
    adminPassword,
    databaseUrl: database.url,
    dataDir,
    service: (name) => {
      const service = running.get(name);
      if (!service) throw new Error(`${name} is not among the services that this test started`);
      return service;
    },
    stop,
  };
}
