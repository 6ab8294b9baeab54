import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { isAlive } from '../../infra/bootstrap/processes.js';
import { runProgram } from '../../infra/bootstrap/run.js';
import { eventually } from '../../libs/testing/src/index.js';
import { LauncherProcess, notedProcesses, ownSettings, postgresPid } from './launcher-process.js';

// A start installs, builds and migrates where that was not done before.
jest.setTimeout(180_000);

/** `npm start` on a data folder of its own, killed, crowded and started again. Everything is real. */
describe('npm start', () => {
  let dataDir: string;
  let settings: Record<string, string>;
  let password: string;
  let launcher: LauncherProcess;
  const started: LauncherProcess[] = [];

  const start = (env: Record<string, string> = {}): LauncherProcess => {
    launcher = new LauncherProcess({ ...settings, ...env });
    started.push(launcher);
    return launcher;
  };
  const api = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`http://127.0.0.1:${settings['EPARKING_HTTP_PORT']}${path}`, init);
  const login = (secret: string): Promise<Response> => {
    const body = JSON.stringify({ username: 'admin', password: secret });
    const headers = { 'content-type': 'application/json' };
    return api('/api/v1/auth/login', { method: 'POST', headers, body });
  };
  const signIn = async (secret: string): Promise<number> => (await login(secret)).status;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'eparking-launch-'));
    settings = await ownSettings(dataDir);
  });
  afterAll(async () => {
    for (const one of started) one.signal('SIGTERM');
    await Promise.all(started.map((one) => one.end()));
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('sets a fresh folder up, shows the generated sign-in once, and serves', async () => {
    await start().runs();
    password = (await launcher.prints(/admin \/ (\S+) +\(generated; shown only now\)/))[1]!;
    expect((await api('/health/ready')).status).toBe(200);
    // It stood on a screen, so it is to be changed.
    expect(await (await login(password)).json()).toMatchObject({ passwordDue: true });
    expect(await signIn(`${password}x`)).toBe(401);
  });

  it('is one at a time on a data folder, and says so', async () => {
    const second = new LauncherProcess({ ...settings, ...(await ownSettings(dataDir)) });
    expect(await second.end()).toBe(1);
    expect(second.output).toMatch(/^\neparking already runs on \S+ \(process \d+\): .+\n$/);
    expect((await api('/health/ready')).status).toBe(200);
  });

  it('starts a killed process and a killed PostgreSQL again', async () => {
    process.kill(notedProcesses(dataDir).get('admin-api')!, 'SIGKILL');
    await launcher.prints(/admin-api ended \(SIGKILL\)/);
    const postgres = postgresPid(dataDir)!;
    process.kill(postgres, 'SIGKILL');
    await launcher.prints(/PostgreSQL ended/);
    await eventually(async () => expect(await signIn(password)).toBeLessThan(300), { withinMs: 120_000 });
    expect(postgresPid(dataDir)).not.toBe(postgres);
  });

  it('ends cleanly on Ctrl-C: exit code 0, nothing left running', async () => {
    const pids = [...notedProcesses(dataDir).values(), postgresPid(dataDir)!];
    launcher.signal('SIGINT');
    expect(await launcher.end()).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(postgresPid(dataDir)).toBeNull();
  });

  it('goes on with the same data at the next start', async () => {
    await start().runs();
    expect(launcher.output).not.toContain('generated');
    expect(await signIn(password)).toBeLessThan(300);
  });

  it.each([
    ['jobs', [], /day-changed .*"dead":0/],
    ['backup', ['--to', 'backup.gz'], /rows of \d+ tables/],
    ['rebuild-income', ['--check'], /equals the journal/],
    ['retention', ['--dry-run'], /sessions +0/],
    ['verify-audit', [], /0 faults/],
    ['rotate-sealing-key', [], /sealed anew under the key/],
  ])('lets npm run %s work on the running system', async (name, args, says) => {
    const given = args.map((arg) => (arg.endsWith('.gz') ? join(dataDir, arg) : arg));
    const env = { ...process.env, ...settings };
    const { code, output } = await runProgram('npm', ['run', name, '--', ...given], { quiet: true, env });
    expect(output).toMatch(says);
    expect(code).toBe(0);
    expect(await signIn(password)).toBeLessThan(300);
  });

  it('starts over what a killed launcher left: its processes end, PostgreSQL is recovered', async () => {
    const left = notedProcesses(dataDir);
    left.delete('launcher');
    launcher.signal('SIGKILL');
    await launcher.end();
    await start().runs();
    expect(await signIn(password)).toBeLessThan(300);
    expect([...left.values()].filter(isAlive)).toEqual([]);
  });

  it('ends in order when it is told to while it starts', async () => {
    launcher.signal('SIGTERM');
    expect(await launcher.end()).toBe(0);
    await start().prints(/Data folder/);
    launcher.signal('SIGTERM');
    expect(await launcher.end()).toBe(0);
    expect(postgresPid(dataDir)).toBeNull();
  });

  it('says in one sentence which port is taken, and starts nothing', async () => {
    const holder = createServer();
    const port = Number(settings['EPARKING_MQTT_PORT']);
    await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
    expect(await start().end()).toBe(1);
    expect(launcher.output).toMatch(new RegExp(`^\\nPort ${port} \\(EPARKING_MQTT_PORT\\) is taken by .+\\n$`));
    expect(postgresPid(dataDir)).toBeNull();
    await new Promise((resolve) => holder.close(resolve));
  });

  it('names every wrong setting, and starts nothing', async () => {
    expect(await start({ EPARKING_HTTP_PORT: 'web', EPARKING_LOG_LEVEL: 'loud' }).end()).toBe(1);
    expect(launcher.output).toMatch(/^\nEPARKING_HTTP_PORT must be .+\nEPARKING_LOG_LEVEL must be .+\n$/);
  });
});
