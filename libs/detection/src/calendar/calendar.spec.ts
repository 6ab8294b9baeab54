import { addDays, eachBusinessDate, weekdayOf } from '@app/kernel';
import type { CalendarDay } from '../input/city-day.js';
import { dayKindOf, nationalDayKindOf } from './day-kind.js';
import { islamicSeasonOf } from './islamic-months.js';
import { nationalHolidayOf } from './national-holidays.js';

const plain: CalendarDay = { holiday: null, events: [] };

describe('the calendar of the city', () => {
  it.each([
    ['2024-04-09', 'before-idul-fitri'],
    ['2024-04-10', 'idul-fitri'],
    ['2025-03-10', 'ramadan'],
    ['2025-03-31', 'idul-fitri'],
    ['2025-04-01', 'idul-fitri'],
    ['2025-04-03', 'after-idul-fitri'],
    ['2025-08-18', 'joint-leave'],
    ['2026-05-27', 'holiday'],
    ['2026-12-25', 'holiday'],
    ['2030-12-28', 'ramadan'],
    ['2025-10-07', null],
  ])('knows %s as %s', (date, kind) => expect(nationalDayKindOf(date)).toBe(kind));

  it('has a fasting month of 29 or 30 days before each feast, which moves 10-12 days a year', () => {
    const days = eachBusinessDate('2020-01-01', '2030-11-30');
    const fasting = days.filter((date) => ['ramadan', 'before-idul-fitri'].includes(islamicSeasonOf(date) ?? ''));
    const feasts = days.filter(
      (date, i) => islamicSeasonOf(date) === 'idul-fitri' && islamicSeasonOf(days[i - 1]!) !== 'idul-fitri',
    );
    expect(feasts).toHaveLength(11);
    for (const feast of feasts) {
      const month = fasting.filter((date) => date < feast && date >= addDays(feast, -31));
      expect([29, 30]).toContain(month.length);
    }
    for (const year of feasts.keys()) {
      if (year === 0) continue;
      const moved = 365 - days.indexOf(feasts[year]!) + days.indexOf(feasts[year - 1]!);
      expect(moved).toBeGreaterThanOrEqual(9);
      expect(moved).toBeLessThanOrEqual(12);
    }
  });

  it('has 15 to 18 public holidays in each year of its table, and joint leave on no weekend but of a feast', () => {
    for (let year = 2020; year <= 2030; year++) {
      const days = eachBusinessDate(`${year}-01-01`, `${year}-12-31`);
      const holidays = days.filter((date) => nationalHolidayOf(date)?.jointLeave === false);
      expect(holidays.length).toBeGreaterThanOrEqual(14);
      expect(holidays.length).toBeLessThanOrEqual(18);
      for (const date of days) if (nationalHolidayOf(date)?.jointLeave) expect([0, 6]).not.toContain(weekdayOf(date));
    }
  });

  it('takes what officers entered beside the table', () => {
    expect(dayKindOf('2025-10-07', { ...plain, holiday: 'HUT Kota Medan' })).toBe('holiday');
    const event = (kind: string, district: string | null) => [{ kind, name: 'x', district, point: null }];
    expect(dayKindOf('2025-07-01', { ...plain, events: event('school-holiday', null) })).toBe('school-holiday');
    expect(dayKindOf('2025-07-01', { ...plain, events: event('school-holiday', 'Medan Kota') })).toBeNull();
    expect(dayKindOf('2027-02-07', { ...plain, events: event('ramadan', null) })).toBe('ramadan');
    expect(dayKindOf('2025-10-07', { ...plain, events: event('rain', null) })).toBe('rain');
    expect(dayKindOf('2025-10-07', { ...plain, events: event('rain', 'Medan Kota') })).toBeNull();
  });

  it('lets officers say that a day of the table is ordinary; a holiday that they name themselves stays one', () => {
    const ordinary = [{ kind: 'ordinary', name: 'joint leave taken back', district: null, point: null }];
    for (const date of ['2025-03-31', '2025-08-17', '2025-03-10', '2025-03-25']) {
      expect(nationalDayKindOf(date)).not.toBeNull();
      const holiday = nationalHolidayOf(date)?.name ?? null;
      expect(dayKindOf(date, { holiday, events: ordinary })).toBeNull();
    }
    expect(dayKindOf('2025-08-17', { holiday: 'HUT Kota Medan', events: ordinary })).toBe('holiday');
    const rainy = [...ordinary, { kind: 'rain', name: 'BMKG', district: null, point: null }];
    expect(dayKindOf('2025-03-10', { holiday: null, events: rainy })).toBe('rain');
  });
});
