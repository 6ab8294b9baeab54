import { Client } from 'pg';
import { createTestDatabase, eventually, restartTestPostgres, startRedis, startTestPostgres } from './index.js';

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // The server is killed on purpose below.
  await client.connect();
  return client;
}

describe('test databases', () => {
  it('are migrated and apart from each other', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const inOne = await connect(one.url);
    await inOne.query('CREATE TABLE only_here (id int)');
    const inTwo = await connect(two.url);
    const tables = await inTwo.query<{ tablename: string }>(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    );
    const names = tables.rows.map((row) => row.tablename);
    expect(names).not.toContain('only_here');
    expect(names.length).toBeGreaterThan(0);
    await Promise.all([inOne.end(), inTwo.end()]);
    await Promise.all([one.drop(), two.drop()]);
  });

  it('fail a test that leaves a connection open, and say which', async () => {
    const database = await createTestDatabase();
    const leaked = await connect(database.url);
    await leaked.query("SELECT 'I stay'");
    await expect(database.drop()).rejects.toThrow(/left connections open.*\n.*I stay/);
  });
});

describe('a PostgreSQL of a test’s own', () => {
  it('keeps what was committed when it is killed', async () => {
    const server = await startTestPostgres({ durable: true });
    const before = await connect(server.url);
    await before.query('CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
    const again = await restartTestPostgres(server);
    expect(again.port).toBe(server.port);
    const after = await connect(again.url);
    expect((await after.query('SELECT answer FROM kept')).rows).toEqual([{ answer: 42 }]);
    await after.end();
    await again.stop();
  }, 30_000);
});

describe('a Redis of a test’s own', () => {
  it('answers, and is gone after stop', async () => {
    const redis = await startRedis();
    await redis.stop();
    await expect(eventually(() => startsTalking(redis.url), { withinMs: 100 })).rejects.toThrow();
  }, 60_000);
});

async function startsTalking(url: string): Promise<void> {
  await fetch(url.replace('redis:', 'http:'));
}
