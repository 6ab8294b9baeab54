import { startTestApi, type Answer, type Ask, type TestApi } from '../../../../libs/testing/src/admin-api.js';

/** Real: HTTP on a port, PostgreSQL. */
describe('refreshing a session', () => {
  let api: TestApi;
  let user: Ask & { username: string; password: string };

  beforeAll(async () => {
    api = await startTestApi({ env: { EPARKING_TRUSTED_PROXIES: '1' } });
    user = await api.as('revenue-officer');
  });
  afterAll(() => api.close());

  const cookieOf = (answer: Answer): string => answer.headers.get('set-cookie') ?? '';
  const login = async (headers: Record<string, string> = {}): Promise<{ token: string; cookie: string }> => {
    const { username, password } = user;
    const answer = await api.ask('POST', '/api/v1/auth/login', { username, password }, headers);
    return { token: answer.body.accessToken as string, cookie: cookieOf(answer).split(';')[0]! };
  };
  const refresh = (cookie: string, headers: Record<string, string> = {}): Promise<Answer> =>
    api.ask('POST', '/api/v1/auth/refresh', undefined, { cookie, ...headers });
  const next = (answer: Answer): string => cookieOf(answer).split(';')[0]!;
  const statusOf = async (token: string): Promise<number> =>
    (await api.ask('GET', '/api/v1/auth/me', undefined, { authorization: `Bearer ${token}` })).status;
  /** As if the answer had been given long ago: too late for one that was lost. */
  const timePasses = (): Promise<unknown> =>
    api.database.query(`UPDATE sessions SET rotated_at = now() - interval '31 seconds'`);

  it('sets a cookie that no script reads and no other site sends; behind TLS it insists on TLS', async () => {
    const { username, password } = user;
    const plain = cookieOf(await api.ask('POST', '/api/v1/auth/login', { username, password }));
    expect(plain).toMatch(/^eparking-refresh=[\w-]{64}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/);
    const behindTls = cookieOf(
      await api.ask('POST', '/api/v1/auth/login', { username, password }, { 'x-forwarded-proto': 'https' }),
    );
    expect(behindTls).toMatch(
      /^__Host-eparking-refresh=[\w-]{64}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict; Secure$/,
    );
  });

  it('gives a new access token and replaces the cookie; the old access token lives out its minutes', async () => {
    const { token, cookie } = await login();
    const answer = await refresh(cookie);
    expect([answer.status, answer.body.username, answer.body.expiresInSeconds]).toEqual([200, user.username, 900]);
    expect(next(answer)).not.toBe(cookie);
    expect([await statusOf(answer.body.accessToken), await statusOf(token)]).toEqual([200, 200]);
  });

  it('ends an access token that is old, not the session', async () => {
    const { token, cookie } = await login();
    await api.database.query(`UPDATE access_tokens SET expires_at = now() - interval '1 second'`);
    expect(await statusOf(token)).toBe(401);
    expect(await statusOf((await refresh(cookie)).body.accessToken)).toBe(200);
  });

  it('ends the session, for both, when a used-up refresh token comes again', async () => {
    const { cookie } = await login();
    const honest = await refresh(cookie);
    await timePasses();
    const thief = await refresh(cookie);
    expect([thief.status, thief.body.error.code]).toEqual([401, 'session-over']);
    expect(cookieOf(thief)).toContain('Max-Age=0');
    expect((await refresh(next(honest))).status).toBe(401);
    expect(await statusOf(honest.body.accessToken)).toBe(401);
    const [entry] = await api.database.query(
      `SELECT subject FROM audit_log WHERE action = 'session.reuse' ORDER BY id DESC LIMIT 1`,
    );
    expect(entry).toEqual({ subject: user.username });
  });

  it('gives the same answer again when it was lost, or when tabs ask at once', async () => {
    const { cookie } = await login();
    const answers = await Promise.all([1, 2, 3, 4].map(() => refresh(cookie)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(next)).size).toBe(1);
    for (const answer of answers) expect(await statusOf(answer.body.accessToken)).toBe(200);
    expect((await refresh(next(answers[0]!))).status).toBe(200);
  });

  it('keeps no token in the database, and nothing from which one could be made', async () => {
    const { cookie } = await login();
    const answer = await refresh(cookie);
    const rows = await api.database.query<{ text: string }>(
      'SELECT s::text AS text FROM sessions s UNION ALL SELECT t::text FROM access_tokens t',
    );
    const text = rows.map((row) => row.text).join();
    for (const token of [cookie, next(answer)].map((pair) => pair.split('=')[1]!))
      expect(text).not.toContain(Buffer.from(token, 'base64url').toString('hex').slice(32));
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['a sandboxed page', { origin: 'null' }],
    ['another site, by what the browser says', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses %s', async (_, headers) => {
    const { cookie } = await login();
    const answer = await refresh(cookie, headers);
    expect([answer.status, answer.body.error.code]).toEqual([403, 'other-origin']);
    expect((await refresh(cookie, { origin: api.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('says no without a cookie, with nonsense, and after the sign-out', async () => {
    expect((await refresh('')).status).toBe(401);
    expect((await refresh('eparking-refresh=nonsense')).status).toBe(401);
    expect((await refresh(`eparking-refresh=${'A'.repeat(64)}`)).status).toBe(401);
    const { token, cookie } = await login();
    const out = await api.ask('POST', '/api/v1/auth/logout', undefined, { authorization: `Bearer ${token}` });
    expect([out.status, cookieOf(out).includes('Max-Age=0')]).toEqual([204, true]);
    expect((await refresh(cookie)).status).toBe(401);
  });

  it('is over with the session: by a new password, by disabling, by age', async () => {
    const admin = await api.as('administrator');
    const { cookie } = await login();
    const { body } = await admin('POST', `/api/v1/users/${user.username}/password`);
    expect((await refresh(cookie)).status).toBe(401);
    user.password = body.temporaryPassword;
    const disabled = await login();
    await admin('PATCH', `/api/v1/users/${user.username}`, { disabled: true });
    expect((await refresh(disabled.cookie)).status).toBe(401);
    await admin('PATCH', `/api/v1/users/${user.username}`, { disabled: false });
    const old = await login();
    await api.database.query(`UPDATE sessions SET expires_at = now() - interval '1 second'`);
    expect((await refresh(old.cookie)).status).toBe(401);
  });
});
