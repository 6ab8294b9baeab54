import { Type } from 'typebox';
import { Format } from 'typebox/format';
import { INSTANT_PATTERN, parseInstant } from '../instants.js';
import {
  AMOUNT_RUPIAH_MAX,
  CASH_SUM_RUPIAH_MAX,
  IDENTIFIER_CHARS_MAX,
  INTEGER_MAX,
  REASON_CHARS_MAX,
} from '../limits.js';
import { VEHICLE_CLASSES } from '../vocabulary.js';

/** The pieces of which every schema of the protocol is made. Each call gives a piece with its own description. */

export const version1 = () => Type.Literal(1, { description: 'Protocol version.' });

export const identifier = (description: string) => Type.String({ maxLength: IDENTIFIER_CHARS_MAX, description });

export const reason = (description: string) => Type.String({ maxLength: REASON_CHARS_MAX, description });

/** Text for a person: names of places. */
export const label = (description: string) => Type.String({ maxLength: REASON_CHARS_MAX, description });

export const amount = (description: string) =>
  Type.Integer({ minimum: 0, maximum: AMOUNT_RUPIAH_MAX, description: `${description} In rupiah.` });

export const cashSum = (description: string) =>
  Type.Integer({ minimum: 0, maximum: CASH_SUM_RUPIAH_MAX, description: `${description} In rupiah.` });

export const integer = (minimum: number, description: string, maximum: number = INTEGER_MAX) =>
  Type.Integer({ minimum, maximum, description });

// The general check would cost a record as much as all its other fields, and lets nothing through that is no instant.
Format.Set('date-time', (text) => parseInstant(text) !== null);

export const instant = (description: string) =>
  Type.Refine(
    Type.String({
      format: 'date-time',
      pattern: INSTANT_PATTERN,
      description: `${description} RFC 3339, offset given.`,
    }),
    (text) => parseInstant(text) !== null,
    () => 'must be an instant of the calendar',
  );

export const businessDate = (description: string) =>
  Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', description });

export const vehicleClass = () => Type.Enum([...VEHICLE_CLASSES], { description: 'Class of the vehicle.' });
