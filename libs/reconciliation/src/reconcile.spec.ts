import { addDays, seededRandom, startOfBusinessDay } from '@app/kernel';
import fc from 'fast-check';
import { plantExceptions, type Planted, type PlantedWorld } from '../../testing/src/plant-exceptions.js';
import type { MoneyException } from './exception.js';
import { compareExceptions, noFacts, reconcileDay, reconcilePayouts, type DayFacts } from './reconcile.js';
import { defaultRules } from './rules.js';

/** What attribution is compared by; sorted. */
function keysOf(items: readonly (Planted | MoneyException)[]): string[] {
  return items
    .map(({ pattern, record, settlement, businessDate, subject, amount }) => {
      const id = typeof subject === 'string' ? subject : subject.id;
      return [pattern, record, settlement, businessDate, id, amount].join(' | ');
    })
    .sort();
}

function shuffle<T>(items: Iterable<T>, seed: number): T[] {
  const random = seededRandom(seed);
  return [...items]
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function shuffleFacts(facts: DayFacts, seed: number): DayFacts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, value instanceof Set ? value : shuffle(value, seed)]),
  ) as unknown as DayFacts;
}

/** All exceptions over the days, each looked at alone, as a store would. */
function dayByDay(world: PlantedWorld, asOf: number): MoneyException[] {
  const lastDay = addDays(world.days.at(-1)!, 1); // settlements of the last minutes fall on the day after
  const ofDays = [...world.days, lastDay].flatMap(
    (day) => reconcileDay(day, world.factsOf(day), defaultRules, asOf).exceptions,
  );
  return [...ofDays, ...reconcilePayouts(world.batches, world.credits, defaultRules, asOf).exceptions];
}

const months = { from: '2026-10-01', points: 12, days: 61, perPattern: 10, digitalPerPointDay: 6 };

describe('planted exceptions', () => {
  it.each([1, 2, 3])('are all found, none invented, each attributed to the right record (seed %i)', (seed) => {
    const world = plantExceptions({ seed, ...months });
    expect(keysOf(dayByDay(world, world.longAfter))).toEqual(keysOf(world.planted));
    expect(new Set(world.planted.map((item) => item.pattern)).size).toBe(25);
    expect(world.planted).toHaveLength(250);
  });

  it('are the same whether the months are looked at day by day or at once', () => {
    const world = plantExceptions({ seed: 4, ...months, days: 20, perPattern: 3 });
    const once = reconcileDay(null, world.all, defaultRules, world.longAfter);
    const payouts = reconcilePayouts(world.batches, world.credits, defaultRules, world.longAfter);
    const all = [...once.exceptions, ...payouts.exceptions];
    expect(compareExceptions(all, dayByDay(world, world.longAfter))).toEqual({ appeared: [], gone: [], changed: [] });
  });

  it('leave every other digital record in exactly one match', () => {
    const world = plantExceptions({ seed: 5, ...months, days: 20, perPattern: 3 });
    const { matches, exceptions } = reconcileDay(null, world.all, defaultRules, world.longAfter);
    const matched = matches.flatMap((match) => match.records);
    expect(new Set(matched).size).toBe(matched.length);
    const excepted = new Set(exceptions.map((exception) => exception.record));
    for (const record of world.all.records) {
      if (record.voided) continue;
      const isMatched = matched.includes(record.id);
      const doubled = exceptions.some((e) => e.record === record.id && e.pattern === 'double-debit');
      expect(isMatched).toBe(doubled || !excepted.has(record.id));
    }
    for (const match of matches) expect(match.recorded).toBe(match.settled);
  });
});

describe('the same facts', () => {
  it('in any order give the same outcome', () => {
    const world = plantExceptions({ seed: 6, ...months, points: 4, days: 12, perPattern: 2, digitalPerPointDay: 10 });
    const outcome = reconcileDay(null, world.all, defaultRules, world.longAfter);
    const payouts = reconcilePayouts(world.batches, world.credits, defaultRules, world.longAfter);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(reconcileDay(null, shuffleFacts(world.all, seed), defaultRules, world.longAfter)).toEqual(outcome);
        const [batches, credits] = [shuffle(world.batches, seed), shuffle(world.credits, seed)];
        expect(reconcilePayouts(batches, credits, defaultRules, world.longAfter)).toEqual(payouts);
      }),
      { numRuns: 15 },
    );
  });

  it('change nothing when they are looked at again, and are not changed by being looked at', () => {
    const world = plantExceptions({ seed: 7, ...months, points: 4, days: 12, perPattern: 2 });
    const before = JSON.stringify(world.all.records);
    const first = reconcileDay(null, world.all, defaultRules, world.longAfter);
    const second = reconcileDay(null, world.all, defaultRules, world.longAfter);
    expect(second).toEqual(first);
    expect(JSON.stringify(world.all.records)).toBe(before);
  });
});

describe('time', () => {
  it('keeps what is one-sided but still in time apart as expected, under the id it will have as an exception', () => {
    const world = plantExceptions({ seed: 8, ...months, points: 4, days: 8, perPattern: 1 });
    const day = world.planted.find((item) => item.pattern === 'recorded-not-settled')!.businessDate;
    const soon = reconcileDay(day, world.factsOf(day), defaultRules, startOfBusinessDay(addDays(day, 1)));
    const late = reconcileDay(day, world.factsOf(day), defaultRules, world.longAfter);
    const [early] = soon.expected.filter((item) => item.pattern === 'recorded-not-settled');
    const [due] = late.exceptions.filter((item) => item.pattern === 'recorded-not-settled');
    expect(early).toEqual({ ...due, state: 'expected' });
    expect(soon.exceptions.filter((item) => item.pattern === 'recorded-not-settled')).toEqual([]);
    expect(late.expected).toEqual([]);
  });

  it('turns expected into mismatched exactly at the deadline', () => {
    const world = plantExceptions({ seed: 9, ...months, points: 4, days: 8, perPattern: 1 });
    const day = world.planted.find((item) => item.pattern === 'recorded-not-settled')!.businessDate;
    const deadline = startOfBusinessDay(addDays(day, 1 + defaultRules.channels.card.settlementDaysMax));
    const facts = { ...noFacts, records: world.factsOf(day).records.filter((r) => r.channel === 'card') };
    const states = [deadline - 1, deadline].map((asOf) => {
      const { expected, exceptions } = reconcileDay(day, facts, defaultRules, asOf);
      return [expected.length > 0, exceptions.length > 0];
    });
    expect(states).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('a late record resolves the settlement that nobody had recorded', () => {
    const world = plantExceptions({ seed: 10, ...months, points: 4, days: 8, perPattern: 1 });
    const record = world.all.records.find((r) => !r.voided && r.orderId)!;
    const without = { ...world.all, records: world.all.records.filter((r) => r !== record) };
    const before = reconcileDay(null, without, defaultRules, world.longAfter).exceptions;
    const after = reconcileDay(null, world.all, defaultRules, world.longAfter).exceptions;
    const { appeared, gone } = compareExceptions(before, after);
    expect(appeared).toEqual([]);
    expect(gone).toMatchObject([{ pattern: 'settled-not-recorded', amount: record.amount, point: record.point }]);
  });
});

describe('rules as data', () => {
  it('a changed tolerance is tried in a dry run and says what it would change; every match names its version', () => {
    const world = plantExceptions({ seed: 11, ...months, points: 4, days: 12, perPattern: 2 });
    const lenient = { ...defaultRules, version: '2', cash: { ...defaultRules.cash, shiftToleranceRupiah: 2000 } };
    const now = reconcileDay(null, world.all, defaultRules, world.longAfter);
    const then = reconcileDay(null, world.all, lenient, world.longAfter);
    const { appeared, gone, changed } = compareExceptions(now.exceptions, then.exceptions);
    expect([appeared, changed]).toEqual([[], []]);
    expect(gone.map((item) => item.pattern)).toEqual(['cash-under-declared', 'cash-under-declared']);
    expect(then.matches.every((match) => match.ruleVersion === '2')).toBe(true);
  });
});
