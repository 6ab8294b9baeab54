import { isUtf8 } from 'node:buffer';

/** What is wrong with a packet, for the log. The client gets no word of it: MQTT 3.1.1 closes the connection. */
export class ProtocolFault extends Error {
  override name = 'ProtocolFault';
}

/**
 * Throws unless the bytes are a text that MQTT and PostgreSQL can both hold: well-formed UTF-8 (MQTT-1.5.3-1) without
 * U+0000 (MQTT-1.5.3-2), control characters and non-characters, which MQTT 3.1.1 section 1.5.3 lets a server refuse.
 */
export function checkText(bytes: Uint8Array, what: string): void {
  if (!isUtf8(bytes)) throw new ProtocolFault(`${what} is not UTF-8`);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte < 0x20 || byte === 0x7f) throw new ProtocolFault(`${what} holds a control character`);
    // U+0080 to U+009F are C2 80 to C2 9F.
    if (byte === 0xc2 && bytes[i + 1]! < 0xa0) throw new ProtocolFault(`${what} holds a control character`);
    if (byte === 0xef && isNonCharacter(bytes, i)) throw new ProtocolFault(`${what} holds a non-character`);
  }
}

/** U+FFFE and U+FFFF (EF BF BE, EF BF BF), U+FDD0 to U+FDEF (EF B7 90 to EF B7 AF). */
function isNonCharacter(bytes: Uint8Array, at: number): boolean {
  const [second, third] = [bytes[at + 1]!, bytes[at + 2]!];
  return (second === 0xbf && third >= 0xbe) || (second === 0xb7 && third >= 0x90 && third <= 0xaf);
}

const HASH = 0x23;
const PLUS = 0x2b;
const SLASH = 0x2f;

/** Throws unless the bytes are a topic name: text, not empty, without wildcards (MQTT-3.3.2-2, MQTT-4.7.3-1). */
export function checkTopicName(bytes: Uint8Array, bytesMax: number): void {
  if (bytes.length === 0) throw new ProtocolFault('a topic is empty');
  if (bytes.length > bytesMax) throw new ProtocolFault(`a topic is longer than ${bytesMax} bytes`);
  checkText(bytes, 'a topic');
  if (bytes.includes(HASH) || bytes.includes(PLUS)) throw new ProtocolFault('a topic to publish on holds a wildcard');
}

/** Throws unless the bytes are a topic filter: `+` alone in its level, `#` alone in the last (MQTT-4.7.1-2, -3). */
export function checkTopicFilter(bytes: Uint8Array, bytesMax: number): void {
  if (bytes.length === 0) throw new ProtocolFault('a topic filter is empty');
  if (bytes.length > bytesMax) throw new ProtocolFault(`a topic filter is longer than ${bytesMax} bytes`);
  checkText(bytes, 'a topic filter');
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte !== HASH && byte !== PLUS) continue;
    const beginsLevel = i === 0 || bytes[i - 1] === SLASH;
    const endsLevel = i === bytes.length - 1 || (byte === PLUS && bytes[i + 1] === SLASH);
    if (!beginsLevel || !endsLevel) throw new ProtocolFault('a wildcard does not stand alone in its level');
  }
}

/** Reads the parts of a packet in order. Each read throws ProtocolFault when the packet ends too soon. */
export class PacketReader {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  get left(): number {
    return this.bytes.length - this.#at;
  }

  byte(): number {
    return this.bytes[this.#skip(1)]!;
  }

  uint16(): number {
    return this.bytes.readUInt16BE(this.#skip(2));
  }

  /** A string or binary value: two bytes of length and as many bytes (a view, not a copy). */
  lengthPrefixed(): Buffer {
    const length = this.uint16();
    const at = this.#skip(length);
    return this.bytes.subarray(at, at + length);
  }

  /** A packet identifier, which is never 0 (MQTT-2.3.1-1). */
  packetId(): number {
    const id = this.uint16();
    if (id === 0) throw new ProtocolFault('a packet identifier is 0');
    return id;
  }

  end(): void {
    if (this.left > 0) throw new ProtocolFault('a packet is longer than what it holds');
  }

  /** Where the next part begins, which has so many bytes. */
  #skip(count: number): number {
    if (this.left < count) throw new ProtocolFault('a packet is shorter than what it announces');
    const at = this.#at;
    this.#at += count;
    return at;
  }
}
