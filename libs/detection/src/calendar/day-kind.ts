import type { BusinessDate } from '@app/kernel';
import type { CalendarDay } from '../input/city-day.js';
import { islamicSeasonOf, type IslamicSeason } from './islamic-months.js';
import { nationalHolidayOf } from './national-holidays.js';

/** What makes a whole city park unlike its usual week. */
export type DayKind = IslamicSeason | 'holiday' | 'joint-leave' | 'school-holiday';

/**
 * The one kind of a day, the strongest first: the feast, a public holiday, the weeks around the feast, joint leave, the
 * fasting month, school holidays. What officers entered counts beside the national table. null: an ordinary day.
 */
export function dayKindOf(date: BusinessDate, calendar: CalendarDay): DayKind | null {
  const season = islamicSeasonOf(date);
  const national = nationalHolidayOf(date);
  if (season === 'idul-fitri') return season;
  // The table's own name comes back with the day: only a name it does not give is an officer's holiday.
  const own = calendar.holiday !== null && calendar.holiday !== national?.name;
  if (own || (national && !national.jointLeave)) return 'holiday';
  if (season === 'before-idul-fitri' || season === 'after-idul-fitri') return season;
  if (national) return 'joint-leave';
  const told = (kind: string): boolean =>
    calendar.events.some((event) => event.kind === kind && event.district === null && event.point === null);
  if (season === 'ramadan' || told('ramadan')) return 'ramadan';
  return told('school-holiday') || calendar.schoolDay === false ? 'school-holiday' : null;
}

/** The kind of a day by the national calendar alone. */
export function nationalDayKindOf(date: BusinessDate): DayKind | null {
  return dayKindOf(date, { holiday: null, events: [], schoolDay: null, rain: null });
}
