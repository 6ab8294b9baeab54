import fc from 'fast-check';
import { GOOD_BODIES, goodBody, instant, typeAndBody } from '../../testing/src/good-records.js';
import { bodyFault, canonicalJson, envelopeFault, faultText, recordFault } from './index.js';

const AT = '2026-11-21T09:15:02+07:00';
const record = {
  v: 1,
  epoch: 1,
  seq: 1042,
  type: 'payment',
  at: AT,
  body: { vehicleClass: 'car', amount: 4000, method: 'cash', tariff: 'CAR-2026', shift: '', attendant: '' },
  prev: '',
  mac: 'x'.repeat(43),
} as const;

describe('the check of an envelope', () => {
  it('lets good records of every type through, with unknown fields in the body', () => {
    fc.assert(
      fc.property(typeAndBody, fc.integer({ min: 1 }), instant, ([type, body], seq, at) => {
        const good = { ...record, seq, at, type, body: { ...body, makersOwn: { [type]: [1, 'two'] } } };
        expect(envelopeFault(good)).toBeNull();
        expect(recordFault(good)).toBeNull();
      }),
    );
  });

  it('leaves type and body to the check of the body', () => {
    expect(envelopeFault({ ...record, type: 'teleport', body: { amount: 'much' } })).toBeNull();
    expect(envelopeFault({ ...record, type: 'x'.repeat(1000), body: { note: '\u0000' } })).toBeNull();
  });

  it('leaves a wrong mac and a wrong prev to the checks of MAC and chain', () => {
    for (const text of ['', 'no base64url!', 'x'.repeat(86)]) {
      expect(envelopeFault({ ...record, mac: text, prev: text })).toBeNull();
    }
  });

  const without = (field: keyof typeof record): object => {
    const { [field]: _left, ...rest } = record;
    return rest;
  };

  const faulty: (readonly [string, unknown])[] = [
    ['record', []],
    ['record', null],
    ['record', 'text'],
    ['v', { ...record, v: 2 }],
    ['v', { ...record, v: '1' }],
    ['epoch', { ...record, epoch: 0 }],
    ['seq', { ...record, seq: '1' }],
    ['seq', { ...record, seq: 2 ** 53 }],
    ['seq', { ...record, seq: -1 }],
    ['type', { ...record, type: 7 }],
    ['at', { ...record, at: '2026-02-30T00:00:00Z' }],
    ['at', { ...record, at: 1_795_000_000 }],
    ['body', { ...record, body: [] }],
    ['body', { ...record, body: null }],
    ['prev', { ...record, prev: null }],
    ['mac', { ...record, mac: null }],
    ['sig', { ...without('mac'), sig: 1 }],
    ['sig', { ...record, sig: 'x' }],
    ['extra', { ...record, extra: 1 }],
    ['__proto__', JSON.parse(JSON.stringify(record).replace('{', '{"__proto__":{},'))],
    ...(['v', 'epoch', 'seq', 'type', 'at', 'body', 'prev', 'mac'] as const).map(
      (field) => [field, without(field)] as const,
    ),
  ];
  it.each(faulty)('names the field %s', (field, value) => {
    expect(envelopeFault(value)?.field).toBe(field);
  });

  it('takes a signature in the place of the MAC', () => {
    expect(envelopeFault({ ...without('mac'), sig: 'x'.repeat(86) })).toBeNull();
  });
});

describe('what leaves no canonical form', () => {
  const inBody = (field: string, value: unknown): object => ({ ...record, body: { ...record.body, [field]: value } });

  it.each([
    ['body.amount', inBody('amount', 0.5)],
    ['body.note', inBody('note', 2 ** 53)],
    ['body.note[1].deep', inBody('note', [1, { deep: -(2 ** 53) }])],
    ['body.plate', inBody('plate', 'BK \ud800')],
    ['body.plate', inBody('plate', '\udc00\ud800')],
    ['body.a?b', inBody('a\udfffb', 1)],
    ['prev', { ...record, prev: '\ud800' }],
    ['note?', { ...record, 'note\ud800': 1 }],
  ])('is a fault of the envelope at %s', (field, value) => {
    expect(envelopeFault(value)?.field).toBe(field);
  });

  it('is a ninth level, counted from the record itself', () => {
    const nested = (levels: number): unknown =>
      levels === 0 ? 1 : levels % 2 === 0 ? [nested(levels - 1)] : { a: nested(levels - 1) };
    expect(envelopeFault(inBody('note', nested(6)))).toBeNull();
    expect(envelopeFault(inBody('note', nested(7)))?.message).toMatch(/nested deeper than 8 levels/);
    expect(envelopeFault(inBody('note', JSON.parse('['.repeat(20_000) + ']'.repeat(20_000))))?.message).toMatch(
      /nested/,
    );
  });

  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 8, depthSize: 'large' },
      fc.oneof({ weight: 9, arbitrary: fc.maxSafeInteger() }, { weight: 1, arbitrary: fc.double() }),
      fc.string({ unit: 'binary' }),
      fc.array(tie('json'), { maxLength: 2 }),
      fc.dictionary(fc.string(), tie('json'), { maxKeys: 2, noNullPrototype: true }),
    ),
  }));

  it('is nothing that passes: every record that passes has a canonical form that reads back the same', () => {
    const refused = { true: 0, false: 0 };
    fc.assert(
      fc.property(json, (note) => {
        const value = inBody('note', note);
        const isRefused = envelopeFault(value) !== null;
        refused[`${isRefused}`] += 1;
        if (isRefused) return;
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 1_500 },
    );
    expect(Math.min(refused.true, refused.false)).toBeGreaterThan(10);
  });

  it('is not a whole surrogate pair', () => {
    expect(envelopeFault(inBody('note', '🛵'))).toBeNull();
  });
});

describe('the check of a body', () => {
  it('names a required field that is absent', () => {
    fc.assert(
      fc.property(typeAndBody, fc.nat(), ([type, body], pick) => {
        const names = Object.keys(GOOD_BODIES[type].required);
        const name = names[pick % names.length]!;
        const { [name]: _left, ...rest } = body;
        expect(bodyFault(type, rest)).toEqual({ field: `body.${name}`, message: 'is required' });
      }),
    );
  });

  it('names a field of another kind than it should be', () => {
    fc.assert(
      fc.property(
        typeAndBody,
        fc.nat(),
        fc.constantFrom(null, [], -(2 ** 53 - 1), '\u0000'),
        ([type, body], pick, wrong) => {
          const { required, optional: rest } = GOOD_BODIES[type];
          const names = Object.keys({ ...required, ...rest }).filter(
            (name) => name !== 'number' || wrong !== -(2 ** 53 - 1),
          );
          const name = names[pick % names.length]!;
          const fault = bodyFault(type, { ...body, [name]: wrong });
          expect(fault?.field).toBe(`body.${name}`);
          expect(fault?.message).toMatch(/^must (be|not contain) /);
        },
      ),
    );
  });

  it.each([
    ['payment', { vehicleClass: 'bus' }, 'body.vehicleClass must be one of motorcycle, car, minibus, truck, trailer'],
    ['payment', { method: 'barter' }, 'body.method must be one of cash, qris, card, subscription, free'],
    ['payment', { amount: 10_000_001 }, 'body.amount must be an integer from 0 to 10,000,000'],
    ['payment', { amount: '4000' }, 'body.amount must be an integer from 0 to 10,000,000'],
    ['payment', { tariff: 'x'.repeat(65) }, 'body.tariff must be a string of at most 64 characters'],
    ['payment', { enteredAt: '2026-11-31T00:00:00Z' }, /^body\.enteredAt must be an RFC 3339 instant/],
    [
      'payment',
      { loc: { lat: 90_000_001, lon: 0 } },
      /^body\.loc\.lat must be an integer from -90,000,000 to 90,000,000/,
    ],
    ['payment', { loc: { lat: 1 } }, 'body.loc.lon is required'],
    ['payment', { qris: { rrn: 12 } }, 'body.qris.rrn must be a string of at most 64 characters'],
    ['void', { voids: 0 }, 'body.voids must be an integer of at least 1'],
    ['void', { reason: 'x'.repeat(201) }, 'body.reason must be a string of at most 200 characters'],
    ['shift-open', { float: 1_000_000_001 }, 'body.float must be an integer from 0 to 1,000,000,000'],
    ['collection', { number: '7' }, 'body.number must be an integer within 2^53 - 1'],
    ['count', { classes: { bus: {} } }, 'body.classes.bus is not a field of this version'],
    ['count', { classes: { car: { arrivals: -1 } } }, 'body.classes.car.arrivals must be an integer of at least 0'],
  ] as const)('says what would be right: %s %j', (type, change, sentence) => {
    const body = fc.sample(goodBody(type), { numRuns: 1, seed: 7 })[0];
    const fault = bodyFault(type, { ...body, ...change });
    expect(fault && faultText(fault)).toEqual(
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    );
  });

  it('counts characters, not UTF-16 units', () => {
    expect(bodyFault('payment', { ...record.body, plate: '🛵'.repeat(64) })).toBeNull();
    expect(bodyFault('payment', { ...record.body, plate: '🛵'.repeat(65) })).not.toBeNull();
  });

  it('takes a count of no class, and a class without a number', () => {
    expect(bodyFault('count', { from: AT, to: AT, classes: {} })).toBeNull();
    expect(bodyFault('count', { from: AT, to: AT, classes: { car: {} } })).toBeNull();
  });

  it('refuses an unknown type, telling no more of it than may be printed', () => {
    const fault = bodyFault('tele\u0000port'.padEnd(1000, 'x'), {});
    expect(fault?.field).toBe('type');
    expect(fault?.message).toMatch(/not "tele\?portx+"$/);
    expect(fault?.message.length).toBeLessThan(250);
    for (const type of ['toString', '__proto__', 'Payment', '']) expect(bodyFault(type, {})?.field).toBe('type');
  });

  it('refuses U+0000 in any text, also of fields that it does not know, and in prev', () => {
    const noted = (note: unknown): unknown => bodyFault('payment', { ...record.body, note });
    expect(noted({ deep: ['a\u0000b'] })).toMatchObject({
      field: 'body.note.deep[0]',
      message: 'must not contain U+0000',
    });
    expect(noted({ 'a\u0000b': 1 })).toMatchObject({ field: 'body.note.a?b' });
    expect(recordFault({ ...record, prev: '\u0000' })).toMatchObject({ field: 'prev' });
  });
});
