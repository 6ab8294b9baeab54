import type { BusinessDate, Random } from '@app/kernel';
import type { CityDay, PointDay, ShiftDay } from '../input/city-day.js';
import { EditedPoint, type EditedShift } from './edited-point.js';

/** Patterns that can be planted into recorded days: those that take from what one person recorded. */
export const PLANTED_PATTERNS = [
  'unrecorded-cash',
  'withheld-records',
  'void-abuse',
  'wrong-class',
  'cash-instead-of-qris',
  'foreign-qris',
  'cash-under-declared',
  'device-off',
] as const;
export type PlantedPattern = (typeof PLANTED_PATTERNS)[number];

/** A theft that never happened: what the records would be if this person had stolen by this pattern. */
export interface PlantedTheft {
  readonly pattern: PlantedPattern;
  readonly point: string;
  readonly attendant: string;
  readonly from: BusinessDate;
  /** Last day, inclusive. */
  readonly to: BusinessDate;
  /** Share of occasions that are taken, 0-1. */
  readonly share: number;
}

type Plant = (point: EditedPoint, shift: EditedShift, share: number, random: Random) => void;

const CASH = ['cash'];
/** Nearly every driver who would pay by QRIS or card is talked into cash. */
const STEERED = 0.85;
const NOTE_RUPIAH = 1000;

/** Each after the simulator's behaviour of the same name: recorded days know payments by hour and cell, not one by one. */
const PLANTS: Readonly<Record<PlantedPattern, Plant>> = {
  'unrecorded-cash': (point, shift, share, random) => {
    point.each(shift, CASH, random, (payment) => random.chance(share) && point.drop(shift, payment));
  },
  'withheld-records': (point, shift, share, random) => {
    point.each(shift, CASH, random, (payment) => {
      if (!random.chance(share)) return;
      point.drop(shift, payment);
      point.miss(shift, payment.hour * 60 + random.integer(0, 59));
    });
  },
  'void-abuse': (point, shift, share, random) => {
    point.each(shift, CASH, random, (payment) => random.chance(share) && point.takeBack(shift, payment));
  },
  'wrong-class': (point, shift, share, random) => {
    point.each(shift, CASH, random, (payment) => random.chance(share) && point.asMotorcycle(shift, payment));
  },
  'cash-instead-of-qris': (point, shift, share, random) => {
    point.each(shift, ['qris', 'card'], random, (payment) => {
      if (!random.chance(STEERED)) return;
      point.drop(shift, payment);
      if (!random.chance(share)) point.add(shift, { ...payment, method: 'cash' });
    });
  },
  'foreign-qris': (point, shift, share, random) => {
    point.each(shift, ['qris'], random, (payment) => {
      if (!random.chance(share)) return;
      if (random.chance(0.5)) point.drop(shift, payment);
      else point.flagForeign(shift, payment.fee);
    });
  },
  'cash-under-declared': (point, shift, share, random) => {
    const kept = shift.cashRecorded * share * (0.3 + 0.4 * random.next());
    point.declareLess(shift, Math.round(kept / NOTE_RUPIAH) * NOTE_RUPIAH);
  },
  'device-off': (point, shift, share, random) => {
    const times = random.integer(1, 3);
    const slot = (shift.to - shift.from) / times;
    const length = slot * Math.min(share, 0.5);
    for (let n = 0; n < times; n++) {
      const from = Math.round(shift.from + n * slot + random.next() * (slot - length));
      point.switchOff(shift, from, Math.round(from + length), random);
    }
  },
};

/** A copy of the day with the thefts in it. What was recorded is left as it is. */
export function plantThefts(day: CityDay, thefts: readonly PlantedTheft[], random: Random): CityDay {
  const today = thefts.filter((theft) => theft.from <= day.date && day.date <= theft.to);
  if (today.length === 0) return day;
  const points = day.points.map((point): PointDay => {
    const own = today.filter((theft) => theft.point === point.point);
    if (own.length === 0) return point;
    const edited = new EditedPoint(point);
    for (const theft of own)
      for (const shift of edited.shiftsOf(theft.attendant)) PLANTS[theft.pattern](edited, shift, theft.share, random);
    return edited.result();
  });
  return { ...day, points };
}

/** What a person's shifts offer a thief; a pattern without occasions is not planted. */
export function canPlant(pattern: PlantedPattern, shifts: readonly ShiftDay[], fees: PointDay['fees']): boolean {
  const perShift = (count: number): boolean => count >= 2 * shifts.length;
  const paid = (isMeant: (cell: ShiftDay['cells'][number]) => boolean): number =>
    shifts.flatMap(({ cells }) => cells.filter(isMeant)).reduce((sum, cell) => sum + cell.count, 0);
  const cheapest = fees['motorcycle'] ?? 0;
  switch (pattern) {
    case 'wrong-class':
      return cheapest > 0 && perShift(paid((c) => c.method === 'cash' && c.amount > cheapest * c.count));
    case 'cash-instead-of-qris':
      return perShift(paid((c) => c.method === 'qris' || (c.method === 'card' && !c.assisted)));
    case 'foreign-qris':
      return perShift(paid((c) => c.method === 'qris'));
    case 'cash-under-declared':
      return perShift(paid((c) => c.method === 'cash')) && shifts.every((shift) => shift.cashDeclared !== null);
    default:
      return perShift(paid((c) => c.method === 'cash'));
  }
}
