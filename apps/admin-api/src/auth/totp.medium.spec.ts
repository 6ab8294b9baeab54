import { ManualClock } from '@app/kernel';
import { totpCode, totpStep } from '@app/registry';
import { startTestApi, type Answer, type Ask, type TestApi } from '../../../../libs/testing/src/admin-api.js';

type User = Ask & { username: string; password: string };

/** Real: HTTP on a port, PostgreSQL. */
describe('an authenticator', () => {
  const clock = new ManualClock(Date.now());
  let api: TestApi;

  beforeAll(async () => {
    api = await startTestApi({ clock, env: { EPARKING_TOTP_ROLES: 'auditor' } });
  });
  afterAll(() => api.close());

  const codeOf = (secret: string): string => totpCode(fromBase32(secret), totpStep(clock.now()));
  const login = ({ username, password }: Pick<User, 'username' | 'password'>, totp?: string): Promise<Answer> =>
    api.ask('POST', '/api/v1/auth/login', { username, password, ...(totp !== undefined && { totp }) });
  const enrol = async (user: User): Promise<{ secret: string; recoveryCodes: string[] }> => {
    const { body: offer } = await user('POST', '/api/v1/auth/totp/enrol', { password: user.password });
    const { body } = await user('POST', '/api/v1/auth/totp/confirm', { code: codeOf(offer.secret) });
    clock.advance(30_000);
    return { secret: offer.secret as string, recoveryCodes: body.recoveryCodes as string[] };
  };

  it('is set up with a QR, counts from its first code on, and ends the other sessions', async () => {
    const user = await api.as('revenue-officer');
    const other = (await login(user)).body.accessToken as string;
    expect((await user('POST', '/api/v1/auth/totp/enrol', { password: 'wrong' })).body.error.field).toBe('password');
    const { status, body } = await user('POST', '/api/v1/auth/totp/enrol', { password: user.password });
    expect([status, body.qrSvg.startsWith('<svg'), body.uri]).toEqual([
      200,
      true,
      `otpauth://totp/eparking%3A${user.username}?secret=${body.secret}&issuer=eparking`,
    ]);
    expect((await login(user)).status).toBe(200);
    const wrong = await user('POST', '/api/v1/auth/totp/confirm', { code: '000000' });
    expect([wrong.status, wrong.body.error.field]).toEqual([400, 'code']);
    const confirmed = await user('POST', '/api/v1/auth/totp/confirm', { code: codeOf(body.secret) });
    expect(new Set(confirmed.body.recoveryCodes).size).toBe(10);
    expect((await user('GET', '/api/v1/auth/me')).body).toMatchObject({ totp: true, recoveryCodesLeft: 10 });
    const bearer = { authorization: `Bearer ${other}` };
    expect((await api.ask('GET', '/api/v1/auth/me', undefined, bearer)).status).toBe(401);
    expect((await user('POST', '/api/v1/auth/totp/enrol', { password: user.password })).status).toBe(409);
  });

  it('is asked for after the right password, and each code is good once', async () => {
    const user = await api.as('revenue-officer');
    const { secret } = await enrol(user);
    const without = await login(user);
    expect([without.status, without.body.error.code]).toEqual([401, 'totp-required']);
    expect((await login(user, '000000')).body.error.code).toBe('wrong-totp');
    const code = codeOf(secret);
    expect((await login(user, code)).status).toBe(200);
    expect((await login(user, code)).body.error.code).toBe('wrong-totp');
    clock.advance(30_000);
    expect((await login(user, codeOf(secret))).status).toBe(200);
    expect((await login({ username: user.username, password: 'wrong' }, codeOf(secret))).body.error.code).toBe(
      'wrong-password',
    );
  });

  it('has recovery codes, each good once', async () => {
    const user = await api.as('revenue-officer');
    const [first] = (await enrol(user)).recoveryCodes as [string];
    expect((await login(user, first.toLowerCase())).status).toBe(200);
    expect((await login(user, first)).body.error.code).toBe('wrong-totp');
    expect((await user('GET', '/api/v1/auth/me')).body.recoveryCodesLeft).toBe(9);
  });

  it('cannot be guessed: wrong codes slow down like wrong passwords, and the right password does not forgive them', async () => {
    const user = await api.as('revenue-officer');
    await enrol(user);
    for (let n = 0; n < 10; n++) {
      expect((await login(user, '123456')).status).toBe(401);
      if (n < 9) expect((await login(user)).body.error.code).toBe('totp-required');
    }
    expect((await login(user, '123456')).status).toBe(429);
    clock.advance(3_600_000);
  });

  it('is kept sealed, its recovery codes as hashes', async () => {
    const user = await api.as('revenue-officer');
    const { secret, recoveryCodes } = await enrol(user);
    const rows = await api.database.query<{ text: string }>(
      'SELECT u::text AS text FROM users u UNION ALL SELECT r::text FROM recovery_codes r UNION ALL SELECT a::text FROM audit_log a',
    );
    const text = rows.map((row) => row.text).join();
    expect(text).not.toContain(fromBase32(secret).toString('hex'));
    for (const code of recoveryCodes) expect(text).not.toContain(code);
  });

  it('is removed by its owner with password and code, or by an administrator', async () => {
    const user = await api.as('revenue-officer');
    const { secret, recoveryCodes } = await enrol(user);
    const remove = (totp: string): Promise<Answer> =>
      user('POST', '/api/v1/auth/totp/remove', { password: user.password, totp });
    expect((await remove('000000')).status).toBe(401);
    expect((await remove(codeOf(secret))).status).toBe(204);
    expect((await login(user)).status).toBe(200);
    expect((await login(user, recoveryCodes[0])).status).toBe(200);
    await enrol(user);
    const admin = await api.as('administrator');
    expect((await admin('DELETE', `/api/v1/users/${user.username}/totp`)).status).toBe(204);
    expect((await user('GET', '/api/v1/auth/me')).status).toBe(401);
    expect((await login(user)).status).toBe(200);
    expect((await admin('DELETE', '/api/v1/users/nobody-there/totp')).status).toBe(404);
  });

  it('must be set up before anything else by those whose role is to have one', async () => {
    const auditor = await api.as('auditor');
    expect((await auditor('GET', '/api/v1/auth/me')).body).toMatchObject({ totp: false, totpDue: true });
    const refused = await auditor('GET', '/api/v1/points');
    expect([refused.status, refused.body.error.code]).toEqual([403, 'totp-enrolment-required']);
    await enrol(auditor);
    expect((await auditor('GET', '/api/v1/points')).status).toBe(200);
  });
});

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
