import { Module } from '@nestjs/common';
import { gatewaysBehindBroker } from '@app/persistence';
import { BrokerModule, observerOf } from '../broker/broker.module.js';
import { DevicePolicy } from '../devices/device-policy.js';
import { DevicesModule, SignInLookUp } from '../devices/devices.module.js';
import { DownLink } from '../down-link.js';
import { GatewaySetup } from '../setup.js';
import { ExternalBroker } from './external-broker.js';

/** The broker of others, or null where the gateway is the broker itself. */
export const EXTERNAL_BROKER = Symbol('the broker of others');

function externalBroker(
  setup: GatewaySetup,
  policy: DevicePolicy,
  facts: SignInLookUp,
  link: DownLink,
): ExternalBroker | null {
  const { config, database, gatewayId, limits, log, metrics, now, monotonicMs } = setup.parts;
  const { brokerUrl: url, brokerClientId: clientId, brokerGroup: group } = config;
  if (url === undefined || clientId === undefined) return null;
  const broker = new ExternalBroker({
    url,
    clientId,
    group,
    gatewayId,
    policy,
    factsOf: (deviceId) => facts.ask(deviceId),
    members: () => gatewaysBehindBroker(database),
    observer: observerOf(setup),
    limits,
    now,
    monotonicMs,
    onStranger: (topic) => {
      metrics.strangers.inc();
      log.debug({ topic }, 'a message of nobody who is registered');
    },
  });
  link.attach(broker);
  metrics.gauge('in_flight_broker_messages', 'Messages of the broker not acknowledged.', () => broker.inFlightMessages);
  return broker;
}

/** The way in by a broker of others, where one is configured. */
@Module({
  imports: [DevicesModule, BrokerModule],
  providers: [
    {
      provide: EXTERNAL_BROKER,
      useFactory: externalBroker,
      inject: [GatewaySetup, DevicePolicy, SignInLookUp, DownLink],
    },
  ],
  exports: [EXTERNAL_BROKER],
})
export class ExternalModule {}
