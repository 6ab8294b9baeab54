import { restartTestPostgres, startTestPostgres } from '../../../libs/testing/src/test-postgres.js';
import { startTestApi, type Ask, type TestApi } from '../../../libs/testing/src/admin-api.js';
import { eventually } from '../../../libs/testing/src/index.js';

/** Real: HTTP on a port, a PostgreSQL server of its own that is killed with -9 while requests use every connection. */
describe('the API and a PostgreSQL that is killed', () => {
  const sharedServer = process.env['EPARKING_TEST_DATABASE_URL'];
  let server: Awaited<ReturnType<typeof startTestPostgres>>;
  let api: TestApi;
  let admin: Ask & { username: string; password: string };

  beforeAll(async () => {
    server = await startTestPostgres({ durable: true });
    process.env['EPARKING_TEST_DATABASE_URL'] = server.url;
    api = await startTestApi();
    admin = await api.as('administrator');
  });
  afterAll(async () => {
    await api.close();
    await server.stop();
    process.env['EPARKING_TEST_DATABASE_URL'] = sharedServer;
  });

  it('says that the database is away while it is, and answers every request once it is back', async () => {
    let asking = true;
    const seen = new Map<number, string | undefined>();
    const callers = Array.from({ length: 12 }, async () => {
      while (asking) {
        const { status, body } = await admin('GET', '/api/v1/points');
        seen.set(status, body.error?.code);
      }
    });
    await eventually(() => expect(seen.has(200)).toBe(true));
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
    await eventually(() => expect(seen.has(503)).toBe(true));
    asking = false;
    await Promise.all(callers);
    expect([...seen]).toEqual([
      [200, undefined],
      [503, 'database-away'],
    ]);

    server = await restartTestPostgres(server);
    const { username, password } = admin;
    // More than the pool has connections: none of them may be one of before the kill, and nobody asks twice.
    const answers = await Promise.all([
      api.ask('POST', '/api/v1/auth/login', { username, password }),
      ...Array.from({ length: 12 }, () => admin('GET', '/api/v1/points')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect((await api.ask('GET', '/health/ready')).status).toBe(200);
  });
});
