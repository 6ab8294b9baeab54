import { seededRandom, type BusinessDate } from '@app/kernel';
import type { VehicleClass } from '@app/protocol';
import { POINT_KINDS, type PointKind } from '../demand/hourly-shape.js';
import type { TariffBook } from './tariff-book.js';

/** Minutes after midnight, Asia/Jakarta; `closes` at or before `opens` runs past midnight. */
export interface OpeningHours {
  readonly opens: number;
  readonly closes: number;
}
/** By weekday, 0 = Sunday … 6 = Saturday; a missing weekday is closed. */
export type WeekHours = Readonly<Record<number, OpeningHours>>;

/** Days on which parking is free of charge; `to` inclusive, absent: until further notice. */
export interface FreePeriod {
  readonly from: BusinessDate;
  readonly to?: BusinessDate;
}

export const isFreeOn = ({ freePeriods }: Pick<SimPoint, 'freePeriods'>, date: BusinessDate): boolean =>
  freePeriods.some((free) => free.from <= date && (free.to === undefined || date <= free.to));

/** What a terminal was provisioned with. */
export interface SimDevice {
  readonly deviceId: string;
  readonly kind: 'handheld' | 'meter';
  readonly mqttPassword: string;
  /** The 32 bytes of the journal key as base64url. */
  readonly journalKey: string;
  readonly epoch: number;
}

/** Serial numbers of paper tickets that the point was given: `prefix` and a number of `digits`. */
export interface TicketRange {
  readonly prefix: string;
  readonly from: number;
  readonly to: number;
}

/** A plate's paid year: `to` exclusive. */
export interface Subscription {
  readonly plate: string;
  readonly vehicleClass: VehicleClass;
  readonly from: BusinessDate;
  readonly to: BusinessDate;
}

/** Plates that park here without a charge on a day. @param vehicleClass of this class only */
export function platesOn(
  { subscriptions }: Pick<SimPoint, 'subscriptions'>,
  date: BusinessDate,
  vehicleClass?: VehicleClass,
): string[] {
  return subscriptions
    .filter((paid) => paid.from <= date && date < paid.to && (vehicleClass ?? paid.vehicleClass) === paid.vehicleClass)
    .map(({ plate }) => plate);
}

/** A parking point as the simulation sees it: facts that were given, and a character drawn from seed and code. */
export interface SimPoint {
  readonly code: string;
  readonly name: string;
  readonly district: string;
  readonly streetClass: string | null;
  readonly spaces: Readonly<Partial<Record<VehicleClass, number>>>;
  readonly hours: WeekHours;
  readonly tariffs: TariffBook;
  readonly freePeriods: readonly FreePeriod[];
  readonly attendants: readonly string[];
  readonly devices: readonly SimDevice[];
  readonly tickets: TicketRange | null;
  /** National merchant id on the point's own QRIS code. */
  readonly nmid: string | null;
  /** Code of who runs the point and brings its cash; null: the city itself. */
  readonly operator: string | null;
  /** Of vehicles that often stand here. */
  readonly subscriptions: readonly Subscription[];
  readonly kind: PointKind;
  /** Multiplies the turnover of each space. */
  readonly turnoverFactor: number;
  /** Variance / mean of an honest day's count around its expectation: 1.4-2.3, as on real street meters. */
  readonly dispersion: number;
  /** Share of drivers who would rather pay without cash. */
  readonly digitalShare: number;
  readonly growthPerYear: number;
  /** A sensor counts arrivals and sends `count` records through the point's first device. */
  readonly sensor: boolean;
}

/** The part of a point that is drawn and not given. */
export type Character = Pick<
  SimPoint,
  'kind' | 'turnoverFactor' | 'dispersion' | 'digitalShare' | 'growthPerYear' | 'sensor'
>;

/** Quartiles of variance / mean per meter on real street meters (Charlottesville 2017): 1.42, 1.75, 2.33. */
const DISPERSION_MIN = 1.4;
const DISPERSION_MAX = 2.3;

/** The character of a point: the same for the same seed and code. */
export function characterOf(seed: number, code: string): Character {
  const random = seededRandom(seed).fork(`character/${code}`);
  return {
    kind: random.pick(POINT_KINDS),
    turnoverFactor: Math.exp(0.4 * random.normal()),
    dispersion: DISPERSION_MIN + (DISPERSION_MAX - DISPERSION_MIN) * random.next(),
    digitalShare: 0.12 + 0.35 * random.next(),
    growthPerYear: -0.03 + 0.11 * random.next(),
    sensor: random.chance(0.15),
  };
}
