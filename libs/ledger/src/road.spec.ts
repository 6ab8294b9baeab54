import { plantExceptions } from '../../testing/src/plant-exceptions.js';
import { seededRandom } from '@app/kernel';
import { balancesOf, imbalanceOf, sumOfType } from './balances.js';
import type { Entry } from './entry.js';
import type { MoneyEvent } from './events.js';
import { post } from './post.js';

/** Two weeks of a small city with exceptions in them, as the events that the books would see. */
function cityEvents(seed: number): { events: MoneyEvent[]; world: ReturnType<typeof plantExceptions> } {
  const world = plantExceptions({
    seed,
    from: '2026-11-01',
    points: 6,
    days: 14,
    perPattern: 2,
    digitalPerPointDay: 8,
  });
  const { all, batches, credits } = world;
  const events: MoneyEvent[] = [];
  const paid = (
    method: 'qris' | 'card' | 'cash',
    item: (typeof all.records)[number],
    acquirer: string,
  ): MoneyEvent & { type: 'payment' } => {
    const { id: record, point, amount, businessDate, at: bookedAt } = item;
    return {
      type: 'payment',
      record,
      point,
      method,
      amount,
      businessDate,
      bookedAt,
      acquirer,
      holder: { kind: 'attendant', attendant: item.attendant },
    };
  };
  for (const record of all.records) {
    const payment = paid(record.channel, record, record.channel === 'qris' ? 'dana' : 'card-flazz');
    events.push(payment);
    if (record.voided) events.push({ type: 'void', record: record.voided.record, bookedAt: record.voided.at, payment });
  }
  for (const use of all.tickets) {
    events.push(paid('cash', { ...use, id: use.record } as unknown as (typeof all.records)[number], ''));
  }
  for (const row of all.settlements) {
    const { id: key, acquirer, kind, amount, fee, net, settlementDate: businessDate, transactionAt: bookedAt } = row;
    events.push({ type: 'settlement', key, acquirer, kind, amount, fee, net, businessDate, bookedAt });
  }
  for (const credit of credits) {
    const { id: bankEntry, account, amount, valueDate: businessDate } = credit;
    events.push({
      type: 'payout-credit',
      accountKind: 'collecting',
      bankEntry,
      acquirer: credit.acquirer!,
      account,
      amount,
      businessDate,
      bookedAt: 0,
    });
  }
  for (const { number, point, payer, treasurer, amount, businessDate, handedAt: bookedAt, slip } of all.deposits) {
    const from = { kind: 'holder' as const, point: point!, holder: payer.id };
    events.push({
      type: 'hand-over',
      number,
      amount,
      from,
      to: { kind: 'treasurer', treasurer },
      businessDate,
      bookedAt,
    });
    events.push({
      type: 'deposit-slip',
      slip: slip!,
      amount,
      from: { kind: 'treasurer', treasurer },
      businessDate,
      bookedAt,
    });
  }
  for (const { slip, credit, businessDate } of all.slips) {
    if (!credit) continue;
    const { id: bankEntry, amount, at: bookedAt } = credit;
    events.push({ type: 'credit-note', bankEntry, slip, treasuryAccount: 'rkud', amount, businessDate, bookedAt });
  }
  expect(batches.length).toBeGreaterThan(0);
  return { events, world };
}

/** Books as a store does: an id once, whatever comes again. */
function book(events: readonly MoneyEvent[]): Map<string, Entry> {
  const books = new Map<string, Entry>();
  for (const event of events) {
    const entry = post(event);
    if (entry && !books.has(entry.id)) books.set(entry.id, entry);
  }
  return books;
}

const sum = (items: Iterable<{ amount: number }>): number => [...items].reduce((total, item) => total + item.amount, 0);

describe('the books of a city', () => {
  const { events, world } = cityEvents(1);
  const balances = balancesOf(book(events).values());
  const { all, credits } = world;

  it('balance, and say what journal, settlements, bank and deposits say', () => {
    const standing = sum(all.records.filter((record) => !record.voided));
    const settled = all.settlements.filter((row) => row.kind === 'payment');
    const backs = all.settlements.filter((row) => row.kind !== 'payment');
    expect(imbalanceOf(balances)).toBe(0);
    expect(-sumOfType(balances, 'gross-retribution')).toBe(standing + sum(all.tickets));
    expect(sumOfType(balances, 'receivable')).toBe(standing - sum(settled));
    expect(sumOfType(balances, 'refunds')).toBe(sum(backs));
    expect(sumOfType(balances, 'bank')).toBe(sum(credits));
    expect(sumOfType(balances, 'treasury-account')).toBe(sum([...all.slips].flatMap((slip) => slip.credit ?? [])));
    expect(sumOfType(balances, 'cash-in-hand')).toBe(sum(all.tickets) - sum(all.deposits));
  });

  it('come out the same when events arrive twice and in any order', () => {
    const random = seededRandom(7);
    const twice = [...events, ...events].map((event) => ({ event, at: random.next() })).sort((a, b) => a.at - b.at);
    const again = balancesOf(book(twice.map(({ event }) => event)).values());
    expect(Object.fromEntries([...again].sort())).toEqual(Object.fromEntries([...balances].sort()));
  });
});
