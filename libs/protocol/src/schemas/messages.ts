import { Type, type Static } from 'typebox';
import { BATCH_RECORDS_MAX, MISSING_RANGES_MAX } from '../limits.js';
import { COMMAND_NAMES, FLAGS, ORDER_STATES, OUTCOMES, QUARANTINE_CODES } from '../vocabulary.js';
import { amount, identifier, instant, integer, reason, vehicleClass, version1 } from './parts.js';

/** The messages beside the journal. Unknown fields are borne in each of them. */

export const TelemetrySchema = Type.Object({
  v: version1(),
  at: instant('When it was measured.'),
  battery: Type.Optional(integer(0, 'Charge in percent.', 100)),
  queued: Type.Optional(integer(0, 'Journal records that wait to be acknowledged.')),
  oldestQueuedAt: Type.Optional(instant('`at` of the oldest of them.')),
  signal: Type.Optional(Type.Integer({ minimum: -200, maximum: 200, description: 'Received signal strength in dBm.' })),
  firmware: Type.Optional(identifier('Version of the firmware.')),
  epoch: Type.Optional(integer(1, 'Current epoch.')),
  seq: Type.Optional(integer(0, 'Last sequence number given out in that epoch; 0 before the first.')),
});
export type Telemetry = Static<typeof TelemetrySchema>;

export const StatusSchema = Type.Object({
  v: version1(),
  state: Type.Enum(['online', 'offline'], { description: '`offline` is also the will.' }),
});
export type Status = Static<typeof StatusSchema>;

export const QrisRequestSchema = Type.Object({
  v: version1(),
  requestId: identifier("The terminal's own id of the request; asking again with it gives the same order."),
  at: instant('When it was asked.'),
  vehicleClass: vehicleClass(),
  amount: amount('What is to be paid.'),
});
export type QrisRequest = Static<typeof QrisRequestSchema>;

export const ReplySchema = Type.Object({
  v: version1(),
  id: identifier('Id of the command.'),
  ok: Type.Boolean({ description: 'Whether it was carried out.' }),
  code: Type.Optional(identifier('Why not, when `ok` is false.')),
});
export type Reply = Static<typeof ReplySchema>;

export const ReceiptResultSchema = Type.Object({
  seq: Type.Union([integer(1, 'Sequence number of the record.'), Type.Null()], {
    description: 'null when it could not be read.',
  }),
  outcome: Type.Enum([...OUTCOMES], { description: 'What became of the record.' }),
  code: Type.Optional(Type.Enum([...QUARANTINE_CODES], { description: 'Why, when it is quarantined.' })),
  flags: Type.Optional(
    Type.Array(Type.Enum([...FLAGS]), { minItems: 1, description: 'Absent when there are none, and on a duplicate.' }),
  ),
});
export type ReceiptResult = Static<typeof ReceiptResultSchema>;

// A pair, written as every draft of JSON Schema understands it (tuples changed between drafts).
const range = () =>
  Type.Unsafe<[from: number, to: number]>(
    Type.Array(integer(1, 'Sequence number.'), { minItems: 2, maxItems: 2, description: '[from, to], inclusive.' }),
  );

export const ReceiptSchema = Type.Object({
  v: version1(),
  of: Type.String({
    pattern: '^[A-Za-z0-9_-]{43}$',
    description: "base64url without padding of SHA-256 of the message's payload.",
  }),
  epoch: integer(1, 'The epoch of these records; a message with records of two epochs gets two receipts.'),
  results: Type.Array(ReceiptResultSchema, {
    minItems: 1,
    maxItems: BATCH_RECORDS_MAX,
    description: 'One a record, in the order of the message.',
  }),
  contiguous: integer(0, 'Every record up to here has come.'),
  missing: Type.Array(range(), {
    maxItems: MISSING_RANGES_MAX,
    description: `Inclusive ranges that are missing below the highest seq seen, the oldest ${MISSING_RANGES_MAX}.`,
  }),
  more: Type.Optional(Type.Literal(true, { description: 'More ranges are missing than are told.' })),
});
export type Receipt = Static<typeof ReceiptSchema>;

const commandOf = <Name extends (typeof COMMAND_NAMES)[number], Args extends Type.TSchema>(name: Name, args: Args) =>
  Type.Object(
    {
      v: version1(),
      id: identifier('Id of the command; it may be delivered more than once.'),
      name: Type.Literal(name),
      args,
      expiresAt: instant('After this the command is void.'),
    },
    { title: name },
  );

export const CommandSchema = Type.Union(
  [
    commandOf(
      'resend',
      Type.Object(
        {
          epoch: integer(1, 'Epoch of the records.'),
          from: integer(1, 'First seq.'),
          to: integer(1, 'Last seq, inclusive.'),
        },
        { description: 'Publish these records again, byte for byte in content.' },
      ),
    ),
    commandOf('lock', Type.Object({ reason: Type.Optional(reason('Shown to the attendant.')) })),
    commandOf('unlock', Type.Object({})),
    commandOf('sync-config', Type.Object({}, { description: 'Read `config` anew and apply it.' })),
    commandOf('message', Type.Object({ text: reason('Shown to the attendant.') })),
  ],
  { description: 'Delivered at least once, until answered on `replies` or expired.' },
);
export type Command = Static<typeof CommandSchema>;

export const OrderOfferSchema = Type.Object(
  {
    v: version1(),
    requestId: identifier('The request that is answered.'),
    orderId: identifier("The gateway's id of the order; it stands in the journal record of the payment."),
    qr: Type.String({ maxLength: 512, description: 'Content of the QR code to show (EMVCo merchant-presented).' }),
    expiresAt: instant('Until when it can be paid.'),
  },
  { title: 'offer' },
);
export type OrderOffer = Static<typeof OrderOfferSchema>;

export const OrderStateSchema = Type.Object(
  {
    v: version1(),
    requestId: Type.Optional(identifier('The request, when no order came of it.')),
    orderId: Type.Optional(identifier('The order; absent when none could be made (`unavailable`).')),
    state: Type.Enum([...ORDER_STATES], { description: 'How the order ended.' }),
    rrn: Type.Optional(identifier('Retrieval reference number, when paid.')),
    at: instant('When.'),
  },
  { title: 'state' },
);
export type OrderStateMessage = Static<typeof OrderStateSchema>;

export const PaymentMessageSchema = Type.Union([OrderOfferSchema, OrderStateSchema]);
export type PaymentMessage = Static<typeof PaymentMessageSchema>;
