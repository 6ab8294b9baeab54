import { METHODS, RECORD_TYPES, VEHICLE_CLASSES, type RecordType } from '@app/protocol';
import fc from 'fast-check';

/** Arbitrary journal records (fast-check), good in every field: for properties of whatever reads them. */

const AT = '2026-11-21T09:15:02+07:00';
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const id = fc.string({ unit: 'grapheme-ascii', maxLength: 64 });
/** Instants of the protocol, at the edges of what it allows. */
export const instant = fc.constantFrom(AT, '2020-01-01T00:00:00Z', '2099-12-31T23:59:59.999-12:00');
const amount = fc.nat(10_000_000);
const cash = fc.nat(1_000_000_000);
const place = { shift: id, attendant: id };
const count = fc.record({ arrivals: fc.nat(), departures: fc.nat(), occupied: fc.nat() }, { requiredKeys: [] });

/** Good bodies of each type: every required field, any of the optional ones. */
export const GOOD_BODIES: Record<
  RecordType,
  { required: Record<string, fc.Arbitrary<unknown>>; optional?: Record<string, fc.Arbitrary<unknown>> }
> = {
  payment: {
    required: {
      vehicleClass: fc.constantFrom(...VEHICLE_CLASSES),
      amount,
      method: fc.constantFrom(...METHODS),
      tariff: id,
      ...place,
    },
    optional: {
      ticket: id,
      plate: id,
      assisted: fc.boolean(),
      enteredAt: instant,
      minutes: fc.nat(),
      qris: fc.record({ orderId: id, rrn: id, nmid: id }, { requiredKeys: [] }),
      card: fc.record({ issuer: id, panHash: id, last4: id, trace: id }, { requiredKeys: [] }),
      loc: fc.record({
        lat: fc.integer({ min: -90_000_000, max: 90_000_000 }),
        lon: fc.integer({ min: -180_000_000, max: 180_000_000 }),
        acc: fc.nat(),
      }),
    },
  },
  void: {
    required: { voids: fc.integer({ min: 1 }), reason: fc.string({ unit: 'grapheme-ascii', maxLength: 200 }) },
    optional: { epoch: fc.integer({ min: 1 }) },
  },
  'shift-open': { required: { ...place, float: cash } },
  'shift-close': { required: { ...place, cashDeclared: cash } },
  collection: { required: { number: fc.maxSafeInteger(), collector: id, registerCash: cash, cashCounted: cash } },
  count: {
    required: {
      from: instant,
      to: instant,
      classes: fc.record(Object.fromEntries(VEHICLE_CLASSES.map((name) => [name, count])), { requiredKeys: [] }),
    },
  },
  boot: { required: { reason: id, firmware: id } },
  test: { required: { amount, technician: id } },
};

export const goodBody = (type: RecordType): fc.Arbitrary<Record<string, unknown>> => {
  const { required, optional: rest = {} } = GOOD_BODIES[type];
  const all = { ...required, ...Object.fromEntries(Object.entries(rest).map(([name, a]) => [name, optional(a)])) };
  return fc.record(all).map((body) => JSON.parse(JSON.stringify(body)) as Record<string, unknown>);
};
/** A type of record and a good body of it. */
export const typeAndBody = fc
  .constantFrom(...RECORD_TYPES)
  .chain((type) => fc.tuple(fc.constant(type), goodBody(type)));
