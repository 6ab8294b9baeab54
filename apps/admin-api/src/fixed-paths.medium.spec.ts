import { startTestApi, type Ask, type TestApi } from '../../../libs/testing/src/admin-api.js';

/** Real: HTTP on a port, PostgreSQL. The paths of this file are a contract with programs outside. */
describe('the fixed paths of the admin API', () => {
  let api: TestApi;
  let admin: Ask & { username: string; password: string };

  beforeAll(async () => {
    api = await startTestApi();
    admin = await api.as('administrator');
    await admin('POST', '/api/v1/points', { code: 'P-1', name: 'Point one' });
  });
  afterAll(() => api.close());

  it('signs in with user name and password, and answers 401 to everything else', async () => {
    const { username, password } = admin;
    const right = await api.ask('POST', '/api/v1/auth/login', { username, password });
    expect(right.status).toBe(200);
    expect(right.body.accessToken).toMatch(/^[A-Za-z0-9_-]{43}$/);
    for (const wrong of [
      { username, password: 'x' },
      { username: 'nobody', password },
    ]) {
      const answer = await api.ask('POST', '/api/v1/auth/login', wrong);
      expect([answer.status, answer.body.error.code]).toEqual([401, 'wrong-password']);
    }
    expect((await api.ask('GET', '/api/v1/points')).status).toBe(401);
    expect((await api.ask('GET', '/api/v1/points', undefined, { authorization: 'Bearer x' })).status).toBe(401);
  });

  it('registers a point: 201, then 409, and 400 with the field that is wrong', async () => {
    const created = await admin('POST', '/api/v1/points', { code: 'P-2', name: 'Point two' });
    expect([created.status, created.body.code, created.body.name]).toEqual([201, 'P-2', 'Point two']);
    expect((await admin('POST', '/api/v1/points', { code: 'P-2', name: 'Again' })).status).toBe(409);
    const cases: [object, string][] = [
      [{ name: 'No code' }, 'code'],
      [{ code: 'P 3', name: 'Blank in code' }, 'code'],
      [{ code: 'P-3' }, 'name'],
      [{ code: 'P-3', name: 'x', spaces: { bicycle: 3 } }, 'spaces'],
      [{ code: 'P-3', name: 'x', operator: 'nobody' }, 'operator'],
      [{ code: 'P-3', name: 'x', colour: 'red' }, 'colour'],
    ];
    for (const [body, field] of cases) {
      const answer = await admin('POST', '/api/v1/points', body);
      expect([answer.status, answer.body.error.field]).toEqual([400, field]);
    }
    const list = await admin('GET', '/api/v1/points');
    expect(list.body.total).toBe(2);
    expect(list.body.rows.map((row: { code: string }) => row.code)).toEqual(['P-1', 'P-2']);
  });

  it('pages lists: limit 100 unless told, at most 1,000', async () => {
    const page = await admin('GET', '/api/v1/points?limit=1&offset=1');
    expect([page.body.rows.length, page.body.rows[0].code, page.body.total]).toEqual([1, 'P-2', 2]);
    for (const limit of ['0', '1001', 'many', '1.5', '']) {
      const answer = await admin('GET', `/api/v1/points?limit=${limit}`);
      expect([limit, answer.status, answer.body.error?.field]).toEqual([limit, 400, 'limit']);
    }
    expect((await admin('GET', '/api/v1/points?colour=red')).body.error.field).toBe('colour');
  });

  it('registers a device and gives its credentials once', async () => {
    const device = { deviceId: 'hh-0001', kind: 'handheld', point: 'P-1' };
    const created = await admin('POST', '/api/v1/devices', device);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ deviceId: 'hh-0001', epoch: 1 });
    expect(Buffer.from(created.body.journalKey, 'base64url')).toHaveLength(32);
    expect(created.body.mqttPassword.length).toBeGreaterThanOrEqual(32);
    expect((await admin('POST', '/api/v1/devices', device)).status).toBe(409);
    const cases: [object, string][] = [
      [{ ...device, deviceId: 'HH-1' }, 'deviceId'],
      [{ ...device, deviceId: 'hh-0002', kind: 'phone' }, 'kind'],
      [{ ...device, deviceId: 'hh-0002', point: 'P-9' }, 'point'],
      [{ ...device, deviceId: 'hh-0002', publicKey: 'short' }, 'publicKey'],
    ];
    for (const [body, field] of cases) {
      const answer = await admin('POST', '/api/v1/devices', body);
      expect([answer.status, answer.body.error.field]).toEqual([400, field]);
    }
  });

  it('tells of a device: presence, epoch, and what of its journal has come', async () => {
    const { body } = await admin('GET', '/api/v1/devices/hh-0001');
    expect(body).toMatchObject({ presence: 'never', epoch: 1, contiguous: 0, missing: [] });
    expect((await admin('GET', '/api/v1/devices/hh-9999')).status).toBe(404);
  });

  it('judges presence by the connection, what was heard, and the data in operating hours', async () => {
    await admin('POST', '/api/v1/devices', { deviceId: 'hh-seen', kind: 'handheld', point: 'P-1' });
    const presence = async (): Promise<string> => (await admin('GET', '/api/v1/devices/hh-seen')).body.presence;
    const set = (values: string): Promise<unknown> =>
      api.database.query(`UPDATE device_presence SET ${values}
        WHERE device_no = (SELECT device_no FROM devices WHERE device_id = 'hh-seen')`);
    await api.database
      .query(`WITH gateway AS (INSERT INTO gateway_instances (id) VALUES (gen_random_uuid()) RETURNING id)
      INSERT INTO device_presence (device_no, gateway_id, connected_at, heard_at, journal_at)
      SELECT device_no, gateway.id, now(), now(), now() FROM devices, gateway WHERE device_id = 'hh-seen'`);
    expect(await presence()).toBe('online');
    await set(`connected_at = now() - interval '1 day', journal_at = now() - interval '31 minutes'`);
    expect(await presence()).toBe('silent');
    await set(`heard_at = now() - interval '11 minutes'`);
    expect(await presence()).toBe('late');
    await api.database.query(`UPDATE gateway_instances SET heartbeat_at = now() - interval '31 seconds'`);
    expect(await presence()).toBe('offline');
    const { body } = await admin('GET', '/api/v1/devices?search=hh-seen');
    expect(body.rows[0]).toMatchObject({ deviceId: 'hh-seen', presence: 'offline', connected: false });
    expect(body.rows[0]).not.toHaveProperty('hours');
  });

  it('lists devices by their presence, charge, queue, program and gaps', async () => {
    for (const deviceId of ['hh-well', 'hh-weak'])
      await admin('POST', '/api/v1/devices', { deviceId, kind: 'handheld', point: 'P-1' });
    const told = { battery: 12, queued: 3, firmware: '1.4.2' };
    await api.database.query(
      `INSERT INTO device_presence (device_no, connected_at, heard_at, telemetry)
       SELECT device_no, now(), now(), $1 FROM devices WHERE device_id = 'hh-weak'`,
      [told],
    );
    await api.database.query(
      `INSERT INTO journal_gaps (device_no, epoch, from_seq, to_seq, opened_at)
       SELECT device_no, 1, 3, 4, now() FROM devices WHERE device_id = 'hh-weak'`,
    );
    const ids = async (query: string): Promise<string[]> =>
      (await admin('GET', `/api/v1/devices?search=hh-we&${query}`)).body.rows.map(
        ({ deviceId }: { deviceId: string }) => deviceId,
      );
    expect(await ids('presence=never')).toEqual(['hh-well']);
    expect(await ids('presence=offline')).toEqual(['hh-weak']);
    expect(await ids('presence=quiet&sort=-battery')).toEqual(['hh-weak', 'hh-well']);
    for (const query of ['batteryBelow=13', 'queued=true', 'missing=true', 'firmware=1.4.2'])
      expect(await ids(query)).toEqual(['hh-weak']);
    for (const query of ['queued=false', 'missing=false']) expect(await ids(query)).toEqual(['hh-well']);
    expect(await ids('batteryBelow=12')).toEqual([]);
    const { body } = await admin('GET', '/api/v1/devices?search=hh-weak&presence=offline');
    expect(body).toMatchObject({ total: 1, rows: [{ ...told, missingCount: 2 }] });
  });

  it('tells gaps of the current epoch only', async () => {
    const device = { deviceId: 'hh-gaps', kind: 'handheld', point: 'P-1' };
    await admin('POST', '/api/v1/devices', device);
    const gaps = [
      [3, 5],
      [9, 9],
    ] as const;
    await api.database.query(
      `INSERT INTO journal_heads (device_no, epoch, max_seq, tail_mac, last_record_at)
       SELECT device_no, 1, 12, 'm', now() FROM devices WHERE device_id = 'hh-gaps'`,
    );
    for (const [from, to] of gaps)
      await api.database.query(
        `INSERT INTO journal_gaps (device_no, epoch, from_seq, to_seq, opened_at)
         SELECT device_no, 1, $1, $2, now() FROM devices WHERE device_id = 'hh-gaps'`,
        [from, to],
      );
    const before = await admin('GET', '/api/v1/devices/hh-gaps');
    expect(before.body).toMatchObject({ contiguous: 2, missing: gaps, missingCount: 4, maxSeq: 12 });
    await api.database.query('DELETE FROM journal_gaps');
    expect((await admin('GET', '/api/v1/devices/hh-gaps')).body).toMatchObject({ contiguous: 12, missing: [] });
    await admin('POST', '/api/v1/devices/hh-gaps/rotate');
    expect((await admin('GET', '/api/v1/devices/hh-gaps')).body).toMatchObject({
      epoch: 2,
      contiguous: 0,
      missing: [],
    });
  });

  it('rotates: 201 with other secrets and the next epoch, whether a body comes or not', async () => {
    const first = (await admin('POST', '/api/v1/devices', { deviceId: 'hh-rot', kind: 'meter', point: 'P-1' })).body;
    const second = await admin('POST', '/api/v1/devices/hh-rot/rotate');
    const third = await admin('POST', '/api/v1/devices/hh-rot/rotate', {});
    expect([second.status, third.status]).toEqual([201, 201]);
    expect([first.epoch, second.body.epoch, third.body.epoch]).toEqual([1, 2, 3]);
    const secrets = [first, second.body, third.body].flatMap((c) => [c.mqttPassword, c.journalKey]);
    expect(new Set(secrets).size).toBe(6);
    expect((await admin('POST', '/api/v1/devices/hh-none/rotate')).status).toBe(404);
  });

  it('revokes with 204; a revoked device rotates only after it is reinstated', async () => {
    expect((await admin('POST', '/api/v1/devices/hh-rot/revoke')).status).toBe(204);
    expect((await admin('POST', '/api/v1/devices/hh-rot/rotate')).status).toBe(409);
    expect((await admin('POST', '/api/v1/devices/hh-rot/reinstate')).status).toBe(204);
    expect((await admin('POST', '/api/v1/devices/hh-rot/rotate')).status).toBe(201);
    expect((await admin('POST', '/api/v1/devices/hh-none/revoke')).status).toBe(404);
  });

  it('keeps nothing in the database that opens a device', async () => {
    const { body } = await admin('POST', '/api/v1/devices', { deviceId: 'hh-secret', kind: 'meter', point: 'P-1' });
    const dump = await api.database.query<{ row: string }>(
      'SELECT e::text AS row FROM device_epochs e UNION ALL SELECT a::text FROM audit_log a',
    );
    const text = dump.map(({ row }) => row).join('\n');
    const key = Buffer.from(body.journalKey, 'base64url');
    for (const secret of [body.mqttPassword, body.journalKey, key.toString('hex')]) expect(text).not.toContain(secret);
  });

  it('answers health, readiness and metrics without a token', async () => {
    expect((await api.ask('GET', '/health/live')).status).toBe(200);
    expect((await api.ask('GET', '/health/ready')).body).toMatchObject({ ok: true });
    const metrics = await api.ask('GET', '/metrics');
    expect(metrics.body).toMatch(/^http_request_duration_seconds_count\{.*route="\/api\/v1\/points"/m);
  });

  it('answers an unknown path, bad JSON and a body too large in the one form', async () => {
    const unknown = await admin('GET', '/api/v1/nothing');
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'not-found']);
    const json = { 'content-type': 'application/json' };
    const broken = await admin('POST', '/api/v1/points', '{"code":', json);
    expect([broken.status, broken.body.error.code]).toEqual([400, 'bad-request']);
    const large = await admin('POST', '/api/v1/points', JSON.stringify({ name: 'x'.repeat(2_000_000) }), json);
    expect([large.status, large.body.error.code]).toEqual([413, 'too-large']);
  });
});
