// Real: Prometheus' own promtool, which reads the rules and the configuration, and plays them on made-up series.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureProgram } from './programs.js';

async function promtool(...args: string[]): Promise<string> {
  const { file, env } = await ensureProgram('promtool');
  const { stdout, stderr } = await promisify(execFile)(file, args, {
    cwd: join(import.meta.dirname, '../prometheus'),
    env: { ...process.env, ...env },
  });
  return stdout + stderr;
}

it('reads the configuration with its rules', async () => {
  expect(await promtool('check', 'config', 'prometheus.yml')).toMatch(/SUCCESS: \d+ rules found/);
}, 120_000);

it('raises the alerts of the promises when they should be, and not before', async () => {
  expect(await promtool('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS');
}, 120_000);
