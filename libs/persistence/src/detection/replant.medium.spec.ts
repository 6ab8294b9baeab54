// Real: PostgreSQL; the journal is written by JournalWriter as the gateway does; the clock is set by the test.
import { addDays, businessDateOf, DAY_MS, HOUR_MS } from '@app/kernel';
import { TEST_NOON, TestCity } from '@app/testing';
import { DayAssessor } from './assess-days.js';
import { detectorQuality } from './quality.js';
import { replantIfDue } from './replant.js';

const DAYS = 29;
const TODAY = businessDateOf(TEST_NOON);

let city: TestCity;
beforeAll(async () => {
  city = await TestCity.create();
  const { deviceNo, terminal } = await city.device();
  for (let back = DAYS; back > 0; back--)
    for (let i = 0; i < 3; i++)
      await city.journal(
        deviceNo,
        terminal.payment({ attendant: 'att-9', shift: `s${back}` }, TEST_NOON - back * DAY_MS + i * HOUR_MS),
      );
});
afterAll(() => city.close());

async function assess(days: number): Promise<void> {
  const assessor = new DayAssessor(city.database);
  for (let n = 0; n < days; n++) await assessor.next({ nowMs: TEST_NOON, afterMs: HOUR_MS, restMs: 0 });
}
const replant = () =>
  replantIfDue(city.database, {
    nowMs: TEST_NOON,
    signal: new AbortController().signal,
    between: () => Promise.resolve(),
  });

describe('the month’s measurement of the detector', () => {
  it('waits for 29 days, is made once, is kept by month, and leaves suspicions and memory alone', async () => {
    await assess(DAYS - 1);
    expect(await replant()).toBeNull();
    await assess(1);
    const memory = () => city.database.query('SELECT business_date, hash FROM detector_states ORDER BY 1');
    const before = await memory();
    const done = await replant();
    expect(done).toMatchObject({ days: DAYS });
    expect(done!.planted).toBeGreaterThan(0);
    expect(await replant()).toBeNull();
    expect(await memory()).toEqual(before);
    expect(await city.database.query('SELECT FROM suspicions')).toEqual([]);
    const { months, recall } = await detectorQuality(city.database, { from: addDays(TODAY, -27), to: TODAY });
    expect(months).toMatchObject([{ from: addDays(TODAY, -DAYS), to: addDays(TODAY, -1), planted: done!.planted }]);
    expect(months[0]!.month).toBe(addDays(TODAY, -1).slice(0, 7));
    expect(recall).toEqual(months[0]!.recall);
    await expect(city.database.query('DELETE FROM detector_replants')).rejects.toThrow('append-only');
  });
});
