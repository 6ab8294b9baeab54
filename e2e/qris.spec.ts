// Black box: the built gateway, worker and API; terminals over MQTT; a simulated provider that speaks SNAP BI over HTTP
// and shares no code with the system.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { seededRandom } from '@app/kernel';
import { jsonLog } from '../devices-sim/src/log.js';
import { ProviderServer } from '../devices-sim/src/provider/provider-server.js';
import { NO_MISHAPS, type ProviderSettings } from '../devices-sim/src/provider/provider-settings.js';
import { eventually, freePort } from '../libs/testing/src/index.js';
import { Admin } from './support/admin.js';
import { E2eDevice } from './support/device.js';
import { startSystem, type System } from './support/system.js';

jest.setTimeout(120_000);
const WAIT = { withinMs: 60_000, everyMs: 100 };
const NMID = 'ID1000000000001';

let system: System;
let admin: Admin;
let provider: ProviderServer;
let settings: ProviderSettings;
const folder = mkdtempSync(join(tmpdir(), 'eparking-provider-'));
const devices: E2eDevice[] = [];

beforeAll(async () => {
  system = await startSystem({
    services: ['gateway', 'admin-api', 'worker'],
    env: { EPARKING_RECONCILE_PAUSE: '1s', EPARKING_BOOKS_PAUSE: '1s', EPARKING_QRIS_VALID: '20s' },
  });
  admin = await Admin.signIn(system);
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  settings = {
    ...{ code: 'simbank', partnerId: 'SIM', merchantId: 'M-1', nmid: NMID, signature: 'symmetric', privateKey: '' },
    ...{ secret: randomBytes(24).toString('hex'), clientKey: publicKey, driverToken: randomBytes(16).toString('hex') },
    ...{ notifyUrl: `${system.apiUrl}/v1.0/qr/qr-mpm-notify`, port: await freePort(), feeBp: 70, cutOffs: ['00:00'] },
    ...{ settlementDays: 1, mishaps: NO_MISHAPS },
  };
  provider = new ProviderServer({
    settings,
    folder,
    random: seededRandom(7),
    now: () => Date.now(),
    log: jsonLog(() => undefined),
  });
  const port = await provider.start();
  await admin.point('MDN-001');
  const registered = await admin.request('POST', '/acquirers', {
    ...{ code: 'simbank', kind: 'snap', partnerId: 'SIM', merchantId: 'M-1', baseUrl: `http://127.0.0.1:${port}` },
    ...{ secret: settings.secret, privateKey, payees: [{ id: NMID }], feeBp: 70 },
  });
  expect(registered.status).toBe(201);
});
afterAll(async () => {
  await Promise.all(devices.map((device) => device.end()));
  await provider?.stop();
  await system?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function newDevice(): Promise<E2eDevice> {
  const device = new E2eDevice(
    system,
    await admin.device(`hh-${String(devices.length + 1).padStart(4, '0')}`, 'MDN-001'),
  );
  devices.push(device);
  return device.connect();
}

type Told = Record<string, string>;
const told = (device: E2eDevice): Told[] =>
  device.heard.filter(({ channel }) => channel === 'payments').map(({ payload }) => payload as Told);

async function offered(device: E2eDevice, requestId: string): Promise<Told> {
  const at = new Date().toISOString();
  await device.publish('requests', { v: 1, requestId, at, vehicleClass: 'car', amount: 4000 });
  return eventually(() => {
    const offer = told(device).find((message) => message.requestId === requestId && message.qr !== undefined);
    if (!offer) throw new Error(`no offer among ${JSON.stringify(told(device))}`);
    return offer;
  }, WAIT);
}

const paidState = (device: E2eDevice, orderId: string): Promise<Told> =>
  eventually(() => {
    const state = told(device).find((message) => message.orderId === orderId && message.state !== undefined);
    if (!state) throw new Error(`not told among ${JSON.stringify(told(device))}`);
    return state;
  }, WAIT);

async function journal(device: E2eDevice, { orderId, rrn }: Told): Promise<void> {
  const qris = { orderId: orderId!, rrn: rrn!, nmid: NMID };
  await device.journal(device.terminal.payment({ method: 'qris', qris }));
}

const orderOf = async (orderId: string) => (await admin.get(`/qris-orders?orderId=${orderId}`)).rows[0];
/** What stands about an order; what a later look no longer found is left out. */
const exceptionsAbout = async (orderId: string): Promise<string[]> => {
  const { rows } = await admin.get('/exceptions?limit=1000');
  const mine = rows.filter((row: { state: string }) => {
    const text = JSON.stringify(row);
    return row.state !== 'resolved' && (text.includes(orderId) || text.includes(orders.get(orderId)!));
  });
  return mine.map((row: { pattern: string; state: string }) => `${row.pattern} ${row.state}`).sort();
};
/** The provider's reference by order. */
const orders = new Map<string, string>();

async function pay(device: E2eDevice, requestId: string, notices: number): Promise<Told> {
  const offer = await offered(device, requestId);
  const payment = provider.service.pay(offer.qr!, notices);
  if (typeof payment === 'string') throw new Error(`the code is ${payment}`);
  orders.set(offer.orderId!, payment.referenceNo);
  return paidState(device, offer.orderId!);
}

describe('QRIS through SNAP BI', () => {
  /** An order that nobody pays; its time runs out while the others are looked at. */
  let forgotten: { device: E2eDevice; offer: Told };
  beforeAll(async () => {
    const device = await newDevice();
    forgotten = { device, offer: await offered(device, 'unpaid') };
  });

  it('goes the whole road: asked, shown, paid, told, journaled, settled, matched', async () => {
    const device = await newDevice();
    const states = await Promise.all([
      pay(device, 'honest', 1),
      // The notice comes twice: it changes nothing.
      pay(device, 'twice', 2),
      // The notice is lost: the system asks, while the driver still waits.
      pay(device, 'lost', 0),
      pay(device, 'never-journaled', 1),
    ]);
    expect(states.map(({ state }) => state)).toEqual(['paid', 'paid', 'paid', 'paid']);
    const [honest, twice, lost, silent] = states as [Told, Told, Told, Told];
    expect(await orderOf(lost.orderId!)).toMatchObject({ state: 'paid', rrn: lost.rrn });
    expect((await orderOf(lost.orderId!)).queries).toBeGreaterThan(0);
    for (const state of [honest, twice, lost]) await journal(device, state);
    await eventually(async () => {
      const notices = await admin.get(`/snap-notices?orderId=${twice.orderId}`);
      expect(notices.rows.map((row: { responseCode: string }) => row.responseCode)).toEqual(['2005200', '2005200']);
    }, WAIT);
    // Paid, and no record of it: known before the provider's file comes.
    await eventually(async () => {
      expect(await exceptionsAbout(silent.orderId!)).toEqual(['settled-not-recorded expected']);
      expect(await exceptionsAbout(honest.orderId!)).toEqual([]);
    }, WAIT);

    expect(provider.settle(Date.now() + 1)).toMatch(/^SIM-simbank-/);
    const [name] = readdirSync(join(folder, 'acquirer', 'simbank'));
    const form = new FormData();
    form.set('adapter', 'canonical');
    form.set('file', new Blob([readFileSync(join(folder, 'acquirer', 'simbank', name!))]), name!);
    const token = (admin as unknown as { token: string }).token;
    const sent = await fetch(`${system.apiUrl}/api/v1/settlements`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    expect(sent.status).toBeLessThan(300);
    await eventually(async () => {
      const day = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
      const { total } = await admin.get(`/waterfall?from=${day}&to=${day}&groupBy=day`);
      expect(total).toMatchObject({ recorded: 12_000, settled: 16_000 });
    }, WAIT);
    for (const { orderId } of [honest, twice, lost]) expect(await exceptionsAbout(orderId!)).toEqual([]);
    expect(await exceptionsAbout(silent.orderId!)).toEqual(['settled-not-recorded expected']);
  });

  it('survives a kill of the gateway between the offer and the payment', async () => {
    const device = await newDevice();
    const offer = await offered(device, 'killed');
    const gone = new Promise((resolve) => device.client.once('close', () => resolve(true)));
    await system.service('gateway').end('SIGKILL');
    await gone;
    provider.service.pay(offer.qr!, 1);
    await eventually(async () => expect((await orderOf(offer.orderId!)).state).toBe('paid'), WAIT);
    await system.service('gateway').start();
    await device.connect();
    expect(await paidState(device, offer.orderId!)).toMatchObject({ state: 'paid' });
  });

  it('lets an order that nobody pays expire', async () => {
    expect(await paidState(forgotten.device, forgotten.offer.orderId!)).toMatchObject({ state: 'expired' });
  });

  it('tells a terminal that there is no code while the provider is away', async () => {
    const device = await newDevice();
    await provider.stop();
    const at = new Date().toISOString();
    await device.publish('requests', { v: 1, requestId: 'away', at, vehicleClass: 'car', amount: 4000 });
    await eventually(
      () => expect(told(device)).toContainEqual(expect.objectContaining({ requestId: 'away', state: 'unavailable' })),
      WAIT,
    );
    await provider.start();
  });
});
