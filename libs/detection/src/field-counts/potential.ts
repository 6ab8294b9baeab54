import type { BusinessDate } from '@app/kernel';
import type { CountSample, DayType, Turnover } from './samples.js';

/** One point on one day, and what is known for it. */
export interface PotentialQuestion {
  readonly point: string;
  readonly date: BusinessDate;
  readonly dayType: DayType;
  /** Share (0-1) of each hour of the day, 0-23, in which the point is open. */
  readonly openShare: readonly number[];
  /** Fee of the date by class, rupiah. */
  readonly fees: Readonly<Record<string, number>>;
  /** Parking spaces by class. */
  readonly spaces: Readonly<Record<string, number>>;
  /** The point's own counts, of any day. */
  readonly samples: readonly CountSample[];
  readonly turnover: Turnover;
}

/** Rupiah that a day should bring, in a range that holds the truth 9 times in 10 as far as counting errors go. */
export interface Potential {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
  readonly classes: readonly ClassPotential[];
}

export interface ClassPotential {
  readonly vehicleClass: string;
  /** Vehicles in the opening hours, and its standard error. */
  readonly volume: number;
  readonly volumeError: number;
  readonly exemptShare: number;
  readonly fee: number;
  /** volume x (1 - exempt share) x fee. */
  readonly amount: number;
  /** Share of the volume that rests on hours that were counted; the rest on spaces x turnover. */
  readonly countedShare: number;
  readonly samples: number;
}

/** Variance over mean of honest counts (1.4-2.3 on real meters). */
const DISPERSION = 2;
/** A day's volume differs from the usual by this share, all hours together. */
const DAY_CV = 0.2;
/** How far turnover per space differs between points, and the shape of the day between points. */
const LEVEL_CV = 0.6;
const SHAPE_CV = 0.25;
/** Vehicles' worth of "as its spaces say" in a point's own level. */
const LEVEL_PRIOR = 20;
/** A count of the very day still misses or doubles a few. */
const COUNTER_CV = 0.04;
const EXEMPT_WEIGHT = 20;
/** Two-sided 90 %. */
const Z = 1.645;

/**
 * What a point should earn on a day, from field counts (docs/FIELD-COUNTS.md). Each open hour of each class is the
 * inverse-variance mean of two estimates: what was counted there at that hour on days of that type, and the point's
 * spaces x turnover, at the level that all of its counts show. An hour that was counted on the day itself is what it is.
 *
 * @returns null when the point was never counted
 */
export function potentialOf(question: PotentialQuestion): Potential | null {
  const counted = new Set(question.samples.map((sample) => sample.vehicleClass));
  const classes = [...counted].sort().flatMap((name) => classPotential(name, question) ?? []);
  if (classes.length === 0) return null;
  let mid = 0;
  let variance = 0;
  for (const { amount, volume, volumeError, exemptShare, vehicleClass } of classes) {
    const noted = exemptNotes(vehicleClass, question.samples);
    const exemptVariance = (exemptShare * (1 - exemptShare)) / (noted.arrivals + EXEMPT_WEIGHT + 1);
    mid += amount;
    if (volume > 0) variance += amount ** 2 * ((volumeError / volume) ** 2 + exemptVariance / (1 - exemptShare) ** 2);
  }
  const spread = mid > 0 ? Math.exp((Z * Math.sqrt(variance)) / mid) : 1;
  return { low: Math.round(mid / spread), mid: Math.round(mid), high: Math.round(mid * spread), classes };
}

function classPotential(vehicleClass: string, question: PotentialQuestion): ClassPotential | null {
  const fee = question.fees[vehicleClass];
  if (fee === undefined) return null;
  const samples = question.samples.filter((sample) => sample.vehicleClass === vehicleClass);
  const level = levelOf(vehicleClass, samples, question);
  let volume = 0;
  let countedVolume = 0;
  // Errors of single hours are independent; those of counting days and of the level move all hours together.
  let alone = 0;
  let ofDays = 0;
  let ofLevel = 0;
  question.openShare.forEach((open, hour) => {
    if (open <= 0) return;
    const cell = hourRate(hour, samples, question, level);
    volume += open * cell.rate;
    countedVolume += open * cell.rate * cell.weight;
    alone += open ** 2 * cell.alone;
    ofDays += open * cell.ofDays;
    ofLevel += open * cell.ofLevel;
  });
  const { exempt, arrivals } = exemptNotes(vehicleClass, samples);
  const exemptShare = (exempt + EXEMPT_WEIGHT * question.turnover.exemptShare) / (arrivals + EXEMPT_WEIGHT);
  return {
    vehicleClass,
    volume,
    volumeError: Math.sqrt(alone + (ofDays + ofLevel) ** 2),
    exemptShare,
    fee,
    amount: volume * (1 - exemptShare) * fee,
    countedShare: volume > 0 ? countedVolume / volume : 1,
    samples: samples.length,
  };
}

/** Arrivals an hour that the point's spaces and turnover say, at its own level, with the level's relative error. */
interface Level {
  rate(hour: number): number | null;
  readonly cv: number;
}

function levelOf(vehicleClass: string, samples: readonly CountSample[], question: PotentialQuestion): Level {
  const { turnover, dayType } = question;
  const spaces = question.spaces[vehicleClass] ?? 0;
  const usual = (hour: number, type: DayType): number | null => {
    const rate = turnover.rate(vehicleClass, hour, type);
    return rate === null || spaces <= 0 ? null : rate * spaces;
  };
  let seen = LEVEL_PRIOR;
  let due = LEVEL_PRIOR;
  for (const sample of samples) {
    seen += sample.arrivals;
    due += sample.share * (usual(sample.hour, sample.dayType) ?? 0);
  }
  const ratio = seen / due;
  // What is not yet known of the level, and what the days of its counts had of their own.
  const known = 1 - LEVEL_PRIOR / due;
  const { days } = sumOf(samples);
  const cv = Math.sqrt((1 - known) * LEVEL_CV ** 2 + known * (DAY_CV ** 2 / Math.max(1, days) + DISPERSION / seen));
  return {
    cv,
    rate: (hour) => {
      const rate = usual(hour, dayType);
      return rate === null ? null : rate * ratio;
    },
  };
}

interface HourRate {
  rate: number;
  /** Weight of what was counted, 0-1. */
  weight: number;
  /** Variance of its own, and standard errors shared over the hours. */
  alone: number;
  ofDays: number;
  ofLevel: number;
}

function hourRate(hour: number, samples: readonly CountSample[], question: PotentialQuestion, level: Level): HourRate {
  const here = samples.filter((sample) => sample.hour === hour);
  const today = sumOf(here.filter((sample) => sample.date === question.date));
  if (today.hours >= 0.99) {
    const rate = today.arrivals / today.hours;
    return { rate, weight: 1, alone: (COUNTER_CV * rate) ** 2, ofDays: 0, ofLevel: 0 };
  }
  const same = here.filter((sample) => sample.dayType === question.dayType);
  const { arrivals, hours, days } = sumOf(same);
  const usual = level.rate(hour);
  if (hours === 0 && usual === null) return { rate: 0, weight: 0, alone: 0, ofDays: 0, ofLevel: 0 };
  const counted = hours > 0 ? arrivals / hours : 0;
  // An hour without a vehicle says "few", not "none": half a vehicle more for the error.
  const noise = hours > 0 ? (DISPERSION * (arrivals + 0.5)) / hours ** 2 : Infinity;
  const dayError = hours > 0 ? (DAY_CV * counted) / Math.sqrt(days) : 0;
  const shape = usual === null ? Infinity : (SHAPE_CV * usual) ** 2 + DISPERSION * 0.1;
  const levelError = usual === null ? 0 : level.cv * usual;
  const dataVariance = noise + dayError ** 2;
  const usualVariance = shape + levelError ** 2;
  const weight = usual === null ? 1 : hours === 0 ? 0 : usualVariance / (usualVariance + dataVariance);
  const rest = 1 - weight;
  return {
    rate: weight * counted + rest * (usual ?? 0),
    weight,
    alone: (weight > 0 ? weight ** 2 * noise : 0) + (rest > 0 ? rest ** 2 * shape : 0),
    ofDays: weight * dayError,
    ofLevel: rest * levelError,
  };
}

function sumOf(samples: readonly CountSample[]): { arrivals: number; hours: number; days: number } {
  const days = new Set(samples.map((sample) => sample.date)).size;
  return samples.reduce(
    (sum, { arrivals, share }) => ({ arrivals: sum.arrivals + arrivals, hours: sum.hours + share, days }),
    { arrivals: 0, hours: 0, days },
  );
}

function exemptNotes(vehicleClass: string, samples: readonly CountSample[]): { exempt: number; arrivals: number } {
  let [exempt, arrivals] = [0, 0];
  for (const sample of samples) {
    if (sample.vehicleClass !== vehicleClass || sample.exempt === null) continue;
    exempt += sample.exempt;
    arrivals += sample.arrivals;
  }
  return { exempt, arrivals };
}
