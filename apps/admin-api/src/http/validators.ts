import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, Max, Min, ValidateBy, ValidateIf, type ValidationOptions } from 'class-validator';
import { isBusinessDate, startOfBusinessDay } from '@app/kernel';
import { parseInstant, VEHICLE_CLASSES } from '@app/protocol';

function rule(name: string, validate: (value: unknown) => boolean, message: string): PropertyDecorator {
  const options: ValidationOptions = { message: `$property ${message}` };
  return ValidateBy({ name, validator: { validate } }, options);
}

const isEntries = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isWhole = (value: unknown, max: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;

/** May be left out; null is a value like another. */
export const Optional = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** May be left out, or null for "none". */
export const Nullable = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined && value !== null);

/** A real calendar day, years 2000-2099. */
export const IsDay = (): PropertyDecorator =>
  rule('isDay', (value) => typeof value === 'string' && isBusinessDate(value), 'must be a real day written YYYY-MM-DD');

/** RFC 3339 with an offset. */
export const IsInstant = (): PropertyDecorator =>
  rule(
    'isInstant',
    (value) => typeof value === 'string' && parseInstant(value) !== null,
    'must be an instant such as 2026-11-21T09:15:02+07:00',
  );

/**
 * A moment: an instant (RFC 3339 with an offset), or a day, which means its beginning in Jakarta. The handler gets it
 * as an instant in UTC.
 */
export function Moment(): PropertyDecorator {
  const toInstant = Transform(({ value }: { value: unknown }) => {
    const ms = typeof value === 'string' ? momentMs(value) : NaN;
    return Number.isNaN(ms) ? value : new Date(ms).toISOString();
  });
  const isMoment = rule(
    'isMoment',
    (value) => typeof value === 'string' && !Number.isNaN(momentMs(value)),
    'must be a day (2026-11-21) or an instant (2026-11-21T09:15:02+07:00)',
  );
  return (target, property) => [toInstant, isMoment].forEach((decorate) => decorate(target, property));
}

const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** Wider than what a terminal may say: the registry reaches back to regulations of long ago. */
function momentMs(text: string): number {
  if (isBusinessDate(text)) return startOfBusinessDay(text);
  const day = INSTANT.exec(text)?.[1];
  return day !== undefined && (isBusinessDate(day) || day === '1999-12-31') ? Date.parse(text) : NaN;
}

/** `true` or `false` in a query. */
export function Flag(): PropertyDecorator {
  const toBoolean = Transform(({ value }: { value: unknown }) =>
    value === 'true' ? true : value === 'false' ? false : value,
  );
  return (target, property) => [toBoolean, IsBoolean()].forEach((decorate) => decorate(target, property));
}

/** A whole number in a query. */
export function WholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): PropertyDecorator {
  const rules = [Type(() => Number), IsInt(), Min(min), Max(max)];
  return (target, property) => rules.forEach((decorate) => decorate(target, property));
}

/** A code such as points, operators and attendants have. */
export const IsCode = (): PropertyDecorator =>
  rule(
    'isCode',
    (value) => typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value),
    'must be 1 to 64 letters, digits, dots, dashes or underscores and begin with a letter or digit',
  );

/** Rupiah, 0 to `max`. */
export const IsRupiah = (max: number): PropertyDecorator =>
  rule('isRupiah', (value) => isWhole(value, max), `must be whole rupiah, 0 to ${max.toLocaleString('en')}`);

export const IsSpaces = (): PropertyDecorator =>
  rule(
    'isSpaces',
    (value) =>
      isEntries(value) &&
      Object.entries(value).every(([name, count]) => VEHICLE_CLASSES.includes(name as never) && isWhole(count, 10_000)),
    `must give a number of spaces (0 to 10,000) per vehicle class (${VEHICLE_CLASSES.join(', ')})`,
  );

export const IsWeeklyHours = (): PropertyDecorator =>
  rule(
    'isWeeklyHours',
    (value) =>
      isEntries(value) &&
      Object.entries(value).every(
        ([day, span]) =>
          /^[0-6]$/.test(day) &&
          Array.isArray(span) &&
          span.length === 2 &&
          span.every((minute) => isWhole(minute, 1440)),
      ),
    'must give [opens, closes] in minutes since midnight (0 to 1440) per weekday "0" (Sunday) to "6"',
  );

/** Microdegrees between -`degrees` and +`degrees`. */
export const IsMicrodegrees = (degrees: number): PropertyDecorator =>
  rule(
    'isMicrodegrees',
    (value) => Number.isInteger(value) && Math.abs(value as number) <= degrees * 1e6,
    `must be whole microdegrees, -${degrees}000000 to ${degrees}000000`,
  );
