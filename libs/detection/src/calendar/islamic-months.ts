import { addDays, daysBetween, type BusinessDate } from '@app/kernel';

/**
 * First day of Ramadan and of Idul Fitri. Up to 2026 as the government of Indonesia set them after sighting the moon
 * (holidays as gathered in vacanza/holidays, `Indonesia`; first fasts recalled). From 2027 on computed (Umm al-Qura):
 * the sighting may move them by a day, which an officer's `ramadan` event and holiday correct.
 */
const RAMADANS: readonly (readonly [first: BusinessDate, idulFitri: BusinessDate])[] = [
  ['2020-04-24', '2020-05-24'],
  ['2021-04-13', '2021-05-13'],
  ['2022-04-03', '2022-05-02'],
  ['2023-03-23', '2023-04-22'],
  ['2024-03-12', '2024-04-10'],
  ['2025-03-01', '2025-03-31'],
  ['2026-02-19', '2026-03-21'],
  ['2027-02-08', '2027-03-09'],
  ['2028-01-28', '2028-02-26'],
  ['2029-01-16', '2029-02-14'],
  ['2030-01-05', '2030-02-04'],
  ['2030-12-26', '2031-01-24'],
];

/** Days of shopping before the feast, days of the feast, days in which the city is still half empty. */
const SHOPPING_DAYS = 10;
const FEAST_DAYS = 2;
const AFTER_FEAST_DAYS = 5;

/** Where a day stands in the fasting month and its feast; null outside of them. */
export type IslamicSeason = 'ramadan' | 'before-idul-fitri' | 'idul-fitri' | 'after-idul-fitri';

export function islamicSeasonOf(date: BusinessDate): IslamicSeason | null {
  const found = RAMADANS.find(
    ([first, feast]) => date >= first && date < addDays(feast, FEAST_DAYS + AFTER_FEAST_DAYS),
  );
  if (!found) return null;
  const untilFeast = daysBetween(date, found[1]);
  if (untilFeast > SHOPPING_DAYS) return 'ramadan';
  if (untilFeast > 0) return 'before-idul-fitri';
  return untilFeast > -FEAST_DAYS ? 'idul-fitri' : 'after-idul-fitri';
}
