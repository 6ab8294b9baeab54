import type { BusinessDate } from '@app/kernel';

/** Monday to Friday 0, Saturday 1, Sunday and public holidays 2. */
export type DayType = 0 | 1 | 2;

/** Vehicles of one class that somebody saw arrive at a point within one hour of a day. */
export interface CountSample {
  readonly point: string;
  readonly vehicleClass: string;
  readonly date: BusinessDate;
  readonly dayType: DayType;
  /** 0-23. */
  readonly hour: number;
  /** Share of the hour that was watched, above 0 to 1. */
  readonly share: number;
  readonly arrivals: number;
  /** Of them exempt; null when nobody noted. */
  readonly exempt: number | null;
}

/** Parking spaces (SRP) by point and class; 0 or absent: not known. */
export type SpacesOf = (point: string, vehicleClass: string) => number;

/** Arrivals per space and hour of a class (turnover), learned from all points that were counted. */
export interface Turnover {
  /** null: the class was never counted at a point whose spaces are known. */
  rate(vehicleClass: string, hour: number, dayType: DayType): number | null;
  /** Share of arrivals that owe nothing, over the city. */
  readonly exemptShare: number;
}

/** Space-hours with which a wider average weighs in a narrower one. */
const POOL_SPACE_HOURS = 50;
/** Where nobody has noted exemptions: one vehicle in twenty, as weighty as twenty vehicles. */
const EXEMPT_PRIOR = { exempt: 1, arrivals: 20 };

interface Sum {
  arrivals: number;
  spaceHours: number;
}

/** Pools counts over points: an hour of a day type leans on the hour over all day types, and that on the class. */
export function learnTurnover(samples: readonly CountSample[], spacesOf: SpacesOf): Turnover {
  const sums = new Map<string, Sum>();
  const add = (key: string, arrivals: number, spaceHours: number): void => {
    const sum = sums.get(key) ?? { arrivals: 0, spaceHours: 0 };
    sums.set(key, { arrivals: sum.arrivals + arrivals, spaceHours: sum.spaceHours + spaceHours });
  };
  let noted = EXEMPT_PRIOR.arrivals;
  let exempt = EXEMPT_PRIOR.exempt;
  for (const sample of samples) {
    const { vehicleClass, hour, dayType, arrivals, share } = sample;
    if (sample.exempt !== null) {
      noted += arrivals;
      exempt += sample.exempt;
    }
    const spaces = spacesOf(sample.point, vehicleClass);
    if (spaces <= 0) continue;
    for (const key of [vehicleClass, `${vehicleClass}|${hour}`, `${vehicleClass}|${hour}|${dayType}`])
      add(key, arrivals, spaces * share);
  }
  const lean = (key: string, wider: number): number => {
    const { arrivals, spaceHours } = sums.get(key) ?? { arrivals: 0, spaceHours: 0 };
    return (arrivals + POOL_SPACE_HOURS * wider) / (spaceHours + POOL_SPACE_HOURS);
  };
  return {
    exemptShare: exempt / noted,
    rate(vehicleClass, hour, dayType) {
      const all = sums.get(vehicleClass);
      if (!all) return null;
      const ofHour = lean(`${vehicleClass}|${hour}`, all.arrivals / all.spaceHours);
      return lean(`${vehicleClass}|${hour}|${dayType}`, ofHour);
    },
  };
}
