import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import packets from 'mqtt-packet';
import { eventually } from '@app/testing';
import { connectClient, RawClient, startBroker, type TestBroker } from './broker.spec-support.js';

let test: TestBroker;
const clients: RawClient[] = [];

async function raw(id: string, options = {}): Promise<RawClient> {
  const client = await RawClient.signIn(test.port, id, options);
  clients.push(client);
  return client;
}
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await test.stop();
});

const MIB = 1_048_576;

/** Writes publishes as fast as the peer takes them; gives back how many bytes it took before it stopped for a while. */
async function flood(client: RawClient, topic: string, payload: Buffer, messages: number): Promise<number> {
  let written = 0;
  for (let id = 1; id <= messages && !client.ended; id++) {
    const frame = packets.generate({
      cmd: 'publish',
      topic,
      payload,
      qos: 1,
      messageId: id,
      dup: false,
      retain: false,
    });
    if (client.socket.write(frame)) written += frame.length;
    else if ((await Promise.race([once(client.socket, 'drain'), sleep(300, null)])) === null) return written;
  }
  return written;
}

describe('a flood while nothing is committed', () => {
  it('stays within the bounds of memory, closes nobody, and everything is taken once commits go on', async () => {
    test = await startBroker({
      inFlightBytesMax: 24 * MIB,
      inFlightMessagesMax: 2_000,
      inFlightPerClientBytesMax: 4 * MIB,
    });
    test.policy.holding = true;
    const payload = Buffer.alloc(64_000, 'x');
    const flooders = await Promise.all(Array.from({ length: 20 }, (_, i) => raw(`flood-${i}`)));
    const rssBefore = process.memoryUsage().rss;
    await Promise.all(flooders.map((client) => flood(client, `up/${idOf(client)}/journal`, payload, 300)));
    expect(test.broker.inFlight.bytes).toBeLessThanOrEqual(24 * MIB + payload.length * 2);
    // 380 MB were offered. The clients' own buffers are in this process too.
    expect(process.memoryUsage().rss - rssBefore).toBeLessThan(250 * MIB);
    expect(flooders.filter((client) => client.ended)).toEqual([]);
    const commit = setInterval(() => test.policy.held.splice(0).forEach((held) => held.commit()), 1);
    const late = await raw('late');
    late.publish('up/late/journal', 'record', 1);
    await late.until(({ cmd }) => cmd === 'puback');
    clearInterval(commit);
    test.policy.holding = false;
    test.policy.held.splice(0).forEach((held) => held.commit());
    await eventually(() => expect(test.broker.inFlight.messages).toBe(0));
  }, 30_000);

  function idOf(client: RawClient): string {
    return `flood-${clients.indexOf(client)}`;
  }
});

describe('a subscriber that takes nothing', () => {
  it('is dropped after a while; the process lives and the others are served', async () => {
    test = await startBroker({ drainMsMax: 300 });
    const frozen = await raw('frozen');
    frozen.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'down/frozen/#', qos: 0 }] });
    await frozen.until(({ cmd }) => cmd === 'suback');
    frozen.socket.pause();
    const other = await connectClient(test.port, 'other');
    let received = 0;
    other.on('message', () => received++);
    await other.subscribeAsync('down/other/#', { qos: 1 });
    const payload = Buffer.alloc(5_000, 'x');
    for (let i = 0; i < 4_000; i++)
      test.broker.publish({ topic: 'down/frozen/receipts', payload, qos: 0, retain: false });
    for (let i = 0; i < 100; i++) test.broker.publish({ topic: 'down/other/receipts', payload, qos: 1, retain: false });
    await eventually(() => expect(received).toBe(100));
    await eventually(() => expect(test.broker.connections).toBe(1));
    expect(test.faults).toEqual([]);
    await other.endAsync();
  });
});

describe('too many connections', () => {
  it('are closed at once, and one that ends makes room', async () => {
    test = await startBroker({ connectionsMax: 2 });
    const one = await raw('one');
    await raw('two');
    await expect(RawClient.signIn(test.port, 'three')).rejects.toThrow('closed');
    expect(test.closed).toEqual(['too-many-connections: 127.0.0.1 (null)']);
    one.close();
    await eventually(() => expect(test.broker.connections).toBe(1));
    await raw('three');
  });

  it('of one address are let in at a rate', async () => {
    test = await startBroker({ connectionsPerAddressBurst: 3, connectionsPerAddressPerSecond: 20 });
    const ends = await Promise.allSettled(Array.from({ length: 6 }, (_, i) => raw(`c${i}`)));
    expect(ends.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(2);
    await sleep(60);
    await raw('later');
  });

  it('that do not sign in make room by their deadline', async () => {
    test = await startBroker({ connectionsUnsignedMax: 2, connectMsMax: 100 });
    for (let i = 0; i < 2; i++) clients.push(await RawClient.open(test.port));
    await eventually(() => expect(test.broker.connections).toBe(2));
    await expect(RawClient.signIn(test.port, 'one')).rejects.toThrow('closed');
    await eventually(() => expect(test.broker.connections).toBe(0));
    await raw('one');
  });
});

describe('a storm of connections', () => {
  it('is let in whole, every client signed in once', async () => {
    test = await startBroker();
    const storm = await Promise.all(Array.from({ length: 500 }, (_, i) => raw(`c${i}`)));
    expect(storm.every((client) => (client.received[0] as { returnCode?: number }).returnCode === 0)).toBe(true);
    expect(test.broker.connections).toBe(500);
    await eventually(() => expect(new Set(test.policy.events).size).toBe(500));
  }, 30_000);
});
