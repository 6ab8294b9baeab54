import { businessDateOf, daysBetween, type BusinessDate, type Random } from '@app/kernel';
import type { Method, VehicleClass } from '@app/protocol';
import type { Deed } from '../behaviour/behaviour.js';
import { platesOn, type SimPoint } from '../city/city.js';
import type { Fee } from '../city/tariff-book.js';
import type { Arrival } from '../demand/demand.js';
import type { Lane } from './shifts.js';

/** Drivers who owe nothing and get no record: official vehicles, deliveries of a minute, a resident's own gate. */
const EXEMPT_SHARE = 0.05;
/** Recorded at no charge by rule (free of levy by decree). */
const FREE_SHARE = 0.008;
const SUBSCRIBER_SHARE = 0.04;
const QRIS_AMONG_DIGITAL = 0.8;
/** The attendant taps his own card for a driver with cash, and marks it. */
const ASSISTED_AMONG_CARD = 0.2;
const PLATE_READ_SHARE = 0.1;
/** Car drivers take to QRIS sooner than motorcyclists. */
const DIGITAL_BY_CLASS: Readonly<Record<VehicleClass, number>> = {
  ...{ motorcycle: 0.8, car: 1.35, minibus: 0.9, truck: 0.7, trailer: 0.6 },
};

/** Numbers per terminal and day in the point's range of tickets: no memory is needed to never print one twice. */
const TICKETS_PER_LANE_DAY = 2000;
const TICKET_ORIGIN: BusinessDate = '2020-01-01';

/** The honest deed for a driver who came: what he owes, how he wants to pay, what the record would say. */
export function driverOf(
  random: Random,
  point: SimPoint,
  lane: Lane,
  arrival: Arrival,
  fee: Fee,
  minutes: number,
  serial: string | null,
): Deed {
  const exempt = random.chance(EXEMPT_SHARE);
  const plates = platesOn(point, businessDateOf(arrival.at), arrival.vehicleClass);
  const method = methodOf(random, point, lane, { vehicleClass: arrival.vehicleClass, subscribes: plates.length > 0 });
  const assisted = random.chance(ASSISTED_AMONG_CARD) && method === 'card' && lane.device.kind === 'handheld';
  const plate = plateOf(random, plates, method);
  const charged = method === 'free' || method === 'subscription' ? 0 : fee.amount;
  return {
    at: arrival.at,
    trueClass: arrival.vehicleClass,
    fee: exempt ? 0 : charged,
    fate: exempt ? 'exempt' : 'recorded',
    vehicleClass: arrival.vehicleClass,
    amount: charged,
    tariff: fee.code,
    method,
    minutes,
    ticket: method === 'cash' ? serial : null,
    plate,
    nmid: method === 'qris' ? point.nmid : null,
    assisted,
    voidAfterMs: null,
    taken: 0,
    pattern: null,
  };
}

function methodOf(
  random: Random,
  point: SimPoint,
  lane: Lane,
  { vehicleClass, subscribes }: { vehicleClass: VehicleClass; subscribes: boolean },
): Method {
  const roll = random.next();
  const digital = random.chance(Math.min(0.9, point.digitalShare * DIGITAL_BY_CLASS[vehicleClass]));
  const qris = random.chance(QRIS_AMONG_DIGITAL);
  if (lane.device.kind === 'handheld') {
    if (roll < FREE_SHARE) return 'free';
    if (roll < FREE_SHARE + SUBSCRIBER_SHARE && subscribes) return 'subscription';
  }
  if (!digital) return 'cash';
  return qris ? 'qris' : 'card';
}

function plateOf(random: Random, plates: readonly string[], method: Method): string | null {
  const read = random.chance(PLATE_READ_SHARE);
  const letters = String.fromCharCode(65 + random.integer(0, 25), 65 + random.integer(0, 25));
  const plate = `BK${random.integer(1000, 9999)}${letters}`;
  if (method === 'subscription') return random.pick(plates);
  return read ? plate : null;
}

/** Minutes that a driver stays: log-normal around three quarters of an hour. */
export function stayMinutesOf(random: Random): number {
  return Math.max(5, Math.min(720, Math.round(45 * Math.exp(0.7 * random.normal()))));
}

/** The serial of the n-th ticket of a lane's day; null when the point has no tickets (left). */
export function serialOf(point: SimPoint, lane: Lane, date: BusinessDate, n: number): string | null {
  if (!point.tickets) return null;
  const lanes = point.devices.length;
  const dayNumber = daysBetween(TICKET_ORIGIN, date);
  const { prefix, from, to } = point.tickets;
  const size = to - from + 1;
  const index = (dayNumber * lanes + lane.number) * TICKETS_PER_LANE_DAY + (n % TICKETS_PER_LANE_DAY);
  // A short range is used from its beginning again only after all of it: a city gives out ranges of its own years.
  return `${prefix}${String(from + (index % size)).padStart(String(to).length, '0')}`;
}
