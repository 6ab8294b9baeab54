import { hash } from 'node:crypto';
import {
  BATCH_RECORDS_MAX,
  PAYLOAD_BYTES_MAX,
  canonicalJson,
  decodeUtf8Json,
  envelopeFault,
  faultText,
  hasPlainStrings,
  isGoodPayment,
  parseInstant,
  recordFault,
  splitJsonArray,
  type Envelope,
  type QuarantineCode,
} from '@app/protocol';
import type { RegisteredDevice } from '@app/registry';
import { readRecords, type CanonicalPayment } from './canonical-records.js';
import { isAuthentic, isAuthenticCut } from './device-key.js';

/** An authentic record. With a `bodyFault` it fills its place in the sequence and counts for nothing. */
export interface VerifiedRecord {
  readonly kind: 'record';
  readonly epoch: number;
  readonly seq: number;
  /** When the device says it happened, ms. */
  readonly at: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly prev: string;
  /** `mac` or `sig`: with the same key, equal seals mean equal canonical forms. */
  readonly seal: string;
  /** The whole record, seal included, in canonical form (RFC 8785). */
  readonly canonical: string;
  readonly bodyFault: string | null;
  /** The record as it was sent; there only when it goes to quarantine. */
  readonly bytes: Uint8Array | null;
}

/** What cannot be accepted: a record, or a whole message that cannot be read. */
export interface Unacceptable {
  readonly kind: 'unacceptable';
  readonly code: QuarantineCode;
  readonly reason: string;
  /** As far as they can be read. */
  readonly epoch: number | null;
  readonly seq: number | null;
  readonly bytes: Uint8Array;
}

export type VerifiedItem = VerifiedRecord | Unacceptable;

/** The protocol's `of`: base64url SHA-256 of a message's payload, without padding. */
export function messageDigest(payload: Uint8Array): string {
  return hash('sha256', payload, 'base64url');
}

/**
 * Reads a journal message of a device in the order of checks that the protocol gives: `too-large`, `bad-json`,
 * envelope `bad-schema`, `unknown-epoch`, `bad-mac`, body `bad-schema`. Never throws; one item a record, or one for a
 * message that cannot be taken apart.
 */
export function verifyMessage(payload: Uint8Array, device: RegisteredDevice): VerifiedItem[] {
  if (payload.length > PAYLOAD_BYTES_MAX) {
    return [
      unacceptable('too-large', `the message has ${payload.length} bytes, at most ${PAYLOAD_BYTES_MAX}`, payload),
    ];
  }
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
  return verifyRecords(bytes, device) ?? verifyParsed(payload, device);
}

/** Null when the message cannot be taken apart without parsing it. */
function verifyRecords(payload: Buffer, device: RegisteredDevice): VerifiedItem[] | null {
  const records = readRecords(payload);
  if (records === null) return null;
  const items: VerifiedItem[] = [];
  for (const record of records) {
    const bytes = (): Uint8Array => payload.subarray(record.from, record.to);
    if (record.payment !== null) {
      items.push(verifiedPayment(payload, record, device) ?? verifyRecord(record.payment, true, device, bytes));
      continue;
    }
    const json = decodeUtf8Json(bytes());
    if (!json.ok) return null;
    items.push(verifyRecord(json.value, hasPlainStrings(json.text), device, bytes));
  }
  return items;
}

/** Null when anything is wrong with it. */
function verifiedPayment(payload: Buffer, read: CanonicalPayment, device: RegisteredDevice): VerifiedRecord | null {
  const { payment, from, to, cutFrom, macAt } = read;
  const { epoch, seq, at, type, body, prev, mac } = payment;
  const key = device.keyOf(epoch);
  if (!key || !isGoodPayment(payment) || !isAuthenticCut(key, payload, read, mac)) return null;
  const canonical =
    cutFrom === macAt
      ? payload.toString('latin1', from, to)
      : `${payload.toString('latin1', from, macAt)}"mac":"${mac}",${payload.toString('latin1', macAt, cutFrom)}}`;
  const instant = parseInstant(at)!;
  return {
    kind: 'record',
    epoch,
    seq,
    at: instant,
    type,
    body,
    prev,
    seal: mac,
    canonical,
    bodyFault: null,
    bytes: null,
  };
}

function verifyParsed(payload: Uint8Array, device: RegisteredDevice): VerifiedItem[] {
  const json = decodeUtf8Json(payload);
  if (!json.ok) return [unacceptable('bad-json', json.message, payload)];
  const plain = hasPlainStrings(json.text);
  if (!Array.isArray(json.value)) return [verifyRecord(json.value, plain, device, () => payload)];
  const elements: unknown[] = json.value;
  if (elements.length === 0) return [unacceptable('bad-schema', 'the message must hold at least one record', payload)];
  if (elements.length > BATCH_RECORDS_MAX) {
    return [
      unacceptable('too-large', `the message has ${elements.length} records, at most ${BATCH_RECORDS_MAX}`, payload),
    ];
  }
  let texts: string[] | null = null;
  return elements.map((element, index) =>
    verifyRecord(element, plain, device, () => {
      texts ??= splitJsonArray(json.text);
      return Buffer.from(texts?.[index] ?? json.text);
    }),
  );
}

/** @param plain whether the message's text has plain strings only */
function verifyRecord(value: unknown, plain: boolean, device: RegisteredDevice, bytes: () => Uint8Array): VerifiedItem {
  const envelope = envelopeFault(value, plain);
  if (envelope) return { ...unacceptable('bad-schema', faultText(envelope), bytes()), ...readablePlace(value) };
  const record = value as Envelope;
  const { epoch, seq } = record;
  const key = device.keyOf(epoch);
  if (!key) {
    return { ...unacceptable('unknown-epoch', `epoch ${epoch} was never given to this device`, bytes()), epoch, seq };
  }
  const kind = 'sig' in record ? 'sig' : 'mac';
  const seal = kind === 'sig' ? (record as { sig: string }).sig : (record as { mac: string }).mac;
  const { unsealed, sealAt } = canonicalText(record, kind);
  if (!isAuthentic(key, unsealed, seal, kind)) {
    return { ...unacceptable('bad-mac', `${kind} is not right under the key of epoch ${epoch}`, bytes()), epoch, seq };
  }
  const fault = recordFault(record, plain);
  return {
    kind: 'record',
    epoch,
    seq,
    at: parseInstant(record.at)!,
    type: record.type,
    body: record.body as Readonly<Record<string, unknown>>,
    prev: record.prev,
    seal,
    canonical: `${unsealed.slice(0, sealAt)}"${kind}":${JSON.stringify(seal)},${unsealed.slice(sealAt)}`,
    bodyFault: fault ? faultText(fault) : null,
    bytes: fault ? bytes() : null,
  };
}

/**
 * The canonical text of a record without its seal, and where in it the seal stands in the whole record's: the envelope is
 * closed, so its fields in the order of RFC 8785 are known. The whole text is then cut from this one, which is one piece of
 * memory: made of its parts again, it would be written out twice.
 */
function canonicalText(record: Envelope, kind: 'mac' | 'sig'): { unsealed: string; sealAt: number } {
  const { at, body, epoch, prev, seq, type, v } = record;
  const unsealed = canonicalJson({ at, body, epoch, prev, seq, type, v });
  const tail = `"type":${JSON.stringify(type)},"v":${v}}`;
  const before = kind === 'mac' ? `"prev":${JSON.stringify(prev)},"seq":${seq},`.length : 0;
  return { unsealed, sealAt: unsealed.length - tail.length - before };
}

function unacceptable(code: QuarantineCode, reason: string, bytes: Uint8Array): Unacceptable {
  return { kind: 'unacceptable', code, reason, epoch: null, seq: null, bytes };
}

/** Epoch and seq of a record with a bad envelope, each told if it can be read. */
function readablePlace(value: unknown): { epoch: number | null; seq: number | null } {
  const record = (typeof value === 'object' && value !== null ? value : {}) as { epoch?: unknown; seq?: unknown };
  return { epoch: readable(record.epoch), seq: readable(record.seq) };
}

function readable(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 1 ? (value as number) : null;
}
