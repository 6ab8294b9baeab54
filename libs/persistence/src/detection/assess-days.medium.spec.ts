// Real: PostgreSQL; the journal is written by JournalWriter as the gateway does; the clock is set by the test.
import { addDays, businessDateOf, DAY_MS, HOUR_MS, startOfBusinessDay } from '@app/kernel';
import type { Assessment, Suspicion } from '@app/detection';
import { TEST_NOON, TestCity } from '@app/testing';
import { pageOf } from '../lists.js';
import { waterfallReport } from '../money/waterfall.js';
import { moveCase } from '../money/case-store.js';
import { createTariff } from '../registry/tariffs.js';
import { write } from '../writes.js';
import { DayAssessor, type AssessStep } from './assess-days.js';
import { enterFieldCount, reviseFieldCount, takeDeviceCounts } from './field-counts.js';
import { storeSuspicions } from './suspicions.js';
import { expectationsQuery, suspicionsQuery } from './views.js';

const FIRST = addDays(businessDateOf(TEST_NOON), -5);
const dayAt = (n: number): number => TEST_NOON + (n - 5) * DAY_MS;
const options = { nowMs: TEST_NOON, afterMs: 2 * HOUR_MS, restMs: 0 };
const officer = { username: 'ani', address: '' };

let city: TestCity;
let device: Awaited<ReturnType<TestCity['device']>>;

beforeEach(async () => {
  city = await TestCity.create();
  device = await city.device();
  for (let n = 0; n < 5; n++)
    for (let i = 0; i < 3; i++)
      await city.journal(device.deviceNo, device.terminal.payment({}, dayAt(n) + i * HOUR_MS));
});
afterEach(() => city.close());

async function assessAll(assessor = new DayAssessor(city.database), nowMs = TEST_NOON): Promise<string[]> {
  const days: string[] = [];
  for (;;) {
    const step: AssessStep = await assessor.next({ ...options, nowMs });
    if (step.kind !== 'done') return days;
    days.push(`${step.day.businessDate} v${step.day.version}`);
  }
}

const versions = (version: number, from = 0) =>
  Array.from({ length: 5 - from }, (_, n) => `${addDays(FIRST, from + n)} v${version}`);
const runs = () =>
  city.database.query<{ day: string; input: string; state: string }>(
    `SELECT business_date AS day, input_hash AS input, state_hash AS state FROM detection_runs ORDER BY 1, version`,
  );

describe('the assessment of days', () => {
  it('takes every day that is over, in order, once', async () => {
    expect(await assessAll()).toEqual(versions(1));
    expect(await assessAll()).toEqual([]);
    const { rows } = await pageOf(city.database, expectationsQuery({ by: 'day', from: FIRST }, {}), {
      limit: 10,
      offset: 0,
    });
    expect(rows.map(({ date, recorded }) => [date, recorded])).toEqual(
      [4, 3, 2, 1, 0].map((n) => [addDays(FIRST, n), 3]),
    );
  });

  it('does no day twice when several workers are at it, and goes on in another process where one stopped', async () => {
    const workers = Array.from({ length: 4 }, () => new DayAssessor(city.database));
    const done = (await Promise.all(workers.map((worker) => assessAll(worker)))).flat();
    done.push(...(await assessAll()));
    expect(done.sort()).toEqual(versions(1));
  });

  it('leaves nothing of a day in which it was killed, and makes the same of it the next time', async () => {
    expect(await assessAll()).toEqual(versions(1));
    const before = await runs();
    await city.database.query(
      `CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'killed'; END $$`,
    );
    await city.database.query('CREATE TRIGGER die BEFORE INSERT ON detector_states EXECUTE FUNCTION die()');
    await city.database.query('DELETE FROM detector_states');
    await expect(assessAll()).rejects.toThrow('killed');
    expect(await runs()).toEqual(before);
    await city.database.query('DROP TRIGGER die ON detector_states');
    expect(await assessAll()).toEqual(versions(2));
    const after = await runs();
    const same = after.filter((_, i) => i % 2 === 0).map((run, i) => [run, after[2 * i + 1]]);
    for (const [first, again] of same) expect(again).toEqual(first);
  });

  it('assesses anew from a day into which records came late, as a new version, and leaves the days before', async () => {
    await assessAll();
    await city.journal(device.deviceNo, device.terminal.payment({}, dayAt(3) + 5 * HOUR_MS));
    const later = TEST_NOON + 21 * HOUR_MS;
    const again = await assessAll(new DayAssessor(city.database), later);
    expect(again.slice(0, 2)).toEqual(versions(2, 3));
    expect(again.some((day) => day.startsWith(FIRST))).toBe(false);
    const { rows } = await pageOf(
      city.database,
      expectationsQuery({ by: 'day', from: addDays(FIRST, 3), to: addDays(FIRST, 3) }, {}),
      {
        limit: 10,
        offset: 0,
      },
    );
    expect(rows).toMatchObject([{ recorded: 4, version: 2 }]);
  });

  it('assesses anew from the day on which a tariff that is entered later began', async () => {
    await assessAll();
    const validFrom = new Date(startOfBusinessDay(addDays(FIRST, 3))).toISOString();
    const tariff = { code: 'LATE', vehicleClass: 'car', amount: 9000, validFrom };
    await write(city.database, officer, (tx) => createTariff(tx, tariff, TEST_NOON));
    expect(await assessAll()).toEqual(versions(2, 3));
    // One that begins tomorrow is no news of days that are over.
    const next = { ...tariff, code: 'NEXT', validFrom: new Date(TEST_NOON + DAY_MS).toISOString() };
    await write(city.database, officer, (tx) => createTariff(tx, next, TEST_NOON));
    expect(await assessAll()).toEqual([]);
  });

  it('never changes what was said of a day when later days are added', async () => {
    const assessor = new DayAssessor(city.database);
    const said = () =>
      city.database.query<{ version: number }>(
        'SELECT * FROM expectation_days ORDER BY version, business_date, point_id',
      );
    for (let day = 0; day < 5; day++) {
      const before = await said();
      expect(await assessor.next(options)).toMatchObject({ kind: 'done', day: { businessDate: addDays(FIRST, day) } });
      const after = await said();
      expect(after.length).toBeGreaterThan(before.length);
      expect(after.slice(0, before.length)).toEqual(before);
    }
    const fields = (rows: { version?: number }[]) => rows.map(({ version: _version, ...row }) => row);
    const onceAndForAll = fields(await said());
    await city.database.query('DELETE FROM detector_states');
    await assessAll();
    expect(fields(await said()).slice(-5)).toEqual(onceAndForAll);
  });

  it('waits for a day into which records still come, unless it has waited long enough', async () => {
    const assessor = new DayAssessor(city.database);
    const busy = { ...options, restMs: HOUR_MS };
    expect(await assessor.next(busy)).toEqual({ kind: 'waits', businessDate: FIRST });
    expect(await assessor.next({ ...busy, isImpatient: () => true })).toMatchObject({ kind: 'done' });
  });
});

describe('field counts', () => {
  const count = {
    point: 'P-1',
    from: dayAt(4),
    to: dayAt(4) + 2 * HOUR_MS,
    classes: { car: { arrivals: 20, exempt: 2 } },
  };

  it('become the potential of the point, which fills the waterfall with its range and how much of it is covered', async () => {
    await city.database.query(`UPDATE points SET spaces = '{"car": 10}'`);
    await write(city.database, officer, (tx) => enterFieldCount(tx, count, 'officer', TEST_NOON));
    await assessAll();
    const day = addDays(FIRST, 4);
    const { total } = await waterfallReport(city.database, { from: FIRST, to: day, groupBy: 'day' }, {});
    expect(total).toMatchObject({ pointDays: 5, recorded: 60_000 });
    expect(total.potentialPointDays).toBeGreaterThan(0);
    expect(total.potentialLow! < total.potential! && total.potential! < total.potentialHigh!).toBe(true);
    expect(total.unrecorded).not.toBeNull();
  });

  it('of a whole day make it a control day, which lifts what the past of points lets expect that nobody counted', async () => {
    const other = await city.device();
    for (let n = 0; n < 5; n++)
      for (let i = 0; i < 3; i++)
        await city.journal(other.deviceNo, other.terminal.payment({}, dayAt(n) + i * HOUR_MS));
    // Watched on the fourth day, the attendant of P-1 records three times as many.
    const from = startOfBusinessDay(addDays(FIRST, 3));
    for (let i = 0; i < 6; i++)
      await city.journal(device.deviceNo, device.terminal.payment({}, dayAt(3) + (3 + i) * 60_000));
    const watched = { point: 'P-1', from, to: from + DAY_MS, classes: { car: { arrivals: 9 } } };
    await write(city.database, officer, (tx) => enterFieldCount(tx, watched, 'officer', TEST_NOON));
    await assessAll();
    const rows = await city.database.query<{ day: string; factor: number; mid: number; amount: number }>(
      `SELECT business_date::text AS day, d.control_factor AS factor, d.mid, e.amount FROM potential_days d
         JOIN current_expectation_days e USING (business_date, point_id)
        WHERE d.basis = 'expectation' AND d.point_id = $1 ORDER BY 1`,
      [other.pointId],
    );
    for (const { day, factor, mid, amount } of rows) {
      if (day < addDays(FIRST, 3)) expect(factor).toBe(1);
      else expect(factor).toBeGreaterThan(1.02);
      expect(mid).toBe(Math.round(amount * factor));
    }
    expect(rows.at(-1)!.day).toBe(addDays(FIRST, 4));
  });

  it('keep every revision; a withdrawn one counts no more, and a stale correction is refused', async () => {
    const id = await write(city.database, officer, (tx) => enterFieldCount(tx, count, 'officer', TEST_NOON));
    const revise = (change: object) =>
      write(city.database, officer, (tx) =>
        reviseFieldCount(tx, id, { revision: 1, reason: 'typo', ...change }, TEST_NOON),
      );
    await revise({ classes: { car: { arrivals: 22 } } });
    await expect(revise({ withdrawn: true })).rejects.toThrow('revision 2');
    await revise({ revision: 2, withdrawn: true });
    const all = await city.database.query('SELECT revision FROM field_counts ORDER BY 1');
    expect(all).toHaveLength(3);
    expect(await city.database.query('SELECT FROM current_field_counts')).toEqual([]);
    await expect(city.database.query('UPDATE field_counts SET note = $1', ['x'])).rejects.toThrow('append-only');
  });

  it('of devices are taken over from the journal, each once', async () => {
    const body = {
      from: '2026-11-19T10:00:00+07:00',
      to: '2026-11-19T11:00:00+07:00',
      classes: { car: { arrivals: 7 } },
    };
    await city.journal(device.deviceNo, device.terminal.record('count', body, dayAt(4)));
    const day = { pointIds: [device.pointId], businessDate: addDays(FIRST, 4) };
    expect(await takeDeviceCounts(city.database, day)).toBe(1);
    expect(await takeDeviceCounts(city.database, day)).toBe(0);
    expect(await city.database.query('SELECT source, classes FROM current_field_counts')).toEqual([
      { source: 'device', classes: { car: { arrivals: 7 } } },
    ]);
  });
});

describe('suspicions', () => {
  const suspicion = (change: Partial<Suspicion> = {}): Suspicion => ({
    id: 'P-1/att-9/2026-11-16',
    point: 'P-1',
    device: device.terminal.deviceId,
    attendant: 'att-9',
    pattern: 'unrecorded-cash',
    alternatives: [],
    from: addDays(FIRST, 1),
    to: addDays(FIRST, 2),
    score: 4,
    isNew: true,
    rupiahAtRisk: { low: 100_000, mid: 200_000, high: 300_000 },
    evidence: [],
    explanation: { id: 'mungkin', en: 'maybe' },
    ...change,
  });
  const store = (date: string, ...suspicions: Suspicion[]) => {
    const assessment: Assessment = { date, engine: 'test', expectations: [], suspicions, notes: [], scores: [] };
    return city.database.transaction((sql) =>
      storeSuspicions(sql, assessment, { settingsVersion: 1, nowMs: TEST_NOON }),
    );
  };
  const cases = () =>
    city.database.query<{ id: string; state: string; pattern: string; amount: number; point_id: number }>(
      'SELECT id, state, pattern, amount, point_id, subject_id FROM cases ORDER BY opened_at, id',
    );

  it('join one case a subject, apart from exceptions, which follows the sum and the pattern', async () => {
    await store(addDays(FIRST, 2), suspicion());
    await store(addDays(FIRST, 2), suspicion());
    const grown = { to: addDays(FIRST, 3), pattern: 'device-off', rupiahAtRisk: { low: 1, mid: 260_000, high: 9e5 } };
    await store(addDays(FIRST, 3), suspicion(grown));
    expect(await cases()).toMatchObject([
      { state: 'open', pattern: 'device-off', amount: 260_000, subject_id: 'att-9', point_id: device.pointId },
    ]);
    const list = suspicionsQuery({ from: FIRST }, {});
    const { rows } = await pageOf(city.database, list, { limit: 10, offset: 0 });
    expect(rows).toMatchObject([
      {
        point: 'P-1',
        attendant: 'att-9',
        to: addDays(FIRST, 3),
        rupiahAtRisk: { mid: 260_000 },
        caseId: (await cases())[0]!.id,
      },
    ]);
  });

  it('are withdrawn, and their case explained, when the day that raised them no longer does', async () => {
    await store(addDays(FIRST, 2), suspicion());
    await store(addDays(FIRST, 2));
    expect(await cases()).toMatchObject([{ state: 'resolved' }]);
    await store(addDays(FIRST, 2), suspicion());
    expect(await cases()).toMatchObject([{ state: 'open' }]);
  });

  it('raise no case again after an officer’s verdict while they last', async () => {
    await store(addDays(FIRST, 2), suspicion());
    const [item] = await cases();
    await city.database.transaction((sql) =>
      moveCase(sql, item!.id, null, (known) => ({
        case: { ...known, state: 'resolved', outcome: 'explained', resolvedAt: TEST_NOON, version: known.version + 1 },
        events: [
          {
            case: known.id,
            number: known.version + 1,
            at: TEST_NOON,
            actor: 'ani',
            change: { type: 'resolved', outcome: 'explained', reason: 'road works', writtenOff: 0 },
          },
        ],
      })),
    );
    const rupiahAtRisk = { low: 1, mid: 900_000, high: 2e6 };
    await store(addDays(FIRST, 3), suspicion({ to: addDays(FIRST, 3), rupiahAtRisk }));
    expect(await cases()).toMatchObject([{ state: 'resolved' }]);
  });
});
