import { Type, type TSchema } from 'typebox';
import { BATCH_RECORDS_MAX } from '../limits.js';
import { BODY_SCHEMAS } from '../schemas/bodies.js';
import { DeviceConfigSchema } from '../schemas/device-config.js';
import { ENVELOPE_FIELDS, MAC_FIELD, SIG_FIELD } from '../schemas/envelope.js';
import {
  CommandSchema,
  PaymentMessageSchema,
  QrisRequestSchema,
  ReceiptSchema,
  ReplySchema,
  StatusSchema,
  TelemetrySchema,
} from '../schemas/messages.js';
import type { Channel } from '../topics.js';
import { RECORD_TYPES, type RecordType } from '../vocabulary.js';

/** What the schema of a channel is called, and what no JSON Schema can say about it. */
export const TITLES: Record<Channel, string> = {
  journal: 'A journal message: one record, or an array of records',
  telemetry: 'Health of a terminal',
  status: 'Whether a terminal is connected (retained; also its will)',
  requests: 'A request for a dynamic QRIS order',
  replies: 'The result of a command',
  receipts: 'The outcome of the records of one journal message and epoch',
  config: 'What a terminal needs to charge rightly (retained, versioned)',
  commands: 'A command to a terminal',
  payments: 'A QRIS order: its code, then how it ended',
};

const BEYOND_SCHEMA =
  'Beyond this schema: UTF-8 without byte-order mark, at most 65,536 bytes and 8 levels; every number, in unknown ' +
  'fields too, an integer within 2^53 - 1; no U+0000 and no lone surrogate in any text; instants of real days.';

/** The record of one type: the pieces that envelopeFault and bodyFault check, put together. */
function recordSchema(type: RecordType): TSchema {
  return Type.Object(
    {
      ...ENVELOPE_FIELDS,
      type: Type.Literal(type),
      body: BODY_SCHEMAS[type],
      mac: Type.Optional(MAC_FIELD),
      sig: Type.Optional(SIG_FIELD),
    },
    { title: type, additionalProperties: false, oneOf: [{ required: ['mac'] }, { required: ['sig'] }] },
  );
}

/** A record of any type. */
const RecordSchema: TSchema = { title: 'One journal record', anyOf: RECORD_TYPES.map(recordSchema) };

const journalSchema = (recordRef: string): TSchema => {
  const record = { $ref: recordRef };
  return { anyOf: [record, { type: 'array', minItems: 1, maxItems: BATCH_RECORDS_MAX, items: record }] };
};

const schemas: Record<Exclude<Channel, 'journal'>, TSchema> = {
  telemetry: TelemetrySchema,
  status: StatusSchema,
  requests: QrisRequestSchema,
  replies: ReplySchema,
  receipts: ReceiptSchema,
  config: DeviceConfigSchema,
  commands: CommandSchema,
  payments: PaymentMessageSchema,
};

/** The plain JSON of a schema: what TypeBox adds for itself is not enumerable and stays behind. */
export type PlainSchema = Record<string, unknown>;

const plain = (schema: TSchema): PlainSchema => JSON.parse(JSON.stringify(schema)) as PlainSchema;

/** The schema of one journal record, to which the schema of `journal` refers. */
export const recordSchemaPlain = (): PlainSchema => plain(RecordSchema);

/**
 * The schema of a channel's messages, ready to stand in a document (valid in drafts 07 and 2020-12 alike).
 * @param recordRef where in that document recordSchemaPlain stands
 */
export function channelSchema(channel: Channel, recordRef: string): PlainSchema {
  const schema = plain(channel === 'journal' ? journalSchema(recordRef) : schemas[channel]);
  const said = typeof schema.description === 'string' ? `${schema.description} ` : '';
  return { title: TITLES[channel], ...schema, description: said + BEYOND_SCHEMA };
}

/** The schema of a channel's messages as a document of its own (JSON Schema 2020-12). */
export function schemaDocument(channel: Channel): PlainSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:eparking:device-protocol:v1:${channel}`,
    ...channelSchema(channel, '#/$defs/record'),
    ...(channel === 'journal' ? { $defs: { record: recordSchemaPlain() } } : {}),
  };
}
