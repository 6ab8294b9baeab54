import { answerReprocessRequests, JournalWriter, listen, REPROCESS_CHANNEL, type Listener } from '@app/persistence';
import { seedEpoch, TestTerminal } from '@app/testing';
import { startTestApi, type Answer, type Ask, type TestApi } from '../../../../libs/testing/src/admin-api.js';

const NOW = Date.parse('2026-11-20T03:00:00Z');

/** Real: HTTP on a port, PostgreSQL, the gateway's way into the journal. */
describe('a device in service', () => {
  let api: TestApi;
  let ask: Ask;
  let terminal: TestTerminal;
  let deviceNo: number;
  let writer: JournalWriter;
  let gateway: Listener;

  beforeAll(async () => {
    api = await startTestApi();
    ask = await api.as('administrator');
    await ask('POST', '/api/v1/points', { code: 'P-1', name: 'Point' });
    await ask('POST', '/api/v1/tariffs', { code: 'CAR', vehicleClass: 'car', amount: 4000, validFrom: '2020-01-01' });
    const { body } = await ask('POST', '/api/v1/devices', { deviceId: 'hh-0001', kind: 'handheld', point: 'P-1' });
    terminal = new TestTerminal('hh-0001', Buffer.from(body.journalKey, 'base64url'), 1, NOW);
    const [row] = await api.database.query<{ no: number }>('SELECT device_no AS no FROM devices');
    deviceNo = row!.no;
    writer = new JournalWriter(api.database, api.sealer, {
      clockAheadMsMax: 300_000,
      clockBehindMsMax: 60 * 86_400_000,
    });
    gateway = await standInGateway();
  });
  afterAll(async () => {
    await gateway.close();
    await api.close();
  });

  /** Takes quarantined bytes again as a gateway does. */
  const standInGateway = (): Promise<Listener> =>
    new Promise((resolve) => {
      const listener = listen({
        url: api.databaseUrl,
        channels: [REPROCESS_CHANNEL],
        onNotify: () => void answerReprocessRequests(api.database, writer, NOW),
        onListening: () => resolve(listener),
      });
    });

  const send = (payload: string | object): Promise<unknown> => {
    const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
    return writer.write([{ deviceNo, topic: 'eparking/v1/hh-0001/journal', payload: bytes, receivedAt: NOW }]);
  };
  const get = (path: string): Promise<Answer> => ask('GET', `/api/v1/${path}`);
  const seqs = async (query: string): Promise<number[]> =>
    (await get(`devices/hh-0001/journal${query}`)).body.rows.map((row: { seq: number }) => row.seq);

  it('is told to lock, to unlock, to show a text, to send again', async () => {
    const command = async (name: string, body?: object): Promise<unknown> =>
      (await ask('POST', `/api/v1/devices/hh-0001/${name}`, body)).body.id;
    const ids = [
      await command('lock', { reason: 'Under repair' }),
      await command('message', { text: 'Selamat pagi' }),
      await command('resend', { epoch: 1, from: 3, to: 4 }),
      await command('sync-config'),
    ];
    expect((await get('devices/hh-0001')).body.locked).toBe(true);
    ids.push(await command('unlock'));
    expect((await get('devices/hh-0001')).body.locked).toBe(false);
    const { rows } = (await get('devices/hh-0001/commands')).body;
    expect(new Set(rows.map((row: { id: string }) => row.id))).toEqual(new Set(ids));
    expect(rows.find((row: { name: string }) => row.name === 'lock')).toMatchObject({
      args: { reason: 'Under repair' },
      sentAt: null,
      answeredAt: null,
    });
    expect((await ask('POST', '/api/v1/devices/hh-0001/message', {})).body.error.field).toBe('text');
    expect((await ask('POST', '/api/v1/devices/hh-0001/resend', { epoch: 1, from: 4, to: 3 })).body.error.field).toBe(
      'to',
    );
  });

  it('shows its journal by type, day, flag and number, and each record whole', async () => {
    const paid = terminal.payment();
    const wrong = terminal.payment({ amount: 9000 }, NOW - 86_400_000);
    await send([paid, wrong, terminal.record('void', { voids: 1, reason: 'mistake' }), terminal.payment()]);
    expect(await seqs('')).toEqual([4, 3, 2, 1]);
    expect(await seqs('?type=payment')).toEqual([4, 2, 1]);
    expect(await seqs('?from=2026-11-19&to=2026-11-19')).toEqual([2]);
    expect(await seqs('?flag=wrong-tariff')).toEqual([2]);
    expect(await seqs('?fromSeq=2&toSeq=3')).toEqual([3, 2]);
    const record = await get('devices/hh-0001/journal/1/1');
    expect(record.body).toMatchObject({
      seq: 1,
      point: 'P-1',
      amount: 4000,
      voided: true,
      record: paid,
      conflicts: [],
    });
    expect((await get('devices/hh-0001/journal/1/2')).body.flags).toEqual(['wrong-tariff']);
    expect((await get('devices/hh-0001/journal/1/9')).status).toBe(404);
    expect((await get('devices/hh-0001/journal/1/x')).body.error.field).toBe('seq');
  });

  it('shows the other content of a conflict beside the one that counts', async () => {
    const other = terminal.sign({ ...terminal.payment({ amount: 1 }), seq: 4 });
    terminal.seq--;
    await send(other);
    const { body } = await get('devices/hh-0001/journal/1/4');
    expect(body.amount).toBe(4000);
    expect(body.conflicts).toEqual([other]);
    expect((await get('findings?pattern=record-conflict')).body.rows).toMatchObject([
      { deviceId: 'hh-0001', epoch: 1, seq: 4 },
    ]);
  });

  it('quarantine shows what came byte for byte, once', async () => {
    const garbage = '{"v":1,"surprise":"=1+1"';
    await send(garbage);
    await send(garbage);
    const { body } = await get('quarantine?deviceId=hh-0001&code=bad-json');
    expect(body).toMatchObject({
      total: 1,
      rows: [{ deviceId: 'hh-0001', code: 'bad-json', size: 24, times: 2, preview: garbage }],
    });
    const { id, topic } = body.rows[0];
    expect(topic).toBe('eparking/v1/hh-0001/journal');
    expect((await get(`quarantine/${id}/bytes`)).body).toBe(garbage);
    const again = await ask('POST', `/api/v1/quarantine/${id}/reprocess`);
    expect([again.status, again.body.error.remedy]).toEqual([409, 'Mend the cause first.']);
    expect((await get('quarantine?code=unknown')).body.error.field).toBe('code');
    expect((await get('quarantine/999999')).status).toBe(404);
  });

  it('quarantined bytes go through the gateway again once their cause is mended, and count', async () => {
    terminal.rotate();
    await send(terminal.payment());
    const { rows } = (await get('quarantine?code=unknown-epoch')).body;
    await seedEpoch(api.database, api.sealer, terminal, deviceNo);
    const path = `/api/v1/quarantine/${rows[0].id}/reprocess`;
    const done = await ask('POST', path);
    expect([done.status, done.body]).toEqual([200, { results: [{ seq: 1, outcome: 'accepted', code: null }] }]);
    expect((await ask('POST', path)).status).toBe(409);
    expect((await get(`quarantine/${rows[0].id}`)).body).toMatchObject({ outcome: 'accepted' });
    expect((await get('devices/hh-0001')).body).toMatchObject({ epoch: 2, contiguous: 1 });
    const income = await get('income?from=2026-11-20&to=2026-11-20&groupBy=point');
    expect(income.body.total).toMatchObject({ count: 2, amount: 8000 });
    const audit = await get('audit-log?action=quarantine.reprocess');
    expect(audit.body.rows.some((row: { subject: string }) => row.subject === String(rows[0].id))).toBe(true);
  });

  it('alarms are acknowledged and cleared', async () => {
    await api.database.query(`INSERT INTO alarms (key, kind, severity, device_no, opened_at, last_at)
      SELECT 'test', 'device-late', 'minor', device_no, now(), now() FROM devices`);
    const find = async (): Promise<Record<string, unknown>> => (await get('alarms?kind=device-late')).body.rows[0];
    const alarm = await find();
    expect((await ask('POST', `/api/v1/alarms/${alarm['id']}/acknowledge`)).status).toBe(204);
    expect(await find()).toMatchObject({ acknowledgedBy: expect.stringMatching(/^administrator-/), clearedAt: null });
    expect((await ask('POST', `/api/v1/alarms/${alarm['id']}/clear`)).status).toBe(204);
    expect((await ask('POST', `/api/v1/alarms/${alarm['id']}/clear`)).status).toBe(409);
    expect((await get('alarms?kind=device-late&open=true')).body.total).toBe(0);
    expect((await get('alarms?open=perhaps')).body.error.field).toBe('open');
  });

  it('a revoked device takes no commands', async () => {
    await ask('POST', '/api/v1/devices/hh-0001/revoke');
    expect((await ask('POST', '/api/v1/devices/hh-0001/lock')).status).toBe(409);
  });

  it('refuses U+0000, which no text in the database can hold', async () => {
    const answers = [
      await ask('POST', '/api/v1/points', { code: 'P-2', name: 'a\u0000b' }),
      await get('points?search=%00'),
      await get('devices/%00'),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([400, 400, 400]);
  });
});
