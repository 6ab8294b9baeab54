// Real: PostgreSQL. Which records belong to a business day.
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { openDatabase, type Database } from '../database.js';
import { loadRecords, loadRecordsOfOtherDays, loadSpans } from './day-records.js';

const DAY = '2026-10-05';
let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSizeMax: 2 });
  await database.query(`INSERT INTO points (code, name) VALUES ('P-1', 'One'), ('P-2', 'Two')`);
  await database.query(`INSERT INTO devices (device_id, kind) VALUES ('hh-1', 'handheld'), ('hh-2', 'handheld')`);
});
beforeEach(async () => {
  await database.query('TRUNCATE journal_records, shifts');
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

interface Written {
  device?: string;
  point?: string;
  seq: number;
  date?: string;
  shift?: string;
  fault?: string;
}

async function write(...records: Written[]): Promise<void> {
  for (const { device = 'hh-1', point = 'P-1', seq, date = DAY, shift = null, fault = null } of records)
    await database.query(
      `INSERT INTO journal_records (device_no, epoch, seq, received_at, at, business_date, point_id, type, shift, body_fault, record)
       SELECT d.device_no, 1, $3, now(), $4::date + interval '5 hours', $4::date, p.id, 'payment', $5, $6, '{"body":{}}'
         FROM devices d, points p WHERE d.device_id = $1 AND p.code = $2`,
      [device, point, seq, date, shift, fault],
    );
}

async function loaded(): Promise<string[]> {
  const points = await database.query<{ id: number }>('SELECT id FROM points');
  const today = await Promise.all(points.map(({ id }) => loadRecords(database, DAY, [id])));
  const others = await loadRecordsOfOtherDays(database, DAY, await loadSpans(database, DAY));
  return [...today.flat(), ...others].map(({ device, seq }) => `${device}/${seq}`).sort();
}

it('are those of the day, and none of the days around it', async () => {
  await write({ seq: 1, date: '2026-10-04' }, { seq: 2 }, { seq: 3 }, { seq: 4, date: '2026-10-06' });
  expect(await loaded()).toEqual(['hh-1/2', 'hh-1/3']);
});

it('are also those whose clock was lost, when their numbers lie between the day’s own', async () => {
  await write({ seq: 1, date: '2000-01-01' }, { seq: 2 }, { seq: 3, date: '2000-01-01' }, { seq: 4 });
  await write({ device: 'hh-2', seq: 1 }, { device: 'hh-2', seq: 2 }, { device: 'hh-2', seq: 3, date: '2000-01-01' });
  expect(await loaded()).toEqual(['hh-1/2', 'hh-1/3', 'hh-1/4', 'hh-2/1', 'hh-2/2']);
});

it('count a terminal’s numbers over all points at which it was', async () => {
  await write({ seq: 1 }, { seq: 2, point: 'P-2' }, { seq: 3, date: '2000-01-01', point: 'P-2' }, { seq: 4 });
  expect(await loaded()).toEqual(['hh-1/1', 'hh-1/2', 'hh-1/3', 'hh-1/4']);
});

it('leave out what cannot be read, between the day’s numbers too', async () => {
  await write({ seq: 1 }, { seq: 2, fault: 'body' }, { seq: 3, date: '2000-01-01', fault: 'body' }, { seq: 4 });
  expect(await loaded()).toEqual(['hh-1/1', 'hh-1/4']);
});

it('are also those after midnight of a shift that was opened on the day', async () => {
  await database.query(
    `INSERT INTO shifts (device_no, shift, attendant, opened_at, point_id)
     SELECT device_no, 's1', 'A-1', '2026-10-05 10:00+07', (SELECT id FROM points WHERE code = 'P-1')
       FROM devices WHERE device_id = 'hh-1'`,
  );
  await write({ seq: 1, shift: 's1' }, { seq: 2, shift: 's1', date: '2026-10-06' }, { seq: 3, date: '2026-10-06' });
  expect(await loaded()).toEqual(['hh-1/1', 'hh-1/2']);
});
