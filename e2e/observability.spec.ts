import { randomBytes } from 'node:crypto';
import mqtt from 'mqtt';
import { eventually } from '../libs/testing/src/wait.js';
import { Admin } from './support/admin.js';
import { E2eDevice } from './support/device.js';
import { attributeOf, OtlpReceiver, type ReceivedSpan } from './support/otlp-receiver.js';
import { startSystem, type System } from './support/system.js';

/** What the built system tells of itself, at its most talkative: its logs, and its traces over OTLP. */
const SERVICES = ['gateway', 'worker', 'admin-api'] as const;
let system: System;
let collector: OtlpReceiver;
const sealingKey = randomBytes(32).toString('base64url');

beforeAll(async () => {
  collector = await OtlpReceiver.start();
  system = await startSystem({
    services: SERVICES,
    env: {
      EPARKING_LOG_LEVEL: 'trace',
      EPARKING_SEALING_KEY: sealingKey,
      EPARKING_RELAY_PAUSE: '100ms',
      EPARKING_RECONCILE_PAUSE: '1s',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '200',
    },
  });
}, 240_000);
afterAll(async () => {
  await system?.stop();
  await collector?.stop();
});

async function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${system.apiUrl}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

it('writes no secret into any log or trace, whatever is done with it', async () => {
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
  const user = { username: 'clerk-1', role: 'auditor' };
  const made = await admin.request('POST', '/users', user);
  note('password of a user', made.body.temporaryPassword);
  await admin.request('POST', '/users', { ...user, password: fresh('password that nobody asked for') });
  const given = await admin.request('POST', '/users/clerk-1/password');
  note('new password of a user', given.body.temporaryPassword);
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

  await eventually(() => expect(collector.spans.map(({ name }) => name)).toContain('POST /api/v1/acquirers'));
  const told = [...SERVICES.map((name) => system.service(name).log), JSON.stringify(collector.spans)].join('\n');
  for (const name of SERVICES) expect(system.service(name).log).not.toBe('');
  expect([...secrets].filter(([, secret]) => told.includes(secret)).map(([name]) => name)).toEqual([]);
});

/** A span and those above it, up to the root. */
function ancestry(span: ReceivedSpan): string[] {
  const above = collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
  if (!above && span.parentSpanId) throw new Error(`what is above ${span.name} has not come yet`);
  const own = `${span.service.replace('eparking-', '')}: ${span.name}`;
  return above ? [own, ...ancestry(above)] : [own];
}

it('follows a message from its PUBLISH to the case that it opens, over all processes', async () => {
  const admin = await Admin.signIn(system);
  await admin.point('TRC-001');
  const device = await new E2eDevice(system, await admin.device('hh-0002', 'TRC-001')).connect();
  // The same paper ticket twice.
  await device.journal(device.terminal.payment({ ticket: 'KR-000001' }));
  await device.journal(device.terminal.payment({ ticket: 'KR-000001' }));
  await device.end();

  const openedIn = ({ events = [] }: ReceivedSpan) =>
    events.filter(({ attributes }) => attributeOf(attributes, 'eparking.change') === 'opened');
  await eventually(
    async () => {
      const span = collector.spans.find((one) => openedIn(one).length > 0);
      if (!span) throw new Error(`no span opened a case: ${collector.spans.map(({ name }) => name).join()}`);
      expect(ancestry(span)).toEqual([
        'worker: reconcile day',
        'worker: job day-changed',
        'gateway: commit of journal',
        'gateway: PUBLISH',
      ]);
      const cases = ((await admin.get('/cases')).rows as { id: string }[]).map(({ id }) => id);
      expect(cases).toContain(attributeOf(openedIn(span)[0]!.attributes, 'eparking.case'));
    },
    { withinMs: 30_000, everyMs: 200 },
  );
});

it('follows what an officer sends in to the job that takes it up, and believes no traceparent of a caller', async () => {
  const claimed = '0af7651916cd43dd8448eb211c80319c';
  await fetch(`${system.apiUrl}/api/v1/points`, { headers: { traceparent: `00-${claimed}-b7ad6b7169203331-01` } });
  await (await Admin.signIn(system)).upload('/bank-statements', 'no statement\n', {});
  await eventually(
    () => {
      const taken = collector.spans.filter(({ name }) => name === 'job import-file').map(ancestry);
      expect(taken).toContainEqual(['worker: job import-file', 'admin-api: POST /api/v1/bank-statements']);
      expect(collector.spans.map(({ name }) => name)).toContain('GET /api/v1/points');
    },
    { withinMs: 20_000, everyMs: 100 },
  );
  expect(collector.spans.map(({ traceId }) => traceId)).not.toContain(claimed);
});
