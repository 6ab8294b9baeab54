import { addDays, startOfBusinessDay, HOUR_MS, MINUTE_MS, type BusinessDate, type Random } from '@app/kernel';
import { strikes, type TruthMoney } from './mischief.js';
import type { Counted } from './money-log.js';

/** A hand-over (TBP) as the treasurer writes it down. */
export interface HandOver {
  readonly number: string;
  readonly point: string | null;
  readonly payer: { readonly kind: 'attendant' | 'collector' | 'operator'; readonly id: string };
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
  readonly inTime: readonly HandOver[];
  readonly late: readonly HandOver[];
  readonly truth: readonly TruthMoney[];
}

/** Operators bring the cash of their points as one sum; elsewhere everybody brings his own. */
export function bring(
  random: Random,
  date: BusinessDate,
  counted: readonly Counted[],
  operators: ReadonlyMap<string, string>,
): CashOfDay {
  const mine = random.fork(`bring/${date}`);
  const due = new Map<string, Omit<HandOver, 'handedAt' | 'number'>>();
  for (const { point, payer, amount } of counted) {
    const operator = operators.get(point);
    const who = operator === undefined ? payer : ({ kind: 'operator', id: operator } as const);
    const place = operator === undefined ? point : null;
    const key = [place ?? '', who.kind, who.id].join('/');
    const known = due.get(key)?.amount ?? 0;
    due.set(key, { point: place, payer: who, businessDate: date, amount: known + amount });
  }
  const all = [...due]
    .filter(([, item]) => item.amount > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item], n) => ({ ...item, number: `SIM-TBP-${date}-${String(n + 1).padStart(3, '0')}` }));
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
  return { inTime, late, truth };
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
