import { eachBusinessDate, HOUR_MS, seededRandom, startOfBusinessDay } from '@app/kernel';
import { HONEST_CITY } from '../behaviour/casting.js';
import { syntheticCity } from '../city/synthetic-city.js';
import { planDay } from '../day/plan-day.js';
import { dayTypeOf, seasonOf } from './calendar.js';
import { drawArrivals, expectedArrivals, openingOf } from './demand.js';
import { NIGHT_KINDS } from './hourly-shape.js';
import { rainOf } from './weather.js';

const world = seededRandom(11);
const days = eachBusinessDate('2026-01-05', '2026-12-20');
const everyDay = (opens: number, closes: number) =>
  Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((day) => [day, { opens, closes }]));
const total = (means: ReadonlyMap<string, readonly number[]>) => [...means.values()].flat().reduce((a, b) => a + b, 0);

test('honest daily counts scatter around their expectation with variance/mean between 1.4 and 2.3', () => {
  for (const dispersion of [1.4, 2.3]) {
    const ratios = syntheticCity(11, 4).map((drawn) => {
      const point = { ...drawn, dispersion };
      let squares = 0;
      let means = 0;
      for (const date of days) {
        const mean = total(expectedArrivals(world, point, date));
        squares += (drawArrivals(world, point, date).length - mean) ** 2;
        means += mean;
      }
      return squares / means;
    });
    const average = ratios.reduce((a, b) => a + b, 0) / ratios.length;
    // 4 points × 350 days: the standard error of the average is about dispersion × sqrt(2 / 1400) = 4 %.
    expect(average).toBeGreaterThan(dispersion * 0.88);
    expect(average).toBeLessThan(dispersion * 1.12);
  }
});

test('counts keep to their expectation over a year', () => {
  for (const point of syntheticCity(12, 2)) {
    const expected = days.reduce((sum, date) => sum + total(expectedArrivals(world, point, date)), 0);
    const drawn = days.reduce((sum, date) => sum + drawArrivals(world, point, date).length, 0);
    expect(drawn / expected).toBeGreaterThan(0.97);
    expect(drawn / expected).toBeLessThan(1.03);
  }
});

test('an average point sees a plausible number of drivers on an ordinary day', () => {
  const city = syntheticCity(1, 152);
  const drawn = city.map((point) => drawArrivals(world, point, '2026-11-10').length);
  const average = drawn.reduce((a, b) => a + b, 0) / drawn.length;
  expect(average).toBeGreaterThan(60);
  expect(average).toBeLessThan(250);
});

test('the calendar knows Friday, Ramadan, the feast and the holidays', () => {
  expect(dayTypeOf('2026-11-20')).toBe('friday');
  expect(dayTypeOf('2026-11-21')).toBe('saturday');
  expect(dayTypeOf('2026-08-17')).toBe('holiday');
  expect(seasonOf('2026-02-18')).toBe('ordinary');
  expect(seasonOf('2026-02-19')).toBe('ramadan');
  expect(seasonOf('2026-03-15')).toBe('before-idul-fitri');
  expect(seasonOf('2026-03-21')).toBe('idul-fitri');
  expect(seasonOf('2026-03-24')).toBe('after-idul-fitri');
  expect(seasonOf('2026-03-30')).toBe('ordinary');
});

test('rain falls on the whole city at once and keeps motorcyclists away', () => {
  const [a, b] = syntheticCity(3, 2);
  const wet = days.find((date) => Math.max(...rainOf(world, date)) > 0.8)!;
  const hour = rainOf(world, wet).findIndex((rain) => rain > 0.8);
  expect(rainOf(world, wet)).toEqual(rainOf(seededRandom(11), wet));
  const dry = { ...a!, district: b!.district };
  const means = expectedArrivals(world, dry, wet);
  const motorcycles = means.get('motorcycle')![hour]! / dry.spaces.motorcycle! / 0.16;
  const cars = means.get('car')![hour]! / dry.spaces.car! / 0.32;
  expect(motorcycles).toBeLessThan(cars * 0.8);
});

test('where it never closes drivers come in every hour of the day, and elsewhere nobody comes at three in the night', () => {
  const [drawn] = syntheticCity(5, 1);
  const cameAt = (kind: (typeof NIGHT_KINDS)[number] | 'office', hour: number) => {
    const point = { ...drawn!, kind, hours: everyDay(0, 1440) };
    return [...expectedArrivals(world, point, '2026-11-24').values()].reduce((sum, hours) => sum + hours[hour]!, 0);
  };
  for (const kind of NIGHT_KINDS) for (let hour = 0; hour < 24; hour++) expect(cameAt(kind, hour)).toBeGreaterThan(0.5);
  expect(cameAt('office', 3)).toBe(0);
  expect(cameAt('night-market', 3)).toBeGreaterThan(cameAt('night-market', 12));
});

test('a place that never closes is served in three shifts that meet, and no record goes back behind midnight', () => {
  const [drawn] = syntheticCity(5, 1);
  const point = { ...drawn!, kind: 'hospital' as const, hours: everyDay(0, 1440) };
  const plan = (date: string) =>
    planDay({ random: world, casting: { ...HONEST_CITY, prevalence: 0 }, faults: { rate: 0 } }, point, date);
  for (const date of days.slice(0, 12)) {
    const records = plan(date).events.filter((event) => event.kind === 'record');
    const begin = startOfBusinessDay(date);
    expect(Math.min(...records.map(({ at }) => at))).toBeGreaterThanOrEqual(begin);
    const handheld = point.devices.find((device) => device.kind === 'handheld')!.deviceId;
    const opens = records.filter(({ deviceId, draft }) => deviceId === handheld && draft.type === 'shift-open');
    expect(opens.map(({ at }) => (at - begin) / HOUR_MS)).toEqual([0, 8, 16]);
  }
});

test('a place that is closed on a weekday has no opening, and nobody closes after midnight', () => {
  const point = { ...syntheticCity(1, 1)[0]!, hours: { 1: { opens: 1200, closes: 120 } } };
  expect(openingOf(point, '2026-11-22')).toBeNull();
  const monday = openingOf(point, '2026-11-23')!;
  expect(new Date(monday.to).toISOString()).toBe('2026-11-23T17:00:00.000Z');
});
