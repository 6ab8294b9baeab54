import { YEAR_MAX, YEAR_MIN } from './limits.js';

/**
 * RFC 3339 as the protocol narrows it: upper-case `T` and `Z`, at most milliseconds, the offset given and not
 * `-00:00`, years 2020-2099 as written, no leap second. What the pattern cannot say (month lengths) parseInstant checks.
 */
export const INSTANT_PATTERN =
  '^20[2-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,3})?' +
  '(Z|\\+([01][0-9]|2[0-3]):[0-5][0-9]|-(?!00:00)([01][0-9]|2[0-3]):[0-5][0-9])$';

const MINUTE_MS = 60_000;
const SECOND_LENGTH = 'YYYY-MM-DDTHH:MM:SS'.length;

/** The number that the two digits at `index` spell, or NaN when they are no digits. */
function twoDigits(text: string, index: number): number {
  const tens = text.charCodeAt(index) - 48;
  const ones = text.charCodeAt(index + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Milliseconds of a zone designator (`Z`, `+07:00`), or NaN. */
function offsetMsOf(zone: string): number {
  if (zone === 'Z') return 0;
  const sign = zone[0];
  if (zone.length !== 6 || (sign !== '+' && sign !== '-') || zone[3] !== ':') return NaN;
  const hours = twoDigits(zone, 1);
  const minutes = twoDigits(zone, 4);
  if (!(hours <= 23 && minutes <= 59)) return NaN;
  if (sign === '-' && hours === 0 && minutes === 0) return NaN;
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS;
}

/** The text read last: a record's is read by each of its checks, and then for its value. */
let last: { readonly text: string; readonly instant: number | null } = { text: '', instant: null };

/**
 * Reads an instant of the protocol.
 * @returns milliseconds since 1970 (UTC), or null for any text that the protocol does not allow
 */
export function parseInstant(text: string): number | null {
  if (text !== last.text) last = { text, instant: read(text) };
  return last.instant;
}

function read(text: string): number | null {
  if (text.length < SECOND_LENGTH + 1 || text.length > SECOND_LENGTH + 10) return null;
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return null;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  if (!(year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 && month <= 12)) return null;
  if (!(day >= 1 && day <= daysOfMonth(year, month) && hour <= 23 && minute <= 59 && second <= 59)) return null;

  let zoneAt = SECOND_LENGTH;
  let millisecond = 0;
  if (text[SECOND_LENGTH] === '.') {
    let scale = 100;
    for (zoneAt += 1; zoneAt < text.length; zoneAt += 1) {
      const digit = text.charCodeAt(zoneAt) - 48;
      if (digit < 0 || digit > 9) break;
      millisecond += digit * scale;
      scale /= 10;
    }
    const digits = zoneAt - SECOND_LENGTH - 1;
    if (digits < 1 || digits > 3) return null;
  }
  const offsetMs = offsetMsOf(text.slice(zoneAt));
  if (Number.isNaN(offsetMs)) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond) - offsetMs;
}

/** Writes an instant (ms since 1970) as the gateway writes it: UTC, without milliseconds when they are zero. */
export function formatInstant(instantMs: number): string {
  return new Date(instantMs).toISOString().replace('.000Z', 'Z');
}
