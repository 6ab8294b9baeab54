export const TOPIC_PREFIX = 'eparking/v1';

/** `up` is published by the terminal, `down` by the gateway. */
export type Direction = 'up' | 'down';

export interface ChannelFacts {
  readonly direction: Direction;
  readonly retained: boolean;
  /** The quality of service that the sender uses. */
  readonly qos: readonly (0 | 1)[];
}

/** The nine topics of a device, under `eparking/v1/{deviceId}/`. */
export const CHANNELS = {
  journal: { direction: 'up', retained: false, qos: [1] },
  telemetry: { direction: 'up', retained: false, qos: [0, 1] },
  status: { direction: 'up', retained: true, qos: [1] },
  requests: { direction: 'up', retained: false, qos: [1] },
  replies: { direction: 'up', retained: false, qos: [1] },
  receipts: { direction: 'down', retained: false, qos: [1] },
  config: { direction: 'down', retained: true, qos: [1] },
  commands: { direction: 'down', retained: false, qos: [1] },
  payments: { direction: 'down', retained: false, qos: [1] },
} as const satisfies Record<string, ChannelFacts>;

export type Channel = keyof typeof CHANNELS;

export interface TopicParts {
  readonly deviceId: string;
  readonly channel: Channel;
}

export const DEVICE_ID_PATTERN = '^[a-z0-9][a-z0-9-]{2,31}$';
const deviceIdPattern = new RegExp(DEVICE_ID_PATTERN);

/** True for a well-formed device id: `[a-z0-9][a-z0-9-]{2,31}` (`hh-0001` a handheld, `mt-0017` a meter). */
export function isDeviceId(text: string): boolean {
  return deviceIdPattern.test(text);
}

/** The topic of a device's channel: `eparking/v1/hh-0001/journal`. */
export function topicOf(deviceId: string, channel: Channel): string {
  return `${TOPIC_PREFIX}/${deviceId}/${channel}`;
}

/** The topic read last: each check of a publish reads its topic anew. */
let last: { readonly topic: string; readonly parts: TopicParts | null } = { topic: '', parts: null };

/** The device and the channel of a topic; null for any text that is no topic of this protocol. */
export function parseTopic(topic: string): TopicParts | null {
  if (topic !== last.topic) last = { topic, parts: read(topic) };
  return last.parts;
}

function read(topic: string): TopicParts | null {
  const end = topic.lastIndexOf('/');
  if (end <= TOPIC_PREFIX.length || !topic.startsWith(`${TOPIC_PREFIX}/`)) return null;
  const deviceId = topic.slice(TOPIC_PREFIX.length + 1, end);
  const channel = topic.slice(end + 1);
  if (!isDeviceId(deviceId) || !Object.hasOwn(CHANNELS, channel)) return null;
  return { deviceId, channel: channel as Channel };
}

/** Who publishes on a channel. */
export function directionOf(channel: Channel): Direction {
  return CHANNELS[channel].direction;
}

/** True for any subscription filter under the device's own prefix, wildcards included: all that it may subscribe to. */
export function isFilterOfDevice(deviceId: string, filter: string): boolean {
  return filter.startsWith(`${TOPIC_PREFIX}/${deviceId}/`);
}
