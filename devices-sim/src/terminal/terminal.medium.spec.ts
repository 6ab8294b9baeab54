import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom, systemClock } from '@app/kernel';
import type { JournalRecord } from '@app/protocol';
import { eventually } from '@app/testing';
import { StandInGateway } from '../../../libs/testing/src/stand-in-gateway.js';
import type { SimDevice } from '../city/city.js';
import type { RecordEvent } from '../day/events.js';
import { Tally } from './tally.js';
import { Terminal } from './terminal.js';

/** The real terminal on a real broker that stands for the gateway: what counts is what the terminal does. */
const device: SimDevice = {
  deviceId: 'hh-0001',
  kind: 'handheld',
  mqttPassword: 'secret',
  journalKey: Buffer.alloc(32, 7).toString('base64url'),
  epoch: 1,
};

let standIn: StandInGateway;
let folder: string;
let terminals: Terminal[];
let troubles: string[];
beforeEach(async () => {
  standIn = await StandInGateway.start(device.mqttPassword);
  folder = await mkdtemp(join(tmpdir(), 'terminal-'));
  terminals = [];
  troubles = [];
});
afterEach(async () => {
  await Promise.all(terminals.map((terminal) => terminal.stop()));
  await standIn.stop();
  await rm(folder, { recursive: true });
});

const sent = () => standIn.of('journal').flatMap((payload) => JSON.parse(payload) as JournalRecord | JournalRecord[]);

async function open(changes: Partial<SimDevice> = {}): Promise<Terminal> {
  const terminal = await Terminal.open({
    device: { ...device, ...changes },
    url: standIn.url,
    folder,
    random: seededRandom(1),
    clock: systemClock,
    tally: new Tally(),
    onTrouble: (message) => troubles.push(message),
  });
  terminals.push(terminal);
  return terminal;
}

/** Waits up to 15 s, and says in vain for what. */
function until(condition: () => boolean, what: string): Promise<void> {
  const check = () => {
    if (!condition()) throw new Error(`in vain waited for: ${what}`);
  };
  return eventually(check, { withinMs: 15_000 });
}

const payment = (n: number, changes: Partial<RecordEvent> = {}): RecordEvent => ({
  kind: 'record',
  deviceId: device.deviceId,
  at: Date.now(),
  id: `e${n}`,
  withheld: false,
  draft: {
    type: 'payment',
    body: { vehicleClass: 'car', amount: 4000, method: 'cash', tariff: 'T', shift: 'S', attendant: 'A' },
  },
  ...changes,
});
const payments = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => payment(from + n));
const range = (to: number) => Array.from({ length: to }, (_, n) => n + 1);

test('tells that it is online, sends what was recorded before in batches of at most 100, and erases it', async () => {
  const terminal = await open();
  await terminal.record(payments(1, 250));
  expect(terminal.queued).toBe(250);
  terminal.start();
  await until(() => terminal.queued === 0, 'an empty spool');
  expect(standIn.of('status')).toEqual(['{"v":1,"state":"online"}']);
  expect(sent().map((r) => r.seq)).toEqual(range(250));
  const sizes = standIn.of('journal').map((payload) => (JSON.parse(payload) as unknown[]).length);
  expect(Math.max(...sizes)).toBe(100);
});

test('sends a record alone when it is alone', async () => {
  const terminal = await open();
  terminal.start();
  await until(() => terminal.isOnline, 'a connection');
  await terminal.record([payment(1)]);
  await until(() => terminal.queued === 0, 'an empty spool');
  expect(JSON.parse(standIn.of('journal')[0]!)).toMatchObject({ seq: 1, type: 'payment' });
});

test('keeps everything while the gateway commits nothing, and sends it when it does', async () => {
  const terminal = await open();
  standIn.refusesJournal = true;
  terminal.start();
  await until(() => terminal.isOnline, 'a connection');
  await terminal.record(payments(1, 30));
  await until(() => !terminal.isOnline, 'the closed connection');
  expect(terminal.queued).toBe(30);
  standIn.refusesJournal = false;
  await until(() => terminal.queued === 0, 'an empty spool');
  expect(new Set(sent().map((r) => r.seq))).toEqual(new Set(range(30)));
});

test('loses nothing when the connection is cut again and again', async () => {
  const terminal = await open();
  terminal.start();
  for (let round = 0; round < 4; round++) {
    await terminal.record(payments(round * 200 + 1, round * 200 + 200));
    await until(() => terminal.isOnline, 'a connection');
    standIn.cutAll();
    await until(() => !terminal.isOnline, 'the cut');
  }
  await until(() => terminal.queued === 0, 'an empty spool');
  expect(new Set(sent().map((r) => r.seq))).toEqual(new Set(range(800)));
}, 30_000);

test('after a reboot it goes on with its numbers, its chain and its drawer, and sends what had waited', async () => {
  const before = await open();
  await before.record(payments(1, 3));
  await before.stop();
  const after = await open();
  await after.record([
    payment(4, { draft: { type: 'void', target: 'e3', reason: 'r' } }),
    payment(5, { draft: { type: 'shift-close', shift: 'S', attendant: 'A', shortRupiah: 0 } }),
  ]);
  after.start();
  await until(() => after.queued === 0, 'an empty spool');
  const records = sent() as (JournalRecord & { mac: string })[];
  expect(records.map((r) => r.seq)).toEqual(range(5));
  expect(records.slice(1).map((r) => r.prev)).toEqual(records.slice(0, -1).map((r) => r.mac));
  expect(records[3]!.body).toEqual({ voids: 3, reason: 'r' });
  expect(records[4]!.body).toMatchObject({ cashDeclared: 8000 });
});

test('a terminal that was provisioned anew sends the spool of its old epoch first, and begins at 1', async () => {
  const old = await open();
  await old.record(payments(1, 2));
  await old.stop();
  const renewed = await open({ epoch: 2, journalKey: Buffer.alloc(32, 9).toString('base64url') });
  await renewed.record([payment(3)]);
  renewed.start();
  await until(() => renewed.queued === 0, 'an empty spool');
  expect(sent().map((r) => [r.epoch, r.seq])).toEqual([
    [1, 1],
    [1, 2],
    [2, 1],
  ]);
});

test('obeys: sends records again byte for byte, says when it no longer has them, locks and unlocks', async () => {
  const terminal = await open();
  terminal.start();
  await terminal.record([payment(1), payment(2, { withheld: true }), payment(3)]);
  await until(() => terminal.isOnline && terminal.queued === 0, 'an empty spool');
  const first = sent();
  expect(first.map((r) => r.seq)).toEqual([1, 3]);
  const expiresAt = '2099-01-01T00:00:00Z';
  standIn.say(device.deviceId, 'commands', {
    v: 1,
    id: 'c1',
    name: 'resend',
    args: { epoch: 1, from: 1, to: 1 },
    expiresAt,
  });
  standIn.say(device.deviceId, 'commands', {
    v: 1,
    id: 'c2',
    name: 'resend',
    args: { epoch: 1, from: 2, to: 2 },
    expiresAt,
  });
  standIn.say(device.deviceId, 'commands', { v: 1, id: 'c3', name: 'lock', args: {}, expiresAt });
  await until(() => standIn.of('replies').length === 3, 'three replies');
  const replies = standIn.of('replies').map((reply) => JSON.parse(reply) as { id: string });
  replies.sort((a, b) => a.id.localeCompare(b.id));
  expect(replies).toEqual([
    { v: 1, id: 'c1', ok: true },
    { v: 1, id: 'c2', ok: false, code: 'not-kept' },
    { v: 1, id: 'c3', ok: true },
  ]);
  expect(sent().slice(2)).toEqual([first[0]]);
  expect(await terminal.record([payment(4)])).toEqual([]);
  standIn.say(device.deviceId, 'commands', { v: 1, id: 'c4', name: 'unlock', args: {}, expiresAt });
  await until(() => !terminal.isLocked, 'unlocking');
  expect(await terminal.record([payment(4)])).toEqual([{ id: 'e4', epoch: 1, seq: 4 }]);
});

test('takes the newest retained config', async () => {
  const terminal = await open();
  standIn.say(device.deviceId, 'config', { v: 1, version: 2, tariffs: [] }, true);
  terminal.start();
  await until(() => terminal.config?.version === 2, 'the retained config');
  standIn.say(device.deviceId, 'config', { v: 1, version: 1, tariffs: [] });
  standIn.say(device.deviceId, 'config', { v: 1, version: 3, tariffs: [] });
  await until(() => terminal.config?.version === 3, 'the newer config');
});

test('asks for a QRIS order and hears that there are none', async () => {
  const terminal = await open();
  terminal.start();
  await until(() => terminal.isOnline, 'a connection');
  const asked = terminal.orders.pay('car', 4000);
  await until(() => standIn.of('requests').length === 1, 'a request');
  const { requestId } = JSON.parse(standIn.of('requests')[0]!) as { requestId: string };
  standIn.say(device.deviceId, 'payments', { v: 1, requestId, state: 'unavailable', at: '2026-11-21T00:00:00Z' });
  expect(await asked).toBe('unavailable');
  expect(await terminal.orders.pay('car', 4000)).toBe('unavailable');
  expect(standIn.of('requests')).toHaveLength(1);
});

test('a dynamic order that is paid names itself', async () => {
  const terminal = await open();
  terminal.start();
  await until(() => terminal.isOnline, 'a connection');
  const asked = terminal.orders.pay('car', 4000);
  await until(() => standIn.of('requests').length === 1, 'a request');
  const { requestId } = JSON.parse(standIn.of('requests')[0]!) as { requestId: string };
  standIn.say(device.deviceId, 'payments', {
    v: 1,
    requestId,
    orderId: 'O1',
    qr: '000201',
    expiresAt: '2099-01-01T00:00:00Z',
  });
  standIn.say(device.deviceId, 'payments', {
    v: 1,
    orderId: 'O1',
    state: 'paid',
    rrn: 'R1',
    at: '2026-11-21T00:00:00Z',
  });
  expect(await asked).toEqual({ orderId: 'O1', rrn: 'R1' });
});

test('a wrong password is told once, and the records stay', async () => {
  const terminal = await open({ mqttPassword: 'wrong' });
  await terminal.record([payment(1)]);
  terminal.start();
  await until(() => troubles.length === 1, 'the trouble');
  await new Promise((done) => setTimeout(done, 2500));
  expect(troubles).toHaveLength(1);
  expect(troubles[0]).toMatch(/authori[sz]ed|password/i);
  expect(terminal.queued).toBe(1);
});
