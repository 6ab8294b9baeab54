import fc from 'fast-check';
import {
  checkTerms,
  minimumShortfalls,
  shareStatement,
  statementEvent,
  termsOn,
  type ContractTerms,
} from './contracts.js';
import { post } from './post.js';

const shares = {
  I: { cityBp: 4000, attendantBp: 2000, operatorBp: 4000 },
  II: { cityBp: 3500, attendantBp: 2000, operatorBp: 4500 },
};
const old: ContractTerms = { operator: 'op', from: '2026-01-01', until: '2026-11-14', shares, dailyMinimum: 1_000_000 };
const now: ContractTerms = {
  operator: 'op',
  from: '2026-11-15',
  until: null,
  shares: { '*': { cityBp: 5000, attendantBp: 2000, operatorBp: 3000 } },
  dailyMinimum: 8_499_050,
};

describe('contract terms', () => {
  it('hold from their first to their last day', () => {
    expect(termsOn([old, now], 'op', '2026-11-14')).toBe(old);
    expect(termsOn([old, now], 'op', '2026-11-15')).toBe(now);
    expect(termsOn([old, now], 'op', '2025-12-31')).toBeNull();
    expect(termsOn([old, now], 'other', '2026-11-15')).toBeNull();
  });

  it.each<[string, ContractTerms[], string]>([
    ['that overlap', [old, { ...now, from: '2026-11-14' }], 'overlap'],
    ['after an open one', [{ ...old, until: null }, now], 'overlap'],
    ['that end before they begin', [{ ...old, until: '2025-01-01' }], 'period'],
    ['with shares of 99 %', [{ ...old, shares: { I: { ...shares.I, cityBp: 3900 } } }], 'shares'],
    ['with a negative minimum', [{ ...old, dailyMinimum: -1 }], 'minimum'],
  ])('%s are refused', (_what, terms, code) => {
    expect(checkTerms(terms)).toMatchObject({ ok: false, error: { code } });
    expect(checkTerms([old, now]).ok).toBe(true);
  });
});

describe('revenue share statement', () => {
  it('uses the terms of each day and the class of each point, and leaves other months out', () => {
    const statement = shareStatement(
      'op',
      '2026-11',
      [old, now],
      [
        { point: 'P1', streetClass: 'I', date: '2026-11-01', gross: 1001 },
        { point: 'P1', streetClass: 'I', date: '2026-11-14', gross: 1000 },
        { point: 'P2', streetClass: 'II', date: '2026-11-14', gross: 100 },
        { point: 'P1', streetClass: 'I', date: '2026-11-15', gross: 1000 },
        { point: 'P1', streetClass: 'I', date: '2026-12-01', gross: 999 },
      ],
    );
    expect(statement.lines).toEqual([
      { point: 'P1', streetClass: 'I', termsFrom: '2026-01-01', gross: 2001, city: 801, attendant: 400, operator: 800 },
      { point: 'P1', streetClass: 'I', termsFrom: '2026-11-15', gross: 1000, city: 500, attendant: 200, operator: 300 },
      { point: 'P2', streetClass: 'II', termsFrom: '2026-01-01', gross: 100, city: 35, attendant: 20, operator: 45 },
    ]);
    expect(statement.total).toEqual({ gross: 3101, city: 1336, attendant: 620, operator: 1145 });
  });

  it('always gives out exactly the gross, in any order of days, and books to zero', () => {
    const dayRow = fc.record({
      point: fc.constantFrom('P1', 'P2', 'P3'),
      streetClass: fc.constantFrom('I', 'II'),
      date: fc.integer({ min: 1, max: 30 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`),
      gross: fc.nat(20_000_000),
    });
    fc.assert(
      fc.property(fc.array(dayRow, { maxLength: 60 }), (days) => {
        const { lines, total } = shareStatement('op', '2026-11', [old, now], days);
        lines.forEach((line) => expect(line.city + line.attendant + line.operator).toBe(line.gross));
        expect(total.gross).toBe(days.reduce((a, b) => a + b.gross, 0));
        const turned = shareStatement('op', '2026-11', [old, now], [...days].reverse());
        expect(turned.lines).toEqual(lines);
        const event = statementEvent(turned, 1, 0);
        expect(event.businessDate).toBe('2026-11-30');
        expect(post(event)?.lines.find((line) => line.amount > 0)?.amount ?? 0).toBe(total.gross);
      }),
    );
  });

  it('tells gross that no terms cover', () => {
    const day = { point: 'P1', streetClass: 'III', date: '2026-11-01', gross: 5 };
    expect(shareStatement('op', '2026-11', [old, now], [day]).withoutTerms).toEqual([day]);
  });
});

describe('daily minimum', () => {
  it('draws on the security deposit until it is used up, oldest day first', () => {
    const days = [
      { date: '2026-11-17', deposited: 0 },
      { date: '2026-11-16', deposited: 8_499_050 },
      { date: '2026-11-15', deposited: 8_000_000 },
      { date: '2026-11-14', deposited: 900_000 },
    ];
    const events = minimumShortfalls('op', [old, now], days, [{ date: '2026-01-01', amount: 600_000 }], 1);
    expect(events.map((event) => [event.businessDate, event.shortfall, event.drawn])).toEqual([
      ['2026-11-14', 100_000, 100_000],
      ['2026-11-15', 499_050, 499_050],
      ['2026-11-17', 8_499_050, 950],
    ]);
  });
});
