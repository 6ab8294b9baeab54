import type { BrokerLimits } from './limits.js';
import { checkText, checkTopicName, PacketReader, ProtocolFault } from './mqtt-text.js';

/** Why a CONNECT is answered with a refusal and not only closed (MQTT 3.1.1 section 3.2.2.3). */
export const ConnackCode = {
  unacceptableProtocol: 1,
  identifierRejected: 2,
  serverUnavailable: 3,
  badUserNameOrPassword: 4,
  notAuthorized: 5,
} as const;
export type ConnackCode = (typeof ConnackCode)[keyof typeof ConnackCode];

/** What a CONNECT says, as plain values. */
export interface ConnectFacts {
  readonly clientId: string;
  readonly clean: boolean;
  readonly keepaliveSeconds: number;
  readonly willTopic: string | null;
  /** MQTT 3.1, which leaves bits unused that 3.1.1 reserves. */
  readonly isMqtt31: boolean;
}

/** A CONNECT that is understood, and answered with a refusal. */
export interface ConnectRefusal {
  /** The CONNACK. */
  readonly answer: Buffer;
  readonly reason: string;
}

function refusal(code: ConnackCode, reason: string): ConnectRefusal {
  return { answer: Buffer.of(0x20, 2, 0, code), reason };
}

/** As MQTT 5 writes it: no session, reason 0x84 "unsupported protocol version", no properties. */
const UNSUPPORTED_BY_5 = Buffer.of(0x20, 3, 0, 0x84, 0);

const LEVEL_311 = 4;
const LEVEL_31 = 3;
const LEVEL_5 = 5;
/** Set by bridges, which speak the version of the other bits. */
const LEVEL_BRIDGE = 0x80;

const Flag = { reserved: 0x01, clean: 0x02, will: 0x04, willRetain: 0x20, password: 0x40, userName: 0x80 } as const;

/**
 * Reads the body of a CONNECT (MQTT 3.1.1 section 3.1, and MQTT 3.1 with its older name).
 * @throws ProtocolFault where the standard has the connection closed without an answer
 */
export function readConnect(headerFlags: number, body: Buffer, limits: BrokerLimits): ConnectFacts | ConnectRefusal {
  const reader = new PacketReader(body);
  const name = reader.lengthPrefixed().toString('latin1');
  if (name !== 'MQTT' && name !== 'MQIsdp') throw new ProtocolFault('the protocol is not MQTT'); // MQTT-3.1.2-1
  const isMqtt31 = name === 'MQIsdp';
  if (headerFlags !== 0 && !isMqtt31) throw new ProtocolFault('reserved header flags are set');
  const level = reader.byte();
  if (level !== (isMqtt31 ? LEVEL_31 : LEVEL_311)) return refusedLevel(level);
  const flags = reader.byte();
  checkFlags(isMqtt31 ? flags & ~Flag.reserved : flags);
  const keepaliveSeconds = reader.uint16();
  const clientId = reader.lengthPrefixed();
  checkText(clientId, 'a client identifier');
  const willTopic = flags & Flag.will ? readWill(reader, limits) : null;
  if (flags & Flag.userName) checkText(reader.lengthPrefixed(), 'a user name');
  if (flags & Flag.password) reader.lengthPrefixed();
  reader.end();
  const clean = (flags & Flag.clean) !== 0;
  // MQTT-3.1.3-8; MQTT 3.1 knows no empty identifier at all.
  if (clientId.length === 0 && (!clean || isMqtt31))
    return refusal(ConnackCode.identifierRejected, 'an empty client identifier has no session');
  return { clientId: clientId.toString(), clean, keepaliveSeconds, willTopic, isMqtt31 };
}

/**
 * A level that is not spoken here gets code 1 (MQTT 3.1.1, MQTT-3.1.2-2); so learns an MQTT 5 client to step down. Of a
 * version after 5 nothing is known but that it is nearer to 5: it is told as MQTT 5 has it (MQTT 5, section 3.1.2.2).
 */
function refusedLevel(level: number): ConnectRefusal {
  const told = refusal(ConnackCode.unacceptableProtocol, `protocol level ${level} is not spoken here`);
  return level > LEVEL_5 && level < LEVEL_BRIDGE ? { ...told, answer: UNSUPPORTED_BY_5 } : told;
}

/** Where the flags of an MQTT 3.1 CONNECT lie in its body: after the name `MQIsdp` and the level. */
const FLAGS_AT_31 = 9;

/** Clears what MQTT 3.1 leaves unused in a CONNECT and any bits may stand in: the broker knows 3.1.1's rule alone. */
export function clearUnusedBits(packet: Buffer, headerBytes: number): void {
  packet[0] = packet[0]! & 0xf0;
  packet[headerBytes + FLAGS_AT_31]! &= ~Flag.reserved;
}

function checkFlags(flags: number): void {
  if (flags & Flag.reserved) throw new ProtocolFault('the reserved flag of CONNECT is set'); // MQTT-3.1.2-3
  const willQos = (flags >> 3) & 3;
  if (willQos === 3) throw new ProtocolFault('a will has QoS 3'); // MQTT-3.1.2-14
  if (!(flags & Flag.will) && (willQos > 0 || flags & Flag.willRetain))
    throw new ProtocolFault('there are flags of a will without one'); // MQTT-3.1.2-11, -13, -15
  if (flags & Flag.password && !(flags & Flag.userName))
    throw new ProtocolFault('there is a password without a user name'); // MQTT-3.1.2-22
}

function readWill(reader: PacketReader, limits: BrokerLimits): string {
  const topic = reader.lengthPrefixed();
  checkTopicName(topic, limits.topicBytesMax);
  reader.lengthPrefixed(); // The message itself may be any bytes.
  return topic.toString();
}
