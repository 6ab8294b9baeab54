import { daysBetween, HOUR_MS, startOfBusinessDay, weekdayOf, type BusinessDate, type Random } from '@app/kernel';
import { VEHICLE_CLASSES, type VehicleClass } from '@app/protocol';
import { isFreeOn, type SimPoint } from '../city/city.js';
import { dayTypeOf, seasonOf } from './calendar.js';
import { hourFactor, rainFactor } from './hourly-shape.js';
import { shocksAt } from './shocks.js';
import { rainOf } from './weather.js';

/** Vehicles that come per parking space in a usual hour, before the point's own factor. */
const TURNOVER: Readonly<Record<VehicleClass, number>> = {
  ...{ motorcycle: 0.16, car: 0.32, minibus: 0.2, truck: 0.12, trailer: 0.05 },
};

/** Growth is counted from here, so that a day's demand does not hang on when a simulation began. */
const GROWTH_ORIGIN: BusinessDate = '2026-01-01';
const USUAL_WEEKDAY = 2;

export interface Arrival {
  /** True time, ms. */
  readonly at: number;
  readonly vehicleClass: VehicleClass;
}

/** Vehicles of a class that come to a point in a usual hour of a usual day. */
export function usualPerHour(point: SimPoint, vehicleClass: VehicleClass): number {
  return (point.spaces[vehicleClass] ?? 0) * TURNOVER[vehicleClass] * point.turnoverFactor;
}

/** First and last (exclusive) full hour in which the point is open on a usual weekday; past midnight ends at midnight. */
function openHours({ hours }: SimPoint): { from: number; to: number } {
  const { opens, closes } = hours[USUAL_WEEKDAY] ?? { opens: 0, closes: 1440 };
  return { from: Math.floor(opens / 60), to: closes > opens ? Math.ceil(closes / 60) : 24 };
}

/** Usual hours' worth of vehicles that come between two full hours of a usual weekday. */
function usualHours({ kind }: SimPoint, from: number, to: number): number {
  const hours = Array.from({ length: Math.max(0, Math.min(24, to) - from) }, (_, n) => from + n);
  return sum(hours.map((hour) => hourFactor(kind, 'weekday', 'ordinary', hour)));
}

const vehiclesPerHour = (point: SimPoint): number =>
  sum(VEHICLE_CLASSES.map((vehicleClass) => usualPerHour(point, vehicleClass)));

const EVENING_HOURS = 2;

/** Vehicles that come in the two hours before or after closing on a usual weekday; none after midnight. */
export function usualAround(point: SimPoint, when: 'before-closing' | 'after-closing'): number {
  const { to } = openHours(point);
  const from = when === 'before-closing' ? to - EVENING_HOURS : to;
  return vehiclesPerHour(point) * usualHours(point, from, from + EVENING_HOURS);
}

/** Vehicles that come on a usual weekday while the point is open. */
export function usualPerDay(point: SimPoint): number {
  const { from, to } = openHours(point);
  return vehiclesPerHour(point) * usualHours(point, from, to);
}

/** What an hour of the opening brings on average, in usual hours. */
export function usualOpenHour(point: SimPoint): number {
  const { from, to } = openHours(point);
  return usualHours(point, from, to) / Math.max(1, to - from);
}

/** Expected arrivals of each hour and class of a point's day: everything known of it, no chance in it but the world's. */
export function expectedArrivals(
  world: Random,
  point: SimPoint,
  date: BusinessDate,
): ReadonlyMap<VehicleClass, readonly number[]> {
  const rain = rainOf(world, date);
  const dayType = dayTypeOf(date);
  const season = seasonOf(date);
  const shock = shocksAt(world, point.district, point.code, date).reduce((factor, s) => factor * s.factor, 1);
  const growth = Math.pow(1 + point.growthPerYear, daysBetween(GROWTH_ORIGIN, date) / 365);
  const means = new Map<VehicleClass, number[]>();
  for (const vehicleClass of VEHICLE_CLASSES) {
    if (usualPerHour(point, vehicleClass) === 0) continue;
    const usualHour = usualPerHour(point, vehicleClass) * growth * shock;
    means.set(
      vehicleClass,
      rain.map(
        (wet, hour) => usualHour * hourFactor(point.kind, dayType, season, hour) * rainFactor(vehicleClass, wet),
      ),
    );
  }
  return means;
}

/**
 * The arrivals of a point's business day, in order of time, open or not.
 * Counts are negative binomial: half of the over-dispersion is the day's (a gamma factor on all its hours), half each
 * hour's own, so that the day's count has variance = dispersion × mean around the expectation, whatever the mean is.
 */
export function drawArrivals(world: Random, point: SimPoint, date: BusinessDate): Arrival[] {
  const random = world.fork(`arrivals/${point.code}/${date}`);
  const means = expectedArrivals(world, point, date);
  const excess = (point.dispersion - 1) / 2;
  const dayMean = sum([...means.values()].map(sum));
  const dayFactor = excess > 0 && dayMean > 0 ? random.gamma(dayMean / excess, excess / dayMean) : 1;
  const begin = startOfBusinessDay(date);
  const arrivals: Arrival[] = [];
  for (let hour = 0; hour < 24; hour++) {
    const hourMean = sum([...means.values()].map((hours) => hours[hour]!));
    const hourNoise = excess > 0 && hourMean > 0 ? random.gamma(hourMean / excess, excess / hourMean) : 1;
    for (const [vehicleClass, hours] of means) {
      const count = random.poisson(hours[hour]! * dayFactor * hourNoise);
      for (let i = 0; i < count; i++) {
        arrivals.push({ at: begin + hour * HOUR_MS + Math.floor(random.next() * HOUR_MS), vehicleClass });
      }
    }
  }
  return arrivals.sort((a, b) => a.at - b.at);
}

/** Opening and closing (true time, ms) on a business day; null when closed or free of charge. Whoever is open past midnight closes then. */
export function openingOf(point: SimPoint, date: BusinessDate): { readonly from: number; readonly to: number } | null {
  return isFreeOn(point, date) ? null : hoursOf(point, date);
}

/** The same, whether or not parking is free that day; null when closed. */
export function hoursOf(point: SimPoint, date: BusinessDate): { readonly from: number; readonly to: number } | null {
  const hours = point.hours[weekdayOf(date)];
  if (!hours) return null;
  const begin = startOfBusinessDay(date);
  const closes = hours.closes > hours.opens ? hours.closes : 1440;
  return { from: begin + hours.opens * 60_000, to: begin + closes * 60_000 };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
