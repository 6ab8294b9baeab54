import { formFault, nulTextFault, printableKey, type Fault } from './fault.js';
import { checkOf, type Check } from './schema-fault.js';
import { BODY_SCHEMAS } from './schemas/bodies.js';
import { MacEnvelopeSchema, SigEnvelopeSchema, type Envelope } from './schemas/envelope.js';
import { RECORD_TYPES, type RecordType } from './vocabulary.js';

const macEnvelopeFault = checkOf(MacEnvelopeSchema, '');
const sigEnvelopeFault = checkOf(SigEnvelopeSchema, '');

const bodyFaults = Object.fromEntries(
  RECORD_TYPES.map((type) => [type, checkOf(BODY_SCHEMAS[type], 'body')]),
) as Record<RecordType, Check>;

/**
 * The checks of one record that come before its epoch and MAC are looked at: that it is an object with the closed set
 * of fields of the envelope, and that it has a canonical form (no lone surrogate, integers within 2^53 - 1, at most
 * eight levels, the record itself being the first). A record with such a fault fills no place in the sequence.
 * When null, `value` is an Envelope and may be given to canonicalJson.
 * @param plain the value comes from a text that hasPlainStrings
 */
export function envelopeFault(value: unknown, plain = false): Fault | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { field: 'record', message: 'must be an object' };
  }
  const signed = Object.hasOwn(value, 'sig') && !Object.hasOwn(value, 'mac');
  return formFault(value, plain) ?? (signed ? sigEnvelopeFault(value) : macEnvelopeFault(value));
}

/** True for a type of record that this version knows. */
export function isRecordType(type: string): type is RecordType {
  return Object.hasOwn(BODY_SCHEMAS, type);
}

/**
 * The checks of an authentic record's body: a known type, the fields of that type, no U+0000 in any text. Unknown
 * fields are borne. A record with such a fault fills its place in the sequence and can be reprocessed after a fix.
 * @param plain the body comes from a text that hasPlainStrings
 */
export function bodyFault(type: string, body: unknown, plain = false): Fault | null {
  if (!isRecordType(type)) {
    return { field: 'type', message: `must be one of ${RECORD_TYPES.join(', ')}, not "${printableKey(type)}"` };
  }
  return bodyFaults[type](body) ?? (plain ? null : nulTextFault('body', body));
}

/** bodyFault of a whole record, and U+0000 in its `prev`: everything that makes an authentic record `bad-schema`. */
export function recordFault(record: Envelope, plain = false): Fault | null {
  return bodyFault(record.type, record.body, plain) ?? (plain ? null : nulTextFault('prev', record.prev));
}

/**
 * True when a payment fits its schemas whose texts are plain ASCII without escapes and whose integers are exact: nothing
 * else can then be wrong with its form.
 */
export function isGoodPayment(payment: Envelope): boolean {
  return macEnvelopeFault(payment) === null && bodyFaults.payment(payment.body) === null;
}
