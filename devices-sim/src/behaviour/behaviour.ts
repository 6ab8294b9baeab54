import type { Random } from '@app/kernel';
import type { Method, VehicleClass } from '@app/protocol';
import type { SimPoint } from '../city/city.js';
import type { Fee } from '../city/tariff-book.js';

/** One attendant's work on one terminal, or a meter's day (shift and attendant empty). */
export interface Shift {
  readonly id: string;
  readonly deviceId: string;
  readonly attendant: string;
  /** True time, ms. */
  readonly from: number;
  readonly to: number;
}

/** A time in which a terminal is not as it should be. */
export interface Disturbance {
  readonly what: 'power' | 'network' | 'clock';
  readonly from: number;
  readonly to: number;
  /** Only with `clock`: what its clock says minus true time, ms. */
  readonly offsetMs: number;
  readonly reason: string;
  /** The theft behind it; null for an honest fault. */
  readonly pattern: string | null;
}

/** What is done with one driver. */
export interface Deed {
  readonly at: number;
  /** What came, and what it owes. */
  readonly trueClass: VehicleClass;
  readonly fee: number;
  /** What the record will say. */
  readonly fate: 'recorded' | 'unrecorded' | 'withheld' | 'lost' | 'exempt';
  readonly vehicleClass: VehicleClass;
  readonly amount: number;
  readonly tariff: string;
  readonly method: Method;
  readonly minutes: number;
  readonly ticket: string | null;
  readonly plate: string | null;
  readonly nmid: string | null;
  readonly assisted: boolean;
  /** The payment is taken back after this time. */
  readonly voidAfterMs: number | null;
  /** Rupiah that the city loses, and by which pattern. */
  readonly taken: number;
  readonly pattern: string | null;
}

/** What a behaviour may know while it acts. */
export interface ShiftContext {
  readonly point: SimPoint;
  readonly shift: Shift;
  readonly random: Random;
  /** The fee of a class today; null when the class has no tariff. */
  feeOf(vehicleClass: VehicleClass): Fee | null;
  /** Cash recorded so far in the shift, rupiah. */
  cashRecorded(): number;
  /** Cash that the shift may be expected to bring, rupiah. */
  readonly cashExpected: number;
}

/**
 * How an attendant (or the keeper of a meter) acts in one shift. Behaviours are applied one after the other, each on
 * what the one before it made of the deed; a new theft is a new entry in the table of thefts.
 */
export interface Behaviour {
  readonly pattern: string;
  /** What is done to the terminal in the shift. */
  disturb?(context: ShiftContext): readonly Disturbance[];
  /** What is done with a driver who came. */
  serve?(deed: Deed, context: ShiftContext): Deed;
  /** Rupiah kept back from a declared sum; `cash` is what was recorded. */
  keepBack?(cash: number, context: ShiftContext): number;
  /** How long he goes on charging after the closing time, ms. */
  readonly staysMs?: number;
  /** He works on days that are free of charge, too. */
  readonly worksOnFreeDays?: boolean;
}
