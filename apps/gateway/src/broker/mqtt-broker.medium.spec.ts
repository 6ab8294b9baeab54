import { setTimeout as sleep } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import { eventually } from '@app/testing';
import { connectClient, FORWARD, RawClient, startBroker, type TestBroker } from './broker.spec-support.js';
import { ConnackCode } from './connect-packet.js';
import { BROKER_LIMITS } from './limits.js';
import { SessionStore } from './session-store.js';

let test: TestBroker;
const clients: (MqttClient | RawClient)[] = [];

async function client(id: string, options = {}): Promise<MqttClient> {
  const connected = await connectClient(test.port, id, options);
  clients.push(connected);
  return connected;
}

async function raw(id: string, options = {}): Promise<RawClient> {
  const connected = await RawClient.signIn(test.port, id, options);
  clients.push(connected);
  return connected;
}

/** The payloads that come to a client on any topic, as they come. */
function inbox(of: MqttClient): string[] {
  const payloads: string[] = [];
  of.on('message', (topic, payload) => payloads.push(`${topic} ${payload}`));
  return payloads;
}

beforeEach(async () => {
  test = await startBroker();
});
afterEach(async () => {
  for (const each of clients.splice(0)) {
    if (each instanceof RawClient) each.close();
    else each.end(true);
  }
  await test.stop();
  expect(test.faults).toEqual([]);
});

describe('acknowledgement after the commit', () => {
  it('sends no PUBACK before the commit, and sends it after', async () => {
    test.policy.holding = true;
    const one = await raw('one');
    one.publish('up/one/journal', 'record', 7);
    await eventually(() => expect(test.policy.held).toHaveLength(1));
    await sleep(50);
    expect(one.acks()).toEqual([]);
    test.policy.held[0]!.commit();
    await one.until(({ cmd, messageId }) => cmd === 'puback' && messageId === 7);
  });

  it('takes publishes without waiting for the commit of those before, and acknowledges them in order', async () => {
    test.policy.holding = true;
    const one = await raw('one');
    for (let id = 1; id <= 20; id++) one.publish('up/one/journal', `record ${id}`, id);
    await eventually(() => expect(test.policy.held).toHaveLength(20));
    expect(test.policy.held.map(({ message }) => message.payload.toString())).toEqual(
      Array.from({ length: 20 }, (_, i) => `record ${i + 1}`),
    );
    for (const held of [...test.policy.held].reverse()) held.commit();
    await eventually(() => expect(one.acks()).toEqual(Array.from({ length: 20 }, (_, i) => i + 1)));
  });

  it('sends PUBREC of QoS 2 after the commit, takes a repetition before PUBREL once, and takes QoS 0', async () => {
    test.policy.holding = true;
    const one = await raw('one');
    one.publish('up/one/journal', 'twice', 5, 2);
    one.publish('up/one/journal', 'no promise', undefined, 0);
    await eventually(() => expect(test.policy.held).toHaveLength(2));
    expect(one.acks('pubrec')).toEqual([]);
    for (const held of test.policy.held) held.commit();
    await eventually(() => expect(one.acks('pubrec')).toEqual([5]));
    one.publish('up/one/journal', 'twice', 5, 2);
    await eventually(() => expect(one.acks('pubrec')).toEqual([5, 5]));
    one.send({ cmd: 'pubrel', messageId: 5 });
    await one.until(({ cmd }) => cmd === 'pubcomp');
    expect(test.policy.taken).toHaveLength(2);
  });

  it('closes the connection without a PUBACK when a message cannot be taken, and acknowledges nothing after it', async () => {
    test.policy.holding = true;
    const one = await raw('one');
    for (let id = 1; id <= 3; id++) one.publish('up/one/journal', `record ${id}`, id);
    await eventually(() => expect(test.policy.held).toHaveLength(3));
    test.policy.held[2]!.commit();
    test.policy.held[1]!.fail();
    test.policy.held[0]!.commit();
    await one.untilClosed();
    expect(one.acks()).toEqual([1]);
    expect(test.closed).toEqual(['not-taken: database away (one)']);
  });

  it('publishes the answers after the PUBACK and in the order of the messages', async () => {
    test.policy.takenAs = ({ payload }) => ({
      forward: false,
      answers: [{ topic: 'down/one/receipts', payload: `receipt of ${payload}`, qos: 1, retain: false }],
    });
    const one = await raw('one');
    one.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'down/one/#', qos: 1 }] });
    await one.until(({ cmd }) => cmd === 'suback');
    test.policy.holding = true;
    for (let id = 1; id <= 50; id++) {
      one.publish('up/one/journal', String(id), id);
      one.publish('up/one/telemetry', 'x', undefined, 0);
    }
    await eventually(() => expect(test.policy.held.length).toBeGreaterThan(0));
    for (let i = 0; one.acks().length < 50; await sleep(1))
      for (; i < test.policy.held.length; i++) test.policy.held[i]!.commit();
    const receiptsOf = () =>
      one.received.flatMap((packet) => (packet.cmd === 'publish' ? [packet.payload.toString()] : []));
    await eventually(() => expect(receiptsOf().filter((text) => text !== 'receipt of x')).toHaveLength(50));
    expect(receiptsOf().filter((text) => text !== 'receipt of x')).toEqual(
      Array.from({ length: 50 }, (_, i) => `receipt of ${i + 1}`),
    );
    const order = one.received.flatMap((packet) =>
      packet.cmd === 'puback' ? [`ack ${packet.messageId}`] : packet.cmd === 'publish' ? [`${packet.payload}`] : [],
    );
    expect(order.indexOf('ack 1')).toBeLessThan(order.indexOf('receipt of 1'));
  });

  it('commits what is in flight when its connection is taken over, without acknowledging it', async () => {
    test.policy.holding = true;
    const older = await raw('one');
    older.publish('up/one/journal', 'record', 1);
    await eventually(() => expect(test.policy.held).toHaveLength(1));
    const newer = await raw('one');
    await older.untilClosed();
    test.policy.held[0]!.commit();
    newer.publish('up/one/journal', 'record', 1);
    await eventually(() => expect(test.policy.held).toHaveLength(2));
    test.policy.held[1]!.commit();
    await newer.until(({ cmd }) => cmd === 'puback');
    expect(older.acks()).toEqual([]);
    expect(test.closed).toContain('taken-over: the client connected anew (one)');
    await eventually(() =>
      expect(test.policy.events.sort()).toEqual(['connected one', 'connected one', 'disconnected one']),
    );
    expect(test.broker.connections).toBe(1);
  });

  it('finishes the commits in flight before it closes', async () => {
    test.policy.holding = true;
    const one = await raw('one');
    one.publish('up/one/journal', 'record', 1);
    await eventually(() => expect(test.policy.held).toHaveLength(1));
    const closing = test.broker.close(5_000);
    await sleep(30);
    expect(one.ended).toBe(false);
    test.policy.held[0]!.commit();
    await closing;
    await one.untilClosed();
    expect(one.acks()).toEqual([1]);
  });

  it('does not wait for ever for commits when it closes', async () => {
    test.policy.holding = true;
    const one = await raw('one');
    one.publish('up/one/journal', 'record', 1);
    await eventually(() => expect(test.policy.held).toHaveLength(1));
    await test.broker.close(30);
    await one.untilClosed();
    expect(one.acks()).toEqual([]);
  });
});

describe('a stalled commit', () => {
  it('does not keep the gateway from answering pings', async () => {
    test.policy.holding = true;
    const one = await raw('one', { keepalive: 1 });
    for (let id = 1; id <= 100; id++) one.publish('up/one/journal', `record ${id}`, id);
    await eventually(() => expect(test.policy.held).toHaveLength(100));
    const until = Date.now() + 2_500;
    for (let pings = 1; Date.now() < until; pings++) {
      one.send({ cmd: 'pingreq' });
      await eventually(() => expect(one.received.filter(({ cmd }) => cmd === 'pingresp')).toHaveLength(pings));
      await sleep(500);
    }
    expect(one.ended).toBe(false);
    for (const held of test.policy.held) held.commit();
    await eventually(() => expect(one.acks()).toHaveLength(100));
  });

  it('bears 500 unacknowledged publishes of a connection and more, up to its limit, and then reads no further', async () => {
    test.policy.holding = true;
    const one = await raw('one');
    for (let id = 1; id <= 1_500; id++) one.publish('up/one/journal', `record ${id}`, id);
    await eventually(() => expect(test.policy.held).toHaveLength(1_000));
    await sleep(100);
    expect(test.policy.held).toHaveLength(1_000);
    expect(one.ended).toBe(false);
    for (let i = 0; i < 1_500; i++) {
      const held = await eventually(() => test.policy.held[i] ?? Promise.reject(new Error(`only ${i} came`)));
      held.commit();
    }
    await eventually(() => expect(one.acks()).toEqual(Array.from({ length: 1_500 }, (_, i) => i + 1)));
  });

  it('of one client does not keep the others waiting', async () => {
    test.policy.holding = true;
    const flooding = await raw('one');
    for (let id = 1; id <= 2_000; id++) flooding.publish('up/one/journal', Buffer.alloc(10_000), id);
    await eventually(() => expect(test.policy.held.length).toBeGreaterThan(800));
    const two = await raw('two');
    two.publish('up/two/journal', 'record', 1);
    const held = await eventually(
      () => test.policy.held.find(({ message }) => message.client.id === 'two') ?? Promise.reject(new Error('not yet')),
    );
    held.commit();
    await two.until(({ cmd }) => cmd === 'puback');
  });
});

describe('what a client may do', () => {
  it('closes the connection at a forbidden publish', async () => {
    for (const topic of ['up/two/journal', 'down/one/receipts', '$SYS/x/new/clients']) {
      const one = await raw('one');
      one.publish(topic, 'x', 1);
      await one.untilClosed();
      expect(one.acks()).toEqual([]);
    }
    expect(test.policy.taken).toEqual([]);
  });

  it('answers a refused filter with 0x80, lets the connection live and delivers nothing of it, also to a session that is taken up again', async () => {
    const filters = ['down/one/#', 'down/two/#', '#', '$SYS/#', 'up/+/journal'];
    const subscriptions = filters.map((topic) => ({ topic, qos: 1 as const }));
    const one = await raw('one', { clean: false });
    one.send({ cmd: 'subscribe', messageId: 1, subscriptions });
    expect(await one.until(({ cmd }) => cmd === 'suback')).toMatchObject({ granted: [1, 128, 128, 128, 128] });
    one.send({ cmd: 'disconnect' });
    await one.untilClosed();
    for (const topic of ['down/two/receipts', 'down/one/receipts'])
      test.broker.publish({ topic, payload: topic, qos: 1, retain: false });
    const again = await raw('one', { clean: false });
    const isPublish = ({ cmd }: { cmd?: string }) => cmd === 'publish';
    expect(await again.until(isPublish)).toMatchObject({ topic: 'down/one/receipts' });
    await sleep(50);
    expect(again.received.filter(isPublish)).toHaveLength(1);
    expect(test.policy.events).toContain('subscribed one down/one/#');
  });

  it('grants only so many subscriptions to a client', async () => {
    const one = await raw('one');
    const subscriptions = Array.from({ length: 60 }, (_, i) => ({ topic: `down/one/${i}`, qos: 0 as const }));
    one.send({ cmd: 'subscribe', messageId: 1, subscriptions });
    const suback = (await one.until(({ cmd }) => cmd === 'suback')) as { granted: number[] };
    expect(suback.granted.filter((code) => code === 0)).toHaveLength(50);
  });

  it('refuses a wrong password with code 4, a will on a forbidden topic with 5, a failing look-up with 3', async () => {
    const codeOf = async (options = {}) =>
      ((await raw('one', options)).received[0] as { returnCode?: number }).returnCode;
    const will = (topic: string) => ({ will: { topic, payload: Buffer.from('x'), qos: 1, retain: false } });
    expect(await codeOf()).toBe(0);
    expect(await codeOf({ password: Buffer.from('wrong') })).toBe(4);
    expect(await codeOf(will('up/two/status'))).toBe(5);
    expect(await codeOf(will('up/one/status'))).toBe(0);
    test.policy.signInOf = () => Promise.reject(new Error('database away'));
    expect(await codeOf()).toBe(3);
    expect(test.faults.splice(0)).toHaveLength(1);
    test.policy.signInOf = () =>
      Promise.resolve({ accepted: false, code: ConnackCode.identifierRejected, reason: 'no device' });
    expect(await codeOf()).toBe(2);
  });

  it('bears hundreds of packets that come in one piece with CONNECT', async () => {
    const one = await RawClient.open(test.port);
    clients.push(one);
    const publishes = Array.from({ length: 600 }, (_, i) => ({
      cmd: 'publish' as const,
      topic: 'up/one/journal',
      payload: `record ${i}`,
      qos: 1 as const,
      messageId: i + 1,
      dup: false,
      retain: false,
    }));
    one.send(
      { cmd: 'connect', clientId: 'one', username: 'one', password: Buffer.from('right'), clean: true },
      ...publishes,
    );
    await eventually(() => expect(one.acks()).toHaveLength(600));
    expect(test.policy.taken.map(({ payload }) => payload.toString())).toEqual(publishes.map(({ payload }) => payload));
  });
});

describe('messages down', () => {
  it('forwards and retains only what the policy forwards', async () => {
    test.policy.takenAs = ({ topic }) => (topic.endsWith('/status') ? FORWARD : { forward: false, answers: [] });
    const one = await client('one');
    const received = inbox(one);
    await one.subscribeAsync('up/one/#', { qos: 1 });
    await one.publishAsync('up/one/journal', 'record', { qos: 1, retain: true });
    await one.publishAsync('up/one/status', 'online', { qos: 1, retain: true });
    await eventually(() => expect(received).toEqual(['up/one/status online']));
    await one.endAsync();
    const again = await client('one');
    const retained = inbox(again);
    await again.subscribeAsync('up/one/#', { qos: 1 });
    await eventually(() => expect(retained).toEqual(['up/one/status online']));
  });

  it('hands the will to the policy when the connection is lost, before a newer one is let in, and not after DISCONNECT', async () => {
    const will = { topic: 'up/one/status', payload: Buffer.from('offline'), qos: 1 as const, retain: true };
    const lost = await raw('one', { will });
    lost.close();
    await eventually(() => expect(test.policy.taken).toHaveLength(1));
    expect(test.policy.taken[0]).toMatchObject({ topic: 'up/one/status', isWill: true, retain: true });
    await raw('one', { will });
    const newer = await raw('one', { will });
    expect(test.policy.taken).toHaveLength(2);
    newer.send({ cmd: 'disconnect' });
    await newer.untilClosed();
    await sleep(30);
    expect(test.policy.taken).toHaveLength(2);
  });

  it('keeps the newest 1,000 messages of QoS 1 for an absent persistent session, in order', async () => {
    const absent = await client('one', { clean: false });
    await absent.subscribeAsync('down/one/#', { qos: 1 });
    await absent.endAsync();
    for (let i = 1; i <= 1_200; i++)
      test.broker.publish({ topic: 'down/one/receipts', payload: String(i), qos: 1, retain: false });
    const back = await raw('one', { clean: false });
    const payloads = () => back.received.flatMap((packet) => (packet.cmd === 'publish' ? [`${packet.payload}`] : []));
    await eventually(() => expect(payloads()).toHaveLength(1_000));
    expect(payloads()).toEqual(Array.from({ length: 1_000 }, (_, i) => String(i + 201)));
    for (const packet of back.received)
      if (packet.cmd === 'publish') back.send({ cmd: 'puback', messageId: packet.messageId });
    await eventually(() => expect(test.broker.queuedBytes).toBe(0));
  });

  it('loses no message of QoS 1 among others of QoS 0 to the same subscriber', async () => {
    const one = await client('one');
    const received = inbox(one);
    await one.subscribeAsync('down/one/#', { qos: 1 });
    const sent: string[] = [];
    for (let i = 0; i < 300; i++) {
      const qos = i % 3 === 0 ? 1 : 0;
      test.broker.publish({ topic: 'down/one/receipts', payload: String(i), qos, retain: false });
      sent.push(`down/one/receipts ${i}`);
    }
    await eventually(() => expect(received).toHaveLength(300));
    expect(received).toEqual(sent);
  });

  it('outlives a store of sessions that fails: the fault is told, and the client is served', async () => {
    class Failing extends SessionStore {
      override subscriptionsByTopic(): PromiseLike<{ clientId: string }[]> {
        return Promise.reject(new Error('store away'));
      }
    }
    await test.stop();
    const rules = { maySubscribe: () => true, ownerOf: () => null };
    test = await startBroker({}, new Failing({ limits: BROKER_LIMITS, ...rules }));
    const one = await raw('one');
    one.publish('up/one/journal', 'record', 1);
    await one.until(({ cmd }) => cmd === 'puback');
    expect(test.faults.splice(0)).toMatchObject([{ message: 'store away' }]);
    expect(one.ended).toBe(false);
  });

  it('closes the connection of a client that is to go, and tells whether it had one', async () => {
    const one = await raw('one');
    expect(test.broker.closeClient('one', 'revoked')).toBe(true);
    await one.untilClosed();
    await eventually(() => expect(test.broker.closeClient('one', 'revoked')).toBe(false));
    expect(test.closed).toEqual(['closed-by-gateway: revoked (one)']);
  });
});
