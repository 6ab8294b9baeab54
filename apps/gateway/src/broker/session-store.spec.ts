import fc from 'fast-check';
import { SessionStore } from './session-store.js';
import { Settled } from './settled.js';
import { filterMatches } from './topic-match.js';

const limits = { queuedPerSessionMax: 5, queuedBytesMax: 1e9, sessionsMax: 3, retainedTopicsMax: 3 };
const ownerOf = (topic: string): string | null => /^d\/([^/+#]+)\//.exec(topic)?.[1] ?? null;

function store(overrides: Partial<typeof limits> = {}) {
  return new SessionStore({
    limits: { ...limits, ...overrides },
    maySubscribe: (clientId, filter) => filter.startsWith(`d/${clientId}/`),
    ownerOf,
  });
}

let counter = 0;
const message = (topic: string, payload = 'x') => ({
  cmd: 'publish',
  topic,
  payload: Buffer.from(payload),
  qos: 1,
  brokerId: 'b',
  brokerCounter: ++counter,
});

async function collect(stream: AsyncIterable<unknown>): Promise<{ topic: string; payload: Buffer; dup?: boolean }[]> {
  const all = [];
  for await (const item of stream) all.push(item as { topic: string; payload: Buffer; dup?: boolean });
  return all;
}

/** What the broker does when it publishes with QoS 1. */
function publish(sessions: SessionStore, packet: ReturnType<typeof message>): void {
  void sessions.subscriptionsByTopic(packet.topic).then((found) => sessions.outgoingEnqueueCombi(found, packet));
}

describe('topic filters', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/b/', false],
    ['a/+', 'a/b', true],
    ['a/+', 'a', false],
    ['a/+', 'a/', true],
    ['+/+', '/a', true],
    ['+', '/a', false],
    ['a/#', 'a', true],
    ['a/#', 'a/b/c', true],
    ['a/+/#', 'a', false],
    ['#', 'a/b', true],
    ['#', '$SYS/a', false],
    ['+/a', '$SYS/a', false],
    ['$SYS/#', '$SYS/a', true],
  ])('%s and %s: %s', (filter, topic, matches) => expect(filterMatches(filter, topic)).toBe(matches));

  it('match every topic under their own beginning', () => {
    const level = fc.stringMatching(/^[a-z]{0,3}$/);
    fc.assert(
      fc.property(fc.array(level, { minLength: 1 }), fc.array(level), (begin, rest) => {
        const topic = [...begin, ...rest].join('/');
        expect(filterMatches([...begin, '#'].join('/'), topic)).toBe(true);
        expect(filterMatches([...begin, ...rest.map(() => '+')].join('/'), topic)).toBe(true);
      }),
    );
  });
});

describe('session store', () => {
  it('answers at once, so that the broker publishes in order whatever the QoS', () => {
    const order: string[] = [];
    void store()
      .subscriptionsByTopic('d/one/receipts')
      .then(() => order.push('answer'));
    order.push('after');
    expect(order).toEqual(['answer', 'after']);
    void new Settled(1).then((one) => order.push(String(one + 1)));
    expect(order.at(-1)).toBe('2');
  });

  it('keeps the newest messages of an absent session, in order, and says which were sent before', async () => {
    const sessions = store();
    await sessions.addSubscriptions({ id: 'one' }, [{ topic: 'd/one/#', qos: 1 }]);
    const sent = Array.from({ length: 8 }, (_, i) => message('d/one/receipts', String(i)));
    for (const packet of sent) publish(sessions, packet);
    await sessions.outgoingUpdate({ id: 'one' }, { ...sent[4]!, messageId: 9 });
    const queued = await collect(sessions.outgoingStream({ id: 'one' }));
    expect(queued.map(({ payload }) => payload.toString())).toEqual(['3', '4', '5', '6', '7']);
    expect(queued.map(({ dup }) => dup ?? false)).toEqual([false, true, false, false, false]);
    await sessions.outgoingClearMessageId({ id: 'one' }, { messageId: 9 });
    expect(sessions.queued('one')).toBe(4);
  });

  it('counts the bytes of all queues, and forgets those of the longest absent session first', async () => {
    const sessions = store({ queuedBytesMax: 4_000 });
    for (const id of ['one', 'two']) {
      await sessions.addSubscriptions({ id }, [{ topic: `d/${id}/#`, qos: 1 }]);
      publish(sessions, message(`d/${id}/receipts`, 'x'.repeat(1_000)));
    }
    await sessions.subscriptionsByClient({ id: 'one' }); // came back: now 'two' is absent longest
    for (let i = 0; i < 2; i++) publish(sessions, message('d/one/receipts', 'x'.repeat(1_000)));
    expect([sessions.queued('one'), sessions.queued('two')]).toEqual([3, 0]);
    await sessions.cleanSubscriptions({ id: 'one' });
    expect(sessions.queuedBytes).toBe(0);
  });

  it('queues one message a session, however many of its filters match, and none for QoS 0', async () => {
    const sessions = store();
    await sessions.addSubscriptions({ id: 'one' }, [
      { topic: 'd/one/#', qos: 1 },
      { topic: 'd/one/+', qos: 2 },
    ]);
    await sessions.addSubscriptions({ id: 'two' }, [{ topic: 'd/two/#', qos: 0 }]);
    publish(sessions, message('d/one/receipts'));
    publish(sessions, message('d/two/receipts'));
    expect([sessions.queued('one'), sessions.queued('two')]).toEqual([1, 0]);
  });

  it('never keeps a filter that was refused, though the broker hands it over', async () => {
    const sessions = store();
    await sessions.addSubscriptions({ id: 'one' }, [
      { topic: 'd/one/receipts', qos: 1 },
      { topic: 'd/two/receipts', qos: 1 },
      { topic: '#', qos: 1 },
    ]);
    expect(await sessions.subscriptionsByClient({ id: 'one' })).toEqual([{ topic: 'd/one/receipts', qos: 1 }]);
  });

  it('keeps PUBREL in the place of a message of QoS 2 until PUBCOMP', async () => {
    const sessions = store();
    await sessions.addSubscriptions({ id: 'one' }, [{ topic: 'd/one/#', qos: 2 }]);
    const packet = message('d/one/receipts');
    publish(sessions, packet);
    await sessions.outgoingUpdate({ id: 'one' }, { ...packet, messageId: 7 });
    await sessions.outgoingUpdate({ id: 'one' }, { cmd: 'pubrel', messageId: 7 });
    expect(await collect(sessions.outgoingStream({ id: 'one' }))).toMatchObject([{ cmd: 'pubrel', messageId: 7 }]);
    await sessions.outgoingClearMessageId({ id: 'one' }, { messageId: 7 });
    expect(sessions.queued('one')).toBe(0);
  });

  it('bears acknowledgements of what it does not know', async () => {
    const sessions = store();
    await sessions.outgoingUpdate({ id: 'none' }, { cmd: 'pubrel', messageId: 1 });
    expect(await sessions.outgoingClearMessageId({ id: 'none' }, { messageId: 1 })).toBeUndefined();
    await expect(sessions.incomingDelPacket({ id: 'none' }, { messageId: 1 })).rejects.toThrow('no such packet');
  });

  it('bounds the sessions: the longest absent is forgotten', async () => {
    const sessions = store();
    for (const id of ['one', 'two', 'three', 'four'])
      await sessions.addSubscriptions({ id }, [{ topic: `d/${id}/#`, qos: 1 }]);
    expect(sessions.sessions).toBe(3);
    expect(await sessions.subscriptionsByClient({ id: 'one' })).toEqual([]);
  });

  it('bounds the retained topics, replaces and removes them, and finds them by filter', async () => {
    const sessions = store();
    for (const topic of ['d/one/config', 'd/one/status', 'other', 'too/many'])
      await sessions.storeRetained({ topic, payload: Buffer.from('1') });
    await sessions.storeRetained({ topic: 'd/one/config', payload: Buffer.from('2') });
    const found = async (...filters: string[]) =>
      (await collect(sessions.createRetainedStreamCombi(filters))).map(({ topic, payload }) => `${topic}=${payload}`);
    expect(await found('d/one/#')).toEqual(['d/one/config=2', 'd/one/status=1']);
    expect(await found('d/one/config', 'd/two/#')).toEqual(['d/one/config=2']);
    expect(await found('#')).toEqual(['d/one/config=2', 'd/one/status=1', 'other=1']);
    await sessions.storeRetained({ topic: 'd/one/config', payload: Buffer.alloc(0) });
    expect(await found('d/one/#')).toEqual(['d/one/status=1']);
  });
});
