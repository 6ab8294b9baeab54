import { Module } from '@nestjs/common';
import { DevicesModule } from '../devices/devices.module.js';
import { DevicePolicy } from '../devices/device-policy.js';
import { DownLink } from '../down-link.js';
import { GatewaySetup } from '../setup.js';
import { MqttBroker } from './mqtt-broker.js';
import type { BrokerObserver, ClosedReason } from './ports.js';
import { TokenBucket } from './token-bucket.js';

/** Ends of connections that somebody may have to look into. */
const TOLD: ReadonlySet<ClosedReason> = new Set(['protocol-fault', 'bad-sign-in', 'forbidden-publish', 'not-taken']);
/** Lines of them a second, in the long run and at once: a hostile client shall not fill the disk. */
const TOLD_PER_SECOND = 2;
const TOLD_BURST = 50;

/** What ends and fails, counted and told. */
export function observerOf(setup: GatewaySetup): BrokerObserver {
  const { log, metrics, monotonicMs } = setup.parts;
  const lines = new TokenBucket(TOLD_PER_SECOND, TOLD_BURST, monotonicMs());
  return {
    closed: (reason, detail, clientId) => {
      metrics.closed.inc({ reason });
      const isTold = TOLD.has(reason) && lines.take(monotonicMs());
      log[isTold ? 'info' : 'debug']({ reason, detail, clientId }, 'connection closed');
    },
    acknowledged: (delayMs) => metrics.ackDelay.observe(delayMs / 1000),
    fault: (error, doing) => setup.failing(doing)(error),
  };
}

async function startBroker(setup: GatewaySetup, policy: DevicePolicy, link: DownLink): Promise<MqttBroker> {
  const { config, now, monotonicMs, metrics, limits } = setup.parts;
  const broker = await MqttBroker.start({
    policy,
    observer: observerOf(setup),
    limits: limits.broker,
    now,
    monotonicMs,
  });
  if (config.brokerUrl === undefined) link.attach(broker);
  metrics.gauge('connections', 'Connections, signed in or not.', () => broker.connections);
  metrics.gauge('in_flight_messages', 'Publishes taken and not yet answered.', () => broker.inFlight.messages);
  metrics.gauge('in_flight_bytes', 'Bytes of them.', () => broker.inFlight.bytes);
  metrics.gauge('queued_bytes', 'Bytes of messages kept for persistent sessions.', () => broker.queuedBytes);
  return broker;
}

/** The broker with the device protocol's rules. */
@Module({
  imports: [DevicesModule],
  providers: [{ provide: MqttBroker, useFactory: startBroker, inject: [GatewaySetup, DevicePolicy, DownLink] }],
  exports: [MqttBroker],
})
export class BrokerModule {}
