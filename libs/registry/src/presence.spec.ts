import { HOUR_MS, MINUTE_MS } from '@app/kernel';
import { openMsBetween, presenceOf, type PresenceFacts } from './presence.js';

const limits = { handheldLateMs: 10 * MINUTE_MS, meterLateMs: 25 * HOUR_MS, dataSilenceMs: 30 * MINUTE_MS };
/** Friday 2026-11-20, 12:00 in Jakarta. */
const NOON = Date.parse('2026-11-20T12:00:00+07:00');
const at = (clock: string): number => Date.parse(`${clock}:00+07:00`);

/** 07:00 to 22:00 every day but Sunday; Saturday 18:00 until 02:00 of Sunday. */
const hours = [
  {
    from: '2026-01-01',
    to: null,
    hours: {
      1: [420, 1320],
      2: [420, 1320],
      3: [420, 1320],
      4: [420, 1320],
      5: [420, 1320],
      6: [1080, 120],
    } as Record<string, [number, number]>,
  },
];

function facts(over: Partial<PresenceFacts> = {}): PresenceFacts {
  return {
    kind: 'handheld',
    connected: true,
    connectedAt: NOON - 5 * HOUR_MS,
    heardAt: NOON - MINUTE_MS,
    journalAt: NOON - MINUTE_MS,
    hours,
    ...over,
  };
}

describe('presenceOf', () => {
  it.each<[string, Partial<PresenceFacts>, string]>([
    ['never connected', { connected: false, connectedAt: null, heardAt: null, journalAt: null }, 'never'],
    ['not connected now', { connected: false }, 'offline'],
    ['a handheld heard 10 minutes ago', { heardAt: NOON - 10 * MINUTE_MS }, 'online'],
    ['a handheld heard longer ago', { heardAt: NOON - 10 * MINUTE_MS - 1 }, 'late'],
    ['a meter heard a day ago', { kind: 'meter', heardAt: NOON - 24 * HOUR_MS }, 'online'],
    ['a meter heard 26 hours ago', { kind: 'meter', heardAt: NOON - 26 * HOUR_MS }, 'late'],
    ['connected just now and not heard yet', { connectedAt: NOON, heardAt: null, journalAt: null }, 'online'],
    ['a record 29 minutes ago', { journalAt: NOON - 29 * MINUTE_MS }, 'online'],
    ['a record 30 minutes ago', { journalAt: NOON - 30 * MINUTE_MS }, 'silent'],
    [
      'connected for half an hour without any record ever',
      { connectedAt: NOON - 30 * MINUTE_MS, journalAt: null },
      'silent',
    ],
    ['late and silent', { heardAt: NOON - HOUR_MS, journalAt: NOON - HOUR_MS }, 'late'],
    ['a point without hours counts as open', { hours: [], journalAt: NOON - 30 * MINUTE_MS }, 'silent'],
  ])('%s', (_title, over, presence) => {
    expect(presenceOf(facts(over), limits, NOON)).toBe(presence);
  });

  it('counts silence in operating hours only, over a night too', () => {
    const evening = at('2026-11-19T21:50');
    const seen = (now: string) => presenceOf(facts({ journalAt: evening, heardAt: at(now) }), limits, at(now));
    expect(seen('2026-11-19T22:30')).toBe('online');
    expect(seen('2026-11-20T06:59')).toBe('online');
    expect(seen('2026-11-20T07:19')).toBe('online');
    expect(seen('2026-11-20T07:20')).toBe('silent');
    expect(seen('2026-11-20T22:00')).toBe('online');
  });
});

describe('openMsBetween', () => {
  it.each([
    ['2026-11-20T12:00', '2026-11-20T13:30', 90],
    ['2026-11-20T06:00', '2026-11-20T23:00', 15 * 60],
    ['2026-11-21T23:30', '2026-11-22T03:00', 150],
    ['2026-11-22T01:00', '2026-11-22T02:30', 60],
    ['2026-11-22T03:00', '2026-11-23T07:00', 0],
    ['2026-11-20T12:00', '2026-11-20T11:00', 0],
  ])('%s to %s: %i minutes', (from, to, minutes) => {
    expect(openMsBetween(hours, at(from), at(to))).toBe(minutes * MINUTE_MS);
  });

  it('follows hours that change from one day to the next', () => {
    const changed = [
      { ...hours[0]!, to: '2026-11-20' },
      { from: '2026-11-20', to: null, hours: { 5: [600, 660] as [number, number] } },
    ];
    expect(openMsBetween(changed, at('2026-11-19T00:00'), at('2026-11-21T00:00'))).toBe((15 + 1) * HOUR_MS);
  });

  it('counts a whole day once, whatever the hours before ran into', () => {
    expect(openMsBetween([], at('2026-11-19T12:00'), at('2026-11-21T12:00'))).toBe(48 * HOUR_MS);
  });
});
