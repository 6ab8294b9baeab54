import {
  amountDue,
  distanceM,
  isFreeZone,
  isOpen,
  pointIdAt,
  tariffInForce,
  type RegisteredDevice,
  type RegisteredPoint,
  type TariffInForce,
} from './snapshot.js';

const at = (text: string): number => Date.parse(text);
const point: RegisteredPoint = {
  id: 7,
  code: 'MDN-007',
  streetClasses: [{ from: '2000-01-01', to: null, streetClass: 'I' }],
  geofence: null,
  hours: [
    { from: '2026-01-01', to: '2026-06-01', hours: { '1': [420, 1320] } },
    { from: '2026-06-01', to: null, hours: { '1': [1080, 120], '2': [420, 1320] } },
  ],
  freeZones: [{ from: at('2026-04-01T00:00:00+07:00'), to: at('2026-04-02T00:00:00+07:00') }],
};
const tariff = (code: string, over: Partial<TariffInForce>): TariffInForce => ({
  code,
  vehicleClass: 'car',
  streetClass: null,
  pointId: null,
  amount: 4000,
  rule: null,
  from: at('2026-01-01T00:00:00+07:00'),
  to: Infinity,
  ...over,
});

describe('what was in force when', () => {
  it('prefers the tariff of the point to that of its street class to that of the city', () => {
    const city = tariff('city', {});
    const street = tariff('street', { streetClass: 'I' });
    const own = tariff('own', { pointId: 7 });
    const foreign = tariff('foreign', { pointId: 8 });
    const now = at('2026-02-01T10:00:00+07:00');
    expect(tariffInForce([foreign, city, street, own], point, 'car', now)?.code).toBe('own');
    expect(tariffInForce([foreign, city, street], point, 'car', now)?.code).toBe('street');
    expect(tariffInForce([foreign, city], point, 'car', now)?.code).toBe('city');
    expect(tariffInForce([foreign, city], point, 'motorcycle', now)).toBeUndefined();
  });

  it('takes the tariff of the class that the street has on the day', () => {
    const list = [tariff('city', {}), tariff('one', { streetClass: 'I' }), tariff('two', { streetClass: 'II' })];
    const streetClasses = [
      { from: '2026-01-01', to: '2026-03-01', streetClass: 'I' },
      { from: '2026-04-01', to: null, streetClass: 'II' },
    ];
    const codes = ['2026-02-28T23:59:59+07:00', '2026-03-01T00:00:00+07:00', '2026-04-01T00:00:00+07:00'].map(
      (instant) => tariffInForce(list, { id: 7, streetClasses }, 'car', at(instant))?.code,
    );
    expect(codes).toEqual(['one', 'city', 'two']);
  });

  it('changes the tariff at the very instant it ends', () => {
    const noon = at('2026-02-25T12:00:00+07:00');
    const list = [tariff('old', { to: noon }), tariff('new', { from: noon, amount: 5000 })];
    expect(tariffInForce(list, point, 'car', noon - 1)?.code).toBe('old');
    expect(tariffInForce(list, point, 'car', noon)?.code).toBe('new');
  });

  it('counts started periods of a progressive tariff up to its maximum', () => {
    const rule = { firstMinutes: 60, stepMinutes: 30, stepAmount: 1000, maxAmount: 7000 };
    const progressive = tariff('p', { rule });
    expect([60, 61, 90, 91, 600].map((minutes) => amountDue(progressive, minutes))).toEqual([
      4000, 5000, 5000, 6000, 7000,
    ]);
  });

  it('opens past midnight where the end lies before the start, and knows closed weekdays', () => {
    expect(isOpen(point, at('2026-06-01T17:59:00+07:00'))).toBe(false);
    expect(isOpen(point, at('2026-06-01T23:59:00+07:00'))).toBe(true);
    expect(isOpen(point, at('2026-06-02T01:59:00+07:00'))).toBe(true);
    expect(isOpen(point, at('2026-06-02T02:00:00+07:00'))).toBe(false);
    expect(isOpen(point, at('2026-06-03T10:00:00+07:00'))).toBe(false);
    expect(isOpen(point, at('2025-12-31T10:00:00+07:00'))).toBeUndefined();
  });

  it('gives a record to the point of its device at that time; the first assignment reaches back', () => {
    const moved = at('2026-05-01T00:00:00Z');
    const device = {
      assignments: [
        { from: at('2026-03-01T00:00:00Z'), to: moved, pointId: 1 },
        { from: moved, to: Infinity, pointId: 2 },
      ],
    } as unknown as RegisteredDevice;
    expect(pointIdAt(device, at('2020-01-01T00:00:00Z'))).toBe(1);
    expect(pointIdAt(device, moved - 1)).toBe(1);
    expect(pointIdAt(device, moved)).toBe(2);
  });

  it('knows free zones and distances', () => {
    expect(isFreeZone(point, at('2026-04-01T12:00:00+07:00'))).toBe(true);
    expect(isFreeZone(point, at('2026-04-02T00:00:00+07:00'))).toBe(false);
    // One minute of latitude is a nautical mile, 1,853 m on the mean sphere.
    expect(distanceM({ lat: 3_590_000, lon: 98_670_000 }, { lat: 3_606_667, lon: 98_670_000 })).toBeCloseTo(1853.3, 0);
  });
});
