import type { ConfigFacts, PointFacts, TariffFacts } from '@app/persistence';
import { messageFault } from '@app/protocol';
import { configContent, configVersion } from './device-config.js';

const NOW = Date.parse('2026-11-21T10:00:00+07:00');
const at = (day: string): number => Date.parse(`${day}T00:00:00+07:00`);

const point: PointFacts = {
  id: 1,
  code: 'MDN-001',
  name: 'Jalan Ahmad Yani, muka toko',
  street: 'Jl. Ahmad Yani',
  streetClasses: [{ from: '2000-01-01', to: null, streetClass: 'I' }],
  lat: 3_589_000,
  lon: 98_678_000,
  geofenceM: 150,
  hours: { '0': [480, 1320], '1': [1200, 240], '6': [600, 0] },
  freeZones: [
    { from: at('2026-12-25'), to: at('2026-12-27'), basis: 'Natal' },
    { from: at('2026-01-01'), to: at('2026-01-02'), basis: 'over' },
    { from: -Infinity, to: Infinity, basis: '' },
  ],
  attendants: ['A-1', 'A-2'],
};
const tariff = (code: string, over: Partial<TariffFacts> = {}): TariffFacts => ({
  code,
  vehicleClass: 'car',
  streetClass: null,
  pointId: null,
  amount: 4_000,
  rule: null,
  from: at('2026-02-25'),
  to: Infinity,
  ...over,
});

function contentOf(tariffs: TariffFacts[], of: PointFacts = point, now = NOW) {
  const facts: ConfigFacts = { version: 7, points: new Map(), tariffs };
  const content = configContent('hh-0001', of, facts, now);
  expect(messageFault('config', { ...content, version: 1, issuedAt: '2026-11-21T03:00:00Z' })).toBeNull();
  return content;
}
const spans = (tariffs: TariffFacts[]): string[] =>
  contentOf(tariffs).tariffs.map(({ code, from, to }) => `${code} ${from}..${to ?? ''}`);

describe('configuration of a terminal', () => {
  it('tells its point, hours, free days and attendants', () => {
    const { point: where, hours, freePeriods, attendants } = contentOf([]);
    expect(where).toEqual({
      code: 'MDN-001',
      name: 'Jalan Ahmad Yani, muka toko',
      street: 'Jl. Ahmad Yani',
      streetClass: 'I',
      lat: 3_589_000,
      lon: 98_678_000,
      geofenceMetres: 150,
    });
    expect(hours).toEqual([
      { weekday: 0, opens: 480, closes: 1320 },
      { weekday: 1, opens: 1200, closes: 1440 },
      { weekday: 2, opens: 0, closes: 240 },
      { weekday: 6, opens: 600, closes: 1440 },
    ]);
    expect(freePeriods).toEqual([{ from: '2026-12-25', to: '2026-12-26', reason: 'Natal' }, { from: '2020-01-01' }]);
    expect(attendants).toEqual(['A-1', 'A-2']);
  });

  it('is whole without a point, and for a point of which little is known', () => {
    const bare = {
      ...point,
      lat: null,
      lon: null,
      streetClasses: [],
      hours: null,
      name: 'x'.repeat(200),
      freeZones: [],
    };
    expect(contentOf([], bare).point).toEqual({ code: 'MDN-001', name: 'x'.repeat(64), street: 'Jl. Ahmad Yani' });
    const facts: ConfigFacts = { version: 1, points: new Map(), tariffs: [tariff('NOW')] };
    expect(configContent('hh-0001', undefined, facts, NOW)).toMatchObject({ point: null, tariffs: [], hours: [] });
  });

  it('tells the tariff of each day, now and to come, the most specific one', () => {
    expect(spans([tariff('NOW')])).toEqual(['NOW 2026-02-25..']);
    expect(
      spans([tariff('OLD', { from: -Infinity, to: at('2027-01-01') }), tariff('NEW', { from: at('2027-01-01') })]),
    ).toEqual(['OLD 2020-01-01..2026-12-31', 'NEW 2027-01-01..']);
    expect(
      spans([
        tariff('CITY'),
        tariff('FESTIVAL', { pointId: 1, from: at('2026-12-24'), to: at('2026-12-26') }),
        tariff('CLASS-II', { streetClass: 'II' }),
        tariff('OTHER-POINT', { pointId: 2 }),
      ]),
    ).toEqual(['CITY 2026-02-25..2026-12-23', 'FESTIVAL 2026-12-24..2026-12-25', 'CITY 2026-12-26..']);
    expect(spans([tariff('CITY'), tariff('CLASS-I', { streetClass: 'I' })])).toEqual(['CLASS-I 2026-02-25..']);
    const reclassed: PointFacts = {
      ...point,
      streetClasses: [
        { from: '2000-01-01', to: '2026-12-01', streetClass: 'I' },
        { from: '2026-12-01', to: null, streetClass: 'II' },
      ],
    };
    const both = contentOf([tariff('CITY'), tariff('CLASS-II', { streetClass: 'II' })], reclassed);
    expect(both.tariffs.map(({ code, from, to }) => `${code} ${from}..${to ?? ''}`)).toEqual([
      'CITY 2026-02-25..2026-11-30',
      'CLASS-II 2026-12-01..',
    ]);
    expect(both.point).toMatchObject({ streetClass: 'I' });
    expect(spans([tariff('GAP', { to: at('2026-12-01') }), tariff('LATER', { from: at('2026-12-10') })])).toEqual([
      'GAP 2026-02-25..2026-11-30',
      'LATER 2026-12-10..',
    ]);
  });

  it('does not cut a span where a tariff of another class or place begins', () => {
    expect(
      spans([tariff('NOW'), tariff('OTHER', { pointId: 2, from: at('2026-12-10') }), tariff('OVER', { to: NOW - 1 })]),
    ).toEqual(['NOW 2026-02-25..']);
  });

  it('tells progressive tariffs with their rule', () => {
    const rule = { firstMinutes: 60, stepMinutes: 30, stepAmount: 1_000, maxAmount: 20_000 };
    expect(contentOf([tariff('HOURLY', { rule })]).tariffs[0]).toMatchObject({
      kind: 'progressive',
      amount: 4_000,
      rule: { baseMinutes: 60, stepMinutes: 30, stepAmount: 1_000, dayAmountMax: 20_000 },
    });
  });

  it('is the same all day long, and the next day when nothing ended', () => {
    const tariffs = [tariff('NOW'), tariff('NEXT', { from: at('2027-01-01'), pointId: 1 })];
    const texts = [NOW, NOW + 3_600_000, NOW + 86_400_000].map((now) => JSON.stringify(contentOf(tariffs, point, now)));
    expect(new Set(texts).size).toBe(1);
  });
});

describe('version of a configuration', () => {
  it('grows with the registry, with time, and past the last one of the device', () => {
    const first = configVersion(7, NOW, 0);
    expect(configVersion(8, NOW - 86_400_000, first)).toBeGreaterThan(first);
    expect(configVersion(7, NOW + 60_000, first)).toBeGreaterThan(first);
    expect(configVersion(7, NOW, first)).toBe(first + 1);
    expect(configVersion(10_000_000, Date.parse('2099-12-31T00:00:00Z'), 0)).toBeLessThan(Number.MAX_SAFE_INTEGER);
    expect(configVersion(8, Date.parse('2020-01-01T00:00:00Z'), 0)).toBeGreaterThan(
      configVersion(7, Date.parse('2099-12-31T00:00:00Z'), 0),
    );
  });
});
