import mqtt, { type Packet } from 'mqtt-packet';
import { OutboundAcks } from './outbound-acks.js';
import { PacketType } from './packet-rules.js';

const publish = (qos: 0 | 1 | 2, messageId?: number): Packet => ({
  cmd: 'publish',
  topic: 'a/b',
  payload: 'x'.repeat(200),
  qos,
  messageId,
  dup: false,
  retain: false,
});
const id = (messageId: number): Buffer => Buffer.of(messageId >> 8, messageId & 0xff);

/** Sends these packets to the client, then takes these acknowledgements; the first fault, or what came through. */
function exchange(sent: Packet[], ...received: [type: number, messageId: number][]): string {
  const acks = new OutboundAcks();
  acks.sent(Buffer.concat(sent.map((packet) => mqtt.generate(packet))));
  try {
    for (const [type, messageId] of received) acks.received(type, id(messageId));
    return 'fine';
  } catch (error) {
    return (error as Error).message;
  }
}
const { puback, pubrec, pubcomp, pubrel } = PacketType;

describe('acknowledgements of what was sent', () => {
  it.each<[string, Packet[], [number, number][], string]>([
    ['PUBACK of QoS 1', [publish(1, 7)], [[puback, 7]], 'fine'],
    [
      'PUBACK twice: the second is late',
      [publish(1, 7)],
      [
        [puback, 7],
        [puback, 7],
      ],
      'fine',
    ],
    [
      'an unknown identifier',
      [publish(1, 7)],
      [
        [puback, 8],
        [pubrec, 9],
        [pubcomp, 10],
      ],
      'fine',
    ],
    [
      'PUBREC and PUBCOMP of QoS 2',
      [publish(2, 7), { cmd: 'pubrel', messageId: 7 }],
      [
        [pubrec, 7],
        [pubcomp, 7],
      ],
      'fine',
    ],
    ['PUBREC of QoS 1', [publish(1, 7)], [[pubrec, 7]], 'a pubrec came in the place of a puback'],
    ['PUBCOMP of QoS 1', [publish(1, 7)], [[pubcomp, 7]], 'a pubcomp came in the place of a puback'],
    ['PUBACK of QoS 2', [publish(2, 7)], [[puback, 7]], 'a puback came in the place of a pubrec'],
    ['PUBCOMP before PUBREC', [publish(2, 7)], [[pubcomp, 7]], 'a pubcomp came in the place of a pubrec'],
    [
      'PUBACK after PUBREL',
      [{ cmd: 'pubrel', messageId: 7 }],
      [[puback, 7]],
      'a puback came in the place of a pubcomp',
    ],
    [
      'several packets in one piece',
      [publish(0), publish(1, 300), publish(2, 65_535)],
      [
        [puback, 300],
        [pubcomp, 65_535],
      ],
      'a pubcomp came in the place of a pubrec',
    ],
    ['PUBREL, which is no acknowledgement of ours', [publish(1, 7)], [[pubrel, 7]], 'fine'],
  ])('%s', (_, sent, received, expected) => expect(exchange(sent, ...received)).toBe(expected));
});
