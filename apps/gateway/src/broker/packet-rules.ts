import type { BrokerLimits } from './limits.js';
import { checkTopicFilter, checkTopicName, PacketReader, ProtocolFault } from './mqtt-text.js';

/** Control packet types of MQTT 3.1.1 (section 2.2.1) that a client may send. */
export const PacketType = {
  connect: 1,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
} as const;

/** The first byte and the length of a packet. */
export interface PacketHeader {
  readonly type: number;
  readonly flags: number;
  /** Bytes of the header itself, 2 to 5. */
  readonly headerBytes: number;
  /** Bytes that follow it. */
  readonly bodyBytes: number;
}

const REMAINING_LENGTH_BYTES_MAX = 4;

/**
 * Reads the fixed header that begins at `at`; null while it is not all there.
 * @throws ProtocolFault for a remaining length of more than four bytes (MQTT 3.1.1 section 2.2.3)
 */
export function readHeader(bytes: Buffer, at: number): PacketHeader | null {
  let bodyBytes = 0;
  for (let i = 0; i < REMAINING_LENGTH_BYTES_MAX; i++) {
    const byte = bytes[at + 1 + i];
    if (byte === undefined) return null;
    bodyBytes += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return { type: bytes[at]! >> 4, flags: bytes[at]! & 0x0f, headerBytes: i + 2, bodyBytes };
  }
  throw new ProtocolFault('the length of a packet takes more than four bytes');
}

/** Flags and length that a type must have: `flags` undefined where they mean something, `bodyBytesMax` the most. */
interface HeaderRule {
  readonly flags?: number;
  readonly bodyBytesMin: number;
  readonly bodyBytesMax: (limits: BrokerLimits) => number;
}

const ackRule = (flags: number): HeaderRule => ({ flags, bodyBytesMin: 2, bodyBytesMax: () => 2 });
const emptyRule: HeaderRule = { flags: 0, bodyBytesMin: 0, bodyBytesMax: () => 0 };
const subscribeRule = (bodyBytesMin: number): HeaderRule => ({
  flags: 2,
  bodyBytesMin,
  bodyBytesMax: (limits) => limits.subscribeBytesMax,
});

const HEADER_RULES: Readonly<Record<number, HeaderRule>> = {
  [PacketType.connect]: { bodyBytesMin: 12, bodyBytesMax: (limits) => limits.connectBytesMax },
  [PacketType.publish]: {
    bodyBytesMin: 3,
    // Topic length, topic, packet identifier, payload.
    bodyBytesMax: (limits) => 2 + limits.topicBytesMax + 2 + limits.publishPayloadBytesMax,
  },
  [PacketType.puback]: ackRule(0),
  [PacketType.pubrec]: ackRule(0),
  [PacketType.pubrel]: ackRule(2),
  [PacketType.pubcomp]: ackRule(0),
  [PacketType.subscribe]: subscribeRule(6),
  [PacketType.unsubscribe]: subscribeRule(5),
  [PacketType.pingreq]: emptyRule,
  [PacketType.disconnect]: emptyRule,
};

/** Throws ProtocolFault for a first byte with which no packet of a client begins, before its length is known. */
export function checkFirstByte(byte: number): HeaderRule {
  const [type, flags] = [byte >> 4, byte & 0x0f];
  const rule = HEADER_RULES[type];
  if (!rule) throw new ProtocolFault(`a client does not send packets of type ${type}`);
  if (rule.flags !== undefined && flags !== rule.flags) throw new ProtocolFault('reserved header flags are set');
  return rule;
}

/** Throws ProtocolFault as soon as a header shows that its packet cannot be right, before its body is read. */
export function checkHeader(header: PacketHeader, limits: BrokerLimits): void {
  const rule = checkFirstByte((header.type << 4) | header.flags);
  if (header.bodyBytes < rule.bodyBytesMin) throw new ProtocolFault('a packet is shorter than its type can be');
  if (header.bodyBytes > rule.bodyBytesMax(limits)) throw new ProtocolFault('a packet is longer than the limit');
  if (header.type === PacketType.publish) checkPublishFlags(header.flags);
}

function checkPublishFlags(flags: number): void {
  const qos = (flags >> 1) & 3;
  if (qos === 3) throw new ProtocolFault('a publish has QoS 3'); // MQTT-3.3.1-4
  if (qos === 0 && flags & 8) throw new ProtocolFault('a publish of QoS 0 is marked as repeated'); // MQTT-3.3.1-2
}

/** Throws ProtocolFault unless the body of any packet but CONNECT is what its header says. */
export function checkBody(header: PacketHeader, body: Buffer, limits: BrokerLimits): void {
  const reader = new PacketReader(body);
  switch (header.type) {
    case PacketType.publish:
      return checkPublish(header.flags, reader, limits);
    case PacketType.subscribe:
      return checkSubscribe(reader, limits);
    case PacketType.unsubscribe:
      return checkUnsubscribe(reader, limits);
    case PacketType.pingreq:
    case PacketType.disconnect:
      return;
    default:
      reader.packetId();
  }
}

function checkPublish(flags: number, reader: PacketReader, limits: BrokerLimits): void {
  checkTopicName(reader.lengthPrefixed(), limits.topicBytesMax);
  if ((flags >> 1) & 3) reader.packetId();
  if (reader.left > limits.publishPayloadBytesMax) throw new ProtocolFault('a payload is longer than the limit');
}

function checkSubscribe(reader: PacketReader, limits: BrokerLimits): void {
  reader.packetId();
  while (reader.left > 0) {
    checkTopicFilter(reader.lengthPrefixed(), limits.topicBytesMax);
    if (reader.byte() > 2) throw new ProtocolFault('a subscription asks for an unknown QoS'); // MQTT-3-8.3-4
  }
}

function checkUnsubscribe(reader: PacketReader, limits: BrokerLimits): void {
  reader.packetId();
  while (reader.left > 0) checkTopicFilter(reader.lengthPrefixed(), limits.topicBytesMax);
}
