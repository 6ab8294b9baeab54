import { createHash } from 'node:crypto';
import mqtt from 'mqtt';
import {
  enqueueCommand,
  openDatabase,
  rotateDevice,
  setDeviceStatus,
  write,
  type CommandName,
  type Database,
} from '@app/persistence';
import type { Command, DeviceConfig } from '@app/protocol';
import type { Credentials } from '@app/registry';
import { createTestDatabase, eventually, type TestDatabase } from '@app/testing';
import { ADMIN, provision, sealer, startGateway, Terminal, type TestGateway } from './gateway.spec-support.js';

let server: TestDatabase;
let database: Database;
let gateway: TestGateway;
const terminals: Terminal[] = [];
let next = 0;

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase({ url: server.url });
  gateway = await startGateway(server.urlFor('gateway'));
});
afterEach(async () => {
  for (const terminal of terminals.splice(0)) await terminal.client.endAsync(true);
});
afterAll(async () => {
  await gateway.stop();
  await database.close();
  await server.drop();
});

async function terminalOf(credentials: Credentials, options: mqtt.IClientOptions = {}): Promise<Terminal> {
  const terminal = await Terminal.connect(gateway.mqtt, credentials, options);
  terminals.push(terminal);
  return terminal;
}
const newDevice = (): Promise<Credentials> => provision(database, `hh-${String(++next).padStart(4, '0')}`);
const newTerminal = async (options: mqtt.IClientOptions = {}): Promise<Terminal> =>
  terminalOf(await newDevice(), options);

async function one(text: string, ...values: unknown[]): Promise<Record<string, unknown>> {
  const [row] = await database.query<Record<string, unknown>>(text, values);
  return row!;
}
const presenceOf = (deviceId: string) =>
  one('SELECT p.* FROM device_presence p JOIN devices USING (device_no) WHERE device_id = $1', deviceId);
const refusalOf = async (credentials: Credentials, options: mqtt.IClientOptions = {}): Promise<number | undefined> =>
  terminalOf(credentials, options).then(
    () => 0,
    (error: mqtt.ErrorWithReasonCode) => error.code as number,
  );

const payment = (amount = 4000) => ({
  vehicleClass: 'car',
  amount,
  method: 'cash',
  tariff: 'T',
  shift: 'S1',
  attendant: 'A1',
});

describe('journal', () => {
  it('acknowledges a record that is in the database, and answers with a receipt', async () => {
    const terminal = await newTerminal();
    await terminal.listen();
    const record = terminal.record(payment(), { type: 'payment' });
    await terminal.publish('journal', record);
    const row = await one(
      'SELECT amount FROM journal_records JOIN devices USING (device_no) WHERE device_id = $1',
      terminal.credentials.deviceId,
    );
    expect(row).toEqual({ amount: 4000 });
    await eventually(() => expect(terminal.receipts).toHaveLength(1));
    expect(terminal.receipts[0]).toMatchObject({
      v: 1,
      of: createHash('sha256').update(JSON.stringify(record)).digest('base64url'),
      epoch: 1,
      results: [{ seq: 1, outcome: 'accepted' }],
      contiguous: 1,
      missing: [],
    });
    expect(terminal.messages('journal')).toEqual([]);
  });

  it('answers hundreds of messages in their order, garbage among them, and quarantines what it cannot read', async () => {
    const terminal = await newTerminal();
    await terminal.listen();
    const messages: unknown[] = [];
    for (let i = 0; i < 300; i++)
      messages.push(i % 10 === 7 ? Buffer.from(`garbage ${i}`) : terminal.record({ reason: 'test', firmware: '1' }));
    await Promise.all(messages.map((message) => terminal.publish('journal', message)));
    await eventually(() => expect(terminal.receipts).toHaveLength(300));
    expect(terminal.receipts.map(({ of }) => of)).toEqual(
      messages.map((message) =>
        createHash('sha256')
          .update(Buffer.isBuffer(message) ? message : JSON.stringify(message))
          .digest('base64url'),
      ),
    );
    expect(terminal.receipts.at(-1)).toMatchObject({ contiguous: 270, missing: [] });
    const { count } = await one(
      'SELECT count(*) FROM quarantine JOIN devices USING (device_no) WHERE device_id = $1',
      terminal.credentials.deviceId,
    );
    expect(count).toBe(30);
  });

  it('quarantines a message of more than 64 KiB and up to 1 MiB, and closes the connection at more', async () => {
    const terminal = await newTerminal();
    await terminal.listen('receipts');
    await terminal.publish('journal', Buffer.alloc(1_048_576, 'x'));
    await eventually(() => expect(terminal.receipts).toHaveLength(1));
    expect(terminal.receipts[0]!.results).toEqual([{ seq: null, outcome: 'quarantined', code: 'too-large' }]);
    const closed = terminal.closed();
    terminal.client.publish(`eparking/v1/${terminal.credentials.deviceId}/journal`, Buffer.alloc(1_048_577), {
      qos: 1,
    });
    await closed;
  });
});

describe('sign-in and its end', () => {
  it('refuses a wrong password, another user name, an unknown device and a will on a forbidden topic', async () => {
    const device = await newDevice();
    expect(await refusalOf(device, { password: 'wrong' })).toBe(4);
    expect(await refusalOf(device, { username: 'hh-9999' })).toBe(2);
    expect(await refusalOf({ ...device, deviceId: 'hh-9999' })).toBe(4);
    expect(await refusalOf(device, { will: { topic: 'eparking/v1/hh-9999/status', payload: Buffer.from('x') } })).toBe(
      5,
    );
    expect(await refusalOf(device)).toBe(0);
  });

  it('closes the live connection at a rotation, and takes only the new password', async () => {
    const terminal = await newTerminal();
    const closed = terminal.closed();
    const { deviceId } = terminal.credentials;
    const rotated = await write(database, ADMIN, (tx) => rotateDevice(tx, sealer, deviceId));
    await closed;
    expect(rotated.epoch).toBe(2);
    expect(await refusalOf(terminal.credentials)).toBe(4);
    expect(await refusalOf(rotated)).toBe(0);
  });

  it('closes the live connection at a revocation, refuses the next, and takes it again once it is reinstated', async () => {
    const terminal = await newTerminal();
    const closed = terminal.closed();
    const set = (status: 'active' | 'revoked') =>
      write(database, ADMIN, (tx) => setDeviceStatus(tx, terminal.credentials.deviceId, status));
    await set('revoked');
    await closed;
    expect(await refusalOf(terminal.credentials)).toBe(5);
    await set('active');
    expect(await refusalOf(terminal.credentials)).toBe(0);
  });

  it('leaves a device alone when another one is changed', async () => {
    const [kept, other] = [await newTerminal(), await newTerminal()];
    const closed = other.closed();
    await write(database, ADMIN, (tx) => setDeviceStatus(tx, other.credentials.deviceId, 'revoked'));
    await closed;
    await kept.publish('journal', kept.record({ reason: 'x', firmware: '1' }));
  });
});

describe('presence', () => {
  it('tells who is connected where, what was heard, and when it ended', async () => {
    const before = Date.now() - 1;
    const terminal = await newTerminal();
    const { deviceId } = terminal.credentials;
    await eventually(async () => expect(await presenceOf(deviceId)).toMatchObject({ gateway_id: gateway.id }));
    await terminal.publish('telemetry', { v: 1, at: new Date().toISOString(), battery: 87 });
    await terminal.publish('status', { v: 1, state: 'online' }, true);
    await terminal.publish('journal', terminal.record({ reason: 'x', firmware: '1' }));
    await eventually(async () => {
      const row = await presenceOf(deviceId);
      expect(row).toMatchObject({ telemetry: { battery: 87 }, status: 'online', disconnected_at: null });
      for (const column of ['connected_at', 'heard_at', 'journal_at', 'telemetry_at'])
        expect(row[column]).toBeGreaterThanOrEqual(before);
    });
    await terminal.end();
    await eventually(async () => {
      const row = await presenceOf(deviceId);
      expect(row['gateway_id']).toBeNull();
      expect(row['disconnected_at']).toBeGreaterThanOrEqual(before);
    });
    const beat = await one('SELECT heartbeat_at FROM gateway_instances WHERE id = $1', gateway.id);
    expect(beat['heartbeat_at']).toBeGreaterThan(before - 60_000);
  });

  it('takes the will of a lost connection for its status, and retains it', async () => {
    const device = await newDevice();
    const topic = `eparking/v1/${device.deviceId}/status`;
    const payload = Buffer.from('{"v":1,"state":"offline"}');
    const lost = await terminalOf(device, { will: { topic, payload, qos: 1, retain: true } });
    await lost.publish('status', { v: 1, state: 'online' }, true);
    lost.client.stream.destroy();
    await eventually(async () => expect(await presenceOf(device.deviceId)).toMatchObject({ status: 'offline' }));
    const back = await terminalOf(device);
    await back.listen('status');
    await eventually(() =>
      expect(back.received).toEqual([{ channel: 'status', message: { v: 1, state: 'offline' }, retain: true }]),
    );
  });

  it('is passed from one gateway to another, and the older connection is closed', async () => {
    const second = await startGateway(server.urlFor('gateway'));
    const older = await newTerminal();
    const { deviceId } = older.credentials;
    await eventually(async () => expect(await presenceOf(deviceId)).toMatchObject({ gateway_id: gateway.id }));
    const closed = older.closed();
    const newer = await Terminal.connect(second.mqtt, older.credentials);
    await closed;
    await eventually(async () => expect(await presenceOf(deviceId)).toMatchObject({ gateway_id: second.id }));
    await newer.end();
    await second.stop();
  });
});

describe('what is malformed beside the journal', () => {
  it('is acknowledged, dropped, counted, and told in one open alarm a channel', async () => {
    const terminal = await newTerminal();
    await terminal.listen();
    const { deviceId } = terminal.credentials;
    await terminal.publish('telemetry', Buffer.from('not json'));
    await terminal.publish('telemetry', { v: 1, at: 'yesterday' });
    await terminal.publish('status', { v: 1, state: 'asleep' }, true);
    await terminal.publish('replies', Buffer.alloc(70_000, '1'));
    await terminal.publish('requests', Buffer.alloc(0));
    const alarms = () =>
      database.query<{ key: string; detail: { count: number } }>(
        `SELECT a.key, a.detail FROM alarms a JOIN devices USING (device_no) WHERE device_id = $1 ORDER BY key`,
        [deviceId],
      );
    await eventually(async () =>
      expect((await alarms()).map(({ key }) => key.split(':')[2])).toEqual([
        'replies',
        'requests',
        'status',
        'telemetry',
      ]),
    );
    expect((await alarms()).at(-1)!.detail).toMatchObject({ deviceId, channel: 'telemetry', count: 2 });
    expect(terminal.received.filter(({ channel }) => channel !== 'config')).toEqual([]);
  });
});

describe('commands', () => {
  const give = async (deviceId: string, name: CommandName, args: object, lifeMs = 60_000): Promise<string> => {
    const { device_no: deviceNo } = await one('SELECT device_no FROM devices WHERE device_id = $1', deviceId);
    const now = Date.now();
    const command = {
      deviceNo: deviceNo as number,
      name,
      args: { ...args },
      expiresAt: now + lifeMs,
      createdBy: 'admin',
    };
    return enqueueCommand(database, command, now);
  };

  it('come to a connected device at once, and its answer ends them', async () => {
    const terminal = await newTerminal();
    await terminal.listen('commands');
    const id = await give(terminal.credentials.deviceId, 'message', { text: 'halo' });
    await eventually(() => expect(terminal.messages<Command>('commands')).toHaveLength(1));
    expect(terminal.messages<Command>('commands')[0]).toMatchObject({
      v: 1,
      id,
      name: 'message',
      args: { text: 'halo' },
    });
    await terminal.publish('replies', { v: 1, id, ok: false, code: 'busy' });
    expect(await one('SELECT ok, code, sends FROM device_commands WHERE id = $1', id)).toEqual({
      ok: false,
      code: 'busy',
      sends: 1,
    });
    await terminal.publish('replies', { v: 1, id: 'of nobody', ok: true });
  });

  it('wait for an absent device, come when it subscribes, and come again after a reconnect until answered', async () => {
    const device = await newDevice();
    const id = await give(device.deviceId, 'lock', {});
    await give(device.deviceId, 'unlock', {}, -1_000);
    const first = await terminalOf(device);
    await first.listen('commands');
    await eventually(() => expect(first.messages<Command>('commands').map((command) => command.id)).toEqual([id]));
    await first.end();
    const second = await terminalOf(device);
    await second.listen('#');
    await eventually(() => expect(second.messages<Command>('commands').map((command) => command.id)).toEqual([id]));
  });

  it('come to a session that is taken up again, without a new subscription', async () => {
    const device = await newDevice();
    const first = await terminalOf(device, { clean: false });
    await first.listen('commands');
    await first.end();
    const id = await give(device.deviceId, 'lock', {});
    const second = await terminalOf(device, { clean: false });
    await eventually(() => expect(second.messages<Command>('commands').map((command) => command.id)).toEqual([id]));
  });
});

describe('configuration', () => {
  it('is there, retained, at the first subscription, and comes anew when the registry changes', async () => {
    const device = await provision(database, 'hh-7001', 'MDN-700');
    const terminal = await terminalOf(device);
    await terminal.listen('config');
    await eventually(() => expect(terminal.received).toHaveLength(1));
    expect(terminal.received[0]).toMatchObject({
      retain: true,
      message: { deviceId: 'hh-7001', point: { code: 'MDN-700' } },
    });
    await database.query(`UPDATE points SET name = 'Renamed' WHERE code = 'MDN-700'`);
    await eventually(() => expect(terminal.received).toHaveLength(2));
    const [first, second] = terminal.messages<DeviceConfig>('config');
    expect(second).toMatchObject({ point: { name: 'Renamed' } });
    expect(second!.version).toBeGreaterThan(first!.version);
    const { device_no: deviceNo } = await one('SELECT device_no FROM devices WHERE device_id = $1', 'hh-7001');
    await terminal.listen('commands');
    const now = Date.now();
    const sync = {
      deviceNo: deviceNo as number,
      name: 'sync-config' as const,
      args: {},
      expiresAt: now + 60_000,
      createdBy: 'admin',
    };
    await enqueueCommand(database, sync, now);
    await eventually(() => expect(terminal.messages<DeviceConfig>('config')).toHaveLength(3));
    expect(terminal.messages<DeviceConfig>('config')[2]).toEqual(second);
  });
});

describe('QRIS requests', () => {
  it('are answered as unavailable while no acquirer is connected', async () => {
    const terminal = await newTerminal();
    await terminal.listen('payments');
    const at = new Date().toISOString();
    await terminal.publish('requests', { v: 1, requestId: 'r-1', at, vehicleClass: 'car', amount: 4000 });
    await eventually(() =>
      expect(terminal.messages('payments')).toMatchObject([{ v: 1, requestId: 'r-1', state: 'unavailable' }]),
    );
  });
});

describe('the gateway’s HTTP port', () => {
  const get = async (path: string): Promise<[number, string]> => {
    const response = await fetch(`http://127.0.0.1:${gateway.http}${path}`);
    return [response.status, await response.text()];
  };

  it('tells that it lives, is ready, and its figures', async () => {
    expect((await get('/health/live'))[0]).toBe(200);
    expect((await get('/health/ready'))[0]).toBe(200);
    const [, figures] = await get('/metrics');
    for (const name of ['ack_delay_seconds_count', 'batch_messages_sum', 'closed_connections_total', 'in_flight_bytes'])
      expect(figures).toMatch(new RegExp(`^eparking_gateway_${name}`, 'm'));
    expect(figures).toMatch(/^eparking_gateway_quarantined_total\{.*code="bad-json".*\} 30$/m);
  });

  it('serves MQTT over WebSocket on /mqtt', async () => {
    const device = await newDevice();
    const { deviceId, mqttPassword } = device;
    const client = await mqtt.connectAsync(`ws://127.0.0.1:${gateway.http}/mqtt`, {
      clientId: deviceId,
      username: deviceId,
      password: mqttPassword,
      reconnectPeriod: 0,
    });
    await client.publishAsync(
      `eparking/v1/${deviceId}/telemetry`,
      JSON.stringify({ v: 1, at: new Date().toISOString() }),
      { qos: 1 },
    );
    await client.endAsync();
    const plain = await fetch(`http://127.0.0.1:${gateway.http}/mqtt`);
    expect(plain.status).toBe(404);
  });
});
