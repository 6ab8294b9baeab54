import { sumRupiah } from '@app/kernel';
import fc from 'fast-check';
import { account, chart, parseAccount, type AccountType } from './account.js';
import { balancesOf, imbalanceOf, sumOfType } from './balances.js';
import { correctionOf, entryHash, reversalOf, type Entry } from './entry.js';
import type { MoneyEvent, PaymentEvent } from './events.js';
import { arrearsOf, post } from './post.js';

const day = { businessDate: '2026-11-21', bookedAt: 1000 };
const cash: PaymentEvent = {
  type: 'payment',
  ...day,
  record: 'hh-0001/1/7',
  point: 'MDN-001',
  method: 'cash',
  amount: 4000,
  holder: { kind: 'attendant', attendant: 'att-7' },
  acquirer: '',
};
const qris: PaymentEvent = { ...cash, record: 'hh-0001/1/8', method: 'qris', acquirer: 'dana' };

/** Balances after events, as a plain object. */
function after(...events: MoneyEvent[]): Record<string, number> {
  const entries = events.map(post).filter((entry): entry is Entry => entry !== null);
  const balances = balancesOf(entries);
  expect(imbalanceOf(balances)).toBe(0);
  return Object.fromEntries(balances);
}

const sum = fc.integer({ min: 0, max: 10_000_000 });
const name = fc.string({ minLength: 1, maxLength: 8 });
const common = { businessDate: fc.constantFrom('2026-11-20', '2026-11-21'), bookedAt: fc.nat(10_000) };

const anyEvent: fc.Arbitrary<MoneyEvent> = fc.oneof(
  fc.record({
    ...common,
    type: fc.constant('payment' as const),
    record: name,
    point: name,
    method: fc.constantFrom('cash' as const, 'qris' as const, 'card' as const, 'free' as const),
    amount: sum,
    holder: fc.oneof(
      fc.record({ kind: fc.constant('attendant' as const), attendant: name }),
      fc.record({ kind: fc.constant('box' as const), device: name }),
    ),
    acquirer: name,
  }),
  fc.record({
    ...common,
    type: fc.constant('shift-close' as const),
    device: name,
    shift: name,
    point: name,
    attendant: name,
    recorded: sum,
    counted: sum,
  }),
  fc.record({
    ...common,
    type: fc.constant('collection' as const),
    record: name,
    device: name,
    point: name,
    collector: name,
    registerCash: sum,
    counted: sum,
  }),
  fc
    .record({
      ...common,
      type: fc.constant('settlement' as const),
      key: name,
      acquirer: name,
      kind: fc.constantFrom('payment' as const, 'refund' as const, 'cancel' as const, 'fee' as const),
      net: sum,
      fee: sum,
    })
    .map((event) =>
      event.kind === 'fee' ? { ...event, fee: 0, amount: event.net } : { ...event, amount: event.net + event.fee },
    ),
);

describe('every posting', () => {
  it('sums to zero, books no empty line, and is the same when it comes again later', () => {
    fc.assert(
      fc.property(anyEvent, fc.nat(), (event, later) => {
        const entry = post(event);
        if (!entry) return;
        expect(sumRupiah(entry.lines.map((line) => line.amount))).toBe(0);
        expect(entry.lines.every((line) => line.amount !== 0)).toBe(true);
        const again = post({ ...event, bookedAt: later })!;
        expect([again.id, entryHash(again)]).toEqual([entry.id, entryHash(entry)]);
        entry.lines.forEach((line) =>
          expect(account(parseAccount(line.account).type, ...parseAccount(line.account).dimensions)).toBe(line.account),
        );
      }),
    );
  });

  it('taken back by its reversal leaves every balance as it was', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
        const entries = events.map(post).filter((entry): entry is Entry => entry !== null);
        const reversed = entries.map((entry, i) => reversalOf(entry, `r${i}`, 5000, 'test'));
        expect(balancesOf([...entries, ...reversed]).size).toBe(0);
      }),
    );
  });

  it('changes its hash when its content changes', () => {
    const entry = post(cash)!;
    expect(entryHash(post({ ...cash, amount: 5000 })!)).not.toBe(entryHash(entry));
    expect(post({ ...cash, amount: 5000 })!.id).toBe(entry.id);
  });
});

describe('the road of a rupiah', () => {
  it('cash: hand, treasurer, slip, treasury account', () => {
    const handOver: MoneyEvent = {
      type: 'hand-over',
      ...day,
      number: 'TBP-1',
      amount: 4000,
      from: { kind: 'holder', point: 'MDN-001', holder: 'att-7' },
      to: { kind: 'treasurer', treasurer: 'bp-1' },
    };
    const slip: MoneyEvent = {
      type: 'deposit-slip',
      ...day,
      slip: 'STS-1',
      amount: 4000,
      from: { kind: 'treasurer', treasurer: 'bp-1' },
    };
    const note: MoneyEvent = {
      type: 'credit-note',
      ...day,
      bankEntry: 'r/1',
      slip: 'STS-1',
      treasuryAccount: 'rkud',
      amount: 4000,
    };
    expect(after(cash)).toEqual({ 'cash-in-hand/MDN-001/att-7': 4000, 'gross-retribution/MDN-001': -4000 });
    expect(after(cash, handOver)).toMatchObject({ 'treasurer/bp-1': 4000 });
    expect(after(cash, handOver, slip)).toMatchObject({ 'deposit-in-transit/STS-1': 4000 });
    expect(after(cash, handOver, slip, note)).toEqual({
      'treasury-account/rkud': 4000,
      'gross-retribution/MDN-001': -4000,
    });
  });

  it('QRIS: receivable, payout due less fee, bank, treasury account; the income stays gross', () => {
    const settled: MoneyEvent = {
      type: 'settlement',
      ...day,
      key: 'k',
      acquirer: 'dana',
      kind: 'payment',
      amount: 4000,
      fee: 28,
      net: 3972,
    };
    const paid: MoneyEvent = {
      type: 'payout-credit',
      accountKind: 'collecting',
      ...day,
      bankEntry: 'b/1',
      acquirer: 'dana',
      account: 'col',
      amount: 3972,
    };
    expect(after(qris)).toEqual({ 'receivable/dana': 4000, 'gross-retribution/MDN-001': -4000 });
    expect(after(qris, settled)).toEqual({
      'payout-due/dana': 3972,
      'fees/dana': 28,
      'gross-retribution/MDN-001': -4000,
    });
    expect(after(qris, settled, paid)).toEqual({
      'bank/col': 3972,
      'fees/dana': 28,
      'gross-retribution/MDN-001': -4000,
    });
  });

  it('a refund comes off the payout and stands as a refund, not as less income', () => {
    const settled: MoneyEvent = {
      type: 'settlement',
      ...day,
      key: 'k',
      acquirer: 'dana',
      kind: 'payment',
      amount: 4000,
      fee: 28,
      net: 3972,
    };
    const refund: MoneyEvent = { ...settled, key: 'k2', kind: 'refund', fee: 0, net: 4000 };
    expect(after(qris, settled, refund)).toEqual({
      'payout-due/dana': -28,
      'fees/dana': 28,
      'refunds/dana': 4000,
      'gross-retribution/MDN-001': -4000,
    });
  });

  it('a cancellation gives the fee back', () => {
    const settled: MoneyEvent = {
      type: 'settlement',
      ...day,
      key: 'k',
      acquirer: 'dana',
      kind: 'payment',
      amount: 4000,
      fee: 28,
      net: 3972,
    };
    expect(after(qris, settled, { ...settled, key: 'k2', kind: 'cancel' })).toEqual({
      'refunds/dana': 4000,
      'gross-retribution/MDN-001': -4000,
    });
  });

  it('a late void takes the payment off its own business day, and earlier balances stay as they were known', () => {
    const entries = [post(cash)!, post({ type: 'void', record: 'hh-0001/1/9', bookedAt: 9000, payment: cash })!];
    expect(entries[1]).toMatchObject({
      id: 'void:hh-0001/1/9',
      kind: 'void',
      businessDate: '2026-11-21',
      reverses: 'payment:hh-0001/1/7',
    });
    expect(balancesOf(entries).size).toBe(0);
    expect(sumOfType(balancesOf(entries, { bookedUntil: 8999 }), 'gross-retribution')).toBe(-4000);
  });

  it('a free payment books nothing', () => {
    expect(post({ ...cash, method: 'free', amount: 0 })).toBeNull();
  });
});

describe('shifts and collections', () => {
  const close: MoneyEvent = {
    type: 'shift-close',
    device: 'hh-1',
    ...day,
    shift: 's1',
    point: 'MDN-001',
    attendant: 'att-7',
    recorded: 4000,
    counted: 3500,
  };

  it('leave the counted cash in the hand: what is short is owed, what is over is a difference', () => {
    expect(after(cash, close)).toMatchObject({ 'cash-in-hand/MDN-001/att-7': 3500, 'arrears/attendant/att-7': 500 });
    expect(after(cash, { ...close, counted: 4500 })).toMatchObject({
      'cash-in-hand/MDN-001/att-7': 4500,
      'cash-difference/MDN-001': -500,
    });
    expect(post({ ...close, counted: 4000 })).toBeNull();
  });

  it('empty a meter by its register and keep the difference in sight', () => {
    const coin: MoneyEvent = { ...cash, holder: { kind: 'box', device: 'mt-1' } };
    const collection: MoneyEvent = {
      type: 'collection',
      ...day,
      record: 'mt-1/1/3',
      device: 'mt-1',
      point: 'MDN-001',
      collector: 'col-1',
      registerCash: 4000,
      counted: 3900,
    };
    expect(after(coin, collection)).toEqual({
      'cash-in-hand/MDN-001/col-1': 3900,
      'cash-difference/MDN-001': 100,
      'gross-retribution/MDN-001': -4000,
    });
  });
});

describe('operators and cases', () => {
  it('a shortfall is owed and drawn from the security deposit', () => {
    const deposit: MoneyEvent = {
      type: 'security-deposit',
      ...day,
      reference: 'sd',
      operator: 'op',
      treasuryAccount: 'rkud',
      amount: 700,
    };
    const short: MoneyEvent = { type: 'minimum-shortfall', ...day, operator: 'op', shortfall: 1000, drawn: 700 };
    expect(after(deposit, short)).toEqual({
      'treasury-account/rkud': 700,
      'arrears/operator/op': 300,
      'minimum-deposit/op': -1000,
    });
  });

  it('recovered and written-off rupiah clear the debt', () => {
    const owed = arrearsOf({ kind: 'attendant', id: 'att-7' });
    const short: MoneyEvent = {
      type: 'shift-close',
      device: 'hh-1',
      ...day,
      shift: 's1',
      point: 'P',
      attendant: 'att-7',
      recorded: 500,
      counted: 0,
    };
    const recovered: MoneyEvent = {
      type: 'recovery',
      ...day,
      case: 'c1',
      number: 1,
      amount: 300,
      from: owed,
      into: account('treasurer', 'bp-1'),
    };
    const lost: MoneyEvent = { type: 'write-off', ...day, case: 'c1', amount: 200, from: owed };
    expect(after(short, recovered, lost)).toEqual({
      'treasurer/bp-1': 300,
      'write-offs': 200,
      'cash-in-hand/P/att-7': -500,
    });
  });
});

describe('a correction', () => {
  it('of an event any number of times leaves exactly what its last form posts, under new ids', () => {
    const close = (counted: number): MoneyEvent => ({
      type: 'shift-close',
      device: 'hh-1',
      ...day,
      shift: 's1',
      point: 'P',
      attendant: 'a',
      recorded: 1000,
      counted,
    });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 6 }), (counts) => {
        let current = post(close(counts[0]!))!;
        const books = [current];
        counts.slice(1).forEach((counted, i) => {
          const entries = correctionOf(current, post(close(counted)), i + 1, 2000 + i);
          books.push(...entries);
          current = entries[1] ?? current;
        });
        expect(new Set(books.map((entry) => entry.id)).size).toBe(books.length);
        expect(balancesOf(books)).toEqual(balancesOf([post(close(counts.at(-1)!))!]));
      }),
    );
  });
});

describe('accounts', () => {
  it('read back exactly, whatever stands in their dimensions', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(chart) as AccountType[])),
        fc.array(fc.string({ unit: 'grapheme' })),
        (type, texts) => {
          const dimensions = chart[type].dimensions.map((_, i) => texts[i] ?? '');
          expect(parseAccount(account(type, ...dimensions))).toEqual({ type, dimensions });
        },
      ),
    );
  });
});
