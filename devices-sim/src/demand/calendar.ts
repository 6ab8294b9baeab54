import { addDays, daysBetween, weekdayOf, type BusinessDate } from '@app/kernel';

/** How a business day behaves, apart from what rain and events make of it. */
export type DayType = 'weekday' | 'friday' | 'saturday' | 'sunday' | 'holiday';

/** Where a day stands in the Islamic year, as far as parking feels it. */
export type Season = 'ordinary' | 'ramadan' | 'before-idul-fitri' | 'idul-fitri' | 'after-idul-fitri';

/** First day of Ramadan and of Idul Fitri (recalled; from 2027 on computed, the government decides by sighting). */
const RAMADANS: readonly (readonly [first: BusinessDate, idulFitri: BusinessDate])[] = [
  ['2023-03-23', '2023-04-22'],
  ['2024-03-12', '2024-04-10'],
  ['2025-03-01', '2025-03-31'],
  ['2026-02-19', '2026-03-21'],
  ['2027-02-08', '2027-03-10'],
  ['2028-01-28', '2028-02-27'],
];

/** Public holidays that fall on the same date each year. */
const FIXED_HOLIDAYS = new Set(['01-01', '05-01', '06-01', '08-17', '12-25']);

/** Movable public holidays (recalled): new year of the Chinese calendar, Nyepi, Good Friday, Waisak, Idul Adha, … */
const MOVABLE_HOLIDAYS = new Set([
  ...['2025-01-27', '2025-01-29', '2025-03-29', '2025-04-18', '2025-05-12', '2025-05-29', '2025-06-06', '2025-06-27'],
  ...['2025-09-05', '2026-01-16', '2026-02-17', '2026-03-19', '2026-04-03', '2026-05-14', '2026-05-27', '2026-05-31'],
  ...['2026-06-16', '2026-08-25', '2027-01-05', '2027-02-06', '2027-03-08', '2027-03-26', '2027-05-06', '2027-05-16'],
  ...['2027-05-20', '2027-06-06', '2027-08-15'],
]);

/** Days of shopping before the feast, days of the feast itself, days in which the city is still half empty. */
const SHOPPING_DAYS = 10;
const FEAST_DAYS = 2;
const AFTER_FEAST_DAYS = 5;

export function isHoliday(date: BusinessDate): boolean {
  return FIXED_HOLIDAYS.has(date.slice(5)) || MOVABLE_HOLIDAYS.has(date) || seasonOf(date) === 'idul-fitri';
}

export function dayTypeOf(date: BusinessDate): DayType {
  if (isHoliday(date)) return 'holiday';
  const weekday = weekdayOf(date);
  if (weekday === 0) return 'sunday';
  if (weekday === 6) return 'saturday';
  return weekday === 5 ? 'friday' : 'weekday';
}

export function seasonOf(date: BusinessDate): Season {
  for (const [first, feast] of RAMADANS) {
    if (date < first || date >= addDays(feast, FEAST_DAYS + AFTER_FEAST_DAYS)) continue;
    const untilFeast = daysBetween(date, feast);
    if (untilFeast > SHOPPING_DAYS) return 'ramadan';
    if (untilFeast > 0) return 'before-idul-fitri';
    return untilFeast > -FEAST_DAYS ? 'idul-fitri' : 'after-idul-fitri';
  }
  return 'ordinary';
}

/** What the city's calendar calls the day; null on an ordinary one. */
export function holidayNameOf(date: BusinessDate): string | null {
  if (seasonOf(date) === 'idul-fitri') return 'Idul Fitri';
  return isHoliday(date) ? 'public holiday' : null;
}
