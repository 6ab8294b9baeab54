import { faultText, messageFault, type Channel } from './index.js';

const AT = '2026-11-21T09:15:02+07:00';

/** The messages as the protocol document shows them. */
const examples: [Exclude<Channel, 'journal'>, Record<string, unknown>][] = [
  [
    'telemetry',
    { v: 1, at: AT, battery: 87, queued: 3, oldestQueuedAt: AT, signal: -71, firmware: '1.4.2', epoch: 1, seq: 1042 },
  ],
  ['telemetry', { v: 1, at: AT }],
  ['status', { v: 1, state: 'online' }],
  ['status', { v: 1, state: 'offline' }],
  ['requests', { v: 1, requestId: 'r-1', at: AT, vehicleClass: 'car', amount: 4000 }],
  ['replies', { v: 1, id: 'c-1', ok: true }],
  ['replies', { v: 1, id: 'c-1', ok: false, code: 'not-found' }],
  [
    'receipts',
    {
      v: 1,
      of: 'x'.repeat(43),
      epoch: 1,
      results: [
        { seq: 1042, outcome: 'accepted', flags: ['wrong-tariff'] },
        { seq: null, outcome: 'quarantined', code: 'bad-schema' },
      ],
      contiguous: 1040,
      missing: [[1041, 1041]],
    },
  ],
  ['commands', { v: 1, id: 'c-1', name: 'resend', args: { epoch: 1, from: 1041, to: 1041 }, expiresAt: AT }],
  ['commands', { v: 1, id: 'c-2', name: 'sync-config', args: {}, expiresAt: AT }],
  ['payments', { v: 1, requestId: 'r-1', orderId: 'o-1', qr: '000201', expiresAt: AT }],
  ['payments', { v: 1, orderId: 'o-1', state: 'paid', rrn: '123456789012', at: AT }],
  ['payments', { v: 1, requestId: 'r-1', state: 'unavailable', at: AT }],
  [
    'config',
    {
      v: 1,
      version: 3,
      deviceId: 'hh-0001',
      issuedAt: AT,
      point: {
        code: 'MDN-001',
        name: 'Jl. Example',
        street: 'Jl. Example',
        streetClass: 'I',
        lat: 3595196,
        lon: 98672226,
      },
      tariffs: [
        { code: 'CAR-2026', vehicleClass: 'car', kind: 'flat', amount: 4000, from: '2026-02-25' },
        {
          code: 'CAR-HOURLY',
          vehicleClass: 'car',
          kind: 'progressive',
          amount: 4000,
          rule: { baseMinutes: 60, stepMinutes: 60, stepAmount: 2000 },
          from: '2027-01-01',
        },
      ],
      hours: [{ weekday: 1, opens: 420, closes: 1320 }],
      freePeriods: [],
      attendants: ['A-001'],
      limits: {
        batchRecordsMax: 100,
        payloadBytesMax: 65536,
        inFlightMax: 500,
        amountMax: 10_000_000,
        telemetryEverySeconds: 300,
        spoolDaysMin: 60,
      },
    },
  ],
];

describe('the check of a message', () => {
  it.each(examples)('takes %s %j, with a field of a later version beside', (channel, message) => {
    expect(messageFault(channel, message)).toBeNull();
    expect(messageFault(channel, { ...message, later: 'x' })).toBeNull();
  });

  it.each(examples)('refuses %s %j in another version or without one of its fields', (channel, message) => {
    expect(messageFault(channel, { ...message, v: 2 })).not.toBeNull();
    expect(messageFault(channel, [message])).not.toBeNull();
    expect(messageFault(channel, null)).not.toBeNull();
    const { v: _v, ...rest } = message;
    expect(messageFault(channel, rest)).not.toBeNull();
  });

  it.each([
    ['telemetry', { v: 1 }, 'at is required'],
    ['telemetry', { v: 1, at: AT, battery: 101 }, 'battery must be an integer from 0 to 100'],
    ['telemetry', { v: 1, at: AT, later: 0.5 }, 'later must be an integer within 2^53 - 1'],
    ['telemetry', { v: 1, at: AT, later: '\u0000' }, 'later must not contain U+0000'],
    ['status', { v: 1, state: 'asleep' }, 'state must be one of online, offline'],
    ['status', { v: 2, state: 'online' }, 'v must be 1'],
    ['replies', { v: 1, id: 'c-1', ok: 'yes' }, 'ok must be true or false'],
    [
      'requests',
      { v: 1, requestId: 'r', at: AT, vehicleClass: 'car', amount: -1 },
      'amount must be an integer from 0 to 10,000,000',
    ],
  ] as const)('says what would be right: %s %j', (channel, message, sentence) => {
    expect(faultText(messageFault(channel, message)!)).toBe(sentence);
  });
});
