import type { BusinessDate } from '@app/kernel';
import { islamicSeasonOf } from './islamic-months.js';

export interface NationalHoliday {
  readonly name: string;
  /** True of *cuti bersama*: joint leave, on which offices are closed and shops are not. */
  readonly jointLeave: boolean;
}

const SAME_EACH_YEAR: Readonly<Record<string, string>> = {
  '01-01': 'Tahun Baru Masehi',
  '05-01': 'Hari Buruh Internasional',
  '06-01': 'Hari Lahir Pancasila',
  '08-17': 'Hari Kemerdekaan Republik Indonesia',
  '12-25': 'Hari Raya Natal',
};

/**
 * Moving holidays 2020-2030 by month and day, the year before the colon. Up to 2026 as decreed by the three ministers
 * (SKB 3 Menteri; gathered in vacanza/holidays, `Indonesia`; 2026 recalled). From 2027 on computed (Gregorian Easter,
 * Umm al-Qura, Chinese and Saka calendars): a decree may differ by a day, and joint leave is not known ahead of it.
 */
const MOVING: Readonly<Record<string, string>> = {
  'Tahun Baru Imlek':
    '2020:01-25 2021:02-12 2022:02-01 2023:01-22 2024:02-10 2025:01-29 2026:02-17 2027:02-06 2028:01-26 2029:02-13 2030:02-03',
  'Isra Mikraj':
    '2020:03-22 2021:03-11 2022:02-28 2023:02-18 2024:02-08 2025:01-27 2026:01-16 2027:01-05 2027:12-25 2028:12-14 2029:12-04 2030:11-23',
  'Hari Suci Nyepi':
    '2020:03-25 2021:03-14 2022:03-03 2023:03-22 2024:03-11 2025:03-29 2026:03-19 2027:03-08 2028:03-26 2029:03-15 2030:03-05',
  'Wafat Yesus Kristus':
    '2020:04-10 2021:04-02 2022:04-15 2023:04-07 2024:03-29 2025:04-18 2026:04-03 2027:03-26 2028:04-14 2029:03-30 2030:04-19',
  'Kenaikan Yesus Kristus':
    '2020:05-21 2021:05-13 2022:05-26 2023:05-18 2024:05-09 2025:05-29 2026:05-14 2027:05-06 2028:05-25 2029:05-10 2030:05-30',
  'Hari Raya Waisak':
    '2020:05-07 2021:05-26 2022:05-16 2023:06-04 2024:05-23 2025:05-12 2026:05-31 2027:05-20 2028:05-09 2029:05-27 2030:05-16',
  'Idul Adha':
    '2020:07-31 2021:07-20 2022:07-10 2023:06-29 2024:06-17 2025:06-06 2026:05-27 2027:05-16 2028:05-05 2029:04-24 2030:04-13',
  'Tahun Baru Islam':
    '2020:08-20 2021:08-11 2022:07-30 2023:07-19 2024:07-07 2025:06-27 2026:06-16 2027:06-06 2028:05-25 2029:05-14 2030:05-04',
  'Maulid Nabi Muhammad':
    '2020:10-29 2021:10-20 2022:10-08 2023:09-28 2024:09-16 2025:09-05 2026:08-25 2027:08-14 2028:08-03 2029:07-24 2030:07-13',
  'Hari Pemilihan': '2020:12-09 2024:02-14 2024:11-27',
};

/** *Cuti bersama* as decreed, with the later changes of a year (2020 moved its leave to December, 2021 took most back). */
const JOINT_LEAVE =
  '2020:08-21 2020:10-28 2020:10-30 2020:12-24 2020:12-31 2021:05-12 2022:04-29 2022:05-04 2022:05-05 2022:05-06 ' +
  '2023:01-23 2023:03-23 2023:04-19 2023:04-20 2023:04-21 2023:04-24 2023:04-25 2023:06-02 2023:06-28 2023:06-30 ' +
  '2023:12-26 2024:02-09 2024:03-12 2024:04-08 2024:04-09 2024:04-12 2024:04-15 2024:05-10 2024:05-24 2024:06-18 ' +
  '2024:12-26 2025:01-28 2025:03-28 2025:04-02 2025:04-03 2025:04-04 2025:04-07 2025:05-13 2025:05-30 2025:06-09 ' +
  '2025:08-18 2025:12-26 2026:02-16 2026:03-18 2026:03-20 2026:03-23 2026:03-24 2026:05-15 2026:05-28 2026:12-24';

const byDate = new Map<BusinessDate, NationalHoliday>();
const datesOf = (text: string): BusinessDate[] => text.split(' ').map((entry) => entry.replace(':', '-'));
for (const date of datesOf(JOINT_LEAVE)) byDate.set(date, { name: 'Cuti Bersama', jointLeave: true });
for (const [name, dates] of Object.entries(MOVING))
  for (const date of datesOf(dates)) byDate.set(date, { name, jointLeave: false });

/** The years that the table knows; outside of them only the holidays of the same date each year are told. */
export const NATIONAL_HOLIDAY_YEARS = { from: 2020, to: 2030 } as const;

/** The national holiday or joint leave of a day; null on an ordinary one. */
export function nationalHolidayOf(date: BusinessDate): NationalHoliday | null {
  const fixed = SAME_EACH_YEAR[date.slice(5)];
  if (fixed !== undefined) return { name: fixed, jointLeave: false };
  if (islamicSeasonOf(date) === 'idul-fitri') return { name: 'Hari Raya Idul Fitri', jointLeave: false };
  return byDate.get(date) ?? null;
}
