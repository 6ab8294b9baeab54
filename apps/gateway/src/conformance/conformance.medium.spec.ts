import { setTimeout as sleep } from 'node:timers/promises';
import type { IConnectPacket } from 'mqtt-packet';
import { commitMark, openDatabase, type Database } from '@app/persistence';
import { createTestDatabase, eventually, type TestDatabase } from '@app/testing';
import { RawClient } from '../broker/broker.spec-support.js';
import { startConformanceBroker, type ConformanceBroker } from './conformance-broker.js';

/** What interoperability suites for MQTT 3.1.1 look at, against the broker as they are to run against it. */

let server: TestDatabase;
let database: Database;
let broker: ConformanceBroker;
const faults: unknown[] = [];
const clients: RawClient[] = [];

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase({ url: server.url });
  broker = await startConformanceBroker(
    0,
    (message) => commitMark(database, message.topic),
    (error) => faults.push(error),
  );
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  expect(faults).toEqual([]);
});
afterAll(async () => {
  await broker.stop();
  await database.close();
  await server.drop();
});

async function connect(clientId: string, options: Partial<IConnectPacket> = {}): Promise<RawClient> {
  const client = await RawClient.open(broker.port);
  clients.push(client);
  client.send({ cmd: 'connect', clientId, clean: true, keepalive: 60, ...options });
  await client.until(({ cmd }) => cmd === 'connack');
  return client;
}

async function subscribe(client: RawClient, ...topics: [string, 0 | 1 | 2][]): Promise<number[]> {
  client.send({ cmd: 'subscribe', messageId: 99, subscriptions: topics.map(([topic, qos]) => ({ topic, qos })) });
  const suback = await client.until(({ cmd }) => cmd === 'suback');
  return (suback as { granted: number[] }).granted;
}

/** `topic payload qos retain` of what came, after it was acknowledged as its QoS asks. */
function acknowledging(client: RawClient): string[] {
  const seen: string[] = [];
  let looked = 0;
  const timer = setInterval(() => {
    for (; looked < client.received.length; looked++) {
      const packet = client.received[looked]!;
      if (packet.cmd === 'pubrel') client.send({ cmd: 'pubcomp', messageId: packet.messageId });
      if (packet.cmd !== 'publish') continue;
      seen.push(`${packet.topic} ${packet.payload} ${packet.qos} ${packet.retain}`);
      if (packet.qos === 1) client.send({ cmd: 'puback', messageId: packet.messageId });
      if (packet.qos === 2) client.send({ cmd: 'pubrec', messageId: packet.messageId });
    }
    if (client.ended) clearInterval(timer);
  }, 2);
  return seen;
}

let lastId = 0;

/** Publishes and waits for the end of the exchange. */
async function publish(
  client: RawClient,
  topic: string,
  payload: string,
  qos: 0 | 1 | 2,
  retain = false,
): Promise<void> {
  const messageId = qos > 0 ? ++lastId : undefined;
  client.send({ cmd: 'publish', topic, payload, qos, messageId, dup: false, retain });
  const ends = (cmd: string) => client.until((packet) => packet.cmd === cmd && packet.messageId === messageId);
  if (qos === 1) await ends('puback');
  if (qos < 2) return;
  await ends('pubrec');
  client.send({ cmd: 'pubrel', messageId });
  await ends('pubcomp');
}

it('delivers with each QoS, from packet identifier 1 on, and closes at a second CONNECT', async () => {
  const one = await connect('one');
  expect(await subscribe(one, ['TopicA', 2])).toEqual([2]);
  const seen = acknowledging(one);
  for (const qos of [0, 1, 2] as const) await publish(one, 'TopicA', `qos ${qos}`, qos);
  await eventually(() =>
    expect(seen).toEqual(['TopicA qos 0 0 false', 'TopicA qos 1 1 false', 'TopicA qos 2 2 false']),
  );
  expect(one.received.find((packet) => packet.cmd === 'publish' && packet.qos === 1)).toMatchObject({ messageId: 1 });
  one.send({ cmd: 'connect', clientId: 'one', clean: true });
  await one.untilClosed();
});

it('retains, and forgets at an empty payload', async () => {
  const one = await connect('one');
  for (const qos of [0, 1, 2] as const) await publish(one, `fromb/qos ${qos}`, 'kept', qos, true);
  const late = await connect('late');
  const seen = acknowledging(late);
  await subscribe(late, ['fromb/+', 2]);
  await eventually(() => expect(seen.sort()).toEqual([0, 1, 2].map((qos) => `fromb/qos ${qos} kept ${qos} true`)));
  for (const qos of [0, 1, 2] as const) await publish(one, `fromb/qos ${qos}`, '', qos, true);
  const later = await connect('later');
  const nothing = acknowledging(later);
  await subscribe(later, ['fromb/+', 2]);
  await sleep(50);
  expect(nothing).toEqual([]);
});

it('publishes the will of a client that is lost, and of one that keeps silent beyond its keep-alive', async () => {
  const watcher = await connect('watcher');
  const seen = acknowledging(watcher);
  await subscribe(watcher, ['/will/+', 2]);
  const will = (name: string) => ({
    will: { topic: `/will/${name}`, payload: Buffer.from('gone'), qos: 0 as const, retain: false },
  });
  const lost = await connect('lost', will('lost'));
  await connect('silent', { ...will('silent'), keepalive: 1 });
  lost.close();
  await eventually(() => expect(seen).toEqual(['/will/lost gone 0 false', '/will/silent gone 0 false']));
});

it('refuses an empty client identifier without a clean session with code 2, and names a clean one itself', async () => {
  const codeOf = (client: RawClient) => (client.received[0] as { returnCode?: number }).returnCode;
  const refused = await RawClient.open(broker.port);
  refused.socket.write(Buffer.from('100c00044d5154540400000a0000', 'hex')); // mqtt-packet would not write it.
  await refused.untilClosed();
  expect(codeOf(refused)).toBe(2);
  expect(codeOf(await connect('', { clean: true }))).toBe(0);
});

it('keeps messages of QoS 1 and 2 for an absent session, and none of QoS 0', async () => {
  const absent = await connect('absent', { clean: false });
  await subscribe(absent, ['+/+', 2]);
  absent.send({ cmd: 'disconnect' });
  await absent.untilClosed();
  const one = await connect('one');
  for (const qos of [0, 1, 2] as const) await publish(one, 'TopicA/B', `qos ${qos}`, qos);
  const back = await connect('absent', { clean: false });
  expect(back.received[0]).toMatchObject({ sessionPresent: true });
  const seen = acknowledging(back);
  await eventually(() => expect(seen).toEqual(['TopicA/B qos 1 1 false', 'TopicA/B qos 2 2 false']));
  const clean = await connect('absent');
  expect(clean.received[0]).toMatchObject({ sessionPresent: false });
});

it('delivers again, marked so, what was not acknowledged before the connection ended', async () => {
  const deaf = await connect('deaf', { clean: false });
  await subscribe(deaf, ['TopicA/#', 2]);
  await publish(deaf, 'TopicA/B', 'one', 1);
  await publish(deaf, 'TopicA/C', 'two', 2);
  await deaf.until((packet) => packet.cmd === 'publish' && packet.qos === 2);
  deaf.close();
  const back = await connect('deaf', { clean: false });
  const again = () =>
    back.received.flatMap((packet) => (packet.cmd === 'publish' ? [`${packet.payload} ${packet.dup}`] : []));
  await eventually(() => expect(again()).toEqual(['one true', 'two true']));
});

it('delivers one message where filters overlap, with the greater QoS', async () => {
  const one = await connect('one');
  const seen = acknowledging(one);
  await subscribe(one, ['TopicA/#', 2], ['TopicA/+', 1]);
  await publish(one, 'TopicA/C', 'overlapping', 2);
  await sleep(50);
  expect(seen).toEqual(['TopicA/C overlapping 2 false']);
});

it('refuses a filter with 0x80 and keeps $ topics from wildcards', async () => {
  const one = await connect('one');
  const seen = acknowledging(one);
  expect(await subscribe(one, ['test/nosubscribe', 2], ['#', 2], ['+/+', 2])).toEqual([128, 2, 2]);
  await publish(one, '$TopicA/B', 'hidden', 1);
  await publish(one, 'TopicA/B', 'seen', 1);
  await eventually(() => expect(seen.length).toBeGreaterThan(0));
  expect(new Set(seen)).toEqual(new Set(['TopicA/B seen 1 false']));
});

it('answers PUBREL of an unknown identifier, and closes at an acknowledgement of the wrong kind', async () => {
  const one = await connect('one');
  one.send({ cmd: 'puback', messageId: 5 }, { cmd: 'pubrel', messageId: 6 });
  await one.until(({ cmd, messageId }) => cmd === 'pubcomp' && messageId === 6);
  await subscribe(one, ['TopicA', 1]);
  await publish(one, 'TopicA', 'x', 1);
  await one.until(({ cmd }) => cmd === 'publish');
  one.send({ cmd: 'pubcomp', messageId: 1 });
  await one.untilClosed();
});
