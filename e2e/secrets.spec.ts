import { randomBytes } from 'node:crypto';
import mqtt from 'mqtt';
import { Admin } from './support/admin.js';
import { startSystem, type System } from './support/system.js';

/** The built system at its most talkative, with secrets that are known: none of them may be in anything it writes. */
let system: System;
const sealingKey = randomBytes(32).toString('base64url');

beforeAll(async () => {
  system = await startSystem({
    services: ['gateway', 'admin-api'],
    env: { EPARKING_LOG_LEVEL: 'trace', EPARKING_SEALING_KEY: sealingKey },
  });
});
afterAll(() => system.stop());

async function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${system.apiUrl}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

it('writes no secret into any log, whatever is done with it', async () => {
  const secrets = new Map([
    ['sealing key', sealingKey],
    ['password of the administrator', system.adminPassword],
  ]);
  const note = (name: string, secret: unknown): void => {
    expect(secret).toEqual(expect.stringMatching(/^.{6,}$/));
    secrets.set(name, secret as string);
  };
  const fresh = (name: string): string => {
    const secret = randomBytes(15).toString('base64url');
    note(name, secret);
    return secret;
  };

  const login = await post('/auth/login', JSON.stringify({ username: 'admin', password: system.adminPassword }));
  note('access token', ((await login.json()) as { accessToken: string }).accessToken);
  const cookie = login.headers.getSetCookie()[0]!.split(';')[0]!;
  note('refresh token', cookie.split('=')[1]);
  const renewed = await post('/auth/refresh', '{}', { cookie });
  note('second access token', ((await renewed.json()) as { accessToken: string }).accessToken);
  await post('/auth/login', JSON.stringify({ username: 'admin', password: fresh('wrong password') }));
  await post('/auth/login', JSON.stringify({ username: fresh('password in the place of a name'), password: 'x' }));
  await post('/auth/login', `{"username":"admin","password":"${fresh('password in a broken body')}"`);
  await post(`/auth/login`, JSON.stringify({ username: 'admin', password: fresh('of a body with more'), more: 1 }));
  await fetch(`${system.apiUrl}/api/v1/points`, { headers: { authorization: `Bearer ${fresh('wrong token')}` } });

  const admin = await Admin.signIn(system);
  const user = { username: 'clerk-1', role: 'auditor', password: fresh('password of a user') };
  expect((await admin.request('POST', '/users', user)).status).toBe(201);
  await admin.request('POST', '/users', { ...user, password: fresh('password of a user that is there') });
  await admin.request('POST', '/users/clerk-1/password', { password: fresh('new password') });
  await admin.request('POST', '/auth/password', { oldPassword: fresh('wrong old'), newPassword: fresh('never set') });
  const enrolment = await admin.request('POST', '/auth/totp/enrol', { password: system.adminPassword });
  note('authenticator', enrolment.body.secret);

  await admin.point('MDN-001');
  const device = await admin.device('hh-0001', 'MDN-001');
  note('MQTT password', device.mqttPassword);
  note('journal key', device.journalKey);
  const sign = {
    host: '127.0.0.1',
    port: system.mqttPort,
    clientId: 'hh-0001',
    username: 'hh-0001',
    reconnectPeriod: 0,
  };
  const client = await mqtt.connectAsync({ ...sign, password: device.mqttPassword });
  await client.publishAsync('eparking/v1/hh-0001/journal', JSON.stringify({ note: fresh('what a terminal sent') }), {
    qos: 1,
  });
  await client.endAsync();
  await expect(mqtt.connectAsync({ ...sign, password: fresh('wrong MQTT password') })).rejects.toThrow();
  const rotated = await admin.request('POST', '/devices/hh-0001/rotate', {});
  note('rotated MQTT password', rotated.body.mqttPassword);
  note('rotated journal key', rotated.body.journalKey);
  const acquirer = { code: 'ACQ', clientSecret: fresh('secret of an acquirer'), privateKey: fresh('no PEM at all') };
  await admin.request('POST', '/acquirers', acquirer);

  const logs = (['gateway', 'admin-api'] as const).map((name) => system.service(name).log).join('\n');
  expect(logs).toContain('listening');
  expect([...secrets].filter(([, secret]) => logs.includes(secret)).map(([name]) => name)).toEqual([]);
});
