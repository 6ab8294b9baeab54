import { ProtocolFault } from './mqtt-text.js';
import { PacketType, readHeader } from './packet-rules.js';

type Ack = 'puback' | 'pubrec' | 'pubcomp';

const NAMES: Readonly<Record<number, Ack>> = {
  [PacketType.puback]: 'puback',
  [PacketType.pubrec]: 'pubrec',
  [PacketType.pubcomp]: 'pubcomp',
};

/**
 * Which acknowledgement each packet identifier that was sent to a client waits for. One of the wrong kind breaks the
 * exchange of MQTT 3.1.1 section 4.3 and is a fault; one for an identifier that is not known is none, it may be late.
 * In the order of sending, in which nearly all are answered. They are no Map for the same reason as WaitingLine is no Set.
 */
export class OutboundAcks {
  readonly #ids: number[] = [];
  readonly #awaited: Ack[] = [];

  /** Notes what leaves for the client: whole packets. */
  sent(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      const header = readHeader(bytes, at);
      if (!header) return;
      const body = at + header.headerBytes;
      at = body + header.bodyBytes;
      if (at > bytes.length || header.bodyBytes < 2) continue;
      if (header.type === PacketType.pubrel) this.#await(bytes.readUInt16BE(body), 'pubcomp');
      const qos = header.type === PacketType.publish ? (header.flags >> 1) & 3 : 0;
      if (qos > 0) {
        const id = bytes.readUInt16BE(body + 2 + bytes.readUInt16BE(body));
        this.#await(id, qos === 1 ? 'puback' : 'pubrec');
      }
    }
  }

  /** @throws ProtocolFault for an acknowledgement of the wrong kind */
  received(type: number, body: Buffer): void {
    const ack = NAMES[type];
    if (!ack) return;
    const id = body.readUInt16BE(0);
    const at = this.#ids.indexOf(id);
    const awaited = this.#awaited[at];
    if (awaited === undefined) return;
    // A PUBREC may come again while its PUBREL is under way.
    if (ack === 'pubrec' && awaited === 'pubcomp') return;
    if (ack !== awaited) throw new ProtocolFault(`a ${ack} came in the place of a ${awaited}`);
    this.#ids.splice(at, 1);
    this.#awaited.splice(at, 1);
  }

  #await(id: number, ack: Ack): void {
    const at = this.#ids.indexOf(id);
    if (at === -1) this.#ids.push(id);
    this.#awaited[at === -1 ? this.#awaited.length : at] = ack;
  }
}
