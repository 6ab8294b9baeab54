// Real: HTTP on a port, PostgreSQL. Money that is recorded, handed in, missed, and worked as a case.
import { startTestApi, type Ask, type TestApi } from '../../../libs/testing/src/admin-api.js';
import { defaultRules } from '@app/reconciliation';
import { askWork, postDays, reconcileNextDay } from '@app/persistence';

const DAY = '2026-11-02';
const LATER = Date.parse('2026-12-20T00:00:00Z');

let api: TestApi;
let officer: Ask & { username: string };
let second: Ask & { username: string };

beforeAll(async () => {
  api = await startTestApi();
  [officer, second] = [await api.as('revenue-officer'), await api.as('administrator')];
  await officer('POST', '/api/v1/points', { code: 'P-1', name: 'Point one', district: 'Medan Kota' });
  await second('POST', '/api/v1/devices', { deviceId: 'hh-0001', kind: 'handheld', point: 'P-1' });
  for (const [seq, type, body] of [
    [1, 'shift-open', { shift: 's1', attendant: 'att-1', float: 10_000 }],
    [2, 'payment', { method: 'cash', amount: 4000, vehicleClass: 'car', attendant: 'att-1', shift: 's1' }],
    [3, 'payment', { method: 'cash', amount: 6000, vehicleClass: 'car', attendant: 'att-1', shift: 's1' }],
    [4, 'shift-close', { shift: 's1', attendant: 'att-1', cashDeclared: 19_000 }],
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
  await api.database.query(`INSERT INTO income_days SELECT $1, id, 'car', 'cash', 'att-1', 2, 10000 FROM points`, [
    DAY,
  ]);
  const [point] = await api.database.query<{ id: number }>('SELECT id FROM points');
  await askWork(api.database, 'post-day', [{ businessDate: DAY, pointId: point!.id }], LATER);
  await askWork(api.database, 'reconcile-day', [{ businessDate: DAY, pointId: null }], LATER);
  await workOff();
});
afterAll(() => api.close());

async function workOff(): Promise<void> {
  const options = { rules: defaultRules, nowMs: LATER, runningPauseMs: 0 };
  await postDays(api.database, { ...options, pointDaysMax: 10 });
  while (await reconcileNextDay(api.database, options));
}
const waterfall = async () =>
  (await officer('GET', `/api/v1/waterfall?from=${DAY}&to=${DAY}&groupBy=point`)).body.rows[0];

describe('the road of the money', () => {
  it('shows what was recorded and counted, and what is missing at each step', async () => {
    expect(await waterfall()).toEqual({
      key: 'P-1',
      label: 'Point one',
      potential: null,
      potentialLow: null,
      potentialHigh: null,
      pointDays: 1,
      potentialPointDays: 0,
      recorded: 10_000,
      settled: 9000,
      deposited: 0,
      unrecorded: null,
      unsettled: 1000,
      undeposited: 9000,
    });
    const { body } = await officer('GET', `/api/v1/exceptions?from=${DAY}&to=${DAY}`);
    const shown = body.rows.map((row: Record<string, unknown>) => [
      row['pattern'],
      row['state'],
      row['amount'],
      row['point'],
    ]);
    expect(shown.sort()).toEqual([
      ['cash-under-declared', 'mismatched', 1000, 'P-1'],
      ['late-deposit', 'mismatched', 9000, 'P-1'],
    ]);
  });

  it('takes cash to the treasury account by hand-over, slip and credit note', async () => {
    const deposit = {
      number: 'TBP-1',
      point: 'P-1',
      payer: { kind: 'attendant', id: 'att-1' },
      receiver: { kind: 'treasurer', id: 'bp-1' },
      businessDate: DAY,
      amount: 9000,
      handedAt: `${DAY}T20:00:00+07:00`,
    };
    expect((await officer('POST', '/api/v1/deposits', deposit)).status).toBe(201);
    expect((await officer('POST', '/api/v1/deposits', deposit)).status).toBe(201);
    const other = await officer('POST', '/api/v1/deposits', { ...deposit, amount: 8000 });
    expect([other.status, other.body.error.field]).toEqual([409, 'number']);
    for (const amount of [-1, '9000,00', 9000.5, 1e16, 'Rp9000']) {
      const bad = await officer('POST', '/api/v1/deposits', { ...deposit, number: 'TBP-2', amount });
      expect([bad.status, bad.body.error.field, bad.body.error.message]).toEqual([
        400,
        'amount',
        expect.stringMatching(/amount must .*(integer|less|greater)/),
      ]);
    }
    expect((await officer('GET', '/api/v1/deposits?number=TBP-2')).body.total).toBe(0);
    // No slip took it to the bank: it has a deadline.
    await workOff();
    const held = await officer('GET', '/api/v1/deposits?open=true');
    expect(held.body).toMatchObject({
      rows: [{ number: 'TBP-1', dueAt: expect.any(String) }],
      sums: { toTreasurer: 9000, toOperators: 0 },
    });
    const slip = {
      number: 'STS-1',
      fromKind: 'treasurer',
      from: 'bp-1',
      businessDate: DAY,
      amount: 9000,
      handOvers: ['TBP-1'],
    };
    expect((await officer('POST', '/api/v1/deposit-slips', slip)).status).toBe(201);
    await workOff();
    expect((await officer('GET', '/api/v1/deposits?open=true')).body.total).toBe(0);
    const waiting = await officer('GET', '/api/v1/deposit-slips');
    expect(waiting.body).toMatchObject({ rows: [{ dueAt: expect.any(String) }], sums: { amount: 9000, credited: 0 } });
    const note = { account: 'rkud', entryId: 'N-1', valueDate: '2026-11-03', amount: 9000 };
    expect((await officer('POST', '/api/v1/deposit-slips/STS-1/credit-note', note)).status).toBe(204);
    expect((await officer('POST', '/api/v1/deposit-slips/STS-1/credit-note', note)).status).toBe(409);
    await workOff();
    expect(await waterfall()).toMatchObject({ settled: 9000, deposited: 9000, undeposited: 0 });
    const noted = await officer('GET', '/api/v1/deposit-slips');
    expect(noted.body).toMatchObject({ rows: [{ dueAt: null, credited: 9000 }], sums: { credited: 9000 } });
    expect((await officer('GET', '/api/v1/deposits?number=TBP-1')).body.total).toBe(1);
    expect((await officer('GET', '/api/v1/deposits?slip=STS-1')).body.rows).toMatchObject([{ dueAt: null }]);
    const { body } = await officer('GET', '/api/v1/ledger/balances');
    expect(
      Object.fromEntries(body.rows.map((b: { account: string; amount: number }) => [b.account, b.amount])),
    ).toEqual({
      'arrears/attendant/att-1': 1000,
      'gross-retribution/P-1': -10_000,
      'treasury-account/rkud': 9000,
    });
    const { body: open } = await officer('GET', `/api/v1/exceptions?state=mismatched`);
    expect(open.rows.map((row: { pattern: string }) => row.pattern)).toEqual(['cash-under-declared']);
    expect(open.sums).toEqual({ amount: 1000 });
  });
});

describe('a case', () => {
  it('is worked to its end: assigned, reviewed, recovered, resolved; stale moves and wrong states are 409', async () => {
    const { body: list } = await officer('GET', '/api/v1/cases?pattern=cash-under-declared');
    expect(list.rows).toMatchObject([
      { state: 'open', amount: 1000, subject: 'att-1', point: 'P-1', kind: 'exception' },
    ]);
    const { body: people } = await officer('GET', '/api/v1/cases/assignees');
    expect(people.rows.map((row: { username: string }) => row.username)).toEqual(
      expect.arrayContaining([officer.username, second.username]),
    );
    const path = `/api/v1/cases/${list.rows[0].id}`;
    let { version } = list.rows[0];
    const move = async (ask: Ask, body: object): Promise<[number, string | undefined]> => {
      const answer = await ask('POST', `${path}/moves`, { version, ...body });
      if (answer.status === 201) version = answer.body.version;
      return [answer.status, answer.body.error?.field];
    };
    expect(await move(officer, { type: 'resolve', outcome: 'explained', reason: 'x' })).toEqual([409, undefined]);
    expect(await move(officer, { type: 'assign' })).toEqual([400, 'to']);
    expect(await move(officer, { type: 'assign', to: 'nobody' })).toEqual([400, 'to']);
    expect(await move(officer, { type: 'assign', to: officer.username })).toEqual([201, undefined]);
    expect(await move(officer, { type: 'start-review', version: version - 1 })).toEqual([409, 'version']);
    // A comment decides nothing: it stands beside what others did meanwhile.
    expect(await move(second, { type: 'comment', text: 'old', version: version - 1 })).toEqual([201, undefined]);
    expect(await move(officer, { type: 'start-review' })).toEqual([201, undefined]);
    const file = {
      version,
      name: 'note.txt',
      contentType: 'text/plain',
      content: Buffer.from('seen').toString('base64'),
    };
    const attached = await officer('POST', `${path}/attachments`, file);
    version = attached.body.version;
    const [kept] = attached.body.attachments;
    expect((await officer('GET', `${path}/attachments/${kept.sha256}`)).body).toBe('seen');
    const recovery = { type: 'record-recovery', amount: 400, into: 'treasurer/bp-1', reference: 'TBP-9' };
    expect(await move(officer, { ...recovery, into: 'elsewhere' })).toEqual([400, 'into']);
    expect(await move(officer, recovery)).toEqual([201, undefined]);
    expect(await move(officer, { type: 'request-write-off', reason: 'gone' })).toEqual([201, undefined]);
    expect(await move(officer, { type: 'approve-write-off' })).toEqual([409, undefined]);
    expect(await move(second, { type: 'approve-write-off' })).toEqual([201, undefined]);
    const { body } = await officer('GET', path);
    expect(body).toMatchObject({ state: 'resolved', outcome: 'written-off', recovered: 400 });
    expect(body.history.map((event: { number: number }) => event.number)).toEqual(
      body.history.map((_: unknown, i: number) => i + 1),
    );
    const { body: books } = await officer('GET', '/api/v1/ledger/balances?account=arrears');
    expect(books.rows).toEqual([]);
    const [sum] = await api.database.query<{ sum: number }>('SELECT sum(amount)::bigint AS sum FROM ledger_lines');
    expect(sum!.sum).toBe(0);
  });

  it('leads down to the raw record, for those who may see it', async () => {
    const { body } = await officer('GET', '/api/v1/records/hh-0001/1/2');
    expect(body).toMatchObject({ type: 'payment', point: 'P-1', voided: false });
    expect(JSON.parse(body.record).body.amount).toBe(4000);
    await officer('POST', '/api/v1/operators', { code: 'op-x', name: 'Other' });
    const clerk = await api.as('operator-clerk', 'op-x');
    expect((await clerk('GET', '/api/v1/records/hh-0001/1/2')).status).toBe(404);
    for (const path of ['exceptions', 'cases', 'deposits'])
      expect((await clerk('GET', `/api/v1/${path}`)).body).toMatchObject({ rows: [], total: 0 });
    expect((await clerk('GET', `/api/v1/waterfall?from=${DAY}&to=${DAY}&groupBy=day`)).body.rows).toEqual([]);
  });
});
