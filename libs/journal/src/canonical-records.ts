import { BATCH_RECORDS_MAX, type Envelope, type PaymentBody } from '@app/protocol';

/** Where a record stands in a message's bytes; `to` is the byte after it. */
export interface RecordBytes {
  readonly payment: null;
  readonly from: number;
  readonly to: number;
}

/** A payment as its canonical bytes tell it. What was sealed are its bytes less those from `cutFrom` to `cutTo`. */
export interface CanonicalPayment {
  readonly payment: Envelope & { readonly mac: string };
  readonly from: number;
  readonly to: number;
  readonly cutFrom: number;
  readonly cutTo: number;
  /** Where `"mac"` stands in the order of RFC 8785: where the cut begins, unless it was sent last. */
  readonly macAt: number;
}

/**
 * Takes a journal message apart without parsing it: a record or an array of them, no white space between them. A payment
 * written in the very canonical form (RFC 8785) over which its MAC is made, `mac` in its place or last, with the fields
 * that most payments have, is read at once; of any other record behind one only the bytes are told, which are JSON when
 * JSON.parse takes them. Parsing all and writing it anew to see what was sealed was a third of the gateway's work for a
 * record (docs/PERFORMANCE.md). What is read is what JSON.parse reads; whether it fits the schemas is not looked at.
 * @returns null for a message that cannot be taken apart so, which says nothing against it; also when it begins with
 *   another record, for a terminal that writes otherwise mostly writes all so, and to parse them one by one costs more
 */
export function readRecords(payload: Buffer): (CanonicalPayment | RecordBytes)[] | null {
  return new Reader(payload).records();
}

const OPEN = 0x5b;
const CLOSE = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const SPACE = 0x20;
const TILDE = 0x7e;
/** More digits may be more than 2^53 - 1. */
const DIGITS_MAX = 15;

const bytesOf = (text: string): Uint8Array => Buffer.from(text);
/** What stands between the values, the quotation marks of texts left out. */
const BETWEEN = {
  at: bytesOf('{"at":"'),
  amount: bytesOf('","body":{"amount":'),
  attendant: bytesOf(',"attendant":"'),
  method: bytesOf('","method":"'),
  plate: bytesOf('","plate":"'),
  qris: bytesOf('","qris":{"'),
  nmid: bytesOf('nmid":"'),
  nextQris: bytesOf('","'),
  orderId: bytesOf('orderId":"'),
  rrn: bytesOf('rrn":"'),
  shiftAfterQris: bytesOf('"},"shift":"'),
  shift: bytesOf('","shift":"'),
  tariff: bytesOf('","tariff":"'),
  ticket: bytesOf('","ticket":"'),
  vehicleClass: bytesOf('","vehicleClass":"'),
  epoch: bytesOf('"},"epoch":'),
  mac: bytesOf(',"mac":"'),
  prevAfterMac: bytesOf('","prev":"'),
  prev: bytesOf(',"prev":"'),
  seq: bytesOf('","seq":'),
  type: bytesOf(',"type":"payment","v":1'),
} as const;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class Reader {
  #at = 0;
  readonly #bytes: Buffer;
  /** The MAC read last: nearly always the next record's `prev`. */
  #mac = '';

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  records(): (CanonicalPayment | RecordBytes)[] | null {
    const bytes = this.#bytes;
    const records: (CanonicalPayment | RecordBytes)[] = [];
    const isArray = bytes[0] === OPEN;
    if (isArray) this.#at = 1;
    for (;;) {
      const from = this.#at;
      const record = this.#payment(from) ?? (records.length > 0 ? this.#skipped(from) : null);
      if (record === null || records.push(record) > BATCH_RECORDS_MAX) return null;
      if (!isArray) return this.#at === bytes.length ? records : null;
      const after = bytes[this.#at++];
      if (after === CLOSE) return this.#at === bytes.length ? records : null;
      if (after !== COMMA) return null;
    }
  }

  /** Of an object that is no such payment its bytes, found by its braces. */
  #skipped(from: number): RecordBytes | null {
    const bytes = this.#bytes;
    if (bytes[from] !== OPEN_OBJECT) return null;
    let depth = 0;
    let isText = false;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at];
      if (isText && byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isText = !isText;
      else if (isText) continue;
      else if (byte === OPEN_OBJECT) depth += 1;
      else if (byte === CLOSE_OBJECT && --depth === 0) {
        this.#at = at + 1;
        return { payment: null, from, to: at + 1 };
      }
    }
    return null;
  }

  #payment(from: number): CanonicalPayment | null {
    const at = this.#textAfter(BETWEEN.at);
    const body = at === null ? null : this.#body();
    const epoch = body === null ? -1 : this.#integerAfter(BETWEEN.epoch);
    if (epoch < 0) return null;
    const macAt = this.#at + 1;
    let cutFrom = macAt;
    let mac = this.#textAfter(BETWEEN.mac);
    // With the mark that ends the text and the comma behind it.
    let cutTo = this.#at + 2;
    const isLast = mac === null;
    const prev = this.#prev(isLast ? BETWEEN.prev : BETWEEN.prevAfterMac);
    const seq = prev === null ? -1 : this.#integerAfter(BETWEEN.seq);
    if (seq < 0 || !this.#passes(BETWEEN.type)) return null;
    if (isLast) {
      cutFrom = this.#at;
      mac = this.#textAfter(BETWEEN.mac);
      cutTo = this.#at += 1;
    }
    if (mac === null || this.#bytes[this.#at] !== CLOSE_OBJECT) return null;
    this.#at += 1;
    this.#mac = mac;
    const payment = { v: 1 as const, epoch, seq, type: 'payment', at: at!, body: body!, prev: prev!, mac };
    return { payment, from, to: this.#at, cutFrom, cutTo, macAt };
  }

  #body(): PaymentBody | null {
    const amount = this.#integerAfter(BETWEEN.amount);
    const attendant = amount < 0 ? null : this.#wordAfter(BETWEEN.attendant);
    const method = attendant === null ? null : this.#wordAfter(BETWEEN.method);
    if (method === null) return null;
    const plate = this.#textAfter(BETWEEN.plate);
    const qris = this.#passes(BETWEEN.qris) ? this.#qris() : undefined;
    const shift = qris === null ? null : this.#wordAfter(qris ? BETWEEN.shiftAfterQris : BETWEEN.shift);
    const tariff = shift === null ? null : this.#wordAfter(BETWEEN.tariff);
    if (tariff === null) return null;
    const ticket = this.#textAfter(BETWEEN.ticket);
    const vehicleClass = this.#wordAfter(BETWEEN.vehicleClass);
    if (vehicleClass === null) return null;
    const fields = { amount, attendant, method, shift, tariff, vehicleClass };
    const body = fields as Mutable<PaymentBody>;
    if (ticket !== null) body.ticket = ticket;
    if (plate !== null) body.plate = plate;
    if (qris) body.qris = qris;
    return body;
  }

  /** From within the quotation mark of its first key; not to the mark that ends its last text. */
  #qris(): PaymentBody['qris'] | null {
    const qris: Mutable<NonNullable<PaymentBody['qris']>> = {};
    for (const key of ['nmid', 'orderId', 'rrn'] as const) {
      const text = this.#textAfter(BETWEEN[key]);
      if (text === null) continue;
      qris[key] = text;
      if (!this.#passes(BETWEEN.nextQris)) return qris;
    }
    return null;
  }

  /** True when these bytes come next, which are then passed. */
  #passes(expected: Uint8Array): boolean {
    const bytes = this.#bytes;
    const at = this.#at;
    for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false;
    this.#at = at + expected.length;
    return true;
  }

  /** What ends with a quotation mark after these bytes, if they come next and it is printable ASCII without escapes. */
  #textAfter(expected: Uint8Array): string | null {
    const before = this.#at;
    const end = this.#passes(expected) ? this.#endOfText() : -1;
    if (end < 0) {
      this.#at = before;
      return null;
    }
    const text = this.#bytes.toString('latin1', this.#at, end);
    this.#at = end;
    return text;
  }

  /** The same of a text that many records have in common. */
  #wordAfter(expected: Uint8Array): string | null {
    const end = this.#passes(expected) ? this.#endOfText() : -1;
    if (end < 0) return null;
    const word = wordOf(this.#bytes, this.#at, end);
    this.#at = end;
    return word;
  }

  #prev(expected: Uint8Array): string | null {
    const mac = this.#mac;
    const from = this.#at + expected.length;
    const isMac = mac !== '' && standsAt(this.#bytes, from, mac) && this.#bytes[from + mac.length] === QUOTE;
    if (!isMac || !this.#passes(expected)) return this.#textAfter(expected);
    this.#at += mac.length;
    return mac;
  }

  #endOfText(): number {
    const bytes = this.#bytes;
    for (let i = this.#at; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === QUOTE) return i;
      if (byte < SPACE || byte > TILDE || byte === BACKSLASH) return -1;
    }
    return -1;
  }

  /** An integer as ECMAScript writes it after these bytes, -1 for anything else. */
  #integerAfter(expected: Uint8Array): number {
    if (!this.#passes(expected)) return -1;
    const bytes = this.#bytes;
    const from = this.#at;
    let value = 0;
    let at = from;
    for (; at < bytes.length; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    const digits = at - from;
    if (digits === 0 || digits > DIGITS_MAX || (digits > 1 && bytes[from] === ZERO)) return -1;
    this.#at = at;
    return value;
  }
}

const WORD_CHARS_MAX = 32;
const WORDS = 256;
/** Words read before, each at a place that follows from its bytes, where the next one of that place takes its turn. */
const words = new Array<string>(WORDS).fill('');

function wordOf(bytes: Buffer, from: number, to: number): string {
  const length = to - from;
  if (length === 0) return '';
  if (length > WORD_CHARS_MAX) return bytes.toString('latin1', from, to);
  const place = (bytes[from]! * 7 + bytes[to - 1]! * 31 + length * 17) % WORDS;
  const there = words[place]!;
  if (there.length === length && standsAt(bytes, from, there)) return there;
  return (words[place] = bytes.toString('latin1', from, to));
}

/** True when these bytes are an ASCII text's. */
function standsAt(bytes: Buffer, from: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false;
  return true;
}
