import { addDays, startOfBusinessDay, HOUR_MS, MINUTE_MS, type BusinessDate, type Random } from '@app/kernel';
import { strikes, type TruthMoney } from './mischief.js';
import type { Counted } from './money-log.js';

/** A hand-over (TBP) as the treasurer writes it down. */
export interface HandOver {
  readonly number: string;
  readonly point: string | null;
  readonly payer: { readonly kind: 'attendant' | 'collector' | 'operator'; readonly id: string };
  /** The operator who takes it; null: the treasurer. */
  readonly operator: string | null;
  readonly businessDate: BusinessDate;
  /** Rupiah. */
  readonly amount: number;
  readonly handedAt: number;
}

/** A deposit slip (STS), and whether the bank will credit it. */
export interface Slip {
  readonly number: string;
  readonly amount: number;
  readonly writtenAt: number;
  readonly handOvers: readonly string[];
  readonly credited: boolean;
}

/** Who is late comes on the fifth day, which is past every deadline of one working day. */
export const LATE_DAYS = 5;
/** Hand-overs that the second slip of a day takes. */
const SECOND_SLIP_MAX = 4;

/** What is brought for the cash of one business day: in time (the next morning), late, and what was planted. */
export interface CashOfDay {
  /** What operators' people hand to their operator, before it brings the sum. */
  readonly toOperators: readonly HandOver[];
  readonly inTime: readonly HandOver[];
  readonly late: readonly HandOver[];
  readonly truth: readonly TruthMoney[];
}

/** Operators collect the cash of their points and bring it as one sum; elsewhere everybody brings his own. */
export function bring(
  random: Random,
  date: BusinessDate,
  counted: readonly Counted[],
  operators: ReadonlyMap<string, string>,
): CashOfDay {
  const mine = random.fork(`bring/${date}`);
  const toOperators = new Dues();
  const toTreasurer = new Dues();
  for (const { point, payer, amount } of counted) {
    const operator = operators.get(point) ?? null;
    if (operator === null) toTreasurer.add({ point, payer, operator: null }, amount);
    else {
      toOperators.add({ point, payer, operator }, amount);
      toTreasurer.add({ point: null, payer: { kind: 'operator', id: operator }, operator: null }, amount);
    }
  }
  const all = toTreasurer.inOrder(date, '');
  const morning = startOfBusinessDay(addDays(date, 1)) + 9 * HOUR_MS;
  const truth: TruthMoney[] = [];
  const people = all.filter((item) => item.point !== null);
  const chosen = (pattern: TruthMoney['pattern']): string | null =>
    people.length > 0 && strikes(mine, pattern) ? mine.fork(`who/${pattern}`).pick(people).number : null;
  const [lateOne, shortOne] = [chosen('late-deposit'), chosen('short-deposit')];
  const inTime: HandOver[] = [];
  const late: HandOver[] = [];
  all.forEach((item, n) => {
    const handedAt = morning + (n % 100) * MINUTE_MS;
    const tell = (pattern: TruthMoney['pattern'], amount: number): void =>
      void truth.push({ kind: 'money', pattern, date, about: item.number, point: item.point, amount });
    if (item.number === lateOne) {
      late.push({ ...item, handedAt: startOfBusinessDay(addDays(date, LATE_DAYS)) + 9 * HOUR_MS });
      tell('late-deposit', item.amount);
    } else if (item.number === shortOne && item.amount > 10_000) {
      const kept = Math.ceil(item.amount / 10_000) * 1000;
      inTime.push({ ...item, amount: item.amount - kept, handedAt });
      tell('short-deposit', kept);
    } else inTime.push({ ...item, handedAt });
  });
  const given = toOperators.inOrder(date, 'OP-').map((item) => ({ ...item, handedAt: morning - HOUR_MS }));
  return { toOperators: given, inTime, late, truth };
}

type Due = Pick<HandOver, 'point' | 'payer' | 'operator'>;

/** What each person owes for a day. */
class Dues {
  private readonly sums = new Map<string, Due & { amount: number }>();

  add(due: Due, amount: number): void {
    const key = [due.point ?? '', due.payer.kind, due.payer.id].join('/');
    this.sums.set(key, { ...due, amount: (this.sums.get(key)?.amount ?? 0) + amount });
  }

  /** Numbered in an order that is the same each time. */
  inOrder(businessDate: BusinessDate, series: string): Omit<HandOver, 'handedAt'>[] {
    return [...this.sums]
      .filter(([, item]) => item.amount > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, item], n) => {
        const number = `SIM-TBP-${businessDate}-${series}${String(n + 1).padStart(3, '0')}`;
        return { ...item, businessDate, number };
      });
  }
}

/** The slips by which the cash of a morning goes to the bank: one, and now and then a small one of its own. */
export function slipsFor(
  random: Random,
  day: BusinessDate,
  handed: readonly HandOver[],
): { slips: Slip[]; truth: TruthMoney[] } {
  if (handed.length === 0) return { slips: [], truth: [] };
  const mine = random.fork(`slips/${day}`);
  const forgotten = handed.length > SECOND_SLIP_MAX * 2 && strikes(mine, 'no-credit-note');
  // Operators, who bring the most, come first.
  const parts = forgotten ? [handed.slice(0, -SECOND_SLIP_MAX), handed.slice(-SECOND_SLIP_MAX)] : [handed];
  const slips = parts.map((part, n): Slip => ({
    number: `SIM-STS-${day}-${n + 1}`,
    amount: part.reduce((sum, item) => sum + item.amount, 0),
    writtenAt: startOfBusinessDay(day) + 11 * HOUR_MS + n * MINUTE_MS,
    handOvers: part.map((item) => item.number),
    credited: n === 0,
  }));
  const truth = slips
    .filter((slip) => !slip.credited)
    .map((slip): TruthMoney => {
      const { number: about, amount } = slip;
      return { kind: 'money', pattern: 'no-credit-note', date: day, about, point: null, amount };
    });
  return { slips, truth };
}
