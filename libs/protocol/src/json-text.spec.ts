import fc from 'fast-check';
import { decodeUtf8Json, splitJsonArray } from './index.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('reading a payload', () => {
  it('gives the value of what JSON and UTF-8 can say', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const decoded = decodeUtf8Json(bytesOf(JSON.stringify(value)));
        expect(decoded).toEqual({ ok: true, value: JSON.parse(JSON.stringify(value)), text: JSON.stringify(value) });
      }),
    );
  });

  it.each([
    ['a byte-order mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x31), /byte-order mark/],
    ['a byte that is no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), /UTF-8/],
    ['an overlong encoding', Uint8Array.of(0x22, 0xc0, 0x80, 0x22), /UTF-8/],
    ['an encoded surrogate', Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), /UTF-8/],
    ['half a character', Uint8Array.of(0x22, 0xe2, 0x82), /UTF-8/],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x31, 0x00), /UTF-8/],
    ['nothing', Uint8Array.of(), /must be JSON/],
    ['a cut object', bytesOf('{"v":1'), /must be JSON/],
    ['a comment', bytesOf('{"v":1} // one'), /must be JSON/],
    ['NaN', bytesOf('{"v":NaN}'), /must be JSON/],
  ])('refuses %s', (_what, bytes, message) => {
    expect(decodeUtf8Json(bytes)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  it('quotes nothing of the payload in its message', () => {
    const decoded = decodeUtf8Json(bytesOf('{"plate":"BK 1234 AB", secret}'));
    expect(JSON.stringify(decoded)).not.toMatch(/BK|secret/);
  });

  it('reads a message of 64 KiB that is nothing but brackets', () => {
    expect(decodeUtf8Json(bytesOf('['.repeat(32_768) + ']'.repeat(32_768))).ok).toBe(true);
  });
});

describe('splitting an array into the text of its elements', () => {
  const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);

  it('gives each element as it was written, without the space around it', () => {
    const element = fc.tuple(fc.jsonValue(), space, space, fc.constantFrom(0, 1));
    fc.assert(
      fc.property(fc.array(element, { maxLength: 8 }), space, space, (elements, before, after) => {
        const written = elements.map(([value, , , indent]) => JSON.stringify(value, null, indent));
        const padded = elements.map(([, left, right], i) => `${left}${written[i]}${right}`);
        expect(splitJsonArray(`${before}[${padded.join(',')}]${after}`)).toEqual(written);
      }),
      { numRuns: 500 },
    );
  });

  it('is not misled by brackets, commas and quotation marks inside text', () => {
    expect(splitJsonArray('[{"a":"],[\\"{"} , "\\\\", [1,[2,3]], {}]')).toEqual([
      '{"a":"],[\\"{"}',
      '"\\\\"',
      '[1,[2,3]]',
      '{}',
    ]);
    expect(splitJsonArray(' [ \n ] ')).toEqual([]);
    expect(splitJsonArray('[[]]')).toEqual(['[]']);
  });

  it('gives null for what is no array', () => {
    for (const text of ['{"a":[1]}', '"[1]"', '1', '[']) expect(splitJsonArray(text)).toBeNull();
  });

  it('ends on any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('[', ']', '"', '\\', ',', 'a', '{') }), (text) => {
        splitJsonArray(`[${text}]`);
      }),
    );
  });
});
