// Real: PostgreSQL, MQTT. Seeded and bounded; `npm run test:fuzz -- --times 50 --seed 7` goes on for longer.
import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import packets from 'mqtt-packet';
import { openDatabase, type Database } from '@app/persistence';
import { topicOf } from '@app/protocol';
import type { Credentials } from '@app/registry';
import { createTestDatabase, eventually, type TestDatabase } from '@app/testing';
import { provision, startGateway, Terminal, type TestGateway } from './gateway.spec-support.js';

const TIMES = Number(process.env['FUZZ_TIMES'] ?? 1);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_126);

let server: TestDatabase;
let database: Database;
let gateway: TestGateway;
let honest: Terminal;
let hostile: Credentials;

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase({ url: server.url });
  gateway = await startGateway(server.urlFor('gateway'));
  honest = await Terminal.connect(gateway.mqtt, await provision(database, 'hh-honest'));
  hostile = await provision(database, 'hh-hostile');
});
afterAll(async () => {
  await honest.end();
  await gateway.stop();
  await database.close();
  await server.drop();
});

const payment = { vehicleClass: 'car', amount: 1000, method: 'cash', tariff: 'T', shift: 'S', attendant: 'A' };

/** An honest terminal goes on as if nothing were: what it is told is recorded, and recorded once. */
async function expectHonestServed(): Promise<void> {
  await honest.publish('journal', honest.record(payment, { type: 'payment' }));
  const [row] = await database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM journal_records JOIN devices USING (device_no) WHERE device_id = 'hh-honest'`,
  );
  expect(row!.n).toBe(honest.seq);
}

const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${gateway.http}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1] ?? 0);
};

function connectPacket(): Buffer {
  const { deviceId, mqttPassword } = hostile;
  return packets.generate({
    cmd: 'connect',
    clientId: deviceId,
    username: deviceId,
    password: Buffer.from(mqttPassword),
    clean: true,
    keepalive: 10,
  });
}

function frames(): Buffer[] {
  const topic = topicOf(hostile.deviceId, 'journal');
  const publish = { cmd: 'publish', topic, payload: '{"v":1}', messageId: 7, dup: false, retain: false } as const;
  return [
    packets.generate({ ...publish, qos: 1 }),
    packets.generate({ ...publish, qos: 2 }),
    packets.generate({ ...publish, qos: 0, topic: topicOf(hostile.deviceId, 'telemetry') }),
    packets.generate({ cmd: 'pubrel', messageId: 7 }),
    packets.generate({ cmd: 'puback', messageId: 1 }),
    packets.generate({
      cmd: 'subscribe',
      messageId: 8,
      subscriptions: [{ topic: `eparking/v1/${hostile.deviceId}/#`, qos: 1 }],
    }),
    packets.generate({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: ['eparking/#'] }),
    packets.generate({ cmd: 'pingreq' }),
    packets.generate({ cmd: 'disconnect' }),
  ];
}

type Spoil = (bytes: Buffer) => Buffer;

/** Turns good bytes into bad ones: flips, cuts, repeats, insertions, a length that lies. */
const spoil: fc.Arbitrary<Spoil> = fc.oneof(
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([at, mask]): Spoil => (bytes) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[at % copy.length]! ^= mask;
    return copy;
  }),
  fc.nat().map(
    (at): Spoil =>
      (bytes) =>
        bytes.subarray(0, at % (bytes.length + 1)),
  ),
  fc.nat().map(
    (at): Spoil =>
      (bytes) =>
        Buffer.concat([bytes, bytes.subarray(at % (bytes.length + 1))]),
  ),
  fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 40 })).map(([at, more]): Spoil => (bytes) => {
    const cut = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, cut), more, bytes.subarray(cut)]);
  }),
  fc.integer({ min: 0, max: 255 }).map((length): Spoil => (bytes) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 1) copy[1] = length;
    return copy;
  }),
  fc.constant<Spoil>((bytes) => bytes),
);

/** Sends bytes in pieces on a connection of its own, and waits until it is closed from there or has nothing to say. */
async function send(bytes: Buffer, pieces: number): Promise<void> {
  const socket: Socket = connect({ host: '127.0.0.1', port: gateway.mqtt });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.resume();
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  for (let at = 0; at < bytes.length; at += size) socket.write(bytes.subarray(at, at + size));
  socket.end();
  await closed;
}

it('bears any bytes, before a sign-in and after one, and serves the others', async () => {
  const faults = await metric('eparking_gateway_faults_total');
  const bytes = fc
    .tuple(
      fc.boolean(),
      fc.array(fc.tuple(fc.nat(frames().length - 1), spoil), { maxLength: 8 }),
      fc.oneof(fc.constant(new Uint8Array()), fc.uint8Array({ maxLength: 400 })),
      spoil,
    )
    .map(([signedIn, parts, noise, spoilConnect]) =>
      Buffer.concat([
        signedIn ? connectPacket() : spoilConnect(connectPacket()),
        ...parts.map(([which, change]) => change(frames()[which]!)),
        noise,
      ]),
    );
  const samples = fc.sample(fc.tuple(bytes, fc.integer({ min: 1, max: 6 })), { numRuns: 300 * TIMES, seed: SEED });
  for (let at = 0; at < samples.length; at += 20) {
    await Promise.all(samples.slice(at, at + 20).map(([each, pieces]) => send(each, pieces)));
    await expectHonestServed();
  }
  expect(await metric('eparking_gateway_faults_total')).toBe(faults);
  await eventually(async () => expect(await metric('eparking_gateway_connections')).toBe(1));
  expect(await metric('eparking_gateway_in_flight_messages')).toBe(0);
});

/** Records with one thing or another wrong in them, and what is no record at all. */
function payloads(terminal: Terminal): fc.Arbitrary<Buffer> {
  const any = fc.oneof(
    fc.jsonValue({ maxDepth: 10 }),
    fc.constantFrom<unknown>('\u0000', -1, 1.5, 2 ** 60, [[[[[[[[[[]]]]]]]]]]),
  );
  /** What has a canonical form, and so can be under a MAC. */
  const signable = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.maxSafeInteger(),
    fc.constantFrom<unknown>(null, true, [], {}, [['x']], { a: { b: 'a\u0000' } }),
  );
  const field = fc.constantFrom('v', 'epoch', 'seq', 'type', 'at', 'body', 'prev', 'mac', 'more');
  const record = fc
    .tuple(fc.option(fc.tuple(field, any)), fc.dictionary(fc.string({ maxLength: 8 }), signable, { maxKeys: 3 }))
    .map(([change, body]) => {
      const good = terminal.record({ ...payment, ...body }, { type: 'payment' });
      return change ? { ...good, [change[0]]: change[1] } : good;
    });
  const message = fc.oneof(record, fc.array(record, { maxLength: 5 }), any);
  return fc.oneof(
    { weight: 6, arbitrary: message.map((value) => Buffer.from(JSON.stringify(value) ?? '')) },
    {
      weight: 2,
      arbitrary: fc.tuple(message, spoil).map(([value, change]) => change(Buffer.from(JSON.stringify(value) ?? ''))),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: fc.nat(2_000).map((depth) => Buffer.from('['.repeat(depth))) },
  );
}

it('acknowledges any bytes on the journal once they are kept, and answers each message', async () => {
  const terminal = await Terminal.connect(gateway.mqtt, hostile);
  await terminal.listen('receipts');
  const samples = fc.sample(payloads(terminal), { numRuns: 300 * TIMES, seed: SEED });
  await Promise.all(samples.map((payload) => terminal.publish('journal', payload)));
  const digests = samples.map((payload) => createHash('sha256').update(payload).digest('base64url'));
  await eventually(() => {
    const answered = new Set(terminal.receipts.map(({ of }) => of));
    expect(digests.filter((digest) => !answered.has(digest))).toEqual([]);
  });
  const outcomes = terminal.receipts.flatMap(({ results }) => results.map(({ outcome }) => outcome));
  expect(new Set(outcomes)).toContain('accepted');
  const accepted = outcomes.filter((outcome) => outcome === 'accepted').length;
  const [row] = await database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM journal_records r JOIN devices USING (device_no) WHERE device_id = 'hh-hostile' AND body_fault IS NULL`,
  );
  expect(row!.n).toBe(accepted);
  await terminal.end();
  await expectHonestServed();
});
