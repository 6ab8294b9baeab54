import { Ajv2020 } from 'ajv/dist/2020.js';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../libs/testing/src/index.js';
import { Admin, type Provisioned } from './support/admin.js';
import { MosquittoTerminal, run, type Receipt } from './support/mosquitto.js';
import { startSystem, type System } from './support/system.js';

/**
 * A terminal of somebody else's: Debian's mosquitto clients, openssl and the published documents, against the built
 * gateway and admin API. Nothing of the project's own code seals, canonicalises or speaks MQTT here.
 */

const documents = join(import.meta.dirname, '../docs/protocol');
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const schemaOf = (channel: string) =>
  ajv.compile(JSON.parse(readFileSync(join(documents, 'schemas', `${channel}.json`), 'utf8')) as object);
const isReceipt = schemaOf('receipts');
const isConfig = schemaOf('config');

const DAY = '2026-11-21';
const AT = `${DAY}T09:15:02+07:00`;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Seals records whose fields are written in canonical order already: no canonicaliser is needed. */
class Sealer {
  seq = 0;
  prev = '';

  constructor(private readonly device: Provisioned) {}

  next(type: string, body: object, at = AT): string {
    this.seq += 1;
    const { text, mac } = this.seal(this.seq, type, body, this.prev, at);
    this.prev = mac;
    return text;
  }

  /** @param body with its keys in order */
  seal(
    seq: number,
    type: string,
    body: object,
    prev: string,
    at = AT,
    epoch = this.device.epoch,
  ): { text: string; mac: string } {
    const unsealed = { at, body, epoch, prev, seq, type, v: 1 };
    const key = Buffer.from(this.device.journalKey, 'base64url');
    const mac = createHmac('sha256', key).update(JSON.stringify(unsealed)).digest('base64url');
    return { text: JSON.stringify({ ...unsealed, mac }), mac };
  }
}

const payment = (amount: number) => ({
  amount,
  attendant: '',
  method: 'cash',
  shift: '',
  tariff: 'T-1',
  vehicleClass: 'car',
});

const outcomes = (receipt: Receipt) => receipt.results.map(({ seq, outcome, code }) => [seq, code ?? outcome]);

let system: System;
let admin: Admin;

beforeAll(async () => {
  system = await startSystem();
  admin = await Admin.signIn(system);
  await admin.point('E2E-1');
}, 180_000);

afterAll(() => system?.stop());

/** A freshly provisioned device, with somebody to publish for it and somebody to seal. */
async function provision(deviceId: string) {
  const device = await admin.device(deviceId, 'E2E-1');
  return { device, terminal: new MosquittoTerminal(device, system.mqttPort), sealer: new Sealer(device) };
}

const incomeOf = async (deviceDay: string): Promise<{ count: number; amount: number }> =>
  (await admin.get(`/income?from=${deviceDay}&to=${deviceDay}&groupBy=point`)).total as {
    count: number;
    amount: number;
  };

describe('provisioning', () => {
  it('gives what the protocol document says, once', async () => {
    const { device } = await provision('hh-e2e-01');
    expect(device).toMatchObject({ deviceId: 'hh-e2e-01', epoch: 1 });
    expect(device.journalKey).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(
      await admin.request('POST', '/devices', { deviceId: 'hh-e2e-01', kind: 'handheld', point: 'E2E-1' }),
    ).toMatchObject({ status: 409 });
    expect(await admin.get('/devices/hh-e2e-01')).toMatchObject({
      presence: 'never',
      epoch: 1,
      contiguous: 0,
      missing: [],
    });
    expect(JSON.stringify(await admin.get('/devices/hh-e2e-01'))).not.toContain(device.mqttPassword);
  });
});

describe('the terminal of the protocol document (examples/terminal.sh)', () => {
  it('journals payments and a void from a shell, and its journal is the income', async () => {
    const day = '2026-10-05';
    const { device } = await provision('hh-e2e-02');
    const spool = mkdtempSync(join(tmpdir(), 'eparking-terminal-'));
    const env = {
      PATH: process.env['PATH'],
      EP_DEVICE: device.deviceId,
      EP_PASSWORD: device.mqttPassword,
      EP_KEY: device.journalKey,
      EP_EPOCH: String(device.epoch),
      EP_PORT: String(system.mqttPort),
      EP_SPOOL: spool,
    };
    const record = async (type: string, body: object, time: string): Promise<Receipt> => {
      const script = join(documents, 'examples/terminal.sh');
      const ended = await run('sh', [script, 'record', type, JSON.stringify(body), `${day}T${time}+07:00`], '', env);
      expect([ended.code, ended.stderr]).toEqual([0, '']);
      const receipt = JSON.parse(ended.stdout) as Receipt;
      expect([isReceipt(receipt), isReceipt.errors]).toEqual([true, null]);
      return receipt;
    };
    try {
      expect(outcomes(await record('payment', payment(4000), '09:00:00'))).toEqual([[1, 'accepted']]);
      expect(outcomes(await record('payment', payment(5000), '09:05:00'))).toEqual([[2, 'accepted']]);
      expect(await incomeOf(day)).toMatchObject({ count: 2, amount: 9000 });
      const last = await record('void', { reason: 'wrong class', voids: 2 }, '09:06:00');
      expect(last).toMatchObject({ epoch: 1, contiguous: 3, missing: [] });
      expect(last.results[0]!.flags ?? []).not.toContain('broken-chain');
      expect(await incomeOf(day)).toMatchObject({ count: 1, amount: 4000 });
    } finally {
      rmSync(spool, { recursive: true, force: true });
    }
  });
});

describe('a journal from a foreign client', () => {
  it('counts a record once however often it is published, and income is right when the PUBACK has come', async () => {
    const day = '2026-10-06';
    const { terminal, sealer } = await provision('hh-e2e-03');
    const text = sealer.next('payment', payment(4000), `${day}T10:00:00+07:00`);
    expect((await terminal.publish('journal', text)).code).toBe(0);
    expect(await incomeOf(day)).toMatchObject({ count: 1, amount: 4000 });
    const again = await terminal.ask(text);
    expect(again).toMatchObject({ v: 1, of: sha256(text), epoch: 1, contiguous: 1, missing: [] });
    expect(again.results).toEqual([{ seq: 1, outcome: 'duplicate' }]);
    const respelt = `[ ${text.replace('"amount":4000', '"amount" : 4e3')} ]`;
    expect(outcomes(await terminal.ask(respelt))).toEqual([[1, 'duplicate']]);
    expect(await incomeOf(day)).toMatchObject({ count: 1, amount: 4000 });
  });

  it('keeps the first of two contents under one number and tells the other as a conflict', async () => {
    const day = '2026-10-07';
    const { terminal, sealer } = await provision('hh-e2e-04');
    const at = `${day}T10:00:00+07:00`;
    expect(outcomes(await terminal.ask(sealer.next('payment', payment(4000), at)))).toEqual([[1, 'accepted']]);
    expect(outcomes(await terminal.ask(sealer.seal(1, 'payment', payment(1000), '', at).text))).toEqual([
      [1, 'conflict'],
    ]);
    expect(await incomeOf(day)).toMatchObject({ count: 1, amount: 4000 });
  });

  it('answers an array record by record, keeps what is faulty in quarantine and tells what is missing', async () => {
    const { device, terminal, sealer } = await provision('hh-e2e-05');
    const first = sealer.next('boot', { firmware: '1.0', reason: 'power' });
    const forged = sealer.next('payment', payment(2000)).replace('"amount":2000', '"amount":1000');
    const badBody = sealer.next('payment', { ...payment(2000), vehicleClass: 'zeppelin' });
    const openTop = first.replace('"v":1', '"v":1,"extra":1');
    const foreignEpoch = sealer.seal(1, 'boot', { firmware: '', reason: '' }, '', AT, 7).text;
    const last = sealer.next('test', { amount: 1000, technician: 'TECH-1' });
    const receipt = await terminal.ask(`[${[first, forged, badBody, openTop, last].join(',\n')}]`);
    expect([isReceipt(receipt), isReceipt.errors]).toEqual([true, null]);
    expect(outcomes(receipt)).toEqual([
      [1, 'accepted'],
      [2, 'bad-mac'],
      [3, 'bad-schema'],
      [1, 'bad-schema'],
      [4, 'accepted'],
    ]);
    expect(receipt).toMatchObject({ contiguous: 1, missing: [[2, 2]] });
    expect(await terminal.ask(foreignEpoch)).toMatchObject({
      epoch: 7,
      results: [{ seq: 1, outcome: 'quarantined', code: 'unknown-epoch' }],
      contiguous: 0,
      missing: [],
    });
    expect(await admin.get(`/devices/${device.deviceId}`)).toMatchObject({ contiguous: 1, missing: [[2, 2]] });
    const { rows, total } = await admin.get(`/quarantine?deviceId=${device.deviceId}`);
    expect(total).toBe(4);
    expect((rows as { code: string }[]).map(({ code }) => code).sort()).toEqual([
      'bad-mac',
      'bad-schema',
      'bad-schema',
      'unknown-epoch',
    ]);
    expect((await admin.get(`/quarantine?deviceId=${device.deviceId}&code=bad-mac`)).total).toBe(1);
  });

  it('quarantines a message that cannot be read, or that is too large, and goes on', async () => {
    const { device, terminal, sealer } = await provision('hh-e2e-06');
    const unreadable = await terminal.ask('{"v":1,');
    expect(unreadable).toMatchObject({ of: sha256('{"v":1,'), epoch: 1 });
    expect(outcomes(unreadable)).toEqual([[null, 'bad-json']]);
    expect(outcomes(await terminal.ask('\ufeff{}'))).toEqual([[null, 'bad-json']]);
    expect(outcomes(await terminal.ask('[]'))).toEqual([[null, 'bad-schema']]);
    expect(outcomes(await terminal.ask(`"${'x'.repeat(70_000)}"`))).toEqual([[null, 'too-large']]);
    expect(outcomes(await terminal.ask(`[${Array.from({ length: 101 }, () => '{}').join(',')}]`))).toEqual([
      [null, 'too-large'],
    ]);
    const over = await terminal.publish('journal', 'x'.repeat(1_100_000));
    expect(over.code).not.toBe(0);
    expect(outcomes(await terminal.ask(sealer.next('boot', { firmware: '1.0', reason: 'power' })))).toEqual([
      [1, 'accepted'],
    ]);
    expect((await admin.get(`/quarantine?deviceId=${device.deviceId}`)).total).toBe(5);
  });

  it('finds its records again after a rotation, each epoch under its own key', async () => {
    const { device, terminal, sealer } = await provision('hh-e2e-07');
    const spooled = sealer.next('boot', { firmware: '1.0', reason: 'power' });
    const rotated = await admin.request('POST', `/devices/${device.deviceId}/rotate`);
    expect(rotated).toMatchObject({ status: 201, body: { deviceId: device.deviceId, epoch: 2 } });
    expect((await terminal.publish('journal', spooled)).code).not.toBe(0);
    const anew = new MosquittoTerminal(rotated.body as Provisioned, system.mqttPort);
    expect(await anew.ask(spooled)).toMatchObject({ epoch: 1, results: [{ seq: 1, outcome: 'accepted' }] });
    const fresh = new Sealer(rotated.body as Provisioned).next('boot', { firmware: '1.0', reason: 'rotated' });
    expect(await anew.ask(fresh)).toMatchObject({
      epoch: 2,
      results: [{ seq: 1, outcome: 'accepted' }],
      contiguous: 1,
    });
  });
});

describe('the door', () => {
  it('refuses a wrong password, an unknown device, a foreign client id and a will on a foreign topic', async () => {
    const { device, terminal } = await provision('hh-e2e-08');
    const status = terminal.topic('status');
    const ask = (more: string[]) =>
      terminal.run('mosquitto_pub', ['-q', '1', '-t', status, '-m', '{"v":1,"state":"online"}', ...more]);
    expect((await ask([])).code).toBe(0);
    expect((await ask(['-P', 'wrong'])).stderr).toMatch(/not authorised|bad user name or password/i);
    expect((await ask(['-u', 'hh-none', '-i', 'hh-none'])).stderr).toMatch(/not authorised|bad user name or password/i);
    expect((await ask(['-i', `${device.deviceId}-b`])).stderr).toMatch(/not authorised|identifier rejected/i);
    const will = ['--will-topic', 'eparking/v1/hh-e2e-01/status', '--will-payload', 'x'];
    expect((await terminal.run('mosquitto_sub', ['-t', status, '-W', '3', ...will])).stderr).toMatch(
      /not authorised|bad user name/i,
    );
  });

  it('lets a device publish and subscribe on its own topics only', async () => {
    const { terminal } = await provision('hh-e2e-09');
    for (const topic of ['eparking/v1/hh-e2e-01/journal', terminal.topic('receipts'), 'other']) {
      expect((await terminal.run('mosquitto_pub', ['-q', '1', '-t', topic, '-m', '{}'])).code).not.toBe(0);
    }
    for (const filter of ['#', 'eparking/v1/+/receipts', 'eparking/v1/hh-e2e-01/receipts']) {
      expect((await terminal.run('mosquitto_sub', ['-q', '1', '-t', filter, '-W', '3'])).stderr).toMatch(
        /denied|rejected/i,
      );
    }
    const own = await terminal.run('mosquitto_sub', ['-q', '1', '-t', 'eparking/v1/hh-e2e-09/#', '-W', '1', '-E']);
    expect([own.code, own.stderr]).toEqual([0, '']);
  });

  it('shows presence, and closes for good on revocation', async () => {
    const { device, terminal } = await provision('hh-e2e-10');
    const presence = async () => (await admin.get(`/devices/${device.deviceId}`)).presence as string;
    const listening = terminal.run('mosquitto_sub', ['-q', '1', '-t', terminal.topic('commands'), '-W', '20']);
    await eventually(async () => expect(await presence()).not.toMatch(/never|offline/));
    expect((await admin.request('POST', `/devices/${device.deviceId}/revoke`)).status).toBe(204);
    // mosquitto_sub would come back by itself: each return is refused.
    expect((await listening).code).not.toBe(0);
    expect((await terminal.publish('status', '{"v":1,"state":"online"}')).code).not.toBe(0);
    await eventually(async () => expect(await presence()).toBe('offline'));
  });
});

describe('what comes down', () => {
  it('is a retained configuration that fits its published schema', async () => {
    const { device, terminal } = await provision('hh-e2e-11');
    const [config] = await terminal.hear('config');
    expect([isConfig(config), isConfig.errors]).toEqual([true, null]);
    expect(config).toMatchObject({ v: 1, deviceId: device.deviceId, point: { code: 'E2E-1' } });
  });

  it('answers a QRIS request', async () => {
    const { terminal } = await provision('hh-e2e-12');
    const request = { v: 1, requestId: 'r-1', at: AT, vehicleClass: 'car', amount: 4000 };
    const topics = ['-t', terminal.topic('requests'), '-e', terminal.topic('payments')];
    const ended = await terminal.run('mosquitto_rr', ['-q', '1', '-W', '20', ...topics, '-m', JSON.stringify(request)]);
    const answer = JSON.parse(ended.stdout) as object;
    expect([schemaOf('payments')(answer), answer]).toEqual([true, expect.objectContaining({ requestId: 'r-1' })]);
  });
});
