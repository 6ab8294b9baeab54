import { addDays, type BusinessDate, type Random } from '@app/kernel';

/** Something honest that moves a place's demand for some days: the confounders of any detector. */
export interface Shock {
  readonly kind: 'event' | 'road-works' | 'flood' | 'closure';
  /** Multiplies arrivals. */
  readonly factor: number;
  readonly from: BusinessDate;
  /** Last day, inclusive. */
  readonly to: BusinessDate;
}

const SHOCK_DAYS_MAX = 20;

interface ShockRule {
  readonly kind: Shock['kind'];
  readonly perDay: number;
  readonly days: readonly [number, number];
  readonly factor: readonly [number, number];
}

const DISTRICT_RULES: readonly ShockRule[] = [
  { kind: 'event', perDay: 1 / 45, days: [1, 3], factor: [1.25, 1.7] },
  { kind: 'road-works', perDay: 1 / 120, days: [4, SHOCK_DAYS_MAX], factor: [0.55, 0.8] },
  { kind: 'flood', perDay: 1 / 150, days: [1, 1], factor: [0.3, 0.6] },
];
const POINT_RULES: readonly ShockRule[] = [
  { kind: 'closure', perDay: 1 / 300, days: [1, 3], factor: [0, 0] },
  { kind: 'road-works', perDay: 1 / 400, days: [3, 14], factor: [0.4, 0.8] },
];

function startingOn(world: Random, place: string, rules: readonly ShockRule[], date: BusinessDate): Shock[] {
  const random = world.fork(`shock/${place}/${date}`);
  return rules.flatMap((rule) => {
    const starts = random.chance(rule.perDay);
    const days = random.integer(...rule.days);
    const factor = rule.factor[0] + (rule.factor[1] - rule.factor[0]) * random.next();
    return starts ? [{ kind: rule.kind, factor, from: date, to: addDays(date, days - 1) }] : [];
  });
}

/** The shocks in force at a point on a day: its district's and its own. Needs no memory: it looks 20 days back. */
export function shocksAt(world: Random, district: string, point: string, date: BusinessDate): Shock[] {
  const found: Shock[] = [];
  for (let back = 0; back < SHOCK_DAYS_MAX; back++) {
    const start = addDays(date, -back);
    found.push(...startingOn(world, `district/${district}`, DISTRICT_RULES, start));
    found.push(...startingOn(world, `point/${point}`, POINT_RULES, start));
  }
  return found.filter((shock) => shock.to >= date);
}
