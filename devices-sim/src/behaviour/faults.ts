import { addDays, DAY_MS, HOUR_MS, MINUTE_MS, startOfBusinessDay, type BusinessDate, type Random } from '@app/kernel';
import type { Disturbance } from './behaviour.js';

/** Multiplies every fault's rate; 0 gives a city of perfect machines. */
export interface FaultRules {
  readonly rate: number;
}

interface FaultRule {
  readonly what: Disturbance['what'];
  readonly reason: string;
  readonly perDay: number;
  readonly durationMs: readonly [number, number];
}

/** Honest faults of a terminal in the field (rates are assumptions, to be set by what a city sees). */
const FAULT_RULES: readonly FaultRule[] = [
  { what: 'power', reason: 'watchdog', perDay: 1 / 60, durationMs: [MINUTE_MS, 5 * MINUTE_MS] },
  { what: 'power', reason: 'battery-empty', perDay: 1 / 120, durationMs: [HOUR_MS, 8 * HOUR_MS] },
  { what: 'power', reason: 'repair', perDay: 1 / 700, durationMs: [12 * HOUR_MS, 3 * DAY_MS] },
  // Honest, and looks like theft: switched off at a meal, or by a knee in a pocket.
  { what: 'power', reason: 'power-on', perDay: 1 / 40, durationMs: [3 * MINUTE_MS, 20 * MINUTE_MS] },
  { what: 'network', reason: 'no-coverage', perDay: 1 / 8, durationMs: [2 * MINUTE_MS, 45 * MINUTE_MS] },
  { what: 'network', reason: 'modem', perDay: 1 / 90, durationMs: [2 * HOUR_MS, 3 * DAY_MS] },
  { what: 'clock', reason: 'clock-lost', perDay: 1 / 250, durationMs: [10 * MINUTE_MS, 6 * HOUR_MS] },
];
const LOOK_BACK_DAYS = 4;
/** A terminal that lost its clock mostly starts from the last time it had saved, seldom from its factory date. */
const FACTORY_DATE_SHARE = 0.05;
const FACTORY_DATE_MS = Date.UTC(2020, 0, 1);

/** The honest faults of a device that touch a business day, whole, wherever they began. */
export function faultsAt(world: Random, rules: FaultRules, deviceId: string, date: BusinessDate): Disturbance[] {
  const begin = startOfBusinessDay(date);
  const found: Disturbance[] = [];
  for (let back = LOOK_BACK_DAYS; back >= 0; back--) {
    found.push(...startingOn(world, rules, deviceId, addDays(date, -back)));
  }
  return found.filter((fault) => fault.to > begin);
}

function startingOn(world: Random, rules: FaultRules, deviceId: string, date: BusinessDate): Disturbance[] {
  const random = world.fork(`fault/${deviceId}/${date}`);
  return FAULT_RULES.flatMap((rule) => {
    const happens = random.chance(Math.min(1, rule.perDay * rules.rate));
    const from = startOfBusinessDay(date) + Math.floor((6 + 16 * random.next()) * HOUR_MS);
    const to = from + random.integer(...rule.durationMs);
    const backMs = random.integer(5 * MINUTE_MS, 30 * HOUR_MS);
    const offsetMs = random.chance(FACTORY_DATE_SHARE) ? FACTORY_DATE_MS - from : -backMs;
    if (!happens) return [];
    const fault = { what: rule.what, from, to, reason: rule.reason, pattern: null };
    return [{ ...fault, offsetMs: rule.what === 'clock' ? offsetMs : 0 }];
  });
}
