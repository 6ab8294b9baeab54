import { Type, type Static } from 'typebox';
import { DEVICE_ID_PATTERN } from '../topics.js';
import { LATITUDE_MICRODEGREES_MAX, LONGITUDE_MICRODEGREES_MAX } from '../limits.js';
import { amount, businessDate, identifier, instant, integer, label, vehicleClass, version1 } from './parts.js';

/**
 * The retained `config` of a device: what the terminal needs to charge rightly without asking. A terminal keeps the
 * highest `version` that it has seen, applies each tariff on its own days, and works on when it is offline.
 */

export const TariffRuleSchema = Type.Object(
  {
    baseMinutes: integer(1, 'Minutes that `amount` pays for.'),
    stepMinutes: integer(1, 'Each further period begun, in minutes, …'),
    stepAmount: amount('… costs this.'),
    dayAmountMax: Type.Optional(amount('Never more than this for one business day.')),
  },
  {
    description:
      'Only with `kind` progressive: fee = amount + stepAmount × ceil((minutes − baseMinutes) / stepMinutes).',
  },
);
export type TariffRule = Static<typeof TariffRuleSchema>;

export const ConfigTariffSchema = Type.Object({
  code: identifier("The tariff's code, to stand in the payment's `tariff`."),
  vehicleClass: vehicleClass(),
  kind: Type.Enum(['flat', 'progressive'], { description: 'One fee per parking, or by duration.' }),
  amount: amount('The flat fee, or the fee of the first `baseMinutes`.'),
  rule: Type.Optional(TariffRuleSchema),
  from: businessDate('First business day (Asia/Jakarta) on which it is in force.'),
  to: Type.Optional(
    businessDate('Last business day on which it is in force, inclusive; absent: until further notice.'),
  ),
});
export type ConfigTariff = Static<typeof ConfigTariffSchema>;

export const ConfigHoursSchema = Type.Object({
  weekday: integer(0, '0 = Sunday … 6 = Saturday, Asia/Jakarta.', 6),
  opens: integer(0, 'Minutes after midnight.', 1439),
  closes: integer(1, 'Minutes after midnight, exclusive; past midnight goes on as an entry of the next day.', 1440),
});
export type ConfigHours = Static<typeof ConfigHoursSchema>;

export const DeviceConfigSchema = Type.Object({
  v: version1(),
  version: integer(1, 'Grows with every change. An older one than the one in use is to be ignored.'),
  deviceId: Type.String({ pattern: DEVICE_ID_PATTERN }),
  issuedAt: instant('When this version was made (the message is retained: this is no clock).'),
  point: Type.Union(
    [
      Type.Object({
        code: identifier('Code of the parking point.'),
        name: label('Its name.'),
        street: label('Its street.'),
        streetClass: Type.Optional(identifier('Class of the street, where the tariff asks for it.')),
        lat: Type.Optional(
          Type.Integer({
            minimum: -LATITUDE_MICRODEGREES_MAX,
            maximum: LATITUDE_MICRODEGREES_MAX,
            description: 'Microdegrees.',
          }),
        ),
        lon: Type.Optional(
          Type.Integer({
            minimum: -LONGITUDE_MICRODEGREES_MAX,
            maximum: LONGITUDE_MICRODEGREES_MAX,
            description: 'Microdegrees.',
          }),
        ),
        geofenceMetres: Type.Optional(integer(1, 'Payments farther from lat, lon than this are flagged.')),
      }),
      Type.Null(),
    ],
    { description: 'Where the device is assigned; null when it is not.' },
  ),
  tariffs: Type.Array(ConfigTariffSchema, { maxItems: 200, description: 'Now in force, and to come.' }),
  hours: Type.Array(ConfigHoursSchema, { maxItems: 42, description: 'Operating hours; none: always open.' }),
  freePeriods: Type.Array(
    Type.Object({
      from: businessDate('First day.'),
      to: Type.Optional(businessDate('Last day, inclusive.')),
      reason: Type.Optional(label('Why.')),
    }),
    { maxItems: 50, description: 'Days, now or to come, on which parking here is free of charge.' },
  ),
  attendants: Type.Array(identifier('Code.'), { maxItems: 200, description: 'Attendants assigned to the point.' }),
  limits: Type.Object(
    {
      batchRecordsMax: integer(1, 'Records in one message.'),
      payloadBytesMax: integer(1, 'Bytes of one message.'),
      inFlightMax: integer(1, 'Unacknowledged publishes that the gateway bears on a connection.'),
      amountMax: amount('Largest fee.'),
      telemetryEverySeconds: integer(1, 'How often `telemetry` is wanted.'),
      spoolDaysMin: integer(1, 'How many days of records the terminal must be able to keep while offline.'),
    },
    { description: 'What the gateway bears and expects.' },
  ),
});
export type DeviceConfig = Static<typeof DeviceConfigSchema>;
