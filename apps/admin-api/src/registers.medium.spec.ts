// Real: PostgreSQL, HTTP. The registers an office keeps, and what they do to the books.
import { startTestApi, type Ask, type TestApi } from '../../../libs/testing/src/admin-api.js';
import { defaultRules } from '@app/reconciliation';
import { askWork, bookShortfalls, ledgerFaults, makeStatements, reconcileNextDay } from '@app/persistence';

const DAY = '2026-10-05';
const LATER = Date.parse('2026-11-20T00:00:00Z');
let api: TestApi;
let officer: Ask;
let clerk: Ask;

beforeAll(async () => {
  api = await startTestApi();
  officer = await api.as('administrator');
  for (const code of ['op-1', 'op-2']) await officer('POST', '/api/v1/operators', { code, name: code });
  clerk = await api.as('operator-clerk', 'op-1');
  const point = { name: 'Jalan', district: 'Medan Kota', streetClass: 'I' };
  await officer('POST', '/api/v1/points', { ...point, code: 'P-1' });
  await officer('POST', '/api/v1/points/P-1/operator', { operator: 'op-1', validFrom: '2026-01-01' });
  const contract = {
    number: 'PKS-1',
    operator: 'op-1',
    cityShareBp: 4000,
    attendantShareBp: 2000,
    operatorShareBp: 4000,
  };
  const terms = { ...contract, dailyMinimumDeposit: 50_000, validFrom: '2026-10-05', validTo: '2026-10-07' };
  expect((await officer('POST', '/api/v1/contracts', terms)).status).toBe(201);
  await officer('POST', '/api/v1/devices', { deviceId: 'hh-0001', kind: 'handheld', point: 'P-1' });
  await officer('POST', '/api/v1/attendants', { code: 'att-1', name: 'A', badgeNumber: 'B-1', operator: 'op-1' });
  for (const [seq, type, body] of [
    [1, 'shift-open', { shift: 's1', float: 10_000 }],
    [2, 'payment', { method: 'cash', amount: 4000, vehicleClass: 'car', ticket: 'KR-000101' }],
    [3, 'payment', { method: 'cash', amount: 6001, vehicleClass: 'car', ticket: 'KR-000150' }],
    [4, 'shift-close', { shift: 's1', cashDeclared: 19_001 }],
    [5, 'collection', { collector: 'col-1', number: 7, registerCash: 5000, cashCounted: 4500 }],
  ] as const)
    await api.database.query(
      `INSERT INTO journal_records (device_no, epoch, seq, received_at, at, business_date, point_id, type, vehicle_class,
         method, amount, attendant, shift, record)
       SELECT d.device_no, 1, $1, now(), $2::date + interval '5 hours', $2, p.id, $3, $4::jsonb ->> 'vehicleClass',
         $4::jsonb ->> 'method', ($4::jsonb ->> 'amount')::bigint, 'att-1', 's1', jsonb_build_object('body', $4::jsonb)::text
         FROM devices d, points p`,
      [seq, DAY, type, JSON.stringify(body)],
    );
  await api.database.query(
    `INSERT INTO shifts SELECT device_no, 's1', 'att-1', $1::date + interval '5 hours', p.id FROM devices, points p`,
    [DAY],
  );
  await addIncome(10_001);
  await reconcile();
});
afterAll(() => api.close());

const addIncome = (amount: number): Promise<unknown> =>
  api.database.query(
    `INSERT INTO income_days AS i SELECT $1, id, 'car', 'cash', 'att-1', 2, $2 FROM points
     ON CONFLICT (business_date, point_id, vehicle_class, method, attendant) DO UPDATE SET amount = i.amount + excluded.amount`,
    [DAY, amount],
  );

async function workOff(): Promise<string[]> {
  const done: string[] = [];
  for (;;) {
    const day = await reconcileNextDay(api.database, { rules: defaultRules, nowMs: LATER, runningPauseMs: 0 });
    if (!day) return done;
    done.push(day.businessDate);
  }
}
async function reconcile(): Promise<void> {
  await askWork(
    api.database,
    'reconcile-day',
    ['2026-10-05', '2026-10-06'].map((businessDate) => ({ businessDate, pointId: null })),
    LATER,
  );
  await workOff();
}
const exceptions = async (pattern: string): Promise<{ reason: string; dueAt: string }[]> =>
  (await officer('GET', `/api/v1/exceptions?pattern=${pattern}`)).body.rows.map(
    (row: { details: { reason: string }; dueAt: string; state: string }) => ({
      reason: row.details.reason,
      dueAt: row.dueAt,
      state: row.state,
    }),
  );
const balances = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await officer('GET', '/api/v1/ledger/balances')).body.rows.map((b: { account: string; amount: number }) => [
      b.account,
      b.amount,
    ]),
  );

describe('targets', () => {
  it('keep every revision, and are set beside what came in', async () => {
    const target = { year: 2026, source: 'Bapenda', amount: 40_004 };
    expect((await officer('POST', '/api/v1/targets', target)).body).toMatchObject({ revision: 1, newest: true });
    expect((await officer('POST', '/api/v1/targets', { ...target, amount: 20_002 })).body.revision).toBe(2);
    await officer('POST', '/api/v1/targets', { ...target, source: 'Dishub', month: 10, amount: 0 });
    expect((await officer('POST', '/api/v1/targets', { ...target, amount: -1 })).body.error.field).toBe('amount');
    const { body: list } = await officer('GET', '/api/v1/targets?source=Bapenda');
    expect(list.rows.map((row: { amount: number; newest: boolean }) => [row.amount, row.newest])).toEqual([
      [20_002, true],
      [40_004, false],
    ]);
    const { body } = await officer('GET', '/api/v1/targets/realisation?year=2026');
    expect(body.rows).toHaveLength(13);
    expect(body.rows[0]).toMatchObject({
      month: null,
      recorded: 10_001,
      settled: 9001 + 4500,
      targets: [{ source: 'Bapenda', revision: 2, amount: 20_002, recordedBp: 5000, settledBp: 6750, depositedBp: 0 }],
    });
    expect(body.rows[10]).toMatchObject({
      month: 10,
      recorded: 10_001,
      targets: [{ source: 'Dishub', recordedBp: null }],
    });
  });
});

describe('shifts and collections', () => {
  it('are a line each: recorded, counted, difference; the sums are of all lines', async () => {
    const { body } = await clerk('GET', '/api/v1/shifts?differencesOnly=true&limit=1');
    expect(body).toMatchObject({
      rows: [
        {
          shift: 's1',
          attendant: 'att-1',
          operator: 'op-1',
          terminalAmount: 10_001,
          floatAmount: 10_000,
          declaredAmount: 19_001,
          countedAmount: 9001,
          difference: -1000,
        },
      ],
      total: 1,
      sums: { terminalAmount: 10_001, countedAmount: 9001, difference: -1000 },
    });
    const { body: collected } = await clerk('GET', '/api/v1/collections?collector=col-1&limit=1&offset=1');
    expect(collected).toEqual({
      rows: [],
      total: 1,
      sums: { terminalAmount: 5000, countedAmount: 4500, difference: -500 },
    });
    expect((await (await api.as('operator-clerk', 'op-2'))('GET', '/api/v1/shifts')).body.total).toBe(0);
    expect((await officer('GET', '/api/v1/shifts?format=csv')).body).toMatch('s1,att-1');
  });
});

describe('the ticket stock', () => {
  it('splits what is returned or voided, refuses overlaps and used tickets, and makes days look again', async () => {
    const issue = { prefix: 'KR-', from: 100, to: 199, attendant: 'att-1', issuedOn: '2026-10-01' };
    const { status, body } = await officer('POST', '/api/v1/ticket-ranges', issue);
    expect(status).toBe(201);
    const overlap = await officer('POST', '/api/v1/ticket-ranges', { ...issue, from: 199, to: 300 });
    expect([overlap.status, overlap.body.error.message]).toEqual([409, expect.stringMatching('KR-100 to KR-199')]);
    const change = (kind: string, part: object) =>
      officer('POST', `/api/v1/ticket-ranges/${body.id}/${kind}`, { on: '2026-10-06', ...part });
    const used = await change('return', { from: 150 });
    expect([used.status, used.body.error.message]).toEqual([409, expect.stringMatching('KR-000150 was used')]);
    expect((await change('return', { from: 151 })).status).toBe(201);
    const { body: list } = await clerk('GET', '/api/v1/ticket-ranges');
    expect(list.rows).toMatchObject([
      { from: 100, to: 150, state: 'issued', used: 2, tickets: 51 },
      { from: 151, to: 199, state: 'returned', used: 0, tickets: 49 },
    ]);
    expect(list.sums).toEqual({ tickets: 100, used: 2 });
    expect(await workOff()).toContain(DAY);
    expect(await exceptions('serial-unknown')).toEqual([]);
    const [issued] = list.rows;
    const lost = { from: 150, to: 150, on: '2026-10-02', reason: 'lost' };
    expect((await officer('POST', `/api/v1/ticket-ranges/${issued.id}/void`, lost)).status).toBe(201);
    expect(await workOff()).toEqual([DAY]);
    expect(await exceptions('serial-unknown')).toMatchObject([{ reason: 'voided' }]);
    const events = await clerk('GET', `/api/v1/ticket-ranges/${issued.id}/events`);
    expect(events.body.rows.map((row: { change: string }) => row.change)).toEqual(['voided', 'split', 'split']);
  });
});

describe('holidays', () => {
  it('move the deadlines before them', async () => {
    const due = async (): Promise<string> => (await exceptions('below-minimum')).map((row) => row.dueAt).sort()[0]!;
    expect(await due()).toBe('2026-10-06T17:00:00.000Z');
    const holiday = { day: '2026-10-06', name: 'Libur' };
    expect((await officer('POST', '/api/v1/holidays', holiday)).status).toBe(201);
    expect((await officer('POST', '/api/v1/holidays', holiday)).status).toBe(409);
    expect(await workOff()).toEqual([DAY]);
    expect(await due()).toBe('2026-10-07T17:00:00.000Z');
    expect((await officer('DELETE', '/api/v1/holidays/2026-10-06')).status).toBe(204);
    await workOff();
    expect(await due()).toBe('2026-10-06T17:00:00.000Z');
    expect((await officer('DELETE', '/api/v1/holidays/2026-10-06')).status).toBe(404);
  });
});

describe('an operator', () => {
  it('who falls short is drawn on the security deposit, and owes the rest', async () => {
    const deposit = {
      operator: 'op-1',
      reference: 'J/1',
      businessDate: '2026-10-01',
      amount: 60_000,
      treasuryAccount: 'rkud',
    };
    for (const again of [deposit, deposit])
      expect((await officer('POST', '/api/v1/security-deposits', again)).status).toBe(204);
    expect((await officer('POST', '/api/v1/security-deposits', { ...deposit, amount: 1 })).status).toBe(409);
    expect([await bookShortfalls(api.database, LATER), await bookShortfalls(api.database, LATER)]).toEqual([2, 0]);
    expect(await balances()).toMatchObject({
      'arrears/operator/op-1': 40_000,
      'minimum-deposit/op-1': -100_000,
      'treasury-account/rkud': 60_000,
    });
    const { body } = await clerk('GET', '/api/v1/arrears');
    expect(body).toMatchObject({
      rows: [{ debtor: 'op-1', amount: 40_000, securityDeposit: 0, since: '2026-10-06' }],
      sums: { amount: 40_000 },
    });
    // The day turns out to have been paid: its shortfall is taken back, and the later one draws what that leaves.
    const hand = {
      number: 'TBP-1',
      payer: { kind: 'operator', id: 'op-1' },
      receiver: { kind: 'treasurer', id: 'bp' },
      businessDate: DAY,
      amount: 50_000,
      handedAt: `${DAY}T20:00:00+07:00`,
    };
    // The operator had it from an attendant: the same cash, so it is not added to what came to the treasurer.
    const before = {
      ...hand,
      number: 'TBP-0',
      payer: { kind: 'attendant', id: 'att-1' },
      receiver: { kind: 'operator', id: 'op-1' },
      point: 'P-1',
      amount: 45_000,
    };
    for (const each of [before, hand]) expect((await officer('POST', '/api/v1/deposits', each)).status).toBe(201);
    const handedOver = await officer('GET', '/api/v1/deposits');
    expect(handedOver.body.sums).toEqual({ toTreasurer: 50_000, toOperators: 45_000 });
    await workOff();
    expect(await bookShortfalls(api.database, LATER)).toBe(2);
    const now = await balances();
    expect([now['security-deposit/op-1'], now['minimum-deposit/op-1'], now['arrears/operator/op-1']]).toEqual([
      -10_000,
      -50_000,
      undefined,
    ]);
    expect(Object.values(now).reduce((a, b) => a + b, 0)).toBe(0);
  });

  it('has a statement a month, whose correction takes the place of the one before', async () => {
    expect(
      (await officer('POST', '/api/v1/operator-statements', { operator: 'op-1', month: '2099-01' })).body.error.field,
    ).toBe('month');
    expect([await makeStatements(api.database, 13, LATER), await makeStatements(api.database, 13, LATER)]).toEqual([
      1, 0,
    ]);
    await addIncome(5);
    expect((await officer('POST', '/api/v1/operator-statements', { operator: 'op-1', month: '2026-10' })).body).toEqual(
      { revision: 1 },
    );
    const { body } = await clerk('GET', '/api/v1/operator-statements');
    expect(body.rows).toMatchObject([
      { revision: 1, newest: true, gross: 10_006, city: 4003, attendant: 2001, operatorShare: 4002 },
      { revision: 0, newest: false, gross: 10_001 },
    ]);
    expect(await balances()).toMatchObject({ 'share-allocation/op-1': 10_006, 'city-share/op-1': -body.rows[0].city });
    expect((await ledgerFaults(api.database, '2026-01-01', 9)).filter((fault) => fault.check !== 'journal')).toEqual(
      [],
    );
    const detail = await clerk('GET', '/api/v1/operator-statements/op-1/2026-10?revision=0');
    expect(detail.body.lines).toMatchObject([{ point: 'P-1', gross: 10_001 }]);
    expect((await clerk('GET', '/api/v1/operator-statements/op-1/2026-10?format=csv')).body).toMatch('TOTAL,,,10006');
    expect((await clerk('GET', '/api/v1/operator-statements/op-1/2026-10?format=pdf')).body.slice(0, 5)).toBe('%PDF-');
    expect(
      (await (await api.as('operator-clerk', 'op-2'))('GET', '/api/v1/operator-statements/op-1/2026-10')).status,
    ).toBe(404);
  });

  it('whose contract changes for days that are over is judged anew: by correcting entries, never by an edit', async () => {
    const settle = async (): Promise<unknown> => {
      const days = await workOff();
      // No month counts by its age here: only those whose days were looked at again.
      return {
        days,
        short: await bookShortfalls(api.database, LATER),
        made: await makeStatements(api.database, 0, LATER),
      };
    };
    const of = async (account: string): Promise<number | undefined> => (await balances())[account];
    const entries = (): Promise<object[]> =>
      api.database.query(`SELECT e::text, (SELECT string_agg(l::text, ' ' ORDER BY l) FROM ledger_lines l
        WHERE l.entry_id = e.id) FROM ledger_entries e ORDER BY e.id`);
    const minimums = async (): Promise<unknown> =>
      (await officer('GET', '/api/v1/exceptions?pattern=below-minimum&state=mismatched')).body.rows.map(
        (row: { businessDate: string; amount: number }) => [row.businessDate, row.amount],
      );
    await api.database.query(
      `INSERT INTO income_days SELECT '2026-10-06', id, 'car', 'cash', 'att-1', 1, 1000 FROM points`,
    );
    await reconcile();
    expect(await settle()).toEqual({ days: [], short: 0, made: 1 });
    expect(await minimums()).toEqual([['2026-10-06', 50_000]]);
    expect([await of('minimum-deposit/op-1'), await of('operator-share/op-1')]).toEqual([-50_000, -4402]);
    const before = await entries();

    // The contract ended a day earlier than anybody knew: nothing was due on that day, and its gross is nobody's share.
    expect((await officer('POST', '/api/v1/contracts/PKS-1/end', { validTo: '2026-10-06' })).status).toBe(204);
    expect(await settle()).toEqual({ days: ['2026-10-06'], short: 1, made: 1 });
    expect(await minimums()).toEqual([]);
    expect([await of('minimum-deposit/op-1'), await of('operator-share/op-1')]).toEqual([undefined, -4002]);
    const statement = { operator: 'op-1', cityShareBp: 5000, attendantShareBp: 0, operatorShareBp: 5000 };
    const terms = { ...statement, number: 'PKS-1a', validFrom: '2026-10-06', validTo: '2026-10-07' };

    // Another one took its place on that day, with a lower minimum and other shares.
    expect((await officer('POST', '/api/v1/contracts', { ...terms, dailyMinimumDeposit: 20_000 })).status).toBe(201);
    expect(await settle()).toEqual({ days: ['2026-10-06'], short: 1, made: 1 });
    expect(await minimums()).toEqual([['2026-10-06', 20_000]]);
    expect([await of('minimum-deposit/op-1'), await of('operator-share/op-1')]).toEqual([-20_000, -4502]);
    expect(await settle()).toEqual({ days: [], short: 0, made: 0 });

    // The city ran the point itself on that day: the contract's minimum stays, the gross is no operator's any more.
    expect((await officer('POST', '/api/v1/points/P-1/operator/end', { validTo: '2026-10-06' })).status).toBe(204);
    expect(await settle()).toEqual({ days: ['2026-10-06'], short: 0, made: 1 });
    expect(await of('operator-share/op-1')).toBe(-4002);
    const again = { operator: 'op-1', validFrom: '2026-10-06' };
    expect((await officer('POST', '/api/v1/points/P-1/operator', again)).status).toBe(204);
    expect(await settle()).toMatchObject({ days: ['2026-10-06'], made: 1 });
    expect(await of('operator-share/op-1')).toBe(-4502);

    // The street is of another class from that day on, of which the operator keeps all; the days before keep theirs.
    const all = { ...terms, number: 'PKS-1b', streetClass: 'III', cityShareBp: 0, operatorShareBp: 10_000 };
    expect((await officer('POST', '/api/v1/contracts', all)).status).toBe(201);
    await settle();
    const to = (streetClass: string, streetClassFrom?: string) =>
      officer('PATCH', '/api/v1/points/P-1', { streetClass, streetClassFrom });
    expect((await to('III', '2026-10-06')).body).toMatchObject({ streetClass: 'III' });
    expect(await settle()).toEqual({ days: ['2026-10-06'], short: 0, made: 1 });
    expect(await of('operator-share/op-1')).toBe(-5002);
    const { body: classes } = await officer('GET', '/api/v1/points/P-1/street-classes');
    expect(classes.rows).toMatchObject([
      { streetClass: 'I', validTo: '2026-10-06' },
      { streetClass: 'III', validFrom: '2026-10-06', validTo: null },
    ]);
    expect((await to('III')).status).toBe(200);
    expect(await settle()).toMatchObject({ days: [] });
    expect((await to('I', '2026-10-06')).status).toBe(200);
    expect(await settle()).toEqual({ days: ['2026-10-06'], short: 0, made: 1 });
    expect(await of('operator-share/op-1')).toBe(-4502);

    expect(await entries()).toEqual(expect.arrayContaining(before));
    expect(Object.values(await balances()).reduce((a, b) => a + b, 0)).toBe(0);
    expect((await ledgerFaults(api.database, '2026-01-01', 9)).filter((fault) => fault.check !== 'journal')).toEqual(
      [],
    );
    // Ended again, it may not run into the one that follows.
    const { status } = await officer('POST', '/api/v1/contracts/PKS-1/end', { validTo: '2026-10-07' });
    expect([status, (await officer('GET', '/api/v1/contracts?operator=op-1')).body.rows[0].validTo]).toEqual([
      409,
      '2026-10-06',
    ]);
  });

  it('has one contract a street class at a time', async () => {
    const contract = {
      number: 'PKS-2',
      operator: 'op-1',
      cityShareBp: 10_000,
      attendantShareBp: 0,
      operatorShareBp: 0,
      validFrom: '2026-10-06',
    };
    expect((await officer('POST', '/api/v1/contracts', contract)).body.error).toMatchObject({
      code: 'conflict',
      field: 'validFrom',
    });
    expect((await officer('POST', '/api/v1/contracts', { ...contract, streetClass: 'II' })).status).toBe(201);
  });
});

describe('rules', () => {
  it('are tried without a trace, then put in force', async () => {
    const [book] = (await officer('GET', '/api/v1/rule-books')).body.rows;
    expect(book).toMatchObject({ version: '1', inForce: true });
    const rules = { ...book.rules, version: '2', cash: { ...book.rules.cash, shiftToleranceRupiah: 1000 } };
    const traces = () =>
      api.database
        .query(`SELECT (SELECT count(*) FROM exceptions) AS e, (SELECT max(last_seen_at) FROM exceptions) AS s,
      (SELECT count(*) FROM book_work) AS w, (SELECT count(*) FROM audit_log) AS a, (SELECT count(*) FROM rule_books) AS r`);
    const before = await traces();
    const { status, body } = await officer('POST', '/api/v1/reconciliation/dry-run', { rules, from: DAY, to: DAY });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      against: '1',
      days: 1,
      appeared: [],
      changed: [],
      gone: [{ pattern: 'cash-under-declared', amount: 1000 }],
    });
    expect(await traces()).toEqual(before);
    const long = await officer('POST', '/api/v1/reconciliation/dry-run', {
      rules,
      from: '2026-01-01',
      to: '2026-12-31',
    });
    expect([long.status, long.body.error.field]).toEqual([400, 'to']);
    const bad = { ...rules, payouts: [] };
    expect((await officer('POST', '/api/v1/rule-books', { rules: bad })).status).toBe(400);
    expect((await officer('POST', '/api/v1/rule-books', { rules, lookAgainFrom: DAY })).status).toBe(204);
    expect((await officer('POST', '/api/v1/rule-books', { rules })).status).toBe(409);
    const { body: list } = await officer('GET', '/api/v1/rule-books');
    expect(list.rows.map((row: { version: string; inForce: boolean }) => [row.version, row.inForce])).toEqual([
      ['2', true],
      ['1', false],
    ]);
    expect(list.rows[0].rules).toEqual(rules);
  });
});
