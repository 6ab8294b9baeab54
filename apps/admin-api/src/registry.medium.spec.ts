import { startTestApi, type Ask, type TestApi } from '../../../libs/testing/src/admin-api.js';

/** Real: HTTP on a port, PostgreSQL. What is in force when. */
describe('what is dated', () => {
  let api: TestApi;
  let ask: Ask;

  beforeAll(async () => {
    api = await startTestApi();
    ask = await api.as('revenue-officer');
    for (const code of ['P-1', 'P-2']) await ask('POST', '/api/v1/points', { code, name: code });
    for (const code of ['OPR-1', 'OPR-2']) await ask('POST', '/api/v1/operators', { code, name: code });
    await ask('POST', '/api/v1/attendants', { code: 'JP-1', name: 'Budi', badgeNumber: 'B-1' });
  });
  afterAll(() => api.close());

  const tariff = (code: string, validFrom: string, more: object = {}): ReturnType<Ask> =>
    ask('POST', '/api/v1/tariffs', { code, vehicleClass: 'car', amount: 5000, validFrom, ...more });
  const periods = async (path: string, key: string): Promise<unknown[]> =>
    (await ask('GET', `/api/v1/${path}`)).body.rows.map((row: Record<string, unknown>) => [
      row[key],
      row['validFrom'],
      row['validTo'],
    ]);

  it('a new tariff ends the open one of its class and scope where it begins, on the day of Jakarta', async () => {
    expect((await tariff('old', '2024-10-28')).status).toBe(201);
    expect((await tariff('new', '2026-02-25')).body).toMatchObject({ state: 'current', kind: 'flat', validTo: null });
    expect((await tariff('next', '2099-01-01')).body).toMatchObject({ state: 'future' });
    expect(await periods('tariffs?vehicleClass=car', 'code')).toEqual([
      ['old', '2024-10-27T17:00:00.000Z', '2026-02-24T17:00:00.000Z'],
      ['new', '2026-02-24T17:00:00.000Z', '2098-12-31T17:00:00.000Z'],
      ['next', '2098-12-31T17:00:00.000Z', null],
    ]);
  });

  it('a tariff of a street class or a point lies beside that of the city', async () => {
    expect((await tariff('class-i', '2024-10-28', { streetClass: 'I' })).status).toBe(201);
    expect((await tariff('point', '2024-10-28', { point: 'P-1' })).status).toBe(201);
    expect((await tariff('both', '2024-10-28', { point: 'P-1', streetClass: 'I' })).body.error.field).toBe(
      'streetClass',
    );
  });

  it('refuses a tariff that overlaps another, and says what to do', async () => {
    const again = await tariff('again', '2025-01-01');
    expect(again.status).toBe(409);
    expect(again.body.error.remedy).toMatch(/overlap/);
    expect((await tariff('same', '2026-02-25')).status).toBe(409);
    expect((await tariff('new', '2027-01-01')).body.error.field).toBe('code');
    expect((await tariff('bounded', '2020-01-01', { validTo: '2020-06-01' })).status).toBe(201);
  });

  it('takes back a tariff that is not in force yet, and lets the one before go on', async () => {
    expect((await ask('DELETE', '/api/v1/tariffs/next')).status).toBe(204);
    expect((await ask('GET', '/api/v1/tariffs/new')).body.validTo).toBeNull();
    expect((await ask('DELETE', '/api/v1/tariffs/new')).status).toBe(409);
    expect((await ask('DELETE', '/api/v1/tariffs/next')).status).toBe(404);
  });

  it('ends a tariff early, never late, and only after it began', async () => {
    const end = async (code: string, validTo: string): Promise<number> =>
      (await ask('POST', `/api/v1/tariffs/${code}/end`, { validTo })).status;
    expect(await end('new', '2026-02-24')).toBe(409);
    expect(await end('old', '2027-01-01')).toBe(409);
    expect(await end('new', '2026-12-01T12:00:00+07:00')).toBe(204);
    expect((await ask('GET', '/api/v1/tariffs/new')).body.validTo).toBe('2026-12-01T05:00:00.000Z');
  });

  it.each([
    [{ vehicleClass: 'bicycle' }, 'vehicleClass'],
    [{ amount: 10_000_001 }, 'amount'],
    [{ amount: 1.5 }, 'amount'],
    [{ validFrom: '2026-02-30' }, 'validFrom'],
    [{ validFrom: '2026-03-01', validTo: '2026-03-01' }, 'validTo'],
    [{ point: 'P-9' }, 'point'],
    [{ rule: { firstMinutes: 60, stepMinutes: 0, stepAmount: 1000 } }, 'rule.stepMinutes'],
  ])('refuses a tariff with %j and names %s', async (fault, field) => {
    const { status, body } = await tariff('faulty', '2026-03-01', fault);
    expect([status, body.error.field]).toEqual([400, field]);
  });

  it('hands a point from operator to operator without gap or overlap', async () => {
    const give = (change: object): ReturnType<Ask> => ask('POST', '/api/v1/points/P-1/operator', change);
    expect((await give({ operator: 'OPR-1', validFrom: '2025-01-01' })).status).toBe(204);
    expect((await give({ operator: 'OPR-2', validFrom: '2026-01-01' })).status).toBe(204);
    expect((await give({ operator: 'OPR-1', validFrom: '2025-06-01' })).status).toBe(409);
    expect((await give({ operator: 'OPR-9', validFrom: '2027-01-01' })).body.error.field).toBe('operator');
    expect((await ask('GET', '/api/v1/points/P-1')).body).toMatchObject({ operator: 'OPR-2' });
    expect((await ask('POST', '/api/v1/points/P-1/operator/end', { validTo: '2099-01-01' })).status).toBe(204);
    expect(await periods('point-operators?point=P-1', 'operator')).toEqual([
      ['OPR-1', '2025-01-01', '2026-01-01'],
      ['OPR-2', '2026-01-01', '2099-01-01'],
    ]);
  });

  it('lets the database itself refuse a second operator at a time', async () => {
    const insert = api.database.query(
      `INSERT INTO point_operators (point_id, operator_code, valid_from) SELECT id, 'OPR-1', '2026-06-01'
       FROM points WHERE code = 'P-1'`,
    );
    await expect(insert).rejects.toThrow(/one_operator_at_a_time/);
  });

  it('dates the timetable of a point', async () => {
    const hours = { 1: [420, 1320] };
    expect((await ask('POST', '/api/v1/points/P-2/hours', { hours, validFrom: '2026-01-01' })).status).toBe(204);
    expect((await ask('POST', '/api/v1/points/P-2/hours', { hours: {}, validFrom: '2099-01-01' })).status).toBe(204);
    expect((await ask('GET', '/api/v1/points/P-2')).body.hours).toEqual(hours);
    expect(
      (await ask('POST', '/api/v1/points/P-2/hours', { hours: { 7: [0, 1] }, validFrom: '2026-01-01' })).status,
    ).toBe(400);
  });

  it('moves a device: records go by the point of their own time', async () => {
    const admin = await api.as('administrator');
    await admin('POST', '/api/v1/devices', { deviceId: 'hh-move', kind: 'handheld', point: 'P-1' });
    const move = (point: string, from: string): ReturnType<Ask> =>
      ask('POST', '/api/v1/devices/hh-move/assign', { point, from });
    expect((await move('P-2', '2026-06-01')).status).toBe(204);
    expect((await move('P-9', '2026-07-01')).body.error.field).toBe('point');
    expect((await move('P-1', '2026-05-01')).status).toBe(409);
    expect(await periods('devices/hh-move/assignments', 'point')).toEqual([
      ['P-1', null, '2026-05-31T17:00:00.000Z'],
      ['P-2', '2026-05-31T17:00:00.000Z', null],
    ]);
    expect((await ask('GET', '/api/v1/devices/hh-move')).body.point).toBe('P-2');
  });

  it('a withdrawn badge ends the assignments', async () => {
    const assign = (point: string): ReturnType<Ask> =>
      ask('POST', '/api/v1/assignments', { attendant: 'JP-1', point, validFrom: '2026-01-01' });
    expect((await assign('P-1')).status).toBe(201);
    expect((await assign('P-1')).status).toBe(409);
    expect((await assign('P-2')).status).toBe(201);
    expect((await ask('GET', '/api/v1/attendants/JP-1')).body.points).toEqual(['P-1', 'P-2']);
    expect((await ask('PATCH', '/api/v1/attendants/JP-1', { status: 'withdrawn' })).body.points).toEqual([]);
    expect((await assign('P-1')).status).toBe(409);
  });

  it('a contract shares everything out', async () => {
    const contract = {
      number: 'PKS-1',
      operator: 'OPR-1',
      cityShareBp: 4000,
      attendantShareBp: 2000,
      validFrom: '2026-01-01',
    };
    const short = await ask('POST', '/api/v1/contracts', { ...contract, operatorShareBp: 3999 });
    expect([short.status, short.body.error.field]).toEqual([400, 'operatorShareBp']);
    const whole = { ...contract, operatorShareBp: 4000, dailyMinimumDeposit: 8_499_050 };
    expect((await ask('POST', '/api/v1/contracts', whole)).status).toBe(201);
    expect((await ask('POST', '/api/v1/contracts', whole)).status).toBe(409);
    expect((await ask('GET', '/api/v1/contracts')).body.rows[0]).toMatchObject({
      dailyMinimumDeposit: 8_499_050,
      securityDeposit: 0,
    });
  });

  it('keeps no plate of a subscription, but finds it', async () => {
    const subscription = { plate: 'BK 1234 AB', vehicleClass: 'car', validFrom: '2026-01-01', validTo: '2027-01-01' };
    expect((await ask('POST', '/api/v1/subscriptions', subscription)).status).toBe(201);
    expect((await ask('POST', '/api/v1/subscriptions', { ...subscription, plate: 'bk1234ab' })).status).toBe(409);
    const found = await ask('POST', '/api/v1/subscriptions/search', { plate: 'BK-1234-AB' });
    expect(found.body).toMatchObject({ total: 1, rows: [{ vehicleClass: 'car' }] });
    expect((await ask('POST', '/api/v1/subscriptions/search', { plate: 'BK 9 X' })).body.total).toBe(0);
    const stored = await api.database.query<{ text: string }>(
      `SELECT s::text AS text FROM subscriptions s UNION ALL SELECT a::text FROM audit_log a`,
    );
    expect(stored.map((row) => row.text).join()).not.toMatch(/1234/);
  });

  it('tells in the audit log who did what, in the order in which it was done', async () => {
    const auditor = await api.as('auditor');
    const { body } = await auditor('GET', '/api/v1/audit-log?action=tariff&limit=1000');
    const done = body.rows.map((row: { action: string; subject: string }) => `${row.action} ${row.subject}`).reverse();
    expect(done).toEqual([
      'tariff.create old',
      'tariff.create new',
      'tariff.create next',
      'tariff.create class-i',
      'tariff.create point',
      'tariff.create bounded',
      'tariff.withdraw next',
      'tariff.end new',
    ]);
    expect(body.rows[0]).toMatchObject({ actor: expect.stringMatching(/^revenue-officer-/), address: '127.0.0.1' });
  });
});
