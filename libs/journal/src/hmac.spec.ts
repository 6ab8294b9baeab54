import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { hmacSha256, hmacSha256Cut } from './hmac.js';

const asNodeDoes = (key: Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

test('it is the HMAC of Node for every key and text', () => {
  const keys = fc.uint8Array({ minLength: 1, maxLength: 100 });
  const texts = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(fc.property(keys, texts, (key, text) => expect(hmacSha256(key, text)).toBe(asNodeDoes(key, text))));
});

test.each([
  ['as long as fits', 'x'.repeat(4_096)],
  ['as long as fits, three bytes a character', '\u20ac'.repeat(4_096)],
  ['longer', '\u20ac'.repeat(4_097)],
  ['empty', ''],
])('also of a text that is %s', (_which, text) => {
  const key = Buffer.alloc(32, 7);
  expect(hmacSha256(key, text)).toBe(asNodeDoes(key, text));
});

test('a key is not mixed up with the one before it', () => {
  const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const texts = ['a longer text, which the next one does not cover', 'short'];
  for (const text of texts)
    for (const key of [one, other, one]) expect(hmacSha256(key, text)).toBe(asNodeDoes(key, text));
});

test('of bytes without some in their midst it is that of the rest', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 5_000 });
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(5_000), { minLength: 4, maxLength: 4 }), (all, places) => {
      const [from, cutFrom, cutTo, to] = places.map((at) => at % (all.length + 1)).sort((a, b) => a - b);
      const cut = { from: from!, cutFrom: cutFrom!, cutTo: cutTo!, to: to! };
      const rest = Buffer.concat([all.subarray(from, cutFrom), all.subarray(cutTo, to)]);
      const expected = createHmac('sha256', 'key').update(rest).digest('base64url');
      expect(hmacSha256Cut(Buffer.from('key'), Buffer.from(all), cut)).toBe(expected);
    }),
  );
});
