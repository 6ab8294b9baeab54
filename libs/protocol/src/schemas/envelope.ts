import { Type } from 'typebox';
import { MAC_CHARS_MAX } from '../limits.js';
import type { RecordType } from '../vocabulary.js';
import type { BodyOf } from './bodies.js';
import { instant, integer, version1 } from './parts.js';

/** The fields around a record's body. The envelope is closed: an unknown field at the top is refused. */
export const ENVELOPE_FIELDS = {
  v: version1(),
  epoch: integer(1, 'Grows by one each time the device is provisioned anew.'),
  seq: integer(1, 'Counts 1, 2, 3 … within the epoch, without gaps.'),
  type: Type.String({ description: 'Type of the record.' }),
  at: instant('When it happened, by the clock of the terminal.'),
  body: Type.Object({}, { description: 'What happened. Unknown fields are kept.' }),
  prev: Type.String({
    maxLength: MAC_CHARS_MAX,
    description: 'The `mac` (or `sig`) of the record before it in the epoch, empty for the first.',
  }),
} as const;

export const MAC_FIELD = Type.String({
  maxLength: MAC_CHARS_MAX,
  description:
    'base64url without padding of HMAC-SHA-256, with the 32 bytes of the journal key, over the UTF-8 bytes of the RFC 8785 canonical JSON of the record without `mac`.',
});
export const SIG_FIELD = Type.String({
  maxLength: MAC_CHARS_MAX,
  description:
    'base64url without padding of the Ed25519 signature over the UTF-8 bytes of the RFC 8785 canonical JSON of the record without `sig`.',
});

export const MacEnvelopeSchema = Type.Object({ ...ENVELOPE_FIELDS, mac: MAC_FIELD }, { additionalProperties: false });
export const SigEnvelopeSchema = Type.Object({ ...ENVELOPE_FIELDS, sig: SIG_FIELD }, { additionalProperties: false });

interface RecordFields {
  readonly v: 1;
  readonly epoch: number;
  readonly seq: number;
  readonly at: string;
  readonly prev: string;
}
type Seal = { readonly mac: string; readonly sig?: never } | { readonly sig: string; readonly mac?: never };

/** A record of one type that passed every check of form. */
export type RecordOf<T extends RecordType> = RecordFields & Seal & { readonly type: T; readonly body: BodyOf<T> };
/** Any record that passed every check of form, told apart by `type`. */
export type JournalRecord = { [T in RecordType]: RecordOf<T> }[RecordType];

/** A record that passed the envelope check: its type may still be unknown and its body anything. */
export type Envelope = RecordFields &
  Seal & { readonly type: string; readonly body: Readonly<Record<string, unknown>> };
