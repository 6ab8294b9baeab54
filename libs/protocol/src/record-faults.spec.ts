import { bodyFault, envelopeFault, recordFault } from './index.js';

const record = {
  v: 1,
  epoch: 1,
  seq: 1042,
  type: 'payment',
  at: '2026-11-21T09:15:02+07:00',
  body: { vehicleClass: 'car', amount: 4000, method: 'cash', tariff: 'CAR-2026', shift: '', attendant: '' },
  prev: '',
  mac: 'x'.repeat(43),
} as const;

describe('the check of an envelope', () => {
  it('lets a good record through, and one whose type or body is unknown', () => {
    expect(envelopeFault(record)).toBeNull();
    expect(recordFault(record)).toBeNull();
    expect(envelopeFault({ ...record, type: 'teleport', body: { amount: 'much' } })).toBeNull();
  });

  it.each([
    ['record', []],
    ['record', null],
    ['v', { ...record, v: 2 }],
    ['epoch', { ...record, epoch: 0 }],
    ['seq', { ...record, seq: '1' }],
    ['at', { ...record, at: '2026-02-30T00:00:00Z' }],
    ['body', { ...record, body: [] }],
    ['mac', { ...record, mac: undefined }],
    ['extra', { ...record, extra: 1 }],
    ['sig', { ...record, sig: 'x' }],
    ['__proto__', JSON.parse(JSON.stringify(record).replace('{', '{"__proto__":{},'))],
    ['body.amount', { ...record, body: { ...record.body, amount: 0.5 } }],
    ['body.plate', { ...record, body: { ...record.body, plate: '\ud800' } }],
  ])('names the field %s', (field, value) => {
    expect(envelopeFault(value)?.field).toBe(field);
  });
});

describe('the check of a body', () => {
  it('refuses an unknown type, a word outside its list and U+0000 in a field that it does not know', () => {
    expect(bodyFault('teleport', {})?.field).toBe('type');
    expect(bodyFault('payment', { ...record.body, vehicleClass: 'bus' })?.field).toBe('body.vehicleClass');
    expect(bodyFault('payment', { ...record.body, note: { deep: ['a\u0000b'] } })?.field).toBe('body.note.deep[0]');
  });
});
