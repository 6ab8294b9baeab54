// The device protocol from outside: the built gateway and admin API as processes, MQTT.js as the terminal, REST beside it.
import mqtt from 'mqtt';
import { TestTerminal } from '../libs/testing/src/terminal.js';
import { eventually } from '../libs/testing/src/wait.js';
import { Admin } from './support/admin.js';
import { E2eDevice } from './support/device.js';
import { startSystem, type System } from './support/system.js';

const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
let system: System;
let admin: Admin;
const devices: E2eDevice[] = [];
let made = 0;

beforeAll(async () => {
  system = await startSystem({ services: ['gateway', 'admin-api'] });
  admin = await Admin.signIn(system);
  await admin.point('E2E-001');
}, 180_000);
afterAll(async () => {
  await Promise.all(devices.map((device) => device.end()));
  await system.stop();
}, 60_000);

async function newDevice(kind: 'handheld' | 'meter' = 'handheld', point = 'E2E-001'): Promise<E2eDevice> {
  made += 1;
  const device = new E2eDevice(system, await admin.device(`hh-${String(made).padStart(4, '0')}`, point, kind));
  devices.push(device);
  return device;
}
async function connected(): Promise<E2eDevice> {
  return (await newDevice()).connect();
}

describe('sign-in and rights', () => {
  it('refuses a wrong password and a client id that is not the user name with the codes of the protocol', async () => {
    const device = await newDevice();
    const codeOf = (options: object) =>
      device.connect(options).then(
        () => 0,
        (error: { code: number }) => error.code,
      );
    expect([4, 5]).toContain(await codeOf({ password: 'wrong' }));
    expect([2, 5]).toContain(await codeOf({ clientId: 'hh-other' }));
  });

  it('lets a device subscribe under its own prefix only; a refused filter gets 0x80 and the connection lives', async () => {
    const device = await (await newDevice()).connect({}, false);
    const subscribe = (filter: string) =>
      new Promise<number[]>((resolve) => {
        device.client.subscribe(filter, { qos: 1 }, (_error, granted, packet) =>
          resolve(
            ((packet as { granted?: number[] } | undefined)?.granted ?? granted?.map((g) => g.qos) ?? []) as number[],
          ),
        );
      });
    expect(await subscribe('eparking/v1/hh-9999/receipts')).toEqual([128]);
    expect(await subscribe('#')).toEqual([128]);
    expect(await subscribe(`${device.prefix}/#`)).toEqual([1]);
    expect(device.client.connected).toBe(true);
  });

  it.each(['eparking/v1/hh-9999/journal', 'commands', 'elsewhere'])('closes on a publish to %s', async (topic) => {
    const device = await connected();
    const closed = device.closed();
    device.client.publish(
      topic === 'commands' ? `${device.prefix}/commands` : topic,
      '{}',
      { qos: 1 },
      () => undefined,
    );
    await closed;
  });

  it('refuses a will on a forbidden topic', async () => {
    const device = await newDevice();
    const will = { topic: 'eparking/v1/hh-9999/status', payload: Buffer.from('{}'), qos: 1 as const, retain: true };
    await expect(device.connect({ will })).rejects.toThrow();
  });

  it('lets a second connection with the same id take over', async () => {
    const device = await connected();
    const closed = device.closed();
    const second = new E2eDevice(system, device.credentials);
    devices.push(await second.connect());
    await closed;
    expect((await second.journal(device.terminal.payment())).results[0]!.outcome).toBe('accepted');
  });
});

describe('journal and receipts', () => {
  it('counts a payment in the income the moment it is acknowledged', async () => {
    await admin.point('E2E-INC');
    const device = await (await newDevice('handheld', 'E2E-INC')).connect();
    await device.publish('journal', device.terminal.payment({ amount: 4000 }));
    const query = `/income?from=${today}&to=${today}&groupBy=point&point=E2E-INC`;
    expect(await admin.get(query)).toMatchObject({
      rows: [{ key: 'E2E-INC', count: 1, amount: 4000 }],
      total: { count: 1, amount: 4000 },
    });
    await device.publish('journal', device.terminal.record('void', { voids: 1, reason: 'typo' }));
    expect((await admin.get(query)).total).toEqual({ count: 0, amount: 0 });
  });

  it('answers every message in order with one receipt per epoch', async () => {
    const device = await connected();
    const payments = Array.from({ length: 200 }, () => device.terminal.payment());
    await Promise.all(payments.map((payment) => device.publish('journal', payment)));
    for (const payment of payments) {
      const receipt = await device.hear('receipts');
      expect(receipt).toMatchObject({
        v: 1,
        epoch: 1,
        results: [{ seq: payment.seq, outcome: 'accepted' }],
        contiguous: payment.seq,
      });
    }
  });

  it('tells gaps on receipts and by REST, and closes them', async () => {
    const device = await connected();
    const [first, second, third] = [device.terminal.payment(), device.terminal.payment(), device.terminal.payment()];
    await device.journal(first);
    expect(await device.journal(third)).toMatchObject({ contiguous: 1, missing: [[2, 2]] });
    const path = `/devices/${device.credentials.deviceId}`;
    expect(await admin.get(path)).toMatchObject({ epoch: 1, contiguous: 1, missing: [[2, 2]], presence: 'online' });
    expect(await device.journal([second, third])).toMatchObject({
      contiguous: 3,
      missing: [],
      results: [
        { seq: 2, outcome: 'accepted' },
        { seq: 3, outcome: 'duplicate' },
      ],
    });
    expect(await admin.get(path)).toMatchObject({ contiguous: 3, missing: [] });
  });

  it('quarantines with a code, acknowledges, and shows it to officers', async () => {
    const device = await connected();
    const bad = { ...device.terminal.payment(), mac: 'A'.repeat(43) };
    expect((await device.journal(bad)).results).toEqual([{ seq: 1, outcome: 'quarantined', code: 'bad-mac' }]);
    expect((await device.journal('no json')).results).toEqual([
      { seq: null, outcome: 'quarantined', code: 'bad-json' },
    ]);
    expect((await device.journal(Buffer.alloc(900_000, ' '))).results[0]).toMatchObject({ code: 'too-large' });
    const { deviceId } = device.credentials;
    const listed = await admin.get(`/quarantine?deviceId=${deviceId}&code=bad-mac`);
    expect(listed).toMatchObject({
      total: 1,
      rows: [{ deviceId, code: 'bad-mac', seq: 1, times: 1, topic: `${device.prefix}/journal` }],
    });
    expect((await admin.get(`/quarantine?deviceId=${deviceId}`)).total).toBe(3);
  });

  it('closes the connection past one mebibyte', async () => {
    const device = await connected();
    const closed = device.closed();
    device.client.publish(`${device.prefix}/journal`, Buffer.alloc(1_048_577, ' '), { qos: 1 }, () => undefined);
    await closed;
  });

  it('processes QoS 0 and 2 and ignores a retain flag', async () => {
    const device = await connected();
    const [a, b] = [device.terminal.payment(), device.terminal.payment()];
    await device.publish('journal', a, 2);
    await device.publish('journal', b, 0);
    await device.client.publishAsync(`${device.prefix}/journal`, JSON.stringify(a), { qos: 1, retain: true });
    const outcomes = [await device.hear('receipts'), await device.hear('receipts'), await device.hear('receipts')];
    expect(outcomes.map((receipt) => (receipt['results'] as { outcome: string }[])[0]!.outcome)).toEqual([
      'accepted',
      'accepted',
      'duplicate',
    ]);
  });

  it('keeps receipts for an absent persistent session', async () => {
    const device = await (await newDevice()).connect({ clean: false });
    // A terminal that freezes before the receipt: it takes nothing in any more, and its connection ends.
    device.client.handleMessage = () => undefined;
    device.publish('journal', device.terminal.payment()).catch(() => undefined);
    const { deviceId } = device.credentials;
    await eventually(async () => expect((await admin.get(`/devices/${deviceId}`)).contiguous).toBe(1));
    await device.end();
    device.heard.length = 0;
    await device.connect({ clean: false }, false);
    expect(await device.hear('receipts')).toMatchObject({ results: [{ seq: 1, outcome: 'accepted' }] });
  });
});

describe('provisioning', () => {
  it('rotates: closes the live connection, gives a new epoch, still takes spooled records of the old one', async () => {
    const device = await connected();
    const { deviceId } = device.credentials;
    const spooled = device.terminal.payment();
    const closed = device.closed();
    const answer = await admin.request('POST', `/devices/${deviceId}/rotate`);
    expect(answer).toMatchObject({ status: 201, body: { deviceId, epoch: 2 } });
    await closed;
    expect(await admin.get(`/devices/${deviceId}`)).toMatchObject({ epoch: 2, contiguous: 0, missing: [] });
    await expect(new E2eDevice(system, device.credentials).connect()).rejects.toThrow();
    const renewed = await new E2eDevice(system, answer.body).connect();
    devices.push(renewed);
    expect(await renewed.journal(spooled, 1)).toMatchObject({
      epoch: 1,
      contiguous: 1,
      results: [{ outcome: 'accepted' }],
    });
    const strange = new TestTerminal(deviceId, undefined, 7);
    expect(await renewed.journal(strange.payment(), 7)).toMatchObject({
      epoch: 7,
      contiguous: 0,
      missing: [],
      results: [{ seq: 1, outcome: 'quarantined', code: 'unknown-epoch' }],
    });
  });

  it('revokes: closes the live connection at once, refuses the next, and rotates no more until reinstated', async () => {
    const device = await connected();
    const { deviceId } = device.credentials;
    const closed = device.closed();
    expect((await admin.request('POST', `/devices/${deviceId}/revoke`)).status).toBe(204);
    await closed;
    await expect(device.connect()).rejects.toThrow();
    expect((await admin.request('POST', `/devices/${deviceId}/rotate`)).status).toBe(409);
    expect((await admin.request('POST', `/devices/${deviceId}/reinstate`)).status).toBeLessThan(300);
    expect((await admin.request('POST', `/devices/${deviceId}/rotate`)).status).toBe(201);
  });
});

describe('configuration, commands, orders and presence', () => {
  it('retains the configuration of the point, and publishes it anew when the tariff changes', async () => {
    const device = await connected();
    const first = await device.hear('config');
    expect(first).toMatchObject({ v: 1, deviceId: device.credentials.deviceId, point: { code: 'E2E-001' } });
    const created = await admin.request('POST', '/tariffs', {
      code: 'E2E-CAR',
      vehicleClass: 'car',
      amount: 4000,
      validFrom: '2026-01-01',
    });
    expect(created).toMatchObject({ status: 201 });
    const next = await device.hear('config', (config) => (config['version'] as number) > (first['version'] as number));
    expect(next['tariffs']).toMatchObject([{ code: 'E2E-CAR', vehicleClass: 'car', amount: 4000 }]);
  });

  it('delivers a command until it is answered, also after a reconnect', async () => {
    const device = await connected();
    const path = `/devices/${device.credentials.deviceId}`;
    expect((await admin.request('POST', `${path}/message`, { text: 'Halo' })).status).toBeLessThan(300);
    const command = await device.hear('commands');
    expect(command).toMatchObject({ v: 1, name: 'message', args: { text: 'Halo' } });
    await device.end();
    await device.connect();
    const again = await device.hear('commands', (c) => c['id'] === command['id']);
    await device.publish('replies', { v: 1, id: again['id'], ok: true });
    await device.end();
    device.heard.length = 0;
    await device.connect();
    await device.hear('config');
    expect(device.heard.filter(({ channel }) => channel === 'commands')).toEqual([]);
  });

  it('answers a request for a QRIS order', async () => {
    const device = await connected();
    await device.publish('requests', {
      v: 1,
      requestId: 'r-1',
      at: new Date().toISOString(),
      vehicleClass: 'car',
      amount: 4000,
    });
    expect(await device.hear('payments')).toMatchObject({ v: 1, requestId: 'r-1' });
  });

  it('tells presence: never, online, offline', async () => {
    const device = await newDevice();
    const presence = async () => (await admin.get(`/devices/${device.credentials.deviceId}`)).presence as string;
    expect(await presence()).toBe('never');
    await device.connect();
    await device.journal(device.terminal.payment());
    expect(await presence()).toBe('online');
    await device.end();
    for (let i = 0; i < 100 && (await presence()) !== 'offline'; i++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await presence()).toBe('offline');
  });

  it('acknowledges malformed messages on other topics, counts and drops them', async () => {
    const device = await connected();
    await device.publish('telemetry', 'no json');
    await device.publish('status', { v: 1, state: 'sleepy' });
    await device.publish('telemetry', { v: 1, at: new Date().toISOString(), battery: 80 });
    expect(device.client.connected).toBe(true);
  });

  it('speaks MQTT over WebSocket at /mqtt', async () => {
    const device = await newDevice();
    const { deviceId, mqttPassword } = device.credentials;
    const client = mqtt.connect(`${system.gatewayUrl.replace('http', 'ws')}/mqtt`, {
      protocolVersion: 4,
      clientId: deviceId,
      username: deviceId,
      password: mqttPassword,
      reconnectPeriod: 0,
    });
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
    });
    await client.publishAsync(`${device.prefix}/journal`, JSON.stringify(device.terminal.payment()), { qos: 1 });
    await client.endAsync();
    expect(await admin.get(`/devices/${deviceId}`)).toMatchObject({ contiguous: 1 });
  });
});
