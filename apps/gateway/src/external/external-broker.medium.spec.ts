// Real: PostgreSQL, Debian's Mosquitto, gateway processes as in production, which are killed.
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { enqueueCommand, openDatabase, type Database } from '@app/persistence';
import type { Command, DeviceConfig } from '@app/protocol';
import { Sealer, type Credentials } from '@app/registry';
import {
  createTestDatabase,
  eventually,
  freePort,
  spawnTypeScript,
  startMosquitto,
  type TestDatabase,
  type TestMosquitto,
} from '@app/testing';
import { provision, startGateway, Terminal } from '../gateway.spec-support.js';

const main = new URL('../main.ts', import.meta.url).href;
const sealingKey = randomBytes(32);
const DEVICES = ['hh-0001', 'hh-0002', 'hh-0003', 'hh-0004'];
const GATEWAYS = ['gateway-1', 'gateway-2'];

let server: TestDatabase;
let database: Database;
let mosquitto: TestMosquitto;
const credentials = new Map<string, Credentials>();
const processes: ChildProcess[] = [];
const terminals: Terminal[] = [];

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase({ url: server.url });
  for (const device of [...DEVICES, 'hh-0005', 'hh-0006'])
    credentials.set(
      device,
      await provision(database, device, DEVICES.includes(device) ? 'MDN-001' : 'MDN-002', new Sealer([sealingKey])),
    );
  const users = new Map(GATEWAYS.map((name) => [name, 'secret-of-the-gateway']));
  for (const { deviceId, mqttPassword } of credentials.values()) users.set(deviceId, mqttPassword);
  mosquitto = await startMosquitto(users);
});
afterEach(async () => {
  for (const terminal of terminals.splice(0)) await terminal.client.endAsync(true);
  for (const child of processes.splice(0)) await ended(child, 'SIGKILL');
});
afterAll(async () => {
  await mosquitto.stop();
  await database.close();
  await server.drop();
});

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  return exited;
}

async function startProcess(name: string): Promise<ChildProcess> {
  const port = await freePort();
  const child = spawnTypeScript(main, {
    env: {
      DATABASE_URL: server.urlFor('gateway'),
      EPARKING_SEALING_KEY: sealingKey.toString('base64url'),
      EPARKING_GATEWAY_HTTP_PORT: String(port),
      EPARKING_BROKER_URL: mosquitto.urlOf(name),
      EPARKING_BROKER_CLIENT_ID: name,
      EPARKING_LOG_LEVEL: 'fatal',
    },
  });
  processes.push(child);
  await eventually(
    async () => {
      const response = await fetch(`http://127.0.0.1:${port}/health/ready`);
      if (!response.ok) throw new Error(await response.text());
    },
    { withinMs: 120_000, everyMs: 200 },
  );
  return child;
}

async function connect(deviceId: string): Promise<Terminal> {
  const terminal = await Terminal.connect(mosquitto.port, credentials.get(deviceId)!, {
    will: {
      topic: `eparking/v1/${deviceId}/status`,
      payload: '{"v":1,"state":"offline"}' as never,
      qos: 1,
      retain: true,
    },
  });
  terminals.push(terminal);
  return terminal;
}

const payment = (amount: number) => ({
  vehicleClass: 'car',
  amount,
  method: 'cash',
  tariff: 'T',
  shift: 'S1',
  attendant: 'A1',
});

async function figures(): Promise<{ records: number; sum: number; income: number }> {
  const [row] = await database.query<{ records: number; sum: number; income: number }>(
    `SELECT count(*)::int AS records, coalesce(sum(amount), 0)::int AS sum,
            (SELECT coalesce(sum(amount), 0)::int FROM income_days JOIN points ON id = point_id
              WHERE code = 'MDN-001') AS income FROM journal_records
       JOIN devices USING (device_no) WHERE device_id = ANY($1)`,
    [DEVICES],
  );
  return row!;
}

describe('behind the broker', () => {
  const start = () =>
    startGateway(server.urlFor('gateway'), {
      sealer: new Sealer([sealingKey]),
      env: { EPARKING_BROKER_URL: mosquitto.urlOf('gateway-1'), EPARKING_BROKER_CLIENT_ID: 'gateway-1' },
    });

  it('a terminal gets its configuration, receipts and commands, and is there while it says so', async () => {
    const gateway = await start();
    try {
      const terminal = await connect('hh-0005');
      await terminal.listen();
      await terminal.publish('status', { v: 1, state: 'online' }, true);
      await eventually(() => expect(terminal.messages<DeviceConfig>('config').length).toBeGreaterThan(0));
      const record = terminal.record(payment(2_000), { type: 'payment' });
      await terminal.publish('journal', record);
      await terminal.publish('journal', record);
      await eventually(() =>
        expect(terminal.receipts.map(({ results }) => results[0]!.outcome)).toEqual(['accepted', 'duplicate']),
      );
      const connected = async () =>
        (
          await database.query(
            'SELECT gateway_id FROM device_presence JOIN devices USING (device_no) WHERE device_id = $1',
            ['hh-0005'],
          )
        )[0];
      await eventually(async () => expect(await connected()).toEqual({ gateway_id: gateway.id }));
      const [{ deviceNo }] = (await database.query('SELECT device_no AS "deviceNo" FROM devices WHERE device_id = $1', [
        'hh-0005',
      ])) as [{ deviceNo: number }];
      const now = Date.now();
      const lock = { deviceNo, name: 'lock' as const, args: {}, expiresAt: now + 60_000, createdBy: 'admin' };
      await enqueueCommand(database, lock, now);
      await eventually(() => expect(terminal.messages<Command>('commands')).toHaveLength(1));
      await terminal.publish('replies', { v: 1, id: terminal.messages<Command>('commands')[0]!.id, ok: true });
      await eventually(async () =>
        expect(await database.query('SELECT ok FROM device_commands WHERE answered_at IS NOT NULL')).toEqual([
          { ok: true },
        ]),
      );
      terminal.client.stream.destroy(); // The broker publishes its will.
      await eventually(async () => expect(await connected()).toEqual({ gateway_id: null }));
    } finally {
      await gateway.stop();
    }
  });

  it('a terminal speaks for nobody else, and a stranger for nobody', async () => {
    const gateway = await start();
    try {
      const liar = await connect('hh-0006');
      const foreign = liar.client.publishAsync('eparking/v1/hh-0005/journal', '{}', { qos: 1 });
      await foreign.catch(() => undefined); // Mosquitto drops what it forbids, and says so or not.
      const terminal = await connect('hh-0006');
      await terminal.publish('journal', terminal.record(payment(3_000), { type: 'payment' }));
      await eventually(async () =>
        expect(
          await database.query(
            'SELECT device_id FROM journal_records JOIN devices USING (device_no) WHERE amount = 3000',
          ),
        ).toEqual([{ device_id: 'hh-0006' }]),
      );
      expect(await database.query('SELECT 1 FROM quarantine')).toEqual([]);
    } finally {
      await gateway.stop();
    }
  });
});

it('loses nothing and doubles nothing when a gateway behind the broker is killed and comes back', async () => {
  const each = 400;
  const [victim] = await Promise.all(GATEWAYS.map(startProcess));
  const all = await Promise.all(DEVICES.map(connect));
  const published = all.flatMap((terminal) =>
    Array.from({ length: each }, () =>
      terminal.publish('journal', terminal.record(payment(1_000), { type: 'payment' })),
    ),
  );
  await eventually(async () => expect((await figures()).records).toBeGreaterThan(50));
  await ended(victim!, 'SIGKILL');
  await Promise.all(published); // The broker has them all, whoever takes them.
  const killedAt = (await figures()).records;
  await startProcess(GATEWAYS[0]!);
  const wanted = DEVICES.length * each;
  await eventually(
    async () => expect(await figures()).toEqual({ records: wanted, sum: wanted * 1_000, income: wanted * 1_000 }),
    { withinMs: 60_000, everyMs: 100 },
  );
  expect(killedAt).toBeLessThan(wanted); // It was killed with work in its hands.
}, 300_000);
