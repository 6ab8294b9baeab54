import { ASSISTED, CARD, CASH, DEARER, MOTORCYCLE, NONE, QRIS, type Cells } from './cells.js';

/** How a stream of remarkable payments is counted. */
export interface RateRule {
  /** Ways of paying among which it is counted; `shifts`: shifts with any, of all shifts. */
  readonly among: readonly number[] | 'shifts';
  /** The remarkable ones are not in those cells (yet): they count besides. */
  readonly isBesides?: boolean;
  /** Honest people are never better than this. */
  readonly floor: number;
  /** Honest people differ in their rates about as much as if each were known by so many. */
  readonly strength: number;
}

const USUAL = { floor: 0.0008, strength: 60 } as const;
const ALL = [CASH, QRIS, CARD, ASSISTED, NONE];

/** Every stream of payments (or shifts) that are remarkable in themselves. */
export const RATE_RULES = {
  lateVoids: { among: [CASH], ...USUAL },
  settledVoids: { among: [QRIS, CARD, ASSISTED], ...USUAL },
  // Serving the last drivers is human; shift after shift is a habit.
  offHours: { among: 'shifts', floor: 0.005, strength: 60 },
  // Nobody serves a last driver more than an hour later; weighed among the shifts that are off hours at all.
  farOffHours: { among: 'shifts', floor: 0.0005, strength: 20 },
  // The exact rule asks for each one; a bank's queue now and then is nobody's habit.
  lateDeposits: { among: 'shifts', floor: 0.01, strength: 40 },
  freeZone: { among: ALL, ...USUAL },
  // Of those who hold a subscription; a sticker is overlooked now and then.
  subscriberCharged: { among: [NONE], isBesides: true, floor: 0.003, strength: 60 },
  // Few subscribers, many visits: a plate comes twice in a shift by chance.
  subscriptionRepeated: { among: [NONE], floor: 0.02, strength: 40 },
  wrongTariff: { among: ALL, ...USUAL },
  foreignQris: { among: [QRIS], ...USUAL },
  // A family pays for two vehicles with one card.
  cardRepeated: { among: [CARD], floor: 0.02, strength: 40 },
  reused: { among: [CASH], ...USUAL },
  unknown: { among: [CASH], ...USUAL },
  missing: { among: ALL, isBesides: true, ...USUAL },
} as const satisfies Record<string, RateRule>;

export type RateStream = keyof typeof RATE_RULES;
export const RATE_STREAMS = Object.keys(RATE_RULES) as RateStream[];

/** Out of how many payments (or shifts) a stream's `count` is. */
export function amongOf(stream: RateStream, seen: { cells: Cells; shifts: number; count: number }): number {
  const rule: RateRule = RATE_RULES[stream];
  if (rule.among === 'shifts') return Math.max(seen.shifts, seen.count);
  const n = rule.among.reduce((sum, way) => sum + seen.cells[MOTORCYCLE + way]! + seen.cells[DEARER + way]!, 0);
  return Math.max(rule.isBesides ? n + seen.count : n, seen.count);
}
