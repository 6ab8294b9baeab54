import { ValidateBy, ValidateIf, type ValidationOptions } from 'class-validator';
import { isBusinessDate } from '@app/kernel';
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
