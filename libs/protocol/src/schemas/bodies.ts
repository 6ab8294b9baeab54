import { Type, type Static } from 'typebox';
import { LATITUDE_MICRODEGREES_MAX, LONGITUDE_MICRODEGREES_MAX } from '../limits.js';
import { METHODS, VEHICLE_CLASSES, type RecordType, type VehicleClass } from '../vocabulary.js';
import { amount, cashSum, identifier, instant, integer, reason, vehicleClass } from './parts.js';

/** Bodies of the journal's records. Unknown fields are kept and never refused, at every level of a body. */

const shift = () => identifier('The shift, as the terminal numbers it; empty where there is none (a meter).');
const attendant = () => identifier('Code of the attendant; empty where there is none (a meter).');

export const LocationSchema = Type.Object(
  {
    lat: Type.Integer({
      minimum: -LATITUDE_MICRODEGREES_MAX,
      maximum: LATITUDE_MICRODEGREES_MAX,
      description: 'Latitude in microdegrees.',
    }),
    lon: Type.Integer({
      minimum: -LONGITUDE_MICRODEGREES_MAX,
      maximum: LONGITUDE_MICRODEGREES_MAX,
      description: 'Longitude in microdegrees.',
    }),
    acc: Type.Optional(integer(0, 'Radius of uncertainty in metres.')),
  },
  { description: 'Where the terminal was.' },
);

export const PaymentBodySchema = Type.Object({
  vehicleClass: vehicleClass(),
  amount: amount('What the driver paid; 0 for a free or subscribed one.'),
  method: Type.Enum([...METHODS], { description: 'How it was paid.' }),
  tariff: identifier('Code of the tariff that the terminal applied.'),
  shift: shift(),
  attendant: attendant(),
  ticket: Type.Optional(identifier('Serial number of the paper ticket.')),
  plate: Type.Optional(identifier('Number plate.')),
  assisted: Type.Optional(
    Type.Boolean({ description: "Paid by the attendant's own card or phone for a cash driver." }),
  ),
  enteredAt: Type.Optional(instant('When the vehicle arrived.')),
  minutes: Type.Optional(integer(0, 'Duration that was paid for, in minutes.')),
  qris: Type.Optional(
    Type.Object(
      {
        orderId: Type.Optional(identifier('The order that was paid; absent with a static code.')),
        rrn: Type.Optional(identifier('Retrieval reference number of the acquirer.')),
        nmid: Type.Optional(identifier('National merchant id that the code carried.')),
      },
      { description: 'The QRIS payment.' },
    ),
  ),
  card: Type.Optional(
    Type.Object(
      {
        issuer: Type.Optional(identifier('Issuer of the card.')),
        panHash: Type.Optional(identifier('Keyed hash of the card number; never the number.')),
        last4: Type.Optional(identifier('Last four digits.')),
        trace: Type.Optional(identifier("Trace number of the card's transaction.")),
      },
      { description: 'The e-money card.' },
    ),
  ),
  loc: Type.Optional(LocationSchema),
});
export type PaymentBody = Static<typeof PaymentBodySchema>;

export const VoidBodySchema = Type.Object({
  voids: integer(1, '`seq` of the payment that is taken back.'),
  reason: reason('Why.'),
  epoch: Type.Optional(integer(1, "Epoch of that payment; the record's own when absent.")),
});
export type VoidBody = Static<typeof VoidBodySchema>;

export const ShiftOpenBodySchema = Type.Object({
  shift: shift(),
  attendant: attendant(),
  float: cashSum('Change money in the drawer at the start.'),
});
export type ShiftOpenBody = Static<typeof ShiftOpenBodySchema>;

export const ShiftCloseBodySchema = Type.Object({
  shift: shift(),
  attendant: attendant(),
  cashDeclared: cashSum('Cash that the attendant counted, declared before any expected sum was shown.'),
});
export type ShiftCloseBody = Static<typeof ShiftCloseBodySchema>;

export const CollectionBodySchema = Type.Object({
  number: Type.Integer({
    minimum: Number.MIN_SAFE_INTEGER,
    maximum: Number.MAX_SAFE_INTEGER,
    description: "The meter's number of this collection.",
  }),
  collector: identifier('Code of the collector.'),
  registerCash: cashSum("Cash that the meter's register says the box holds."),
  cashCounted: cashSum('Cash that was counted in the box.'),
});
export type CollectionBody = Static<typeof CollectionBodySchema>;

const classCount = () =>
  Type.Object(
    {
      arrivals: Type.Optional(integer(0, 'Vehicles that came in the interval.')),
      departures: Type.Optional(integer(0, 'Vehicles that left in the interval.')),
      occupied: Type.Optional(integer(0, 'Spaces occupied at the end of the interval.')),
    },
    { description: 'Counts of one class.' },
  );
export type ClassCount = Static<ReturnType<typeof classCount>>;

const optionalClassCount = () => Type.Optional(classCount());
const classCounts = Object.fromEntries(VEHICLE_CLASSES.map((name) => [name, optionalClassCount()])) as {
  [Name in VehicleClass]: ReturnType<typeof optionalClassCount>;
};

export const CountBodySchema = Type.Object({
  from: instant('Beginning of the interval.'),
  to: instant('End of the interval.'),
  classes: Type.Object(classCounts, {
    additionalProperties: false,
    description: 'Counts by vehicle class; a class that was not counted is left out.',
  }),
});
export type CountBody = Static<typeof CountBodySchema>;

export const BootBodySchema = Type.Object({
  reason: reason('Why the terminal started.'),
  firmware: identifier('Version of its firmware.'),
});
export type BootBody = Static<typeof BootBodySchema>;

export const TestBodySchema = Type.Object({
  amount: amount('Test money, never revenue.'),
  technician: identifier('Code of the technician.'),
});
export type TestBody = Static<typeof TestBodySchema>;

export const BODY_SCHEMAS = {
  payment: PaymentBodySchema,
  void: VoidBodySchema,
  'shift-open': ShiftOpenBodySchema,
  'shift-close': ShiftCloseBodySchema,
  collection: CollectionBodySchema,
  count: CountBodySchema,
  boot: BootBodySchema,
  test: TestBodySchema,
} as const satisfies Record<RecordType, unknown>;

/** The body of each type of record. */
export type BodyOf<T extends RecordType> = Static<(typeof BODY_SCHEMAS)[T]>;
