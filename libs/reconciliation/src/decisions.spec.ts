import { addDays, startOfBusinessDay } from '@app/kernel';
import { settlementKey, type SettlementRow } from '@app/settlement';
import type { CollectionFact, RecordFact, SettlementFact, ShiftFact, TicketUse } from './facts.js';
import { noFacts, reconcileDay, reconcilePayouts, type DayFacts } from './reconcile.js';
import { defaultRules, endOfWorkingDay } from './rules.js';
import { parseSerial } from './check-tickets.js';

const DAY = '2026-11-19'; // a Thursday
const noon = startOfBusinessDay(DAY) + 12 * 3_600_000;
const longAfter = startOfBusinessDay('2027-01-01');

const record = (id: number, change: Partial<RecordFact> = {}): RecordFact => ({
  id: `hh-1/1/${id}`,
  channel: 'qris',
  device: 'hh-1',
  point: 'P1',
  attendant: 'a1',
  amount: 4000,
  at: noon,
  businessDate: DAY,
  orderId: 'O1',
  rrn: null,
  nmid: 'OURS',
  trace: null,
  voided: null,
  ...change,
});

const row = (id: number, change: Partial<SettlementRow> = {}): SettlementFact => {
  const base: SettlementRow = {
    acquirer: 'dana',
    kind: 'payment',
    transactionId: `T${id}`,
    part: '',
    originalTransactionId: null,
    batchId: 'B1',
    orderId: 'O1',
    rrn: null,
    nmid: 'OURS',
    mid: null,
    terminal: null,
    cardLast4: null,
    trace: null,
    amount: 4000,
    fee: 0,
    net: 4000,
    netSen: 400_000,
    transactionAt: noon + id,
    settlementDate: addDays(DAY, 1),
    ...change,
  };
  return { ...base, id: settlementKey(base), channel: 'qris', point: null, device: null };
};

function look(facts: Partial<DayFacts>, asOf = longAfter) {
  return reconcileDay(DAY, { ...noFacts, payees: new Set(['OURS']), ...facts }, defaultRules, asOf);
}

function patterns(facts: Partial<DayFacts>, asOf = longAfter): string[] {
  const { exceptions, expected } = look(facts, asOf);
  return [...exceptions, ...expected].map((item) => `${item.pattern} ${item.amount} ${item.state}`).sort();
}

describe('payments', () => {
  it.each<[string, RecordFact[], SettlementFact[], string[], string[]]>([
    ['one of each', [record(1)], [row(1)], ['1:1'], []],
    ['one record in two parts', [record(1)], [row(1, { amount: 3000 }), row(2, { amount: 1000 })], ['1:2'], []],
    ['two records, one payment', [record(1), record(2)], [row(1, { amount: 8000 })], ['2:1'], []],
    ['the same order paid twice', [record(1)], [row(1), row(2)], ['1:1'], ['double-debit 4000 mismatched']],
    ['a part only', [record(1)], [row(1, { amount: 3000 })], [], ['amount-mismatch 1000 mismatched']],
    ['too much', [record(1)], [row(1, { amount: 4500 })], [], ['amount-mismatch 500 mismatched']],
    ['two records, one settled', [record(1), record(2)], [row(1)], ['1:1'], ['recorded-not-settled 4000 mismatched']],
    [
      'paid twice, one paid back',
      [record(1)],
      [row(1), row(2), row(3, { kind: 'refund', originalTransactionId: 'T2' })],
      ['1:1'],
      [],
    ],
    [
      'paid and cancelled',
      [record(1)],
      [row(1), row(1, { kind: 'cancel', originalTransactionId: 'T1' })],
      [],
      ['refunded-payment 4000 mismatched'],
    ],
    [
      'half paid back',
      [record(1)],
      [row(1), row(2, { kind: 'refund', originalTransactionId: 'T1', amount: 2000 })],
      [],
      ['amount-mismatch 2000 mismatched'],
    ],
    ['voided, never settled', [record(1, { voided: { record: 'v', at: noon } })], [], [], []],
    [
      'voided and settled',
      [record(1, { voided: { record: 'v', at: noon } })],
      [row(1)],
      [],
      ['void-abuse 4000 mismatched'],
    ],
    [
      'voided, paid twice',
      [record(1, { voided: { record: 'v', at: noon } })],
      [row(1), row(2)],
      [],
      ['double-debit 4000 mismatched', 'void-abuse 4000 mismatched'],
    ],
    ['voided and recorded anew', [record(1, { voided: { record: 'v', at: noon } }), record(2)], [row(1)], ['1:1'], []],
    ['settled to a stranger', [record(1)], [row(1, { nmid: 'THEIRS' })], [], ['wrong-payee 4000 mismatched']],
    [
      'shown a stranger’s code',
      [record(1, { nmid: 'THEIRS', orderId: null })],
      [],
      [],
      ['wrong-payee 4000 mismatched'],
    ],
    ['a fee line', [], [row(1, { kind: 'fee', orderId: null })], [], []],
  ])('%s', (_what, records, settlements, matches, exceptions) => {
    expect(look({ records, settlements }).matches.map((match) => match.cardinality)).toEqual(matches);
    expect(patterns({ records, settlements })).toEqual(exceptions);
  });

  it('joins by the acquirer reference where there is no order, and a card by terminal, day and trace', () => {
    const byRrn = look({
      records: [record(1, { orderId: null, rrn: 'R9' })],
      settlements: [row(1, { orderId: null, rrn: 'R9' })],
    });
    expect(byRrn.matches).toHaveLength(1);
    const card = { ...record(1, { orderId: null, trace: '7', nmid: null }), channel: 'card' as const };
    const slip = {
      ...row(1, { orderId: null, terminal: 'hh-1', trace: '7', acquirer: 'card-flazz' }),
      channel: 'card' as const,
    };
    expect(look({ records: [card], settlements: [slip] }).matches).toHaveLength(1);
    const nextDay = { ...slip, transactionAt: noon + 86_400_000 };
    expect(look({ records: [card], settlements: [nextDay] }).matches).toHaveLength(0);
  });

  it('a part that may still be completed is expected', () => {
    const facts = { records: [record(1)], settlements: [row(1, { amount: 3000 })] };
    expect(patterns(facts, noon + 3_600_000)).toEqual(['amount-mismatch 1000 expected']);
  });
});

describe('shifts and collections', () => {
  const shift: ShiftFact = {
    point: 'P1',
    device: 'hh-1',
    attendant: 'a1',
    shift: 's1',
    businessDate: DAY,
    openedAt: noon,
    closedAt: noon + 1000,
    float: 50_000,
    declared: 150_000,
    recordedCash: 100_000,
    recordsComplete: true,
  };

  it.each<[string, Partial<ShiftFact>, string[]]>([
    ['that agree, float counted in, are silent', {}, []],
    ['short', { declared: 149_000 }, ['cash-under-declared 1000 mismatched']],
    ['over', { declared: 151_000 }, ['cash-over-declared 1000 mismatched']],
    ['without a close', { closedAt: null, declared: null }, ['shift-not-closed 100000 mismatched']],
  ])('%s', (_what, change, found) => {
    expect(patterns({ shifts: [{ ...shift, ...change }] })).toEqual(found);
  });

  it('wait for missing records before a difference counts', () => {
    const facts = { shifts: [{ ...shift, declared: 160_000, recordsComplete: false }] };
    expect(patterns(facts, noon + 2000)).toEqual(['cash-over-declared 10000 expected']);
    expect(patterns(facts)).toEqual(['cash-over-declared 10000 mismatched']);
  });

  it('tell a meter whose box held less than its register', () => {
    const item: CollectionFact = {
      record: 'mt-1/1/9',
      device: 'mt-1',
      point: 'P1',
      collector: 'c1',
      number: 4,
      at: noon,
      businessDate: DAY,
      registerCash: 5000,
      cashCounted: 4500,
    };
    expect(look({ collections: [item] }).exceptions).toMatchObject([
      { pattern: 'collection-difference', amount: 500, record: 'mt-1/1/9', subject: { kind: 'collector', id: 'c1' } },
    ]);
    expect(patterns({ collections: [{ ...item, cashCounted: 5000 }] })).toEqual([]);
  });
});

describe('deposits', () => {
  const payer = { kind: 'attendant' as const, id: 'a1' };
  const due = { payer, point: 'P1', businessDate: DAY, amount: 100_000 };
  const deposit = {
    number: 'TBP-1',
    payer,
    point: 'P1',
    businessDate: DAY,
    amount: 100_000,
    treasurer: 'bp',
    slip: 'S1',
  };
  const inTime = noon + 20 * 3_600_000;
  const tooLate = noon + 3 * 86_400_000;

  it.each<[string, { amount: number; handedAt: number }[], string[]]>([
    ['in time and whole is silent', [{ amount: 100_000, handedAt: inTime }], []],
    [
      'in time, in two parts',
      [
        { amount: 60_000, handedAt: inTime },
        { amount: 40_000, handedAt: inTime },
      ],
      [],
    ],
    ['nothing', [], ['late-deposit 100000 mismatched']],
    ['whole but late', [{ amount: 100_000, handedAt: tooLate }], ['late-deposit 100000 mismatched']],
    [
      'a part late',
      [
        { amount: 60_000, handedAt: inTime },
        { amount: 40_000, handedAt: tooLate },
      ],
      ['late-deposit 40000 mismatched'],
    ],
    ['too little', [{ amount: 60_000, handedAt: inTime }], ['short-deposit 40000 mismatched']],
  ])('%s', (_what, parts, found) => {
    const deposits = parts.map((part, i) => ({ ...deposit, ...part, number: `TBP-${i}` }));
    expect(patterns({ dues: [due], deposits })).toEqual(found);
  });

  it('are expected until the working day after, over weekends and holidays', () => {
    const holidays = new Set(['2026-11-20']); // the Friday
    const monday = startOfBusinessDay('2026-11-24'); // end of Monday the 23rd
    expect(endOfWorkingDay(DAY, 1, holidays)).toBe(monday);
    expect(patterns({ dues: [due], holidays }, monday - 1)).toEqual(['late-deposit 100000 expected']);
    expect(patterns({ dues: [due], holidays }, monday)).toEqual(['late-deposit 100000 mismatched']);
  });

  it('must be there before the deadline, not on it', () => {
    const dueAt = endOfWorkingDay(DAY, 1, new Set());
    const at = (handedAt: number) => patterns({ dues: [due], deposits: [{ ...deposit, handedAt }] });
    expect(at(dueAt - 1)).toEqual([]);
    expect(at(dueAt)).toEqual(['late-deposit 100000 mismatched']);
  });

  it('that no slip takes to the bank are the treasurer’s', () => {
    const { exceptions } = look({ dues: [due], deposits: [{ ...deposit, handedAt: inTime, slip: null }] });
    expect(exceptions).toMatchObject([{ pattern: 'late-deposit', subject: { kind: 'treasurer', id: 'bp' } }]);
  });
});

describe('tickets', () => {
  const use = (id: number, change: Partial<TicketUse> = {}): TicketUse => ({
    record: `hh-1/1/${id}`,
    device: 'hh-1',
    point: 'P1',
    attendant: 'a1',
    serial: 'KR-005',
    at: noon + id,
    businessDate: DAY,
    amount: 2000,
    voided: false,
    ...change,
  });
  const range = {
    prefix: 'KR-',
    from: 1,
    to: 100,
    state: 'issued' as const,
    attendant: 'a1',
    issuedOn: '2026-11-01',
    closedOn: null,
  };

  it('used again are the later record’s, however late the first one arrives', () => {
    const found = look({ tickets: [use(2), use(1), use(3)], ticketRanges: [range] }).exceptions;
    expect(found.map((item) => [item.pattern, item.record]).sort()).toEqual([
      ['serial-reuse', 'hh-1/1/2'],
      ['serial-reuse', 'hh-1/1/3'],
    ]);
    const atOnce = [use(2, { at: noon }), use(1, { at: noon })];
    expect(look({ tickets: atOnce, ticketRanges: [range] }).exceptions.map((item) => item.record)).toEqual([
      'hh-1/1/2',
    ]);
    expect(look({ tickets: atOnce.reverse(), ticketRanges: [range] }).exceptions).toHaveLength(1);
    expect(patterns({ tickets: [use(1, { voided: true }), use(2)], ticketRanges: [range] })).toEqual([]);
  });

  it.each([
    ['out-of-range', use(1, { serial: 'KR-101' }), range],
    ['out-of-range', use(1, { serial: 'XX-005' }), range],
    ['no-serial', use(1, { serial: 'none' }), range],
    ['other-holder', use(1, { attendant: 'a2' }), range],
    ['not-issued-yet', use(1), { ...range, issuedOn: '2026-12-01' }],
    ['returned', use(1), { ...range, state: 'returned' as const, closedOn: '2026-11-18' }],
    ['voided', use(1), { ...range, state: 'voided' as const, closedOn: null }],
  ])('unknown: %s', (reason, ticket, stock) => {
    expect(look({ tickets: [ticket], ticketRanges: [stock] }).exceptions).toMatchObject([
      { pattern: 'serial-unknown', details: { reason } },
    ]);
  });

  it('cannot be unknown where no stock is registered, nor before their range was returned', () => {
    expect(patterns({ tickets: [use(1, { serial: 'whatever' })] })).toEqual([]);
    expect(patterns({ tickets: [use(1)], ticketRanges: [{ ...range, state: 'returned', closedOn: DAY }] })).toEqual([]);
    expect(parseSerial('A1-0042')).toEqual({ prefix: 'A1-', number: 42 });
  });
});

describe('gaps', () => {
  it('are expected for a day, then an exception of the device and its attendant', () => {
    const gap = {
      device: 'hh-1',
      epoch: 1,
      from: 5,
      to: 7,
      point: 'P1',
      attendant: 'a1',
      businessDate: DAY,
      since: noon,
    };
    expect(patterns({ gaps: [gap] }, noon + 86_399_999)).toEqual(['sequence-gap 0 expected']);
    expect(look({ gaps: [gap] }, noon + 86_400_000).exceptions).toMatchObject([
      { pattern: 'sequence-gap', subject: { kind: 'device', id: 'hh-1' }, attendant: 'a1', details: { records: 3 } },
    ]);
  });
});

describe('payouts', () => {
  const batch = (id: string, netSen: number) => ({
    acquirer: 'dana',
    batchId: id,
    settlementDate: DAY,
    netSen,
    rows: 1,
  });
  const credit = (id: string, amount: number, reference: string | null = null, acquirer: string | null = 'dana') => ({
    id,
    account: 'col',
    entryId: id,
    direction: 'credit' as const,
    valueDate: DAY,
    amount,
    reference,
    description: '',
    acquirer,
  });

  it.each([
    ['by reference', [batch('B1', 397_250)], [credit('c', 3973, 'B1')], ['1:1'], []],
    [
      'by reference in two credits',
      [batch('B1', 400_000)],
      [credit('c', 3000, 'B1'), credit('d', 1000, 'B1')],
      ['1:2'],
      [],
    ],
    ['a day at once', [batch('B1', 100_000), batch('B2', 200_000)], [credit('c', 3000)], ['2:1'], []],
    [
      'each by amount',
      [batch('B1', 100_000), batch('B2', 200_000)],
      [credit('c', 2000), credit('d', 1000)],
      ['1:1', '1:1'],
      [],
    ],
    ['rounded within the tolerance', [batch('B1', 397_250)], [credit('c', 3963)], ['1:1'], []],
    ['too little', [batch('B1', 400_000)], [credit('c', 3000, 'B1')], [], ['payout-difference 1000 mismatched']],
    ['nothing', [batch('B1', 400_000)], [], [], ['payout-not-credited 4000 mismatched']],
    ['from nowhere', [], [credit('c', 5000)], [], ['credit-not-explained 5000 mismatched']],
    ['somebody else’s', [], [credit('c', 5000, null, null)], [], []],
    ['eaten up by refunds', [batch('B1', -100)], [], [], []],
  ])('%s', (_what, batches, credits, matches, exceptions) => {
    const outcome = reconcilePayouts(batches, credits, defaultRules, longAfter);
    expect(outcome.matches.map((match) => match.cardinality)).toEqual(matches);
    expect(outcome.exceptions.map((item) => `${item.pattern} ${item.amount} ${item.state}`)).toEqual(exceptions);
  });
});
