/**
 * Business days are calendar days of Asia/Jakarta (WIB), which has kept UTC+7 without daylight saving since 1964;
 * so plain arithmetic is exact here and needs no time-zone data.
 */
const JAKARTA_OFFSET_MS = 7 * 3_600_000;
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

/** A business day as `YYYY-MM-DD` (Asia/Jakarta). */
export type BusinessDate = string;

/** The day asked for last: records come by the thousand on the same day, and writing a date is slow. */
let lastDay = { number: NaN, date: '' };

/** The business day on which an instant (ms since the epoch, UTC) falls. */
export function businessDateOf(instantMs: number): BusinessDate {
  const number = Math.floor((instantMs + JAKARTA_OFFSET_MS) / DAY_MS);
  if (number !== lastDay.number) lastDay = { number, date: new Date(number * DAY_MS).toISOString().slice(0, 10) };
  return lastDay.date;
}

/** The hour (0-23, Asia/Jakarta) in which an instant (ms) falls. */
export function businessHourOf(instantMs: number): number {
  return Math.floor(minuteOfDay(instantMs) / 60);
}

/** Minutes since midnight (0-1439, Asia/Jakarta) of an instant (ms). */
export function minuteOfDay(instantMs: number): number {
  return Math.floor(((((instantMs + JAKARTA_OFFSET_MS) % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
}

let lastWeekday = { date: '', weekday: NaN };

/** Day of the week of a business day: 0 = Sunday ... 6 = Saturday. */
export function weekdayOf(date: BusinessDate): number {
  if (date !== lastWeekday.date) lastWeekday = { date, weekday: new Date(`${date}T00:00:00Z`).getUTCDay() };
  return lastWeekday.weekday;
}

/** The instant (ms) at which a business day begins. The next day's beginning is its end. */
export function startOfBusinessDay(date: BusinessDate): number {
  return Date.parse(`${date}T00:00:00Z`) - JAKARTA_OFFSET_MS;
}

/** True for a real calendar day written `YYYY-MM-DD`, years 2000-2099. */
export function isBusinessDate(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

/** The business day `days` later (negative: earlier). */
export function addDays(date: BusinessDate, days: number): BusinessDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

let lastBefore = { date: '', before: '' };

/** The business day before: remembered as `businessDateOf` is. */
export function dayBefore(date: BusinessDate): BusinessDate {
  if (date !== lastBefore.date) lastBefore = { date, before: addDays(date, -1) };
  return lastBefore.before;
}

/** Whole days from one business day to another (0 for the same day, negative backwards). */
export function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Every business day from `from` to `to`, both included. */
export function eachBusinessDate(from: BusinessDate, to: BusinessDate): BusinessDate[] {
  const days: BusinessDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
