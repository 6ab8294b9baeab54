import type { VehicleClass } from '@app/protocol';
import type { DayType, Season } from './calendar.js';

/** What stands at a point decides when people come: one of these is drawn for a point of which nothing is said. */
export const POINT_KINDS = ['office', 'market', 'shopping', 'eatery', 'mixed'] as const;
/** What never closes; only where it is said. */
export const NIGHT_KINDS = ['hospital', 'station', 'night-market'] as const;
export type PointKind = (typeof POINT_KINDS)[number] | (typeof NIGHT_KINDS)[number];

/** Relative arrivals of the hours 0 … 23 on an ordinary weekday; about 1 in a usual hour. */
const SHAPES: Readonly<Record<PointKind, readonly number[]>> = {
  office: [0, 0, 0, 0, 0, 0.1, 0.5, 1.5, 2.1, 1.9, 1.5, 1.3, 1.2, 1.3, 1.2, 1.0, 0.8, 0.6, 0.4, 0.3, 0.2, 0.1, 0, 0],
  market: [
    0, 0, 0, 0.1, 0.4, 1.0, 1.8, 2.1, 2.0, 1.8, 1.5, 1.2, 1.0, 0.9, 0.8, 0.9, 0.9, 0.7, 0.4, 0.3, 0.2, 0.1, 0, 0,
  ],
  shopping: [0, 0, 0, 0, 0, 0, 0.1, 0.2, 0.4, 0.8, 1.3, 1.5, 1.4, 1.3, 1.3, 1.4, 1.5, 1.4, 1.5, 1.6, 1.2, 0.5, 0.1, 0],
  eatery: [
    0.1, 0, 0, 0, 0, 0.2, 0.5, 0.8, 0.7, 0.6, 0.8, 1.4, 1.8, 1.2, 0.8, 0.8, 1.0, 1.3, 1.9, 2.1, 1.8, 1.1, 0.6, 0.3,
  ],
  mixed: [0, 0, 0, 0, 0.1, 0.3, 0.7, 1.1, 1.4, 1.4, 1.3, 1.3, 1.3, 1.2, 1.1, 1.1, 1.1, 1.1, 1.0, 1.0, 0.8, 0.4, 0.1, 0],
  hospital: [
    ...[0.5, 0.45, 0.4, 0.4, 0.45, 0.6, 0.9, 1.4, 1.8, 1.8, 1.6, 1.4],
    ...[1.2, 1.1, 1.1, 1.2, 1.4, 1.6, 1.5, 1.3, 1.1, 0.9, 0.7, 0.6],
  ],
  station: [
    ...[0.5, 0.4, 0.4, 0.5, 0.9, 1.3, 1.4, 1.3, 1.1, 1.0, 1.0, 1.0],
    ...[1.0, 1.0, 1.0, 1.1, 1.3, 1.5, 1.4, 1.2, 1.1, 1.0, 0.8, 0.6],
  ],
  'night-market': [
    ...[2.2, 2.6, 3.0, 3.0, 2.8, 2.4, 1.8, 1.3, 1.0, 0.8, 0.6, 0.5],
    ...[0.4, 0.4, 0.4, 0.5, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0],
  ],
};

/** What a type of day makes of a point's whole day. */
const DAY_FACTORS: Readonly<Record<PointKind, Readonly<Record<DayType, number>>>> = {
  office: { weekday: 1, friday: 0.97, saturday: 0.55, sunday: 0.3, holiday: 0.28 },
  market: { weekday: 1, friday: 0.98, saturday: 1.2, sunday: 1.3, holiday: 1.05 },
  shopping: { weekday: 1, friday: 1.08, saturday: 1.45, sunday: 1.5, holiday: 1.4 },
  eatery: { weekday: 1, friday: 1.1, saturday: 1.4, sunday: 1.3, holiday: 1.2 },
  mixed: { weekday: 1, friday: 1.0, saturday: 1.05, sunday: 0.85, holiday: 0.8 },
  hospital: { weekday: 1, friday: 0.97, saturday: 0.9, sunday: 0.85, holiday: 0.8 },
  station: { weekday: 1, friday: 1.15, saturday: 1.1, sunday: 1.15, holiday: 1.2 },
  'night-market': { weekday: 1, friday: 1.0, saturday: 1.1, sunday: 0.95, holiday: 0.9 },
};

/** Friday prayer empties the streets around noon, and fills the eateries after. */
const FRIDAY_HOURS: Readonly<Record<number, number>> = { 11: 0.85, 12: 0.45, 13: 1.25 };

/** Fasting: quiet noon, a rush before sunset, nobody at the breaking of the fast, late evenings. */
const RAMADAN_HOURS: Readonly<Record<number, number>> = {
  ...{ 11: 0.7, 12: 0.55, 13: 0.65, 14: 0.8, 15: 1.0, 16: 1.4, 17: 1.5, 18: 0.5, 19: 0.8, 20: 1.3, 21: 1.5, 22: 1.5 },
};

const SEASON_FACTORS: Readonly<Record<PointKind, Readonly<Record<Exclude<Season, 'ordinary'>, number>>>> = {
  office: { ramadan: 0.95, 'before-idul-fitri': 0.85, 'idul-fitri': 0.12, 'after-idul-fitri': 0.45 },
  market: { ramadan: 1.0, 'before-idul-fitri': 1.35, 'idul-fitri': 0.3, 'after-idul-fitri': 0.7 },
  shopping: { ramadan: 1.05, 'before-idul-fitri': 1.5, 'idul-fitri': 0.5, 'after-idul-fitri': 1.2 },
  eatery: { ramadan: 0.8, 'before-idul-fitri': 0.9, 'idul-fitri': 0.5, 'after-idul-fitri': 1.1 },
  mixed: { ramadan: 0.95, 'before-idul-fitri': 1.15, 'idul-fitri': 0.3, 'after-idul-fitri': 0.75 },
  hospital: { ramadan: 0.95, 'before-idul-fitri': 0.95, 'idul-fitri': 0.7, 'after-idul-fitri': 0.9 },
  station: { ramadan: 0.9, 'before-idul-fitri': 1.5, 'idul-fitri': 1.2, 'after-idul-fitri': 1.4 },
  'night-market': { ramadan: 1.1, 'before-idul-fitri': 1.4, 'idul-fitri': 0.3, 'after-idul-fitri': 0.7 },
};

/** Full rain takes this share of a class's arrivals away (motorcyclists wait, drivers do not). */
const RAIN_LOSS: Readonly<Record<VehicleClass, number>> = {
  ...{ motorcycle: 0.45, car: 0.1, minibus: 0.08, truck: 0.05, trailer: 0.05 },
};

/** Arrivals in an hour relative to the point's usual hour, before rain and shocks. */
export function hourFactor(kind: PointKind, dayType: DayType, season: Season, hour: number): number {
  const friday = dayType === 'friday' ? (FRIDAY_HOURS[hour] ?? 1) : 1;
  const fasting = season === 'ramadan' || season === 'before-idul-fitri' ? (RAMADAN_HOURS[hour] ?? 1) : 1;
  const day = season === 'idul-fitri' ? 1 : DAY_FACTORS[kind][dayType];
  const ofSeason = season === 'ordinary' ? 1 : SEASON_FACTORS[kind][season];
  return SHAPES[kind][hour]! * day * friday * fasting * ofSeason;
}

/** @param rain 0 dry … 1 heavy */
export function rainFactor(vehicleClass: VehicleClass, rain: number): number {
  return 1 - RAIN_LOSS[vehicleClass] * rain;
}
