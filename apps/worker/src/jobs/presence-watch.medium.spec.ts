// Real: PostgreSQL; the clock is set by the test.
import { TEST_NOON, TestCity } from '@app/testing';
import { PresenceWatch } from './presence-watch.js';

const MINUTE_MS = 60_000;
let city: TestCity;
let job: PresenceWatch;
let device: Awaited<ReturnType<TestCity['device']>>;

beforeEach(async () => {
  city = await TestCity.create();
  job = new PresenceWatch(city.core());
  device = await city.device();
  // Friday 07:00 to 13:00; until the day before it was open around the clock.
  await city.database.query(
    `INSERT INTO point_hours (point_id, hours, valid_from, valid_to) VALUES
       ($1, '{"0":[0,1440],"1":[0,1440],"2":[0,1440],"3":[0,1440],"4":[0,1440],"5":[0,1440],"6":[0,1440]}', '2026-01-01', '2026-11-20'),
       ($1, '{"5":[420,780]}', '2026-11-20', NULL)`,
    [device.pointId],
  );
});
afterEach(() => city.close());

async function at(minutes: number): Promise<void> {
  city.clock.set(TEST_NOON + minutes * MINUTE_MS);
  await city.heartbeat();
  await job.run();
}
async function hear(): Promise<void> {
  await city.database.query('UPDATE device_presence SET heard_at = $1', [new Date(city.clock.now())]);
}

describe('the watch over presence', () => {
  it('says nothing of a device that never came', async () => {
    await at(600);
    expect(await city.alarms()).toEqual([]);
  });

  it('opens an alarm for a device that is heard but records nothing for half an hour, one however often it looks', async () => {
    await city.connect(device.deviceNo);
    city.clock.advance(29 * MINUTE_MS);
    await hear();
    await at(29);
    expect(await city.alarms()).toEqual([]);
    await at(30);
    await at(31);
    expect(await city.alarms()).toEqual([`device-silent:${device.deviceNo}`]);
    await city.database.query('UPDATE device_presence SET journal_at = $1', [new Date(city.clock.now())]);
    await at(32);
    expect(await city.alarms()).toEqual([]);
    const rows = await city.database.query('SELECT key FROM alarms');
    expect(rows).toHaveLength(1);
  });

  it('clears it when the point closes', async () => {
    await city.connect(device.deviceNo);
    city.clock.advance(50 * MINUTE_MS);
    await hear();
    await at(50);
    expect(await city.alarms()).toEqual([`device-silent:${device.deviceNo}`]);
    await at(60);
    expect(await city.alarms()).toEqual([]);
  });

  it('goes from late to away when the connection, or its gateway, is gone', async () => {
    await city.connect(device.deviceNo);
    await at(11);
    expect(await city.alarms()).toEqual([`device-late:${device.deviceNo}`]);
    await city.database.query('DELETE FROM gateway_instances');
    await at(12);
    expect(await city.alarms()).toEqual([`device-offline:${device.deviceNo}`]);
    await city.connect(device.deviceNo);
    await at(13);
    expect(await city.alarms()).toEqual([]);
  });

  it('bears an absence of a moment, and any outside operating hours', async () => {
    await city.connect(device.deviceNo);
    await city.database.query('UPDATE device_presence SET gateway_id = NULL, disconnected_at = $1', [
      new Date(TEST_NOON),
    ]);
    await at(10);
    expect(await city.alarms()).toEqual([]);
    await at(11);
    expect(await city.alarms()).toEqual([`device-offline:${device.deviceNo}`]);
    await at(60);
    expect(await city.alarms()).toEqual([]);
  });

  it('takes a revoked device out of its care', async () => {
    await city.connect(device.deviceNo);
    await at(11);
    await city.database.query("UPDATE devices SET status = 'revoked'");
    await at(12);
    expect(await city.alarms()).toEqual([]);
  });
});
