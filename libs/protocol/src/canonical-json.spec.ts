import { InvariantError } from '@app/kernel';
import fc from 'fast-check';
import { canonicalJson, canonicalJsonWithout } from './index.js';

/** RFC 8785 word by word, without any thought of speed: what the canonical form is compared with. */
function reference(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(reference).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${reference(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', ''));
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    text,
    fc.array(tie('json'), { maxLength: 6 }),
    fc.dictionary(text, tie('json'), { maxKeys: 24, noNullPrototype: true }),
  ),
}));

/** The value with the keys of every object in another order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, reordered(member)] as const);
  return Object.fromEntries(members.reverse());
}

describe('the canonical form (RFC 8785)', () => {
  it('sorts keys by UTF-16 code units: the example of section 3.2.3', () => {
    const value = JSON.parse(
      '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",' +
        '"\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
    );
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toHaveLength(7);
    const order = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map((match) => match[1]);
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it('escapes text as section 3.2.2 shows', () => {
    const value = JSON.parse(
      '{"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonicalJson(value)).toBe('{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
  });

  it('reads numbers as the integers they are', () => {
    expect(canonicalJson(JSON.parse('[2000.0, 1e3, -0, 9007199254740991, -9007199254740991, 1E+2]'))).toBe(
      '[2000,1000,0,9007199254740991,-9007199254740991,100]',
    );
  });

  it('equals a naive reference for every value, and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        const canonical = canonicalJson(value);
        expect(canonical).toBe(reference(value));
        expect(canonicalJson(reordered(value))).toBe(canonical);
        expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(canonical);
        expect(canonicalJson(JSON.parse(canonical))).toBe(canonical);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps an own key __proto__', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}');
  });

  it('leaves one field of the top out, and only there', () => {
    expect(canonicalJsonWithout({ v: 1, mac: 'x', body: { mac: 'y' } }, 'mac')).toBe('{"body":{"mac":"y"},"v":1}');
    expect(canonicalJsonWithout({ mac: 'x' }, 'mac')).toBe('{}');
  });

  it('has no number that JSON or the protocol does not have', () => {
    for (const value of [0.5, NaN, Infinity, 2 ** 53, undefined, 1n]) {
      expect(() => canonicalJson(value)).toThrow(InvariantError);
    }
  });
});
