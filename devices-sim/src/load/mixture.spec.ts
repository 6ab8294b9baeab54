import { createHash } from 'node:crypto';
import { DAY_MS, seededRandom } from '@app/kernel';
import { makeMixture } from './mixture.js';
import { publishFrame } from './raw-client.js';
import { parser } from 'mqtt-packet';

const until = Date.parse('2026-11-21T12:00:00Z');
const journalKey = Buffer.alloc(32, 3).toString('base64url');
const mix = (seed: number, records = 400) => makeMixture({ random: seededRandom(seed), journalKey, records, until });
const digest = (seed: number) =>
  createHash('sha256')
    .update(JSON.stringify(mix(seed).messages))
    .digest('hex');

interface Sent {
  readonly seq: number;
  readonly epoch: number;
  readonly type: string;
  readonly body: { readonly voids?: number };
}

test('the same seed mixes the same messages', () => {
  expect(digest(1)).toBe(digest(1));
  expect(digest(1)).not.toBe(digest(2));
});

test('holds every record, duplicates, conflicts, every kind of garbage and late days', () => {
  const { messages, oracle } = mix(5, 2000);
  const outcomes = messages.flatMap((m) => m.receipts.flatMap((r) => r.results.map((x) => x.code ?? x.outcome)));
  const count = (name: string) => outcomes.filter((outcome) => outcome === name).length;
  expect(count('accepted')).toBe(2000);
  expect(count('duplicate')).toBeGreaterThan(80);
  expect(count('conflict')).toBeGreaterThan(10);
  for (const code of ['bad-json', 'bad-schema', 'bad-mac', 'unknown-epoch', 'too-large']) {
    expect(count(code)).toBeGreaterThan(0);
  }
  expect(oracle.contiguousUpTo).toBeGreaterThanOrEqual(2000);
  const days = [...oracle.income().keys()].map((key) => Date.parse(key.slice(0, 10)));
  expect(Math.max(...days) - Math.min(...days)).toBeGreaterThan(60 * DAY_MS);
});

test('what the oracle counts is what a sum over its own first contents gives', () => {
  const { messages, oracle } = mix(9, 300);
  const firsts = new Map<number, Sent>();
  for (const { payload, receipts } of messages) {
    const results = receipts.flatMap((r) => r.results);
    if (!results.some((result) => result.outcome === 'accepted')) continue;
    const parsed = JSON.parse(payload.toString()) as unknown;
    for (const record of [parsed].flat() as Sent[]) {
      const accepted = results.some((r) => r.seq === record.seq && r.outcome === 'accepted');
      if (accepted && record.epoch === 1 && !firsts.has(record.seq)) firsts.set(record.seq, record);
    }
  }
  const voided = new Set([...firsts.values()].map((record) => record.body.voids));
  const counted = [...firsts].filter(([seq, record]) => record.type === 'payment' && !voided.has(seq));
  const sums = [...oracle.income().values()];
  expect(sums.reduce((n, sum) => n + sum.count, 0)).toBe(counted.length);
});

test('frames made by hand are read by a real parser, whatever their length', () => {
  for (const length of [0, 1, 100, 127, 128, 16_383, 16_384, 70_000]) {
    const read: { topic: string; payload: Buffer; qos: number; messageId?: number }[] = [];
    const reader = parser({ protocolVersion: 4 });
    reader.on('packet', (packet) => read.push(packet as never));
    const frame = publishFrame(Buffer.from('eparking/v1/hh-0001/journal'), Buffer.alloc(length, 97));
    // Packet id 0 is no id: put one in, as the client does.
    const id = frame.length - length - 2;
    frame.writeUInt16BE(777, id);
    reader.parse(frame);
    expect(read).toMatchObject([{ topic: 'eparking/v1/hh-0001/journal', qos: 1, messageId: 777 }]);
    expect(read[0]!.payload).toHaveLength(length);
  }
});
