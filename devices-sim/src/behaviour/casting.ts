import { addDays, daysBetween, type BusinessDate, type Random } from '@app/kernel';
import type { SimPoint } from '../city/city.js';
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
  /** No theft before this day: time to learn from. */
  readonly notBefore: BusinessDate;
}

export const HONEST_CITY: CastingRules = {
  prevalence: 0,
  patterns: THEFT_PATTERNS,
  intensity: [0.15, 0.5],
  episodeDays: [14, 42],
  notBefore: '2020-01-01',
};

/** A thief at a hand-over is new at the point: he was not on the rota for so many days before. */
const NEW_AT_POINT_DAYS = 42;

/** Attendants who are not at the point yet on this day: the next hand-over brings them. */
export function notYetAt(world: Random, rules: CastingRules, point: SimPoint, date: BusinessDate): string[] {
  const block = Math.floor(daysBetween(BLOCK_ORIGIN, date) / BLOCK_DAYS);
  return [block, block + 1]
    .flatMap((number) => castBlock(world, rules, point, number))
    .filter((e) => e.pattern === 'hand-over-step' && date < e.from && daysBetween(date, e.from) <= NEW_AT_POINT_DAYS)
    .flatMap((e) => (e.attendant === null ? [] : [e.attendant]));
}

const BLOCK_DAYS = 42;
const BLOCK_ORIGIN: BusinessDate = '2020-01-01';

/** The thefts in force at a point on a day: the same for the same world, point and date, without any memory. */
export function episodesAt(world: Random, rules: CastingRules, point: SimPoint, date: BusinessDate): Episode[] {
  const block = Math.floor(daysBetween(BLOCK_ORIGIN, date) / BLOCK_DAYS);
  return [block - 1, block]
    .flatMap((number) => castBlock(world, rules, point, number))
    .filter((episode) => episode.from <= date && date <= episode.to);
}

function castBlock(world: Random, rules: CastingRules, point: SimPoint, block: number): Episode[] {
  const random = world.fork(`casting/${point.code}/${block}`);
  if (!random.chance(rules.prevalence)) return [];
  const days = random.integer(rules.episodeDays[0], Math.min(rules.episodeDays[1], BLOCK_DAYS));
  const from = addDays(BLOCK_ORIGIN, block * BLOCK_DAYS + random.integer(0, BLOCK_DAYS - days));
  if (from < rules.notBefore) return [];
  const pattern = random.pick(rules.patterns);
  const subject = subjectOf(random, pattern, point);
  if (!subject) return [];
  const intensity = rules.intensity[0] + (rules.intensity[1] - rules.intensity[0]) * random.next();
  return [{ pattern, point: point.code, from, to: addDays(from, days - 1), intensity, ...subject }];
}

/** Who does it: nobody, when the pattern needs what the point does not have. */
function subjectOf(
  random: Random,
  pattern: TheftPattern,
  point: SimPoint,
): Pick<Episode, 'attendant' | 'deviceId'> | null {
  if (pattern === 'collection-difference') {
    const meters = point.devices.filter((device) => device.kind === 'meter');
    return meters.length > 0 ? { attendant: null, deviceId: random.pick(meters).deviceId } : null;
  }
  if (pattern === 'serial-reuse' || pattern === 'serial-unknown') if (!point.tickets) return null;
  if (pattern === 'subscriber-charged' || pattern === 'subscription-abuse') {
    if (point.subscribedPlates.length === 0) return null;
  }
  if (pattern === 'free-zone-charge' && point.freePeriods.length === 0) return null;
  const worked = point.devices.some((device) => device.kind === 'handheld') && point.attendants.length > 0;
  return worked ? { attendant: random.pick(point.attendants), deviceId: null } : null;
}
