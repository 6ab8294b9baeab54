import type { BusinessDate } from '@app/kernel';
import type { CalendarDay } from '../input/city-day.js';
import { islamicSeasonOf, type IslamicSeason } from './islamic-months.js';
import { nationalHolidayOf } from './national-holidays.js';

/** What makes a whole city park unlike its usual week. */
export type DayKind = IslamicSeason | 'holiday' | 'joint-leave' | 'school-holiday' | 'rain';

/** Whether officers entered an event of this kind for the whole city. */
export function isTold(events: CalendarDay['events'], kind: string): boolean {
  return events.some((event) => event.kind === kind && event.district === null && event.point === null);
}

/**
 * The one kind of a day, the strongest first: the feast, a public holiday, the weeks around the feast, joint leave, the
 * fasting month, school holidays, rain. What officers entered counts beside the national table, and an `ordinary` day of
 * theirs takes the table's word back. null: an ordinary day.
 */
export function dayKindOf(date: BusinessDate, calendar: CalendarDay): DayKind | null {
  const told = (kind: string): boolean => isTold(calendar.events, kind);
  const isOrdinary = told('ordinary');
  const season = isOrdinary ? null : islamicSeasonOf(date);
  const national = isOrdinary ? null : nationalHolidayOf(date);
  if (season === 'idul-fitri') return season;
  // The table's own name comes back with the day: only a name it does not give is an officer's holiday.
  const own = calendar.holiday !== null && calendar.holiday !== nationalHolidayOf(date)?.name;
  if (own || (national && !national.jointLeave)) return 'holiday';
  if (season === 'before-idul-fitri' || season === 'after-idul-fitri') return season;
  if (national) return 'joint-leave';
  if (season === 'ramadan' || told('ramadan')) return 'ramadan';
  if (told('school-holiday')) return 'school-holiday';
  return told('rain') ? 'rain' : null;
}

/** The kind of a day by the national calendar alone. */
export function nationalDayKindOf(date: BusinessDate): DayKind | null {
  return dayKindOf(date, { holiday: null, events: [] });
}
