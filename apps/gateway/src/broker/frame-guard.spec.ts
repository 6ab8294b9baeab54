import { duplexPair } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import mqtt from 'mqtt-packet';
import { FrameGuard } from './frame-guard.js';
import { InFlight } from './in-flight.js';
import { BROKER_LIMITS, type BrokerLimits } from './limits.js';

const CONNECT = mqtt.generate({ cmd: 'connect', clientId: 'hh-0001', clean: true, keepalive: 10 });

/** A length-prefixed string or binary value. */
const s = (content: string | Buffer): Buffer => {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 0xff), bytes]);
};
/** A packet of this first byte and these parts. */
const packet = (first: number, ...parts: (Buffer | number[])[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length: number[] = [];
  for (let rest = body.length; ; rest >>= 7) {
    if (rest < 128) {
      length.push(rest);
      break;
    }
    length.push((rest & 127) | 128);
  }
  return Buffer.concat([Buffer.of(first, ...length), body]);
};
const publish = (topic: string, payload: string | Buffer, messageId = 1): Buffer =>
  mqtt.generate({ cmd: 'publish', topic, payload, qos: 1, messageId, dup: false, retain: false });

/** A guard between two ends in memory: `client` is what a terminal holds, `guard` what the broker holds. */
function between(limits: Partial<BrokerLimits> = {}, now: () => number = () => performance.now()) {
  const [client, raw] = duplexPair();
  client.on('error', () => undefined);
  const all = { ...BROKER_LIMITS, ...limits };
  const guard = new FrameGuard(raw, { limits: all, inFlight: new InFlight(all), monotonicMs: now });
  guard.on('error', () => undefined);
  const through: Buffer[] = [];
  const answers: Buffer[] = [];
  client.on('data', (chunk: Buffer) => answers.push(chunk));
  const consume = (): void => void guard.on('data', (chunk: Buffer) => through.push(chunk));
  return {
    client,
    guard,
    consume,
    through: () => Buffer.concat(through),
    answers: () => Buffer.concat(answers),
  };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await turn();
}

/** Sends a packet on a connection that is signed in; tells whether it came through whole or closed the connection. */
async function fateOf(bytes: Buffer, connected = true): Promise<'through' | 'closed' | 'neither'> {
  const { client, guard, consume, through } = between();
  consume();
  if (connected) client.write(CONNECT);
  guard.open();
  client.write(bytes);
  await settle();
  const before = connected ? CONNECT.length : 0;
  const fate = guard.destroyed ? 'closed' : through().subarray(before).equals(bytes) ? 'through' : 'neither';
  guard.destroy();
  return fate;
}

const forbiddenTexts: [string, Buffer][] = [
  ['U+0000', Buffer.from('to\u0000p')],
  ['U+0001', Buffer.from('to\u0001p')],
  ['U+001F', Buffer.from('to\u001fp')],
  ['U+007F', Buffer.from('to\u007fp')],
  ['U+0080', Buffer.from('to\u0080p')],
  ['U+009F', Buffer.from('to\u009fp')],
  ['U+FFFF', Buffer.from('to\uffffp')],
  ['U+FDD0', Buffer.from('to\ufdd0p')],
  ['half of a surrogate pair', Buffer.from('746feda080', 'hex')],
  ['an overlong form', Buffer.from('746fc0af', 'hex')],
  ['a torn character', Buffer.from('746fe282', 'hex')],
];

describe('frame guard: publish', () => {
  const flags = { '0': 0x30, '1': 0x32, '2': 0x34 };
  it.each([
    ['QoS 0', packet(flags['0'], s('topic'), Buffer.from('x'))],
    ['QoS 1, no payload', packet(flags['1'], s('topic'), [0, 1])],
    ['QoS 2, repeated, retained', packet(0x3d, s('topic'), [0xff, 0xff])],
    ['a topic outside the first plane', packet(flags['0'], s('A\u{2A6D4}'))],
    ['a topic with U+FEFF, which is no byte-order mark here', packet(flags['0'], s('\uFEFFa'))],
  ])('lets %s through', async (_, bytes) => expect(await fateOf(bytes)).toBe('through'));

  it.each([
    ['QoS 3', packet(0x36, s('topic'), [0, 1])],
    ['QoS 0 marked as repeated', packet(0x38, s('topic'))],
    ['packet identifier 0 with QoS 1', packet(flags['1'], s('topic'), [0, 0])],
    ['packet identifier 0 with QoS 2', packet(flags['2'], s('topic'), [0, 0])],
    ['no packet identifier', packet(flags['1'], s('topic'))],
    ['an empty topic', packet(flags['0'], s(''), Buffer.from('x'))],
    ['a topic longer than the packet', packet(flags['0'], [0, 9], Buffer.from('topic'))],
    ['a topic with +', packet(flags['0'], s('a/+'))],
    ['a topic with #', packet(flags['0'], s('#'))],
    ['a topic longer than the limit', packet(flags['0'], s('t'.repeat(BROKER_LIMITS.topicBytesMax + 1)))],
    ...forbiddenTexts.map(([name, text]): [string, Buffer] => [`a topic with ${name}`, packet(flags['0'], s(text))]),
  ])('closes the connection at %s', async (_, bytes) => expect(await fateOf(bytes)).toBe('closed'));

  it('lets a payload of the limit through and closes the connection at a byte more', async () => {
    const limit = BROKER_LIMITS.publishPayloadBytesMax;
    expect(await fateOf(publish('topic', Buffer.alloc(limit)))).toBe('through');
    expect(await fateOf(publish('topic', Buffer.alloc(limit + 1)))).toBe('closed');
  });

  it('closes the connection at the header of a huge packet, before its body comes', async () => {
    expect(await fateOf(Buffer.of(0x30, 0xff, 0xff, 0xff, 0x7f))).toBe('closed');
    expect(await fateOf(Buffer.of(0x30, 0x80, 0x80, 0x80, 0x80, 0x01))).toBe('closed');
  });
});

describe('frame guard: acknowledgements', () => {
  it.each([
    ['PUBACK', 0x40],
    ['PUBREC', 0x50],
    ['PUBREL', 0x62],
    ['PUBCOMP', 0x70],
  ])('%s: lets the right form through and closes the connection at any other', async (_, first) => {
    expect(await fateOf(packet(first, [0, 1]))).toBe('through');
    const others = [packet(first, [0, 0]), packet(first, [1]), packet(first), packet(first, [0, 1, 0])];
    for (const flag of [1, 2, 4, 8]) others.push(packet(first ^ flag, [0, 1]));
    for (const bytes of others) expect(await fateOf(bytes)).toBe('closed');
  });
});

describe('frame guard: subscriptions', () => {
  it.each([
    ['one filter', packet(0x82, [0, 1], s('p'), [0])],
    ['two filters with wildcards', packet(0x82, [0, 1], s('a/+/b'), [1], s('#'), [2])],
    ['UNSUBSCRIBE of two', packet(0xa2, [0, 1], s('a'), s('+/#'))],
  ])('lets %s through', async (_, bytes) => expect(await fateOf(bytes)).toBe('through'));

  it.each([
    ['packet identifier 0', packet(0x82, [0, 0], s('p'), [0])],
    ['no filter', packet(0x82, [0, 1])],
    ['a filter without its QoS', packet(0x82, [0, 1], s('p'))],
    ['an empty filter', packet(0x82, [0, 1], s('q'), [0], s(''), [0])],
    ['QoS 3', packet(0x82, [0, 1], s('p'), [3])],
    ['reserved bits beside the QoS', packet(0x82, [0, 1], s('p'), [0x80])],
    ['a byte too many', packet(0x82, [0, 1], s('p'), [0, 0])],
    ['reserved header flags', packet(0x80, [0, 1], s('p'), [0])],
    ['# before the end', packet(0x82, [0, 1], s('a/#/b'), [0])],
    ['# inside a level', packet(0x82, [0, 1], s('a#'), [0])],
    ['+ inside a level', packet(0x82, [0, 1], s('a+/b'), [0])],
    ['UNSUBSCRIBE without a filter', packet(0xa2, [0, 1])],
    ['UNSUBSCRIBE with an empty filter', packet(0xa2, [0, 1], s(''))],
    ['UNSUBSCRIBE with packet identifier 0', packet(0xa2, [0, 0], s('p'))],
    ['UNSUBSCRIBE with reserved header flags', packet(0xa0, [0, 1], s('p'))],
    ...forbiddenTexts.map(([name, text]): [string, Buffer] => [
      `a filter with ${name}`,
      packet(0x82, [0, 1], s(text), [0]),
    ]),
  ])('closes the connection at %s', async (_, bytes) => expect(await fateOf(bytes)).toBe('closed'));
});

describe('frame guard: the other packets', () => {
  it('lets PINGREQ and DISCONNECT through, and neither with a body or flags', async () => {
    for (const first of [0xc0, 0xe0]) {
      expect(await fateOf(packet(first))).toBe('through');
      expect(await fateOf(packet(first, [0]))).toBe('closed');
      expect(await fateOf(packet(first | 1))).toBe('closed');
    }
  });

  it.each([0x00, 0x01, 0x20, 0x90, 0xb0, 0xd0, 0xf0])(
    'closes the connection at a packet that only a server sends, or nobody: %s',
    async (first) => {
      for (const connected of [true, false])
        // The last with a length that is still coming.
        for (const bytes of [packet(first), packet(first, [0, 0]), Buffer.of(first, 0xc0)])
          expect(await fateOf(bytes, connected)).toBe('closed');
    },
  );

  it('closes the connection when the first packet is no CONNECT, and at a second CONNECT', async () => {
    expect(await fateOf(publish('topic', 'x'), false)).toBe('closed');
    expect(await fateOf(packet(0xc0), false)).toBe('closed');
    expect(await fateOf(CONNECT)).toBe('closed');
  });

  it('never throws on any bytes, and lets none through before a CONNECT', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        fc.pre(bytes[0] !== 0x10);
        expect(await fateOf(Buffer.from(bytes), false)).not.toBe('through');
      }),
      { numRuns: 200 },
    );
  });
});

describe('frame guard: CONNECT', () => {
  const connect = (flags: number, ...payload: Buffer[]): Buffer =>
    packet(0x10, s('MQTT'), [4, flags, 0, 10], ...payload);

  it.each([
    ['MQTT 3.1.1', connect(0x02, s('p'))],
    ['MQTT 3.1', packet(0x10, s('MQIsdp'), [3, 2, 0, 10], s('p'))],
    ['an empty client identifier with a clean session', connect(0x02, s(''))],
    ['a will', connect(0x2e, s('p'), s('topic'), s('gone'))],
    ['a user name and a password of any bytes', connect(0xc2, s('p'), s('u'), s(Buffer.of(0, 1, 0xff)))],
    ['an empty user name', connect(0x82, s('p'), s(''))],
  ])('lets %s through', async (_, bytes) => expect(await fateOf(bytes, false)).toBe('through'));

  it.each([
    ['another protocol', packet(0x10, s('MQTU'), [4, 2, 0, 10], s('p'))],
    ['no protocol', packet(0x10, s(''), [4, 2, 0, 10], s('long-id'))],
    ['reserved header flags', packet(0x12, s('MQTT'), [4, 2, 0, 10], s('p'))],
    ['the reserved connect flag', connect(0x03, s('p'))],
    ['a will QoS without a will', connect(0x0a, s('p'))],
    ['a retained will without a will', connect(0x22, s('p'))],
    ['a will QoS of 3', connect(0x1e, s('p'), s('topic'), s('gone'))],
    ['a will flag without a will', connect(0x06, s('p'))],
    ['a will without its message', connect(0x06, s('p'), s('topic'))],
    ['a will on a wildcard', connect(0x06, s('p'), s('a/#'), s('gone'))],
    ['a will on no topic', connect(0x06, s('p'), s(''), s('gone'))],
    ['a password without a user name', connect(0x42, s('p'), s('secret'))],
    ['a user name flag without a user name', connect(0x82, s('p'))],
    ['a password flag without a password', connect(0xc2, s('p'), s('u'))],
    ['a user name without its flag', connect(0x02, s('p'), s('u'))],
    ['no client identifier', packet(0x10, s('MQTT'), [4, 2, 0, 10], Buffer.alloc(1))],
    ['more than the limit', connect(0x06, s('p'), s('topic'), s(Buffer.alloc(BROKER_LIMITS.connectBytesMax)))],
    ...forbiddenTexts.flatMap(([name, text]): [string, Buffer][] => [
      [`a client identifier with ${name}`, connect(0x02, s(text))],
      [`a user name with ${name}`, connect(0x82, s('p'), s(text))],
      [`a will topic with ${name}`, connect(0x06, s('p'), s(text), s('gone'))],
    ]),
  ])('closes the connection at %s', async (_, bytes) => expect(await fateOf(bytes, false)).toBe('closed'));

  it.each([
    ['MQTT 5', packet(0x10, s('MQTT'), [5, 2, 0, 10, 0], s('p')), [2, 0, 1]],
    ['a level before 3', packet(0x10, s('MQTT'), [2, 2, 0, 10], s('p')), [2, 0, 1]],
    ['a level after 5', packet(0x10, s('MQTT'), [6, 2, 0, 10, 0], s('p')), [3, 0, 0x84, 0]],
    ['the last level', packet(0x10, s('MQIsdp'), [0x7f, 2, 0, 10], s('p')), [3, 0, 0x84, 0]],
    ['a bridge', packet(0x10, s('MQTT'), [0x84, 2, 0, 10], s('p')), [2, 0, 1]],
    ['an empty client identifier without a clean session', connect(0x00, s('')), [2, 0, 2]],
    ['an empty client identifier in MQTT 3.1', packet(0x10, s('MQIsdp'), [3, 2, 0, 10], s('')), [2, 0, 2]],
  ])('refuses %s with a code, then closes', async (_, bytes, answer) => {
    const { client, guard, answers } = between();
    const closed = new Promise((resolve) => client.once('end', resolve));
    client.write(bytes);
    await closed;
    expect([...answers()]).toEqual([0x20, ...answer]);
    expect(guard.destroyed).toBe(true);
  });
});

it('frame guard: clears what MQTT 3.1 leaves unused in a CONNECT', async () => {
  const connect = (first: number, flags: number) => packet(first, s('MQIsdp'), [3, flags, 0, 10], s('p'));
  const { client, guard, consume, through } = between();
  consume();
  client.write(connect(0x1f, 0x03));
  await settle();
  expect(through()).toEqual(connect(0x10, 0x02));
  guard.destroy();
});

describe('frame guard: time and room', () => {
  it('closes a connection whose CONNECT or whose packet does not come whole in time', async () => {
    const late = between({ connectMsMax: 30 });
    late.client.write(CONNECT.subarray(0, 5));
    const slow = between({ packetMsMax: 30 });
    slow.client.write(CONNECT);
    slow.guard.open();
    slow.consume();
    slow.client.write(publish('topic', 'payload').subarray(0, 6));
    await new Promise((resolve) => slow.guard.once('close', resolve));
    expect(slow.guard.fault).toMatch(/whole in time/);
    if (!late.guard.destroyed) await new Promise((resolve) => late.guard.once('close', resolve));
    expect(late.guard.fault).toMatch(/CONNECT/);
  });

  it('holds what follows a CONNECT until the client is signed in', async () => {
    const { client, guard, consume, through } = between();
    consume();
    client.write(Buffer.concat([CONNECT, publish('topic', 'one')]));
    await settle();
    expect(through()).toEqual(CONNECT);
    guard.open();
    await settle();
    expect(through()).toEqual(Buffer.concat([CONNECT, publish('topic', 'one')]));
    guard.destroy();
  });

  it('lets exactly as many publishes through as may be unanswered, and one more for each answer', async () => {
    const { client, guard, consume, through } = between({ inFlightPerClientMessagesMax: 3 });
    consume();
    client.write(CONNECT);
    guard.open();
    const messages = Array.from({ length: 6 }, (_, i) => publish('topic', `message ${i}`, i + 1));
    client.write(Buffer.concat(messages));
    await settle();
    const first = [CONNECT, ...messages.slice(0, 3)];
    expect(through()).toEqual(Buffer.concat(first));
    guard.answered(10);
    await settle();
    expect(through()).toEqual(Buffer.concat([...first, messages[3]!]));
    expect(guard.inFlightMessages).toBe(3);
    guard.destroy();
  });

  it('slows a connection down to its rate, and loses nothing', async () => {
    let now = 0;
    const { client, guard, consume, through } = between({ publishesPerSecond: 1_000, publishesBurst: 5 }, () => now);
    consume();
    client.write(CONNECT);
    guard.open();
    const messages = Array.from({ length: 8 }, (_, i) => publish('topic', `message ${i}`, i + 1));
    client.write(Buffer.concat(messages));
    await settle();
    expect(through()).toEqual(Buffer.concat([CONNECT, ...messages.slice(0, 5)]));
    now = 1_000;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await settle();
    expect(through()).toEqual(Buffer.concat([CONNECT, ...messages]));
    guard.destroy();
  });

  it('stops reading while the broker does not ask for more', async () => {
    const { client, guard } = between({ inFlightPerClientMessagesMax: 1e9, inFlightMessagesMax: 1e9 });
    client.write(CONNECT);
    guard.open();
    let accepted = true;
    for (let i = 0; i < 200 && accepted; i++) {
      accepted = client.write(publish('topic', Buffer.alloc(60_000), 1));
      await settle();
    }
    expect(accepted).toBe(false);
    expect(guard.readableLength).toBeLessThan(200_000);
    guard.destroy();
  });

  it('passes the same bytes whatever the pieces in which they come', async () => {
    const all = Buffer.concat([
      CONNECT,
      publish('a', Buffer.alloc(70_000, 1)),
      packet(0xc0),
      packet(0x82, [0, 1], s('a/+'), [1]),
      publish('b', 'x'.repeat(300), 7),
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 30 }),
        async (sizes) => {
          const { client, guard, consume, through } = between();
          consume();
          guard.open();
          for (let at = 0, i = 0; at < all.length; i++) {
            const size = sizes[i % sizes.length]!;
            client.write(all.subarray(at, at + size));
            at += size;
            if (i % 7 === 0) await turn();
          }
          await settle();
          for (let i = 0; i < 200 && through().length < all.length; i++) await turn();
          expect(through().equals(all)).toBe(true);
          guard.destroy();
        },
      ),
      { numRuns: 25 },
    );
  });

  it('tells the broker that a peer does not read, and goes on when it does', async () => {
    const { client, guard } = between();
    client.pause();
    let written = 0;
    while (guard.write(Buffer.alloc(10_000)) && written < 1_000) written++;
    expect(written).toBeLessThan(1_000);
    const drained = new Promise((resolve) => guard.once('drain', resolve));
    client.resume();
    await drained;
    guard.destroy();
  });
});
