import fc from 'fast-check';
import { crc16 } from './crc16.js';
import { buildQris, parseQris, type QrisCode } from './qris.js';
import { buildTlv, parseTlv } from './tlv.js';

const parking: QrisCode = {
  dynamic: true,
  accounts: [{ tag: '26', fields: [{ tag: '00', value: 'ID.CO.EXAMPLE.WWW' }] }],
  nmid: 'ID1023249949984',
  criteria: 'UME',
  mcc: '7523',
  amount: 4000,
  merchantName: 'PARKIR PEMKO MEDAN',
  merchantCity: 'MEDAN',
  postalCode: '20112',
  reference: 'ORD0000001042',
  terminal: 'hh-0001',
  other: [],
};

function built(code: QrisCode): string {
  const text = buildQris(code);
  if (!text.ok) throw new Error(text.error.message);
  return text.value;
}

const ascii = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...' ABCXYZabcxyz0189.-/:'), minLength: min, maxLength: max });

const anyCode: fc.Arbitrary<QrisCode> = fc.record({
  dynamic: fc.constant(true),
  accounts: fc
    .uniqueArray(
      fc.record({
        tag: fc.integer({ min: 26, max: 50 }).map(String),
        fields: fc.uniqueArray(
          fc.record({ tag: fc.integer({ min: 0, max: 9 }).map((n) => `0${n}`), value: ascii(1, 15) }),
          { minLength: 1, maxLength: 4, selector: (field) => field.tag },
        ),
      }),
      { maxLength: 3, selector: (account) => account.tag },
    )
    .map((accounts) => accounts.sort((a, b) => (a.tag < b.tag ? -1 : 1))),
  nmid: ascii(1, 15),
  criteria: fc.option(ascii(3, 3)),
  mcc: fc.integer({ min: 0, max: 9999 }).map((n) => String(n).padStart(4, '0')),
  amount: fc.integer({ min: 1, max: 9_999_999_999 }),
  merchantName: ascii(1, 25),
  merchantCity: ascii(1, 15),
  postalCode: fc.option(ascii(1, 10)),
  reference: fc.option(ascii(1, 25)),
  terminal: fc.option(ascii(1, 25)),
  other: fc.constant([]),
});

describe('CRC-16/CCITT-FALSE', () => {
  it('gives the published check value 29B1 for "123456789"', () => {
    expect(crc16(new TextEncoder().encode('123456789'))).toBe('29B1');
  });
});

describe('QRIS codes', () => {
  it('writes a dynamic code with tags in order, order id and terminal in 62, and the CRC over everything before it', () => {
    const text = built(parking);
    expect(text.startsWith('000201010212')).toBe(true);
    expect(text).toContain('51440014ID.CO.QRIS.WWW0215ID10232499499840303UME');
    expect(text).toContain('54044000');
    expect(text).toContain('62280513ORD00000010420707hh-0001');
    expect(text.slice(-4)).toBe(crc16(new TextEncoder().encode(text.slice(0, -4))));
  });

  it('reads back what it wrote, for every code', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(parseQris(built(code))).toEqual({ ok: true, value: code });
      }),
    );
  });

  it('notices every single altered character', () => {
    const text = built(parking);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'0123456789ABCDEF xyz'), (at, character) => {
        fc.pre(text[at]!.toUpperCase() !== character.toUpperCase());
        expect(parseQris(text.slice(0, at) + character + text.slice(at + 1)).ok).toBe(false);
      }),
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => parseQris(text).ok === false));
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{0,120}$/), (digits) => {
        const upTo = `${digits}6304`;
        expect(typeof parseQris(upTo + crc16(new TextEncoder().encode(upTo))).ok).toBe('boolean');
      }),
    );
    // A sound code with anything put into it, its checksum right: what passes can be kept and counted.
    const sound = built(parking).slice(0, -4);
    fc.assert(
      fc.property(
        fc.nat(sound.length - 8),
        fc.nat(12),
        fc.string({ unit: 'binary', maxLength: 12 }),
        (at, cut, put) => {
          const upTo = `${sound.slice(0, at)}${put}${sound.slice(Math.min(at + cut, sound.length - 4))}`;
          const read = parseQris(upTo + crc16(new TextEncoder().encode(upTo)));
          if (!read.ok) return;
          expect(Object.values(read.value).join()).not.toMatch(/\p{Cc}/u);
          expect(Number.isSafeInteger(read.value.amount ?? 0)).toBe(true);
        },
      ),
    );
  });

  it.each<[string, Partial<QrisCode>, string]>([
    ['no amount in a dynamic code', { amount: null }, '54'],
    ['sen', { amount: 0.5 }, '54'],
    ['a negative amount', { amount: -1 }, '54'],
    ['a name past 25 characters', { merchantName: 'x'.repeat(26) }, '59'],
    ['a name with accents', { merchantName: 'PARKIR É' }, '59'],
    ['an order id past 25 characters', { reference: 'x'.repeat(26) }, '62.05'],
    ['a category code that is none', { mcc: '75' }, '52'],
    ['a known tag among the others', { other: [{ tag: '54', value: '1' }] }, '54'],
  ])('refuses to write %s and names the tag', (_what, change, tag) => {
    const text = buildQris({ ...parking, ...change });
    expect(text).toMatchObject({ ok: false, error: { tag } });
  });

  it('names the tag whose length runs past the end', () => {
    const upTo = '00020101021259996304';
    const text = upTo + crc16(new TextEncoder().encode(upTo));
    expect(parseQris(text)).toMatchObject({ ok: false, error: { code: 'length', tag: '59' } });
  });

  it.each([
    ['another currency', '5303360', '5303840', '53'],
    ['another country', '5802ID', '5802SG', '58'],
    ['another payload format', '000201', '000202', '00'],
    ['a kind that is none', '010212', '010213', '01'],
    ['letters in the category', '52047523', '5204PARK', '52'],
    ['no city', '6005MEDAN', '', '60'],
  ])('refuses %s under a right checksum and names the tag', (_what, from, to, tag) => {
    const upTo = built(parking).replace(from, to).slice(0, -4);
    const text = upTo + crc16(new TextEncoder().encode(upTo));
    expect(parseQris(text)).toMatchObject({ ok: false, error: { tag } });
  });

  it('accepts 4000.00 as 4000 rupiah and refuses 4000.50', () => {
    const withAmount = (amount: string): string => {
      const body = built({ ...parking, other: [] }).replace(
        '54044000',
        `54${String(amount.length).padStart(2, '0')}${amount}`,
      );
      const upTo = body.slice(0, -4);
      return upTo + crc16(new TextEncoder().encode(upTo));
    };
    expect(parseQris(withAmount('4000.00'))).toMatchObject({ ok: true, value: { amount: 4000 } });
    expect(parseQris(withAmount('4000.50'))).toMatchObject({ ok: false, error: { tag: '54' } });
  });
});

describe('TLV', () => {
  it('counts characters, not bytes or UTF-16 units, when it reads', () => {
    expect(parseTlv('6402é😀')).toEqual({ ok: true, value: [{ tag: '64', value: 'é😀' }] });
  });

  it('refuses a repeated tag and names its template', () => {
    expect(parseTlv('0501a0501b', '62')).toMatchObject({ ok: false, error: { code: 'repeated', tag: '62.05' } });
    expect(buildTlv([{ tag: '05', value: '' }], '62')).toMatchObject({ ok: false, error: { tag: '62.05' } });
  });
});
