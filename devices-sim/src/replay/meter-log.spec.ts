import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { businessDateOf, weekdayOf } from '@app/kernel';
import { readMeterLog, YEARS_LATER } from './meter-log.js';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'meter-log-'))));
afterEach(() => rm(folder, { recursive: true }));

const HEAD = 'recordid,spacename,transactiontype,card,coins,bills,total,timepurchased,ts_local_derived';
async function read(...lines: string[]) {
  const path = join(folder, 'log.csv.gz');
  await writeFile(path, gzipSync([HEAD, ...lines].join('\n')));
  return readMeterLog(path);
}

test('a paying row becomes a payment in cents at its own local time, six years later on the same weekday', async () => {
  const [row] = await read('7,M1,Credit Card,0.29,0.0,0,0.29,01:10:00,2017-09-15 23:59:59');
  expect(row).toMatchObject({ meter: 'M1', recordId: '7', date: '2023-09-15', cents: 29 });
  expect(row!.draft).toMatchObject({ type: 'payment', body: { amount: 29, method: 'card', minutes: 70 } });
  expect(businessDateOf(row!.at)).toBe('2023-09-15');
  expect(YEARS_LATER).toBe(6);
  expect(weekdayOf('2023-09-15')).toBe(weekdayOf('2017-09-15'));
});

test('coins are cash, coins beside a card are kept in the record', async () => {
  const rows = await read(
    '1,M1,Coins,0.0,1.5,0,1.5,00:30:00,2017-09-15 09:00:00',
    '2,M1,Coin & Card,2.0,0.5,0,2.5,00:30:00,2017-09-15 09:05:00',
  );
  expect(rows.map((row) => row.draft)).toMatchObject([
    { body: { amount: 150, method: 'cash' } },
    { body: { amount: 250, method: 'card', coins: 50 } },
  ]);
});

test('a collection tells the coins since the last one beside what was taken out', async () => {
  const rows = await read(
    '1,M1,Coins,0.0,1.5,0,1.5,00:30:00,2017-09-15 09:00:00',
    '2,M2,Coins,0.0,9.0,0,9.0,00:30:00,2017-09-15 09:00:00',
    '3,M1,Collect. Card,0.0,-1.25,0,-1.25,00:00:00,2017-09-16 07:00:00',
    '4,M1,Collect. Card,0.0,0.0,0,0.0,00:00:00,2017-09-17 07:00:00',
  );
  const bodies = rows.filter((row) => row.draft?.type === 'collection').map((row) => row.draft);
  expect(bodies).toMatchObject([
    { body: { number: 1, registerCash: 150, cashCounted: 125 } },
    { body: { number: 2, registerCash: 0, cashCounted: 0 } },
  ]);
  expect(rows.filter((row) => row.cents > 0)).toHaveLength(2);
});

test('maintenance is a test record, a swap a boot, and what was never paid is nothing', async () => {
  const rows = await read(
    '1,M1,Diagn. Card,0.0,0.0,0,0.0,00:00:00,2017-09-15 09:00:00',
    '2,M1,Maint. Credit ,1.8,0.0,0,0.0,01:00:00,2017-09-15 09:01:00',
    '3,M1,Meter Swap,0.0,0.0,0,0.0,00:00:00,2017-09-15 09:02:00',
    '4,M1,Credit Card,0.0,0.0,0,0.0,00:00:00,2017-09-15 09:03:00',
  );
  expect(rows.map((row) => row.draft?.type ?? null)).toEqual(['test', 'test', 'boot', null]);
  expect(rows[1]!.draft).toMatchObject({ body: { amount: 180 } });
});

test('rows are played in the order of their time, whatever their order in the file', async () => {
  const rows = await read(
    '1,M1,Coins,0.0,1.0,0,1.0,00:30:00,2017-09-15 10:00:00',
    '2,M1,Coins,0.0,2.0,0,2.0,00:30:00,2017-09-15 09:00:00',
  );
  expect(rows.map((row) => row.recordId)).toEqual(['2', '1']);
});

test('a sum that is none, a missing column and a broken archive are told', async () => {
  await expect(read('1,M1,Coins,0,x,0,1.0,00:30:00,2017-09-15 10:00:00')).rejects.toThrow('record 1: coins');
  const path = join(folder, 'other.csv');
  await writeFile(path, 'a,b\n1,2\n');
  await expect(readMeterLog(path)).rejects.toThrow('no column recordid');
  await writeFile(`${path}.gz`, 'no archive');
  await expect(readMeterLog(`${path}.gz`)).rejects.toThrow();
});
