import { randomUUID } from 'node:crypto';
import { secretHash } from '@app/registry';
import { createTestDatabase, eventually, type TestDatabase } from '@app/testing';
import {
  answerCommand,
  beatGateway,
  enqueueCommand,
  findSignInFacts,
  HELD_CHANNEL,
  listen,
  loadConfigFacts,
  markCommandsSent,
  openDatabase,
  pendingCommands,
  retireGateway,
  writeConnections,
  writeHeard,
  type Database,
  type Listener,
} from '../index.js';

let server: TestDatabase;
let database: Database;
let listener: Listener;
const heard: string[] = [];

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase({ url: server.url });
  let listening = false;
  listener = listen({
    url: server.url,
    channels: ['eparking_commands', 'eparking_devices', HELD_CHANNEL],
    onNotify: (channel, payload) => heard.push(`${channel} ${payload}`),
    onListening: () => (listening = true),
  });
  await eventually(() => expect(listening).toBe(true));
  await database.query(`INSERT INTO points (code, name, street) VALUES ('MDN-001', 'One', 'Jl. Satu'),
    ('MDN-002', 'Two', 'Jl. Dua')`);
});
afterAll(async () => {
  await listener.close();
  await database.close();
  await server.drop();
});

/** A device with these assignments in order: point id and the days from now at which each begins and ends the one before. */
async function device(deviceId: string, ...assignments: [pointId: number, daysFromNow: number][]): Promise<number> {
  const [row] = await database.query<{ device_no: number }>(
    `INSERT INTO devices (device_id, kind) VALUES ($1, 'handheld') RETURNING device_no`,
    [deviceId],
  );
  const deviceNo = row!.device_no;
  await database.query(
    `INSERT INTO device_epochs (device_no, epoch, password_hash, journal_key_sealed) VALUES ($1, 1, $2, '\\x00')`,
    [deviceNo, secretHash('first')],
  );
  for (const [index, [pointId, days]] of assignments.entries())
    await database.query(
      `INSERT INTO device_assignments (device_no, point_id, valid_from, valid_to)
       VALUES ($1, $2, now() + $3 * interval '1 day', now() + $4::float8 * interval '1 day')`,
      [deviceNo, pointId, days, assignments[index + 1]?.[1] ?? null],
    );
  return deviceNo;
}

async function heardSince(before: number, ...expected: string[]): Promise<void> {
  await eventually(() => expect(heard.slice(before).sort()).toEqual(expected.sort()));
}

describe('sign-in facts', () => {
  it('are of the current epoch and of the point to which the device is assigned now', async () => {
    const deviceNo = await device('hh-0001', [1, -10], [2, -1], [1, 5]);
    await database.query(
      `INSERT INTO device_epochs (device_no, epoch, password_hash, journal_key_sealed) VALUES ($1, 2, $2, '\\x00')`,
      [deviceNo, secretHash('second')],
    );
    await database.query('UPDATE devices SET epoch = 2 WHERE device_no = $1', [deviceNo]);
    await device('hh-0002', [1, 3]);
    const facts = await findSignInFacts(database, ['hh-0001', 'hh-0002', 'hh-9999']);
    expect(facts.sort((a, b) => a.deviceNo - b.deviceNo)).toMatchObject([
      { deviceId: 'hh-0001', deviceNo, status: 'active', epoch: 2, pointId: 2, passwordHash: secretHash('second') },
      { deviceId: 'hh-0002', pointId: 1, epoch: 1 },
    ]);
  });

  it('are none of a device that has no point yet', async () => {
    await device('hh-0003');
    expect(await findSignInFacts(database, ['hh-0003'])).toEqual([]);
  });
});

describe('notifications', () => {
  it('tell of every device whose right to be connected changed, and of no other change', async () => {
    const deviceNo = await device('hh-0010', [1, 0]);
    const before = heard.length;
    await database.query('UPDATE devices SET locked = true WHERE device_no = $1', [deviceNo]);
    await database.query(`UPDATE devices SET status = 'revoked' WHERE device_no = $1`, [deviceNo]);
    await heardSince(before, 'eparking_devices hh-0010');
  });
});

describe('presence', () => {
  const [one, two] = [randomUUID(), randomUUID()];
  const row = async (deviceNo: number) =>
    (
      await database.query<Record<string, unknown>>('SELECT * FROM device_presence WHERE device_no = $1', [deviceNo])
    )[0]!;

  it('follows the newest connection: another gateway takes a device over, and the older hears of it', async () => {
    const deviceNo = await device('hh-0020', [1, 0]);
    const change = (connected: boolean, at: number) => [{ deviceNo, deviceId: 'hh-0020', connected, at }];
    const before = heard.length;
    await writeConnections(database, one, change(true, 1_000));
    await writeConnections(database, one, change(true, 2_000));
    await writeConnections(database, two, change(true, 3_000));
    await writeConnections(database, one, change(false, 4_000));
    expect(await row(deviceNo)).toMatchObject({ gateway_id: two, connected_at: 3_000, disconnected_at: null });
    await heardSince(before, `${HELD_CHANNEL} hh-0020 ${two}`);
    await writeConnections(database, two, change(false, 5_000));
    expect(await row(deviceNo)).toMatchObject({ gateway_id: null, disconnected_at: 5_000 });
  });

  it('sees an end though the clock of the gateway was put back since the beginning', async () => {
    const deviceNo = await device('hh-0024', [1, 0]);
    const change = (connected: boolean, at: number) => [{ deviceNo, deviceId: 'hh-0024', connected, at }];
    await writeConnections(database, one, change(true, 7_200_000));
    await writeConnections(database, one, change(false, 60_000));
    expect(await row(deviceNo)).toMatchObject({ gateway_id: null, disconnected_at: 7_200_000 });
    await writeConnections(database, one, change(true, 61_000));
    expect(await row(deviceNo)).toMatchObject({ gateway_id: one, connected_at: 61_000 });
  });

  it('was not heard of in the future, whatever the clock of its gateway says: it can be late in time', async () => {
    const deviceNo = await device('hh-0025', [1, 0]);
    const ahead = Date.now() + 7_200_000;
    const change = (connected: boolean) => [{ deviceNo, deviceId: 'hh-0025', connected, at: ahead }];
    await writeConnections(database, one, change(true));
    await writeHeard(database, [{ deviceNo, heardAt: ahead, journalAt: ahead, telemetry: {}, telemetryAt: ahead }]);
    await writeConnections(database, one, change(false));
    const { connected_at, heard_at, journal_at, telemetry_at, disconnected_at } = await row(deviceNo);
    for (const at of [connected_at, heard_at, journal_at, telemetry_at, disconnected_at])
      expect(Math.abs(Number(at) - Date.now())).toBeLessThan(60_000);
  });

  it('leaves the times in which a device was connected, with the battery as last told', async () => {
    const deviceNo = await device('hh-0023', [1, 0]);
    const change = (connected: boolean, at: number) => [{ deviceNo, deviceId: 'hh-0023', connected, at }];
    await writeConnections(database, one, change(true, 1_000));
    await writeHeard(database, [{ deviceNo, heardAt: 2_000, telemetry: { battery: 12.4 }, telemetryAt: 2_000 }]);
    await writeConnections(database, one, change(false, 3_000));
    await writeConnections(database, one, change(true, 4_000));
    await writeHeard(database, [{ deviceNo, heardAt: 5_000, telemetry: { battery: 1e300 }, telemetryAt: 5_000 }]);
    // The first gateway died without a word.
    await writeConnections(database, two, change(true, 9_000));
    const spells = await database.query(
      'SELECT connected_at AS "from", ended_at AS "to", battery FROM device_spells WHERE device_no = $1 ORDER BY 1',
      [deviceNo],
    );
    expect(spells).toEqual([
      { from: 1_000, to: 3_000, battery: 12 },
      { from: 4_000, to: 5_000, battery: null },
      { from: 9_000, to: null, battery: null },
    ]);
  });

  it('keeps the latest of what was heard, and what was not heard as it was', async () => {
    const deviceNo = await device('hh-0021', [1, 0]);
    await writeHeard(database, [
      { deviceNo, heardAt: 5_000, journalAt: 4_000, telemetry: { battery: 80 }, telemetryAt: 5_000, status: 'online' },
    ]);
    await writeHeard(database, [{ deviceNo, heardAt: 3_000 }]);
    expect(await row(deviceNo)).toMatchObject({
      heard_at: 5_000,
      journal_at: 4_000,
      telemetry: { battery: 80 },
      telemetry_at: 5_000,
      status: 'online',
      gateway_id: null,
    });
  });

  it('ends for all devices of a gateway that ends', async () => {
    const deviceNo = await device('hh-0022', [1, 0]);
    await beatGateway(database, one);
    await beatGateway(database, one);
    await writeConnections(database, one, [{ deviceNo, deviceId: 'hh-0022', connected: true, at: 1_000 }]);
    await retireGateway(database, one, 2_000);
    expect(await row(deviceNo)).toMatchObject({ gateway_id: null, disconnected_at: 2_000 });
    expect(await database.query('SELECT 1 FROM gateway_instances WHERE id = $1', [one])).toEqual([]);
  });
});

describe('commands', () => {
  it('wait for their device in order, are told of at once, and end when they are answered or expired', async () => {
    const deviceNo = await device('hh-0030', [1, 0]);
    const before = heard.length;
    const enqueue = (name: 'lock' | 'message' | 'unlock', args: object, createdAt: number, expiresAt: number) =>
      enqueueCommand(database, { deviceNo, name, args: { ...args }, expiresAt, createdBy: 'admin' }, createdAt);
    const second = await enqueue('message', { text: 'halo' }, 2_000, 100_000);
    const first = await enqueue('lock', {}, 1_000, 100_000);
    await enqueue('unlock', {}, 500, 900);
    await heardSince(before, ...Array.from({ length: 3 }, () => `eparking_commands ${deviceNo}`));
    const pending = async () => pendingCommands(database, [deviceNo], 5_000, 10);
    expect(await pending()).toMatchObject([
      { id: first, name: 'lock', args: {}, expiresAt: 100_000, sentAt: null, sends: 0 },
      { id: second, name: 'message', args: { text: 'halo' } },
    ]);
    await markCommandsSent(database, [first], 6_000);
    expect((await pending())[0]).toMatchObject({ sentAt: 6_000, sends: 1 });
    const answer = { id: first, deviceNo, ok: false, code: 'busy', at: 7_000 };
    expect(await answerCommand(database, { ...answer, deviceNo: deviceNo + 1 })).toBe(false);
    expect(await answerCommand(database, { ...answer, id: 'no uuid' })).toBe(false);
    expect(await answerCommand(database, answer)).toBe(true);
    expect(await answerCommand(database, { ...answer, ok: true })).toBe(false);
    expect(await pending()).toMatchObject([{ id: second }]);
    const [row] = await database.query('SELECT ok, code FROM device_commands WHERE id = $1', [first]);
    expect(row).toEqual({ ok: false, code: 'busy' });
  });
});

describe('configuration facts', () => {
  it('are what is in force now and to come, of each point', async () => {
    const now = Date.parse('2026-11-21T03:00:00Z');
    await database.query(`INSERT INTO tariffs (code, vehicle_class, street_class, amount, valid_from, valid_to) VALUES
      ('OLD', 'car', NULL, 5000, '-infinity', '2026-02-24T17:00:00Z'),
      ('NOW', 'car', NULL, 4000, '2026-02-24T17:00:00Z', NULL),
      ('NEXT', 'car', 'I', 3000, '2026-12-31T17:00:00Z', NULL)`);
    await database.query(`INSERT INTO point_hours (point_id, hours, valid_from, valid_to) VALUES
      (1, '{"1": [0, 60]}', '2026-01-01', '2026-11-21'), (1, '{"1": [420, 1320]}', '2026-11-21', NULL)`);
    await database.query(`INSERT INTO point_street_classes (point_id, street_class, valid_from, valid_to) VALUES
      (1, 'II', '2000-01-01', '2026-11-21'), (1, 'I', '2026-11-21', NULL)`);
    await database.query(`INSERT INTO free_zones (point_id, basis, valid_from, valid_to) VALUES
      (1, 'festival', '2026-12-24T17:00:00Z', '2026-12-26T17:00:00Z'), (1, 'over', '2026-01-01', '2026-02-01')`);
    await database.query(`INSERT INTO attendants (code, name, badge_number, status) VALUES
      ('A-1', 'Amir', 'B1', 'active'), ('A-2', 'Budi', 'B2', 'withdrawn'), ('A-3', 'Citra', 'B3', 'active')`);
    await database.query(`INSERT INTO attendant_assignments (attendant_code, point_id, valid_from, valid_to) VALUES
      ('A-1', 1, '2026-01-01', NULL), ('A-2', 1, '2026-01-01', NULL), ('A-3', 1, '2026-01-01', '2026-02-01')`);
    const facts = await loadConfigFacts(database, now);
    expect(facts.version).toBeGreaterThan(1);
    expect(facts.points.get(1)).toMatchObject({
      code: 'MDN-001',
      street: 'Jl. Satu',
      streetClasses: [{ from: '2026-11-21', to: null, streetClass: 'I' }],
      lat: null,
      hours: { '1': [420, 1320] },
      freeZones: [
        { basis: 'festival', from: Date.parse('2026-12-24T17:00:00Z'), to: Date.parse('2026-12-26T17:00:00Z') },
      ],
      attendants: ['A-1'],
    });
    expect(facts.points.get(2)).toMatchObject({ hours: null, freeZones: [], attendants: [] });
    expect(facts.tariffs).toMatchObject([
      { code: 'NEXT', streetClass: 'I', from: Date.parse('2026-12-31T17:00:00Z'), to: Infinity },
      { code: 'NOW', amount: 4000, rule: null, to: Infinity },
    ]);
  });
});
