import { BROKER_LIMITS } from '../broker/limits.js';
import { MqttBroker } from '../broker/mqtt-broker.js';
import type { BrokerPolicy, UpMessage } from '../broker/ports.js';
import { listenTcp } from '../listeners/tcp.js';

/** The one filter that is refused, so that a suite can see what a refusal looks like. */
export const NO_SUBSCRIBE_FILTER = 'test/nosubscribe';

/** Everybody may come in and say anything, as the suites for MQTT 3.1.1 brokers expect; every publish is committed. */
function everythingAllowed(commit: (message: UpMessage) => Promise<void>): BrokerPolicy {
  return {
    signIn: () => Promise.resolve({ accepted: true, deviceNo: 0, epoch: 0 }),
    // What the broker tells itself on these would be believed.
    mayPublish: (_clientId, topic) => !topic.startsWith('$SYS/'),
    maySubscribe: (_clientId, filter) => filter !== NO_SUBSCRIBE_FILTER,
    ownerOf: () => null,
    take: async (message) => {
      await commit(message);
      return { forward: true, answers: [] };
    },
    connected: () => undefined,
    subscribed: () => undefined,
    disconnected: () => undefined,
  };
}

export interface ConformanceBroker {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * The gateway's broker with its guards, bounds and acknowledgement after the commit, but without sign-in and access
 * rules, on loopback only: for conformance suites of others.
 */
export async function startConformanceBroker(
  port: number,
  commit: (message: UpMessage) => Promise<void>,
  onFault: (error: unknown) => void,
): Promise<ConformanceBroker> {
  const broker = await MqttBroker.start({
    policy: everythingAllowed(commit),
    observer: { closed: () => undefined, acknowledged: () => undefined, fault: onFault },
    limits: { ...BROKER_LIMITS, topicBytesMax: 65_535, subscriptionsPerClientMax: 1_000 },
    now: () => Date.now(),
    monotonicMs: () => performance.now(),
  });
  const listening = await listenTcp('127.0.0.1', port, (raw, origin) => broker.accept(raw, origin));
  return {
    port: listening.port,
    stop: async () => {
      await listening.close();
      await broker.close(1_000);
    },
  };
}
