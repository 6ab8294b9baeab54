// Real: PostgreSQL; the journal is written by JournalWriter as the gateway does; the clock is set by the test.
import { TEST_NOON, TestCity, testRun } from '@app/testing';
import { GapAgeing } from './gap-ageing.js';

const MINUTE_MS = 60_000;
let city: TestCity;
let job: GapAgeing;

beforeEach(async () => {
  city = await TestCity.create();
  job = new GapAgeing(city.core());
});
afterEach(() => city.close());

/** A device that is connected, of which these sequence numbers have come. */
async function deviceWith(numbers: readonly number[]) {
  const device = await city.device();
  const records = Array.from({ length: Math.max(...numbers) }, () => device.terminal.payment());
  await city.journal(device.deviceNo, ...numbers.map((seq) => records[seq - 1]!));
  await city.connect(device.deviceNo);
  return { ...device, records };
}

async function requests(): Promise<{ args: object; expiresInMs: number }[]> {
  const rows = await city.database.query<{ args: object; expires_at: number }>(
    "SELECT args, expires_at FROM device_commands WHERE name = 'resend' ORDER BY created_at, (args ->> 'from')::bigint",
  );
  return rows.map(({ args, expires_at }) => ({ args, expiresInMs: expires_at - city.clock.now() }));
}

async function at(ms: number): Promise<void> {
  city.clock.set(TEST_NOON + ms);
  await city.heartbeat();
}

describe('gap ageing', () => {
  it('asks for a gap once it is a minute old, and again with growing pauses', async () => {
    await deviceWith([1, 4]);
    await at(MINUTE_MS - 1);
    expect(await job.run({}, testRun)).toMatchObject({ asked: 0 });
    await at(MINUTE_MS);
    expect(await job.run({}, testRun)).toMatchObject({ asked: 1 });
    expect(await requests()).toEqual([{ args: { epoch: 1, from: 2, to: 3 }, expiresInMs: 2 * MINUTE_MS }]);
    const askedAtMinutes = [];
    for (let minute = 2; minute <= 70; minute++) {
      await at(minute * MINUTE_MS);
      if ((await job.run({}, testRun))['asked']) askedAtMinutes.push(minute);
    }
    expect(askedAtMinutes).toEqual([3, 7, 15, 31, 63]);
  });

  it('asks at once for a gap that a gateway whose clock is ahead has opened, and then as usual', async () => {
    await deviceWith([1, 4]);
    await at(-60 * MINUTE_MS); // What all others call now.
    expect(await job.run({}, testRun)).toMatchObject({ asked: 1 });
    expect(await job.run({}, testRun)).toMatchObject({ asked: 0 });
  });

  it('asks once, however many workers look at the same instant', async () => {
    await deviceWith([1, ...Array.from({ length: 30 }, (_, i) => 4 + i), 60]);
    await at(MINUTE_MS);
    await Promise.all(Array.from({ length: 4 }, () => new GapAgeing(city.core()).run({}, testRun)));
    expect((await requests()).map(({ args }) => args)).toEqual([
      { epoch: 1, from: 2, to: 3 },
      { epoch: 1, from: 34, to: 59 },
    ]);
  });

  it('does not ask a device that is away, whose gateway died, or that was revoked; asks when it is back', async () => {
    const { deviceNo } = await deviceWith([1, 4]);
    city.clock.set(TEST_NOON + 5 * MINUTE_MS); // The gateway's heartbeat is five minutes old.
    expect(await job.run({}, testRun)).toMatchObject({ asked: 0 });
    await city.heartbeat();
    await city.database.query("UPDATE devices SET status = 'revoked'");
    expect(await job.run({}, testRun)).toMatchObject({ asked: 0 });
    await city.database.query("UPDATE devices SET status = 'active'");
    await city.database.query('UPDATE device_presence SET gateway_id = NULL');
    expect(await job.run({}, testRun)).toMatchObject({ asked: 0 });
    await city.connect(deviceNo);
    expect(await job.run({}, testRun)).toMatchObject({ asked: 1 });
  });

  it('goes on with a long gap as soon as the part asked for has come, without a pause', async () => {
    const device = await city.device();
    const first = device.terminal.payment();
    const missing = Array.from({ length: 1_500 }, () => device.terminal.record('boot', { reason: 'r', firmware: 'f' }));
    const last = device.terminal.payment();
    await city.journal(device.deviceNo, first, last);
    await city.connect(device.deviceNo);
    await at(MINUTE_MS);
    await job.run({}, testRun);
    for (let i = 0; i < 1_000; i += 100) await city.journal(device.deviceNo, missing.slice(i, i + 100));
    expect(await job.run({}, testRun)).toMatchObject({ asked: 1 });
    expect(await job.run({}, testRun)).toMatchObject({ asked: 0 });
    expect((await requests()).map(({ args }) => args)).toEqual([
      { epoch: 1, from: 2, to: 1001 },
      { epoch: 1, from: 1002, to: 1501 },
    ]);
  });

  it('makes a finding and an alarm of a gap that stays for a day, present or not, and clears them when it closes', async () => {
    const { deviceNo, records } = await deviceWith([1, 5]);
    await city.database.query('DELETE FROM device_presence');
    await at(24 * 60 * MINUTE_MS - 1);
    expect(await job.run({}, testRun)).toMatchObject({ found: 0 });
    await at(24 * 60 * MINUTE_MS);
    expect(await job.run({}, testRun)).toMatchObject({ found: 1 });
    expect(await job.run({}, testRun)).toMatchObject({ found: 0 });
    const findings = () =>
      city.database.query(
        "SELECT key, device_no, epoch, seq, detail ->> 'to' AS to, cleared_at FROM findings WHERE pattern = 'sequence-gap'",
      );
    const finding = { key: `sequence-gap:${deviceNo}:1:2`, device_no: deviceNo, epoch: 1, seq: 2, to: '4' };
    expect(await findings()).toEqual([{ ...finding, cleared_at: null }]);
    expect(await city.alarms()).toEqual([`sequence-gap:${deviceNo}`]);

    await city.journal(deviceNo, records[2]!);
    expect(await job.run({}, testRun)).toMatchObject({ found: 0, cleared: 0 });
    await city.journal(deviceNo, records[1]!, records[3]!);
    expect(await job.run({}, testRun)).toMatchObject({ found: 0, cleared: 1 });
    expect(await findings()).toEqual([{ ...finding, cleared_at: city.clock.now() }]);
    expect(await city.alarms()).toEqual([]);
  });
});
