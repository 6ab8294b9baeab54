// Real: PostgreSQL; the journal is written by JournalWriter as the gateway does; the clock is set by the test.
import { ledgerFaults, relayOutbox } from '@app/persistence';
import { TEST_NOON, TestCity } from '@app/testing';
import type { ChangedDay } from '../job-types.js';
import { IncomeWatch } from '../income-watch.js';
import type { WorkerCore } from '../worker-core.js';
import { DayChanged } from './day-changed.js';
import { IncomeCheck } from './income-check.js';

const DAY_MS = 86_400_000;
let city: TestCity;
let core: WorkerCore;
let watch: IncomeWatch;
let device: Awaited<ReturnType<TestCity['device']>>;

beforeEach(async () => {
  city = await TestCity.create();
  core = city.core({ EPARKING_INCOME_CHECK_SAMPLE: '1000000' });
  watch = new IncomeWatch(core);
  device = await city.device();
  for (const daysAgo of [0, 1, 2])
    await city.journal(device.deviceNo, device.terminal.payment({}, TEST_NOON - daysAgo * DAY_MS));
});
afterEach(() => city.close());

const spoil = (date: string) =>
  city.database.query('UPDATE income_days SET amount = amount - 1 WHERE business_date = $1', [date]);
const mend = () => city.database.query('UPDATE income_days SET amount = 4000');
const alarmOf = (date: string) => `income-mismatch:${device.pointId}:${date}`;

describe('the nightly income check', () => {
  it('opens a critical alarm for each point and day that differs, and clears it once it is right', async () => {
    const check = new IncomeCheck(core, watch);
    expect(await check.run()).toEqual({ wrong: 0 });
    await spoil('2026-11-20');
    await spoil('2026-11-19');
    expect(await check.run()).toEqual({ wrong: 2 });
    expect(await city.alarms()).toEqual([alarmOf('2026-11-19'), alarmOf('2026-11-20')]);
    const [alarm] = await city.database.query('SELECT severity, detail FROM alarms ORDER BY key');
    expect(alarm).toMatchObject({
      severity: 'critical',
      detail: { businessDate: '2026-11-19', rows: 1, first: [{ table: 'income_days', rollUp: { amount: 3999 } }] },
    });
    expect(await core.metrics.getSingleMetricAsString('eparking_income_mismatches_total')).toMatch(/ 2$/);
    await mend();
    expect(await check.run()).toEqual({ wrong: 0 });
    expect(await city.alarms()).toEqual([]);
  });
});

describe('the look at a day that changed', () => {
  it('always checks a past day, and leaves the alarms of other days alone', async () => {
    const job = new DayChanged(core, watch);
    await spoil('2026-11-19');
    await spoil('2026-11-18');
    await watch.check({ from: '2026-11-19', to: '2026-11-19' });
    const changed = { pointId: device.pointId, businessDate: '2026-11-18' };
    expect(await job.run(changed)).toEqual({ checked: 1, wrong: 1 });
    expect(await city.alarms()).toEqual([alarmOf('2026-11-18'), alarmOf('2026-11-19')]);
    await mend();
    expect(await job.run(changed)).toEqual({ checked: 1, wrong: 0 });
    expect(await city.alarms()).toEqual([alarmOf('2026-11-19')]);
  });

  it('checks the running days by sample', async () => {
    const changed = { pointId: device.pointId, businessDate: '2026-11-20' };
    expect(await new DayChanged(core, watch).run(changed)).toEqual({ checked: 0 });
    const always = city.core({ EPARKING_INCOME_CHECK_SAMPLE: '1' });
    expect(await new DayChanged(always, watch).run(changed)).toEqual({ checked: 1, wrong: 0 });
  });

  it('waits for its posting from the moment in which it leaves the outbox, not only from its job on', async () => {
    const job = new DayChanged(core, watch);
    const faults = async () => (await ledgerFaults(city.database, '2026-11-21', 10)).length;
    expect(await faults()).toBe(0);
    await relayOutbox(city.database, [job.topic], 100, async (entries, sql) => {
      await job.noted(
        sql,
        entries.map(({ payload }) => payload as unknown as ChangedDay),
      );
    });
    expect(await city.database.query('SELECT 1 FROM outbox')).toEqual([]);
    expect(await faults()).toBe(0);
    await city.database.query('DELETE FROM book_work');
    expect(await faults()).toBe(3);
  });
});
