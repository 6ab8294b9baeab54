import { randomBytes } from 'node:crypto';
import { journalKeyContext, Sealer, secretHash } from '@app/registry';
import { createTestDatabase, type TestDatabase } from '../../../testing/src/index.js';
import { openDatabase, type Database } from '../database.js';
import { write } from '../writes.js';
import { reprovisionDemoCity, seedDemoCity, type DemoTerminal } from './seed-demo-city.js';

/** Real: PostgreSQL. */
describe('seeding the demo city', () => {
  const actor = { username: 'setup', address: '' };
  const sealer = new Sealer([randomBytes(32)]);
  let test: TestDatabase;
  let database: Database;
  let terminals: DemoTerminal[];

  beforeAll(async () => {
    test = await createTestDatabase();
    database = openDatabase({ url: test.url });
    terminals = (await write(database, actor, (tx) => seedDemoCity(tx, sealer)))!;
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await test.drop();
  }, 60_000);

  it('fills an empty registry: every point with hours, tariffs, attendants and a terminal', async () => {
    const [counts] = await database.query<Record<string, number>>(`SELECT
      (SELECT count(*) FROM points WHERE coordinates_source = 'illustrative') AS points,
      (SELECT count(DISTINCT point_id) FROM point_hours) AS hours,
      (SELECT count(DISTINCT point_id) FROM attendant_assignments WHERE valid_to IS NULL) AS attended,
      (SELECT count(DISTINCT point_id) FROM device_assignments) AS equipped,
      (SELECT count(*) FROM devices) AS devices,
      (SELECT count(*) FROM tariffs) AS tariffs`);
    expect(counts).toMatchObject({ points: 152, hours: 152, attended: 152, equipped: 152, devices: terminals.length });
    expect(counts!['tariffs']).toBe(11);
  });

  it('dates tariffs by the days of Jakarta', async () => {
    const rows = await database.query<{ from: number }>(
      `SELECT valid_from AS "from" FROM tariffs WHERE code = 'perwal9-2026-car'`,
    );
    expect(new Date(rows[0]!.from).toISOString()).toBe('2026-02-24T17:00:00.000Z');
  });

  it('gives the simulator credentials that the gateway will accept', async () => {
    const rows = await epochsByDevice(database);
    for (const terminal of terminals) {
      const row = rows.get(terminal.deviceId)!;
      expect(row.epoch).toBe(terminal.epoch);
      expect(row.hash).toEqual(secretHash(terminal.mqttPassword));
      const key = sealer.open(row.sealed, journalKeyContext(terminal.deviceId, terminal.epoch));
      expect(key.toString('base64url')).toBe(terminal.journalKey);
    }
  });

  it('does nothing to a registry that holds points', async () => {
    const again = await write(database, actor, async (tx) => {
      await tx.audit('test', 'city');
      return seedDemoCity(tx, sealer);
    });
    expect(again).toBeUndefined();
  });

  it('gives new credentials, in a new epoch, when those of the terminals got lost', async () => {
    const fresh = (await write(database, actor, (tx) => reprovisionDemoCity(tx, sealer)))!;
    expect(fresh.map((terminal) => [terminal.deviceId, terminal.epoch])).toEqual(
      terminals.map((terminal) => [terminal.deviceId, 2]),
    );
    const rows = await epochsByDevice(database);
    for (const terminal of fresh) expect(rows.get(terminal.deviceId)!.hash).toEqual(secretHash(terminal.mqttPassword));
  }, 60_000);
});

/** The newest epoch of every device. */
async function epochsByDevice(
  database: Database,
): Promise<Map<string, { epoch: number; hash: Buffer; sealed: Buffer }>> {
  const rows = await database.query<{ deviceId: string; epoch: number; hash: Buffer; sealed: Buffer }>(
    `SELECT d.device_id AS "deviceId", e.epoch, e.password_hash AS hash, e.journal_key_sealed AS sealed
     FROM device_epochs e JOIN devices d ON d.device_no = e.device_no AND d.epoch = e.epoch`,
  );
  return new Map(rows.map((row) => [row.deviceId, row]));
}
