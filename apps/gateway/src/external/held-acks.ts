import type { IPublishPacket, MqttClient, Packet } from 'mqtt';

/** How mqtt.js writes every packet; private to it, so its absence in another version is told at start. */
interface Wire {
  _sendPacket(packet: Packet, done?: (error?: Error) => void): void;
}

/**
 * Has a client acknowledge a message of QoS 1 when it is told to, and not, as mqtt.js does, before it looks at the next
 * one: a thousand messages may wait for their commits at once. An acknowledgement that comes too late, when its
 * connection is gone, is not sent: its packet identifier may be another message's by then.
 * @param onMessage called for each message in the order of coming; `acknowledge` may be called once, at any time
 */
export function holdAcknowledgements(
  client: MqttClient,
  onMessage: (packet: IPublishPacket, acknowledge: () => void) => void,
): void {
  const wire = client as unknown as Wire;
  if (typeof wire._sendPacket !== 'function') throw new Error('this version of mqtt.js writes its packets another way');
  const send = wire._sendPacket.bind(client);
  let connection = 0;
  client.on('close', () => connection++);
  wire._sendPacket = (packet, done) => {
    if (packet.cmd === 'puback') done?.();
    else send(packet, done);
  };
  client.handleMessage = (packet, done) => {
    const of = connection;
    onMessage(packet, () => {
      if (packet.qos === 1 && of === connection && client.connected)
        send({ cmd: 'puback', messageId: packet.messageId!, reasonCode: 0 });
    });
    done();
  };
}
