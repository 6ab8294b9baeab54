import fc from 'fast-check';
import { canonicalJson, canonicalJsonWithout } from '@app/protocol';
import { readRecords, type CanonicalPayment, type RecordBytes } from './canonical-records.js';

const text = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[ -~]{0,40}$/) },
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const number = fc.oneof({ weight: 6, arbitrary: fc.nat() }, fc.double(), fc.maxSafeInteger(), fc.constant('1'));
const qris = fc.record({ nmid: text, orderId: text, rrn: text, other: text }, { requiredKeys: [] });
const common = { amount: number, attendant: text, method: text, shift: text, tariff: text, vehicleClass: text };
const body = fc.record(
  { ...common, ticket: text, plate: text, qris, loc: fc.constant({ lat: 1, lon: 2 }) },
  { requiredKeys: ['amount', 'attendant', 'method', 'shift', 'tariff', 'vehicleClass'] },
);
const type = fc.constantFrom('payment', 'payment', 'payment', 'void');
const record = fc.record({
  at: text,
  body,
  epoch: number,
  mac: text,
  prev: text,
  seq: number,
  type,
  v: fc.constant(1),
});

type Sealed = Readonly<Record<string, unknown>>;
/** Ways in which terminals write a record. */
const WRITTEN: readonly ((record: Sealed) => string)[] = [
  canonicalOf,
  ({ mac, ...rest }) => `${canonicalOf(rest).slice(0, -1)},"mac":${JSON.stringify(mac)}}`,
  (record) => JSON.stringify(record),
];

/** RFC 8785 also of numbers that the protocol refuses. */
function canonicalOf(value: Sealed): string {
  const sorted = (each: unknown): unknown =>
    typeof each === 'object' && each !== null
      ? Object.fromEntries(
          Object.entries(each)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, member]) => [key, sorted(member)]),
        )
      : each;
  return JSON.stringify(sorted(value));
}

/** Holds what was read against what JSON.parse and the canonical form say. */
function expectTrue(payload: Buffer, read: CanonicalPayment | RecordBytes): void {
  const parsed = JSON.parse(payload.toString('utf8', read.from, read.to)) as Sealed;
  if (read.payment === null) return;
  expect(read.payment).toEqual(parsed);
  const { from, to, cutFrom, cutTo, macAt } = read;
  const bytes = (start: number, end: number): string => payload.toString('utf8', start, end);
  expect(bytes(from, cutFrom) + bytes(cutTo, to)).toBe(canonicalJsonWithout(parsed, 'mac'));
  const mac = `"mac":${JSON.stringify(parsed['mac'])},`;
  expect(`${bytes(from, macAt)}${mac}${cutFrom === macAt ? bytes(cutTo, to) : `${bytes(macAt, cutFrom)}}`}`).toBe(
    canonicalJson(parsed),
  );
}

const payment = (n: number, more: object = {}): Sealed => ({
  at: '2026-11-20T10:00:00+07:00',
  body: {
    amount: 2000,
    attendant: 'JP-0001',
    method: 'cash',
    shift: 's1',
    tariff: 'T-1',
    vehicleClass: 'car',
    ...more,
  },
  epoch: 1,
  mac: `${'m'.repeat(42)}${n}`,
  prev: n === 1 ? '' : `${'m'.repeat(42)}${n - 1}`,
  seq: n,
  type: 'payment',
  v: 1,
});
const isRead = (payload: string): boolean[] | undefined =>
  readRecords(Buffer.from(payload))?.map((each) => each.payment !== null);

describe('readRecords', () => {
  it('reads what JSON.parse reads, and what was sealed is the canonical form, however a record is written', () => {
    const records = fc.array(fc.tuple(record, fc.constantFrom(...WRITTEN)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(records, (all) => {
        const texts = [canonicalOf(payment(1)), ...all.map(([each, write]) => write(each))];
        const payload = Buffer.from(`[${texts.join(',')}]`);
        const read = readRecords(payload);
        expect(read?.map(({ from, to }) => payload.toString('utf8', from, to))).toEqual(texts);
        for (const each of read!) expectTrue(payload, each);
      }),
      { numRuns: 500 },
    );
  });

  it('reads nothing else of bytes that are another: JSON.parse reads the same, or the message is left to it', () => {
    const base = Buffer.from(`[${[1, 2].map((n) => WRITTEN[n - 1]!(payment(n, { ticket: 'K1' }))).join(',')}]`);
    const change = fc.tuple(fc.nat(base.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(change, ([at, byte]) => {
        const payload = Buffer.from(base);
        payload[at] = byte;
        for (const each of readRecords(payload) ?? []) if (each.payment !== null) expectTrue(payload, each);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['with its MAC in its place', canonicalOf(payment(1))],
    ['with its MAC last', WRITTEN[1]!(payment(1))],
    ['with ticket and plate', canonicalOf(payment(1, { ticket: 'K1', plate: 'BK1234AB' }))],
    ['by QRIS', canonicalOf(payment(1, { qris: { nmid: 'ID1', rrn: '1' }, method: 'qris' }))],
    ['by a QRIS order', canonicalOf(payment(1, { qris: { orderId: 'o', rrn: '1' }, ticket: 'K1' }))],
  ])('reads a canonical payment %s at once', (_which, written) => {
    expect(isRead(written)).toEqual([true]);
    expect(isRead(`[${written},${written}]`)).toEqual([true, true]);
  });

  it('tells the bytes of other records, and goes on with what stands behind them', () => {
    const other = '{"seq":2,"body":{"reason":"a \\"}, {\\" b","x":[1,{"y":"é"}]}}';
    const read = readRecords(Buffer.from(`[${canonicalOf(payment(1))},${other},${canonicalOf(payment(3))}]`))!;
    expect(read.map((each) => each.payment?.seq)).toEqual([1, undefined, 3]);
    const [, { from, to }] = read as [unknown, RecordBytes];
    expect(to - from).toBe(Buffer.byteLength(other));
  });

  it('knows a record whose predecessor is not the one before it', () => {
    const texts = [payment(1), payment(5), payment(6)].map(canonicalOf);
    const read = readRecords(Buffer.from(`[${texts.join(',')}]`))!;
    expect(read.map((each) => each.payment?.prev)).toEqual([payment(1), payment(5), payment(6)].map((p) => p['prev']));
  });

  it.each([
    ['white space between records', `[${canonicalOf(payment(1))}, ${canonicalOf(payment(2))}]`],
    ['white space around', ` ${canonicalOf(payment(1))}`],
    ['something behind', `${canonicalOf(payment(1))}x`],
    ['something behind an array', `[${canonicalOf(payment(1))}]]`],
    ['an array that does not end', `[${canonicalOf(payment(1))}`],
    ['no record', '[]'],
    ['an element that is no object', `[${canonicalOf(payment(1))},7]`],
    ['nothing', ''],
    ['another record first', `[${JSON.stringify({ v: 1, ...payment(1) })},${canonicalOf(payment(2))}]`],
    [
      'more than a hundred records',
      `[${Array<string>(101)
        .fill(canonicalOf(payment(1)))
        .join(',')}]`,
    ],
  ])('leaves a message alone that has %s', (_which, written) => {
    expect(readRecords(Buffer.from(written))).toBeNull();
  });
});
