import { Module } from '@nestjs/common';
import { DevicesModule } from '../devices/devices.module.js';
import { DevicePolicy } from '../devices/device-policy.js';
import { DownLink } from '../down-link.js';
import { GatewaySetup } from '../setup.js';
import { BROKER_LIMITS } from './limits.js';
import { MqttBroker } from './mqtt-broker.js';
import type { BrokerObserver } from './ports.js';

function observerOf(setup: GatewaySetup): BrokerObserver {
  const { log, metrics } = setup.parts;
  return {
    closed: (reason, detail, clientId) => {
      metrics.closed.inc({ reason });
      const isUsual = reason === 'lost' || reason === 'taken-over' || reason === 'keepalive';
      log[isUsual ? 'debug' : 'info']({ reason, detail, clientId }, 'connection closed');
    },
    acknowledged: (delayMs) => metrics.ackDelay.observe(delayMs / 1000),
    fault: (error, doing) => setup.failing(doing)(error),
  };
}

async function startBroker(setup: GatewaySetup, policy: DevicePolicy, link: DownLink): Promise<MqttBroker> {
  const { now, monotonicMs, metrics } = setup.parts;
  const broker = await MqttBroker.start({
    policy,
    observer: observerOf(setup),
    limits: BROKER_LIMITS,
    now,
    monotonicMs,
  });
  link.attach(broker);
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
