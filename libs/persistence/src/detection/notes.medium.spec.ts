// Real: PostgreSQL; the clock is set by the test.
import { addDays } from '@app/kernel';
import type { DayNote } from '@app/detection';
import { TEST_NOON, TestCity } from '@app/testing';
import { write } from '../writes.js';
import { closeDetectionNote, storeNotes } from './notes.js';

const FIRST = '2026-11-02';
const officer = { username: 'ani', address: '' };

let city: TestCity;
beforeAll(async () => {
  city = await TestCity.create();
});
afterAll(() => city.close());

const noteOn = (day: number, change: Partial<DayNote> = {}): DayNote => {
  const date = addDays(FIRST, day);
  const { pattern = 'device-fault' } = change;
  const text = { id: `hari ${day}`, en: `day ${day}` };
  return {
    id: `${pattern}|hh-1|${date}`,
    kind: 'maintenance',
    pattern,
    point: null,
    device: null,
    date,
    text,
    ...change,
  };
};
const store = (...notes: DayNote[]) => city.database.transaction((sql) => storeNotes(sql, notes, TEST_NOON));
const spans = (pattern = 'device-fault') =>
  city.database.query<{ id: string; days: string; text: string }>(
    `SELECT id, from_date - $2::date || '-' || (to_date - $2::date) AS days, text_en AS text FROM detection_notes
      WHERE pattern = $1 ORDER BY from_date, id`,
    [pattern, FIRST],
  );

describe('notes of the detector', () => {
  it('are one for each cause: three quiet days end it, a day assessed again changes nothing', async () => {
    for (const day of [0, 1, 4, 8, 4]) await store(noteOn(day));
    expect(await spans()).toMatchObject([{ days: '0-4' }, { days: '8-8', text: 'day 8' }]);
    await store(noteOn(6, { pattern: 'clock-lost' }), noteOn(8));
    expect(await spans('clock-lost')).toMatchObject([{ days: '6-6' }]);
  });

  it('that an officer closed stay closed; the cause of a later day is a new one', async () => {
    const [, open] = await spans();
    await write(city.database, officer, (tx) => closeDetectionNote(tx, open!.id, TEST_NOON));
    await store(noteOn(8));
    expect(await spans()).toHaveLength(2);
    await store(noteOn(9));
    expect(await spans()).toMatchObject([{ days: '0-4' }, { days: '8-8' }, { days: '9-9' }]);
  });

  it('of holidays are of their day', async () => {
    const holiday = { pattern: 'holiday', kind: 'calendar' } as const;
    await store(noteOn(20, holiday));
    await store(noteOn(21, holiday));
    expect(await spans('holiday')).toMatchObject([{ days: '20-20' }, { days: '21-21' }]);
  });
});
