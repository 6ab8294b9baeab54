import { hash } from '@node-rs/argon2';
import { ManualClock } from '@app/kernel';
import { startTestApi, type Answer, type Ask, type TestApi } from '../../../../libs/testing/src/admin-api.js';

/** Real: HTTP on a port, PostgreSQL, argon2. */
describe('signing in', () => {
  const clock = new ManualClock(Date.now());
  let api: TestApi;
  let admin: Ask & { username: string; password: string };

  beforeAll(async () => {
    api = await startTestApi({ clock });
    admin = await api.as('administrator');
  });
  afterAll(() => api.close());

  const login = (username: string, password: string): Promise<Answer> =>
    api.ask('POST', '/api/v1/auth/login', { username, password });
  const withToken = (token: string): Promise<Answer> =>
    api.ask('GET', '/api/v1/auth/me', undefined, { authorization: `Bearer ${token}` });

  it('gives a token that lives until the sign-out', async () => {
    const { accessToken } = (await login(admin.username, admin.password)).body;
    expect((await withToken(accessToken)).body).toMatchObject({ username: admin.username, role: 'administrator' });
    const bearer = { authorization: `Bearer ${accessToken}` };
    expect((await api.ask('POST', '/api/v1/auth/logout', undefined, bearer)).status).toBe(204);
    expect((await withToken(accessToken)).status).toBe(401);
  });

  it('keeps only a hash of the token', async () => {
    const { accessToken } = (await login(admin.username, admin.password)).body;
    const rows = await api.database.query<{ text: string }>(
      `SELECT s::text AS text FROM sessions s UNION ALL SELECT t::text FROM access_tokens t
       UNION ALL SELECT a::text FROM audit_log a`,
    );
    expect(rows.map((row) => row.text).join()).not.toContain(accessToken);
    expect((await withToken(accessToken)).status).toBe(200);
  });

  it('ends a session that was not used for long, and one that is old', async () => {
    const tokens = [await login(admin.username, admin.password), await login(admin.username, admin.password)];
    const [idle, old] = tokens.map((answer) => answer.body.accessToken as string) as [string, string];
    const newest = (n: number): string => `id = (SELECT id FROM sessions ORDER BY created_at DESC OFFSET ${n} LIMIT 1)`;
    await api.database.query(
      `UPDATE sessions SET last_seen_at = now() - interval '8 hours 1 minute' WHERE ${newest(1)}`,
    );
    await api.database.query(`UPDATE sessions SET expires_at = now() - interval '1 second' WHERE ${newest(0)}`);
    expect((await withToken(idle)).status).toBe(401);
    expect((await withToken(old)).status).toBe(401);
  });

  it('slows guessing down by user name and address, and forgets it when the right password comes', async () => {
    const user = await api.as('auditor');
    for (let n = 0; n < 9; n++) expect((await login(user.username, 'wrong')).status).toBe(401);
    expect((await login(user.username, user.password)).status).toBe(200);
    for (let n = 0; n < 10; n++) expect((await login(user.username, 'wrong')).status).toBe(401);
    const refused = await login(user.username, user.password);
    expect([refused.status, refused.body.error.code]).toEqual([429, 'too-many-sign-ins']);
    expect(Number(refused.headers.get('retry-after'))).toBe(2);
    expect((await login(admin.username, admin.password)).status).toBe(200);
    clock.advance(2_001);
    expect((await login(user.username, user.password)).status).toBe(200);
  });

  it('makes an address that guesses at many names wait, but not for those who have signed in there', async () => {
    const user = await api.as('auditor');
    const stranger = await api.as('auditor');
    await api.database.query('DELETE FROM sign_in_tries WHERE username = $1', [stranger.username]);
    await api.database.query(
      `INSERT INTO sign_in_tries (username, address, failures, last_at) VALUES ('', '127.0.0.1', 99, $1)
       ON CONFLICT (username, address) DO UPDATE SET failures = 99, last_at = $1, wait_until = NULL`,
      [new Date(clock.now())],
    );
    expect((await login('one-of-many', 'wrong')).status).toBe(401);
    expect((await login(stranger.username, stranger.password)).status).toBe(429);
    expect((await login(user.username, user.password)).status).toBe(200);
    await api.database.query(`DELETE FROM sign_in_tries WHERE username = ''`);
  });

  it('keeps the password of a user under the parameters of today', async () => {
    const user = await api.as('auditor');
    const weak = await hash(user.password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    const hashOf = async (): Promise<string> =>
      (
        await api.database.query<{ hash: string }>('SELECT password_hash AS hash FROM users WHERE username = $1', [
          user.username,
        ])
      )[0]!.hash;
    await api.database.query('UPDATE users SET password_hash = $2 WHERE username = $1', [user.username, weak]);
    expect((await login(user.username, 'wrong')).status).toBe(401);
    expect(await hashOf()).toBe(weak);
    expect((await login(user.username, user.password)).status).toBe(200);
    expect(await hashOf()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await login(user.username, user.password)).status).toBe(200);
  });

  it('waits twice as long after each further guess', async () => {
    const waits: number[] = [];
    for (let n = 0; n < 14; n++) {
      const answer = await login('nobody-there', 'wrong');
      if (answer.status !== 429) continue;
      waits.push(Number(answer.headers.get('retry-after')));
      clock.advance(waits.at(-1)! * 1000);
    }
    expect(waits).toEqual([2, 4]);
  });

  it('lists the own sessions, and ends one of them', async () => {
    const user = await api.as('auditor');
    const { accessToken } = (await login(user.username, user.password)).body;
    const sessions = (await user('GET', '/api/v1/auth/sessions')).body;
    expect(sessions.total).toBe(2);
    expect((await user('DELETE', `/api/v1/auth/sessions/${sessions.rows[0].id}`)).status).toBe(204);
    expect((await withToken(accessToken)).status).toBe(401);
    const others = (await admin('GET', '/api/v1/auth/sessions')).body.rows[0].id;
    expect((await user('DELETE', `/api/v1/auth/sessions/${others}`)).status).toBe(404);
  });

  it('changes the own password, which ends the other sessions', async () => {
    const user = await api.as('auditor');
    const { accessToken } = (await login(user.username, user.password)).body;
    const change = (oldPassword: string, newPassword: string): Promise<Answer> =>
      user('POST', '/api/v1/auth/password', { oldPassword, newPassword });
    expect((await change('wrong', 'a long new password')).body.error.field).toBe('oldPassword');
    expect((await change(user.password, 'short')).body.error.field).toBe('newPassword');
    expect((await change(user.password, 'Qwerty123456')).body.error.field).toBe('newPassword');
    expect((await change(user.password, user.password)).body.error.message).toBe('This is the old password.');
    expect((await change(user.password, 'a long new password')).status).toBe(204);
    expect((await withToken(accessToken)).status).toBe(401);
    expect((await user('GET', '/api/v1/auth/me')).status).toBe(200);
    expect((await login(user.username, 'a long new password')).status).toBe(200);
  });
});

describe('users', () => {
  let api: TestApi;
  let admin: Ask & { username: string };

  beforeAll(async () => {
    api = await startTestApi();
    admin = await api.as('administrator');
    await admin('POST', '/api/v1/operators', { code: 'OPR-1', name: 'Company' });
  });
  afterAll(() => api.close());

  const create = (user: object): Promise<Answer> => admin('POST', '/api/v1/users', user);

  it('are made by an administrator, and sign in with the password that is told once', async () => {
    const made = await create({ username: 'siti', role: 'revenue-officer', displayName: 'Siti Lubis' });
    expect([made.status, made.body.role]).toEqual([201, 'revenue-officer']);
    expect(JSON.stringify(made.body)).not.toMatch(/argon2/);
    const password = made.body.temporaryPassword as string;
    expect(password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect(JSON.stringify((await admin('GET', '/api/v1/users')).body)).not.toContain(password);
    expect((await create({ username: 'siti', role: 'auditor' })).status).toBe(409);
    expect((await api.ask('POST', '/api/v1/auth/login', { username: 'siti', password })).status).toBe(200);
  });

  it.each([
    [{ username: 'x y', role: 'auditor' }, 'username'],
    [{ username: 'rudi', role: 'king' }, 'role'],
    [{ username: 'rudi', role: 'operator-clerk' }, 'operator'],
    [{ username: 'rudi', role: 'auditor', operator: 'OPR-1' }, 'operator'],
    [{ username: 'rudi', role: 'operator-clerk', operator: 'OPR-9' }, 'operator'],
    [{ username: 'rudi', role: 'auditor', password: 'an administrator’s choice' }, 'password'],
  ])('are refused with %j', async (user, field) => {
    const { status, body } = await create(user);
    expect([status, body.error.field]).toEqual([400, field]);
  });

  it('lose their sessions when they are disabled, get another role or another password', async () => {
    const clerk = await api.as('operator-clerk', 'OPR-1');
    const patch = (change: object): Promise<Answer> => admin('PATCH', `/api/v1/users/${clerk.username}`, change);
    expect((await patch({ displayName: 'Clerk' })).status).toBe(200);
    expect((await clerk('GET', '/api/v1/auth/me')).body.operator).toBe('OPR-1');
    expect((await patch({ role: 'auditor' })).body).toMatchObject({ role: 'auditor', operator: null });
    expect((await clerk('GET', '/api/v1/auth/me')).status).toBe(401);
    expect((await patch({ disabled: true })).body.disabledAt).not.toBeNull();
    const login = { username: clerk.username, password: clerk.password };
    expect((await api.ask('POST', '/api/v1/auth/login', login)).status).toBe(401);
    expect((await patch({ disabled: false })).body.disabledAt).toBeNull();
    const reset = await admin('POST', `/api/v1/users/${clerk.username}/password`);
    expect(reset.status).toBe(200);
    const password = reset.body.temporaryPassword as string;
    expect((await api.ask('POST', '/api/v1/auth/login', login)).status).toBe(401);
    expect((await api.ask('POST', '/api/v1/auth/login', { ...login, password })).status).toBe(200);
  });

  it('always leave one administrator', async () => {
    const change = await admin('PATCH', `/api/v1/users/${admin.username}`, { role: 'auditor' });
    expect([change.status, change.body.error.remedy]).toEqual([409, 'Make somebody else administrator first.']);
    expect((await admin('PATCH', `/api/v1/users/${admin.username}`, { disabled: true })).status).toBe(409);
  });
});

describe('a password that was given', () => {
  const clock = new ManualClock(Date.now());
  let api: TestApi;
  let admin: Ask & { username: string };

  beforeAll(async () => {
    api = await startTestApi({ clock });
    admin = await api.as('administrator');
  });
  afterAll(() => api.close());

  const own = 'a password of my own';
  const login = (username: string, password: string): Promise<Answer> =>
    api.ask('POST', '/api/v1/auth/login', { username, password });
  const asPerson = async (username: string, password: string): Promise<Ask> => {
    const authorization = `Bearer ${(await login(username, password)).body.accessToken}`;
    return (method, path, body) => api.ask(method, path, body, { authorization });
  };
  /** A new person, or a known one who forgot the password. @returns the password that was given */
  const welcome = async (username: string): Promise<string> =>
    (await admin('POST', '/api/v1/users', { username, role: 'auditor' })).body.temporaryPassword;
  const giveAgain = async (username: string): Promise<string> =>
    (await admin('POST', `/api/v1/users/${username}/password`)).body.temporaryPassword;
  const isListedTemporary = async (username: string): Promise<boolean> => {
    const { rows } = (await admin('GET', '/api/v1/users')).body;
    return (rows as { username: string; passwordTemporary: boolean }[]).find((row) => row.username === username)!
      .passwordTemporary;
  };

  it('opens nothing but its change, in every session; the changed one opens all', async () => {
    const given = await welcome('rina');
    expect((await login('rina', given)).body.passwordDue).toBe(true);
    const rina = await asPerson('rina', given);
    const refused = await rina('GET', '/api/v1/points');
    expect([refused.status, refused.body.error.code]).toEqual([403, 'password-change-required']);
    expect((await rina('GET', '/api/v1/auth/me')).body.passwordDue).toBe(true);
    expect(await isListedTemporary('rina')).toBe(true);
    const change = (newPassword: string): Promise<Answer> =>
      rina('POST', '/api/v1/auth/password', { oldPassword: given, newPassword });
    expect((await change(given)).body.error.message).toBe('This is the old password.');
    expect((await change(own)).status).toBe(204);
    expect((await rina('GET', '/api/v1/points')).status).toBe(200);
    expect((await login('rina', own)).body.passwordDue).toBe(false);
    expect(await isListedTemporary('rina')).toBe(false);
    const next = await giveAgain('rina');
    expect(next).not.toBe(given);
    expect((await login('rina', next)).body.passwordDue).toBe(true);
  });

  it('no longer signs in after three days, until a new one is given', async () => {
    const given = await welcome('budi');
    const pass = (interval: string) =>
      api.database.query(
        `UPDATE users SET password_expires_at = password_expires_at - $1::interval WHERE username = 'budi'`,
        [interval],
      );
    await pass('2 days 23 hours');
    expect((await login('budi', given)).status).toBe(200);
    await pass('2 hours');
    const refused = await login('budi', given);
    expect([refused.status, refused.body.error.code]).toEqual([401, 'password-expired']);
    expect((await login('budi', 'a wrong password')).body.error.code).toBe('wrong-password');
    expect((await login('budi', await giveAgain('budi'))).status).toBe(200);
  });
});

describe('what happens to an account', () => {
  let api: TestApi;
  let admin: Ask & { username: string };

  beforeAll(async () => {
    api = await startTestApi({ env: { EPARKING_TRUSTED_PROXIES: '1' } });
    admin = await api.as('administrator');
  });
  afterAll(() => api.close());

  const told = async (user: Ask, unseen = ''): Promise<string[]> => {
    const { rows } = (await user('GET', `/api/v1/auth/notices${unseen}`)).body;
    return (rows as { what: string; by: string }[]).map(({ what, by }) => `${what} by ${by}`);
  };

  it('is told to its user until it is seen, by whomever it was done, and to nobody else', async () => {
    const user = await api.as('auditor');
    const other = await api.as('auditor');
    const { username, password } = user;
    expect(await told(user)).toEqual([]);
    await admin('PATCH', `/api/v1/users/${username}`, { displayName: 'A name is none of it' });
    await user('POST', '/api/v1/auth/password', { oldPassword: password, newPassword: 'a password of my own' });
    expect(await told(user, '?unseen=true')).toEqual([`user.password by ${username}`]);
    const [{ id }] = (await user('GET', '/api/v1/auth/notices')).body.rows;
    expect((await user('POST', '/api/v1/auth/notices/seen', { upTo: id })).status).toBe(204);
    expect(await told(user, '?unseen=true')).toEqual([]);
    await admin('DELETE', `/api/v1/users/${username}/totp`);
    const { body } = await api.ask('POST', '/api/v1/auth/login', { username, password: 'a password of my own' });
    const again: Ask = (method, path, sent) =>
      api.ask(method, path, sent, { authorization: `Bearer ${body.accessToken}` });
    expect(await told(again, '?unseen=true')).toEqual([`totp.remove by ${admin.username}`]);
    expect(await told(again)).toEqual([`totp.remove by ${admin.username}`, `user.password by ${username}`]);
    expect(await told(other)).toEqual([]);
  });

  it('tells a sign-in from an address that is new, but not the first of all', async () => {
    const user = await api.as('auditor');
    const { username, password } = user;
    const from = (address: string): Promise<Answer> =>
      api.ask('POST', '/api/v1/auth/login', { username, password }, { 'x-forwarded-for': address });
    expect((await from('203.0.113.9')).status).toBe(200);
    expect((await from('203.0.113.9')).status).toBe(200);
    const { rows } = (await user('GET', '/api/v1/auth/notices')).body;
    expect(rows).toEqual([expect.objectContaining({ what: 'session.open', address: '203.0.113.9', seen: false })]);
  });

  it('cannot be marked as seen before it happens', async () => {
    const user = await api.as('auditor');
    await user('POST', '/api/v1/auth/notices/seen', { upTo: Number.MAX_SAFE_INTEGER });
    await user('POST', '/api/v1/auth/password', { oldPassword: user.password, newPassword: 'a password of my own' });
    expect(await told(user, '?unseen=true')).toEqual([`user.password by ${user.username}`]);
  });
});
