import { CHANNELS, DEVICE_ID_PATTERN, TOPIC_PREFIX, type Channel } from '../topics.js';
import { EXAMPLES } from './examples.js';
import { channelSchema, recordSchemaPlain, TITLES } from './json-schemas.js';

/** The AsyncAPI 3 document of the device protocol, from the gateway's point of view: it receives up, it sends down. */

const DESCRIPTION = `The contract between a parking terminal (handheld or meter) and the eparking gateway.
README.md beside this document tells the whole of it in words, with test vectors; schemas/ has each message as a
JSON Schema. All three are generated from, or checked against, the code that validates.`;

const SUMMARIES: Record<Channel, string> = {
  journal: 'Everything that is money or evidence: one sequence and one hash chain a device. PUBACK means durable.',
  telemetry: 'Health: battery, queue depth, clock, signal, firmware, last sequence number.',
  status: 'Presence. Publish online after CONNECT; leave offline as the will.',
  requests: 'Asks for a dynamic QRIS order.',
  replies: 'Tells the result of a command.',
  receipts: 'Tells the outcome of every record of a journal message, and what is missing.',
  config: 'Point, tariffs now and to come, hours, limits.',
  commands: 'resend, lock, unlock, sync-config, message. At least once, until answered or expired.',
  payments: "A QRIS order's code, then its payment.",
};

const RECORD_EXAMPLE_NAME = 'payment';

/** A server binding: the session that a terminal is advised to ask for, and its will. */
const mqttServerBindings = {
  mqtt: {
    clientId: '{deviceId}',
    cleanSession: false,
    keepAlive: 60,
    lastWill: {
      topic: `${TOPIC_PREFIX}/{deviceId}/status`,
      qos: 1,
      retain: true,
      message: '{"v":1,"state":"offline"}',
    },
  },
};

const servers = {
  tls: {
    host: 'gateway.example:8883',
    protocol: 'secure-mqtt',
    protocolVersion: '3.1.1',
    description: 'MQTT 3.1.1 over TLS 1.2 or newer.',
    security: [{ $ref: '#/components/securitySchemes/password' }, { $ref: '#/components/securitySchemes/certificate' }],
    bindings: mqttServerBindings,
  },
  websocket: {
    host: 'gateway.example',
    pathname: '/mqtt',
    protocol: 'wss',
    protocolVersion: '3.1.1',
    description: 'MQTT 3.1.1 over WebSocket, for terminals in a browser.',
    security: [{ $ref: '#/components/securitySchemes/password' }],
  },
  loopback: {
    host: 'localhost:1883',
    protocol: 'mqtt',
    protocolVersion: '3.1.1',
    description: 'Plain MQTT, on loopback only unless opened by configuration.',
    security: [{ $ref: '#/components/securitySchemes/password' }],
    bindings: mqttServerBindings,
  },
};

function messageOf(channel: Channel, journalExample: object): object {
  const examples =
    channel === 'journal'
      ? [{ name: RECORD_EXAMPLE_NAME, payload: journalExample }]
      : EXAMPLES[channel].map((payload) => ({ payload }));
  return {
    name: channel,
    title: TITLES[channel],
    contentType: 'application/json',
    payload: { $ref: `#/components/schemas/${channel}` },
    examples,
  };
}

function channelOf(channel: Channel): object {
  return {
    address: `${TOPIC_PREFIX}/{deviceId}/${channel}`,
    description: SUMMARIES[channel],
    parameters: { deviceId: { $ref: '#/components/parameters/deviceId' } },
    messages: { [channel]: { $ref: `#/components/messages/${channel}` } },
  };
}

function operationOf(channel: Channel): [string, object] {
  const { direction, qos, retained } = CHANNELS[channel];
  const action = direction === 'up' ? 'receive' : 'send';
  return [
    `${action}-${channel}`,
    {
      action,
      channel: { $ref: `#/channels/${channel}` },
      summary: SUMMARIES[channel],
      messages: [{ $ref: `#/channels/${channel}/messages/${channel}` }],
      bindings: { mqtt: { qos: Math.max(...qos), retain: retained } },
    },
  ];
}

/**
 * The AsyncAPI document as a plain object.
 * @param journalExample a journal record with a true MAC, to be shown as the example
 */
export function asyncApiDocument(journalExample: object): Record<string, unknown> {
  const channels = Object.keys(CHANNELS) as Channel[];
  const perChannel = <T>(make: (channel: Channel) => T): Record<string, T> =>
    Object.fromEntries(channels.map((channel) => [channel, make(channel)]));
  return {
    asyncapi: '3.0.0',
    id: 'urn:eparking:device-protocol:v1',
    info: { title: 'eparking device protocol', version: '1.0.0', description: DESCRIPTION },
    defaultContentType: 'application/json',
    servers,
    channels: perChannel(channelOf),
    operations: Object.fromEntries(channels.map(operationOf)),
    components: {
      parameters: {
        deviceId: { description: `The device id, which is also MQTT client id and user name: ${DEVICE_ID_PATTERN}` },
      },
      messages: perChannel((channel) => messageOf(channel, journalExample)),
      schemas: {
        record: recordSchemaPlain(),
        ...perChannel((channel) => channelSchema(channel, '#/components/schemas/record')),
      },
      securitySchemes: {
        password: { type: 'userPassword', description: "User name = device id, with the device's MQTT password." },
        certificate: { type: 'X509', description: 'A client certificate whose CN is the device id.' },
      },
    },
  };
}
