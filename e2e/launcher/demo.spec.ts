import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { addDays, businessDateOf } from '@app/kernel';
import { isAlive } from '../../infra/bootstrap/processes.js';
import { eventually } from '../../libs/testing/src/index.js';
import { LauncherProcess, notedProcesses, ownSettings, postgresPid } from './launcher-process.js';

jest.setTimeout(300_000);

interface Income {
  readonly rows: readonly { key: string; count: number; amount: number }[];
  readonly total: { count: number; amount: number };
}

/** `npm run demo` as somebody who tries it: a week's past, then live. Everything is real. */
describe('npm run demo', () => {
  const password = 'demo-in-a-test';
  let dataDir: string;
  let settings: Record<string, string>;
  let launcher: LauncherProcess;

  const start = async (): Promise<void> => {
    launcher = new LauncherProcess(settings, ['--demo']);
    await launcher.runs();
  };
  const end = async (): Promise<void> => {
    const pids = [...notedProcesses(dataDir).values(), postgresPid(dataDir)!];
    launcher.signal('SIGINT');
    expect(await launcher.end()).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
  };
  const api = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${settings['EPARKING_HTTP_PORT']}/api/v1/${path}`, init);
    if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  const income = async (): Promise<Income> => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ username: 'admin', password });
    const { accessToken } = await api<{ accessToken: string }>('auth/login', { method: 'POST', headers, body });
    const today = businessDateOf(Date.now());
    const path = `income?from=${addDays(today, -8)}&to=${addDays(today, 1)}&groupBy=point`;
    return api<Income>(path, { headers: { authorization: `Bearer ${accessToken}` } });
  };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'eparking-demo-'));
    const own = await ownSettings(dataDir);
    settings = { ...own, EPARKING_ADMIN_PASSWORD: password, EPARKING_DEMO_BACKFILL_DAYS: '7' };
  });
  afterAll(async () => {
    launcher.signal('SIGTERM');
    await launcher.end();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('shows the income of each of 152 points, and goes on with it at the next start', async () => {
    await start();
    const first = await eventually(
      async () => {
        const report = await income();
        expect(report.rows.filter(({ amount }) => amount > 0)).toHaveLength(152);
        return report;
      },
      { withinMs: 180_000, everyMs: 1_000 },
    );
    const sum = first.rows.reduce((total, { amount }) => total + amount, 0);
    expect(first.total.amount).toBe(sum);
    expect(first.rows.map(({ key }) => key)).toContain('MDN-152');
    await end();

    await start();
    const again = await income();
    expect(again.total.count).toBeGreaterThanOrEqual(first.total.count);
    expect(launcher.output).not.toContain('generated');
    await end();
  });
});
