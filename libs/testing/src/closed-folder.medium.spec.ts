import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { postgresPrograms, startPostgres } from '../../../infra/bootstrap/postgres.js';

/** As root, PostgreSQL runs as another user, who cannot enter root's home. A checkout there must work all the same. */
describe('PostgreSQL in a folder that only its owner may enter', () => {
  let closed: string;
  beforeEach(() => {
    closed = mkdtempSync(join(tmpdir(), 'eparking-closed-'));
    chmodSync(closed, 0o700);
  });
  afterEach(() => rmSync(closed, { recursive: true }));

  it('is made, started, written to, started again, and asks for its password', async () => {
    const options = { folder: join(closed, 'postgres'), port: 0, durable: true, password: 'correct horse' };
    const first = await startPostgres(options);
    const writer = new Client({ connectionString: first.url });
    await writer.connect();
    await writer.query('CREATE TABLE kept AS SELECT 42 AS answer');
    await writer.end();
    await first.stop();

    const second = await startPostgres(options);
    const reader = new Client({ connectionString: second.url });
    await reader.connect();
    expect((await reader.query('SELECT answer FROM kept')).rows).toEqual([{ answer: 42 }]);
    expect((await reader.query("SELECT current_setting('synchronous_commit') AS value")).rows).toEqual([
      { value: 'on' },
    ]);
    await reader.end();
    const stranger = new Client({ connectionString: second.url.replace('correct%20horse', 'wrong') });
    await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
    await second.stop();
  });

  it('tells in one sentence why it does not start', async () => {
    const options = { folder: join(closed, 'postgres'), port: 0, durable: false };
    await (await startPostgres(options)).stop();
    rmSync(join(closed, 'postgres', 'global'), { recursive: true });
    await expect(startPostgres(options)).rejects.toThrow(/^PostgreSQL does not start on \S+: .*global\/pg_control/);
  });

  it('runs programs that lie in such a folder too', async () => {
    const { initdb } = await postgresPrograms();
    cpSync(dirname(dirname(initdb)), join(closed, 'native'), { recursive: true, verbatimSymlinks: true });
    const { launchAs, serverUser } = await import('../../../infra/bootstrap/run-as.js');
    const { spawnSync } = await import('node:child_process');
    const user = serverUser(join(closed, 'none'));
    const program = join(closed, 'native', 'bin', 'postgres');
    const launch = launchAs(user, program, tmpdir());
    const [command, ...args] = [...launch.prefix, program, '--version'];
    const ran = spawnSync(command!, args, { ...launch.options, encoding: 'utf8' });
    expect(ran.stdout).toMatch(/^postgres \(PostgreSQL\) 18/);
  });
});
