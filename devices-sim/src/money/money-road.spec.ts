import fc from 'fast-check';
import { addDays, seededRandom } from '@app/kernel';
import { canonicalFile, cardFile, payoutsOf, settle } from './acquirers.js';
import { payoutsIn, statementFile } from './bank.js';
import type { Counted, Paid } from './money-log.js';
import { bring, LATE_DAYS, slipsFor } from './treasurer.js';

const DAY = '2026-11-21';
const own = new Map([
  ['P-1', 'ID1'],
  ['P-2', null],
]);

const payments = fc.array(
  fc.record({
    point: fc.constantFrom('P-1', 'P-2'),
    method: fc.constantFrom('qris', 'card'),
    amount: fc.constantFrom(2000, 4000),
  }),
  { minLength: 12, maxLength: 60 },
);
const paidOf = (rows: { point: string; method: string; amount: number }[]): Paid[] =>
  rows.map(({ point, method, amount }, n) => ({
    ...{ kind: 'paid', id: `e${n}`, point, deviceId: `d-${point}`, at: 1_764_000_000_000 + n * 1000, amount },
    method: method as 'qris' | 'card',
    orderId: null,
    rrn: method === 'qris' ? String(100_000_000_000 + n) : null,
    nmid: method === 'qris' ? (own.get(point) ?? null) : null,
    issuer: method === 'card' ? 'Flazz' : null,
    trace: method === 'card' ? String(n).padStart(6, '0') : null,
    last4: method === 'card' ? '1234' : null,
  }));

describe('simulated acquirers', () => {
  it('settle what was paid, but for what the truth tells', () => {
    fc.assert(
      fc.property(payments, fc.integer(), (rows, seed) => {
        const paid = paidOf(rows);
        const { onTime, late, truth } = settle(seededRandom(seed), DAY, paid, [], own);
        const signs = {
          'double-debit': 1,
          'settled-not-recorded': 1,
          'amount-mismatch': 1,
          'recorded-not-settled': -1,
        };
        const planted = truth.reduce((sum, t) => sum + signs[t.pattern as keyof typeof signs] * t.amount, 0);
        const sum = (items: readonly { amount: number }[]): number => items.reduce((all, item) => all + item.amount, 0);
        expect(sum(onTime) + sum(late)).toBe(sum(paid) + planted);
        expect(settle(seededRandom(seed), DAY, [...paid].reverse(), [], own)).toEqual({ onTime, late, truth });
      }),
    );
  });

  it('pay nothing for money that went to a merchant who is not ours, and leave orders to those who made them', () => {
    const paid = paidOf(Array.from({ length: 20 }, () => ({ point: 'P-1', method: 'qris', amount: 2000 })));
    const foreign = paid.map((item, n) =>
      n % 2 === 0 ? { ...item, nmid: 'ID-FOREIGN' } : { ...item, orderId: `O${n}` },
    );
    const { onTime, late } = settle(seededRandom(1), DAY, foreign, [], own);
    expect([onTime, late]).toEqual([[], []]);
  });

  it('pay out batches that are the sums of their files', () => {
    const { onTime } = settle(
      seededRandom(3),
      DAY,
      paidOf(Array.from({ length: 40 }, (_, n) => ({ point: 'P-1', method: n % 2 ? 'qris' : 'card', amount: 4000 }))),
      [],
      own,
    );
    const codes = onTime.filter((line) => line.paid.method === 'qris');
    const file = canonicalFile(DAY, codes).replaceAll('sim-printed', 'other');
    expect(payoutsIn(file)).toEqual(
      payoutsOf(codes).map((payout) => ({ day: addDays(DAY, 1), payout: { ...payout, acquirer: 'other' } })),
    );
    expect(
      cardFile(
        DAY,
        onTime.filter((line) => line.paid.method === 'card'),
      ).split('\n')[1],
    ).toContain(',flazz,SALE,');
  });
});

describe('the simulated treasurer', () => {
  const counted = Array.from({ length: 30 }, (_, n): Counted => {
    const payer = { kind: 'attendant', id: `A-${n}` } as const;
    return { kind: 'counted', id: `c${n}`, point: n < 10 ? 'P-OP' : `P-${n}`, payer, amount: 50_000 + n * 1000 };
  });
  const total = counted.reduce((sum, item) => sum + item.amount, 0);

  it('takes all that was counted, but for what the truth tells, and passes it on by slips', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = seededRandom(seed);
      const { toOperators, inTime, late, truth } = bring(random, DAY, counted, new Map([['P-OP', 'OPR']]));
      const short = truth.filter((t) => t.pattern === 'short-deposit').reduce((sum, t) => sum + t.amount, 0);
      const sum = [...inTime, ...late].reduce((all, item) => all + item.amount, 0);
      expect(sum).toBe(total - short);
      expect(inTime.filter((item) => item.payer.kind === 'operator')).toMatchObject([
        { point: null, payer: { id: 'OPR' } },
      ]);
      const [brought] = inTime.filter((item) => item.payer.kind === 'operator');
      expect(toOperators.map(({ operator, point }) => [operator, point])).toEqual(Array(10).fill(['OPR', 'P-OP']));
      expect(toOperators.reduce((all, item) => all + item.amount, 0)).toBe(brought!.amount);
      for (const item of late)
        expect(item.handedAt).toBeGreaterThan(Date.parse(`${addDays(DAY, LATE_DAYS)}T00:00:00Z`));
      const { slips, truth: forgotten } = slipsFor(random, addDays(DAY, 1), inTime);
      expect(slips.flatMap((slip) => slip.handOvers).sort()).toEqual(inTime.map((item) => item.number).sort());
      expect(slips.reduce((all, slip) => all + slip.amount, 0)).toBe(
        inTime.reduce((all, item) => all + item.amount, 0),
      );
      expect(forgotten.map((t) => t.about)).toEqual(slips.filter((slip) => !slip.credited).map((slip) => slip.number));
    }
  });

  it('finds payouts and credit notes on the statement', () => {
    const payouts = [
      { acquirer: 'card-flazz', batch: 'B1', amount: 5 },
      { acquirer: 'sim-printed', batch: 'B2', amount: 7 },
      { acquirer: 'sim-printed', batch: 'B3', amount: 0 },
    ];
    const lines = statementFile(DAY, payouts, [{ slip: 'STS-1', amount: 9 }])
      .trim()
      .split('\n')
      .slice(1);
    expect(lines).toEqual([
      `SIM-COLLECTING,PO-B1,C,${DAY},5,B1,card-flazz payout (simulated)`,
      `SIM-RKUD,PO-B2,C,${DAY},7,B2,sim-printed payout (simulated)`,
      `SIM-RKUD,CN-STS-1,C,${DAY},9,STS-1,nota kredit (simulated)`,
    ]);
  });
});
