import { addDays, daysBetween, type BusinessDate, type Random } from '@app/kernel';
import { platesOn, type SimPoint } from '../city/city.js';
import { usualAround, usualPerDay } from '../demand/demand.js';
import { THEFT_PATTERNS, type TheftPattern } from './thefts.js';

/** One person's theft by one pattern over some days. */
export interface Episode {
  readonly pattern: TheftPattern;
  readonly point: string;
  /** The attendant who does it; null for a meter's collector. */
  readonly attendant: string | null;
  /** The meter; null for an attendant. */
  readonly deviceId: string | null;
  readonly from: BusinessDate;
  /** Last day, inclusive. */
  readonly to: BusinessDate;
  /** Share of occasions that are taken, 0-1. */
  readonly intensity: number;
}

export interface CastingRules {
  /** Share of points with a thief in each block of 42 days. 0: everybody is honest. */
  readonly prevalence: number;
  readonly patterns: readonly TheftPattern[];
  readonly intensity: readonly [min: number, max: number];
  readonly episodeDays: readonly [min: number, max: number];
  /** No theft before this day, from which blocks count: time to learn from. */
  readonly notBefore: BusinessDate;
  /** Vehicles of a usual day below which nobody steals at a point. */
  readonly vehiclesMin: number;
}

export const HONEST_CITY: CastingRules = {
  prevalence: 0,
  patterns: THEFT_PATTERNS,
  intensity: [0.15, 0.5],
  episodeDays: [14, 42],
  notBefore: '2020-01-01',
  vehiclesMin: 0,
};

/** A thief at a hand-over is new at the point: he was not on the rota for so many days before. */
const NEW_AT_POINT_DAYS = 42;

/** Attendants who are not at the point yet on this day: the next hand-over brings them. */
export function notYetAt(world: Random, rules: CastingRules, point: SimPoint, date: BusinessDate): string[] {
  const block = blockOf(rules, date);
  return [block, block + 1]
    .flatMap((number) => castBlock(world, rules, point, number))
    .filter((e) => e.pattern === 'hand-over-step' && date < e.from && daysBetween(date, e.from) <= NEW_AT_POINT_DAYS)
    .flatMap((e) => (e.attendant === null ? [] : [e.attendant]));
}

const BLOCK_DAYS = 42;
const blockOf = ({ notBefore }: CastingRules, date: BusinessDate): number =>
  Math.floor(daysBetween(notBefore, date) / BLOCK_DAYS);

/** The thefts in force at a point on a day: the same for the same world, point and date, without any memory. */
export function episodesAt(world: Random, rules: CastingRules, point: SimPoint, date: BusinessDate): Episode[] {
  const block = blockOf(rules, date);
  return [block - 1, block]
    .flatMap((number) => castBlock(world, rules, point, number))
    .filter((episode) => episode.from <= date && date <= episode.to);
}

function castBlock(world: Random, rules: CastingRules, point: SimPoint, block: number): Episode[] {
  const drawn = drawEpisode(world, rules, point, block);
  if (drawn === null) return [];
  if (drawn.pattern === 'hand-over-step') {
    const before = drawEpisode(world, rules, point, block - 1);
    // He came with the hand-over before: nobody is new at a point twice.
    return before?.pattern === drawn.pattern && before.attendant === drawn.attendant ? [] : [drawn];
  }
  const next = drawEpisode(world, rules, point, block + 1);
  if (next?.pattern !== 'hand-over-step' || next.attendant !== drawn.attendant) return [drawn];
  // He comes with the next hand-over: somebody else steals until then.
  const other = point.attendants.find((attendant) => attendant !== drawn.attendant);
  return other === undefined ? [] : [{ ...drawn, attendant: other }];
}

function drawEpisode(world: Random, rules: CastingRules, point: SimPoint, block: number): Episode | null {
  const random = world.fork(`casting/${point.code}/${block}`);
  if (block < 0 || !random.chance(rules.prevalence) || usualPerDay(point) < rules.vehiclesMin) return null;
  const days = random.integer(rules.episodeDays[0], Math.min(rules.episodeDays[1], BLOCK_DAYS));
  const from = addDays(rules.notBefore, block * BLOCK_DAYS + random.integer(0, BLOCK_DAYS - days));
  const possible = rules.patterns.filter((pattern) => canHappen(pattern, point, from));
  const rare = possible.filter((pattern) => AT_FEW_POINTS.has(pattern));
  if (possible.length === 0) return null;
  const pattern = random.pick(rare.length > 0 && random.chance(0.5) ? rare : possible);
  const intensity = rules.intensity[0] + (rules.intensity[1] - rules.intensity[0]) * random.next();
  const subject = subjectOf(random, pattern, point);
  return { pattern, point: point.code, from, to: addDays(from, days - 1), intensity, ...subject };
}

/** Where one of these can happen, it is half of what happens: else it would hardly be met. */
const AT_FEW_POINTS: ReadonlySet<TheftPattern> = new Set([
  ...(['collection-difference', 'free-zone-charge', 'off-hours'] as const),
]);
/** Drivers in two hours for whom a theft in them is worth while. */
const EVENING_DRIVERS_MIN = 2;

/** Whether the point has what the pattern needs. */
export function canHappen(pattern: TheftPattern, point: SimPoint, from: BusinessDate): boolean {
  switch (pattern) {
    case 'collection-difference':
      return metersOf(point).length > 0;
    case 'serial-reuse':
    case 'serial-unknown':
      return point.tickets !== null && isAttended(point);
    case 'subscriber-charged':
    case 'subscription-abuse':
      return platesOn(point, from).length > 0 && isAttended(point);
    case 'free-zone-charge':
      return point.freePeriods.some((free) => free.to === undefined || free.to >= from) && isAttended(point);
    case 'off-hours':
      return usualAround(point, 'after-closing') >= EVENING_DRIVERS_MIN && isAttended(point);
    case 'clock-tampering':
      return usualAround(point, 'before-closing') >= EVENING_DRIVERS_MIN && isAttended(point);
    default:
      return isAttended(point);
  }
}

const metersOf = (point: SimPoint) => point.devices.filter((device) => device.kind === 'meter');
const isAttended = (point: SimPoint): boolean =>
  point.devices.some((device) => device.kind === 'handheld') && point.attendants.length > 0;

/** Who does it: an attendant, or whoever empties a meter's box. */
function subjectOf(random: Random, pattern: TheftPattern, point: SimPoint): Pick<Episode, 'attendant' | 'deviceId'> {
  return pattern === 'collection-difference'
    ? { attendant: null, deviceId: random.pick(metersOf(point)).deviceId }
    : { attendant: random.pick(point.attendants), deviceId: null };
}
