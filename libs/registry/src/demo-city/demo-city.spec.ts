import { seededRandom } from '@app/kernel';
import { demoCity, type DemoCity } from './demo-city.js';

describe('the demo city', () => {
  const city: DemoCity = demoCity(seededRandom('medan'));
  const codes = new Set(city.points.map((point) => point.code));

  it('has 152 points MDN-001 to MDN-152, each in Medan and with a terminal', () => {
    expect(city.points.map((point) => point.code)).toEqual(
      Array.from({ length: 152 }, (_, n) => `MDN-${String(n + 1).padStart(3, '0')}`),
    );
    for (const { latitudeMicrodegrees, longitudeMicrodegrees } of city.points) {
      expect(latitudeMicrodegrees / 1e6).toBeCloseTo(3.6, 0);
      expect(longitudeMicrodegrees / 1e6).toBeCloseTo(98.68, 0);
    }
    expect(new Set(city.devices.map((device) => device.point))).toEqual(codes);
    expect(city.devices.filter((device) => device.kind === 'meter')).toHaveLength(12);
  });

  it('has eleven points that never close, and no other that is open at four in the night', () => {
    const always = city.points.filter(({ hours }) =>
      Object.values(hours).every(([from, to]) => from === 0 && to === 1440),
    );
    expect(always).toHaveLength(11);
    expect(city.points.filter(({ nightKind }) => nightKind !== undefined)).toEqual(always);
    const openAtFour = city.points.filter(({ hours }) => hours['1']![0] <= 240 && hours['1']![1] > 240);
    expect(openAtFour).toEqual(always);
  });

  it('is the same for the same seed', () => {
    expect(demoCity(seededRandom('medan'))).toEqual(city);
  });

  it('gives every id once', () => {
    const ids = [
      city.attendants.map((one) => one.code),
      city.attendants.map((one) => one.badgeNumber),
      city.devices.map((one) => one.deviceId),
      city.contracts.map((one) => one.number),
      city.tariffs.map((one) => one.code),
      city.subscriptions.map((one) => `${one.plate} ${one.validFrom}`),
    ];
    for (const list of ids) expect(new Set(list).size).toBe(list.length);
  });

  it('has what every pattern of theft needs: stickers that are valid, paper tickets, meters, days free of charge', () => {
    for (const day of ['2026-01-01', '2026-11-27', '2027-12-01']) {
      const valid = city.subscriptions.filter(({ validFrom, validTo }) => validFrom <= day && day < validTo);
      expect(new Set(valid.map(({ plate }) => plate)).size).toBe(valid.length);
      const places = new Set(valid.map(({ point }) => point));
      expect(places.size).toBeGreaterThan(50);
      expect(valid.length / places.size).toBeGreaterThan(10);
    }
    expect(city.tickets).toHaveLength(11);
    const free = city.freeZones.filter(({ validFrom }) => validFrom >= '2026-01-01');
    expect(new Set(free.map(({ point }) => point)).size).toBe(3);
    for (const { validFrom } of free) expect(new Date(validFrom).getUTCDay()).toBe(0);
  });

  it('shares every contract out whole, by Perwal 45/2021', () => {
    for (const contract of city.contracts) {
      expect(contract.cityShareBp).toBe(contract.streetClass === 'I' ? 4000 : 3500);
      expect(contract.cityShareBp + contract.attendantShareBp + contract.operatorShareBp).toBe(10_000);
      expect(contract.dailyMinimumDeposit).toBeGreaterThan(0);
    }
  });

  it('has at most one operator a point and day, and points which the city runs itself', () => {
    const run = new Set(city.pointOperators.map((row) => row.point));
    expect(run.size).toBeGreaterThan(120);
    expect(run.size).toBeLessThan(152);
    for (const point of run) {
      const rows = city.pointOperators.filter((row) => row.point === point);
      rows.slice(1).forEach((row, n) => expect(row.validFrom >= rows[n]!.validTo).toBe(true));
    }
  });

  it('keeps every attendant at one point at a time, and every point attended', () => {
    for (const { assignments } of city.attendants)
      assignments.slice(1).forEach((row, n) => expect(row.validFrom).toBe(assignments[n]!.validTo));
    const now = city.attendants.flatMap((one) => one.assignments.filter((row) => row.validTo === null));
    expect(new Set(now.map((row) => row.point))).toEqual(codes);
  });

  it('charges each class of vehicle by one tariff a day and street class', () => {
    const inForce = (vehicle: string, streetClass: string, day: string): number[] =>
      city.tariffs
        .filter((tariff) => tariff.vehicleClass === vehicle && (tariff.streetClass ?? streetClass) === streetClass)
        .filter((tariff) => tariff.validFrom <= day && (tariff.validTo === null || day < tariff.validTo))
        .map((tariff) => tariff.amount);
    expect(inForce('motorcycle', 'I', '2024-10-27')).toEqual([2000]);
    expect(inForce('motorcycle', 'II', '2024-10-27')).toEqual([1000]);
    expect(inForce('car', 'II', '2024-10-28')).toEqual([5000]);
    expect(inForce('car', 'I', '2026-02-24')).toEqual([5000]);
    expect(inForce('car', 'I', '2026-02-25')).toEqual([4000]);
    expect(inForce('truck', 'I', '2026-11-21')).toEqual([7000]);
    expect(inForce('truck', 'I', '2024-01-01')).toEqual([]);
  });
});
