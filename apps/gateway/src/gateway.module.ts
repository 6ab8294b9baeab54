import { Module, type DynamicModule } from '@nestjs/common';
import { BrokerModule } from './broker/broker.module.js';
import { CommandCourier } from './couriers/command-courier.js';
import { ConfigDesk } from './config/config-desk.js';
import { DevicePolicy } from './devices/device-policy.js';
import { DevicesModule, SignInLookUp } from './devices/devices.module.js';
import { DownLink } from './down-link.js';
import { ExternalModule } from './external/external.module.js';
import { GatewayWatch } from './gateway-watch.js';
import { Gateway } from './gateway.js';
import { OrderCourier } from './couriers/order-courier.js';
import { GatewaySetup } from './setup.js';

function gatewayWatch(
  setup: GatewaySetup,
  policy: DevicePolicy,
  courier: CommandCourier,
  orders: OrderCourier,
  configDesk: ConfigDesk,
  facts: SignInLookUp,
  link: DownLink,
): GatewayWatch {
  const { databaseUrl, gatewayId, reprocess, now } = setup.parts;
  return new GatewayWatch({
    databaseUrl,
    gatewayId,
    policy,
    courier,
    orders,
    configDesk,
    factsOf: (deviceId) => facts.ask(deviceId),
    reprocess: () => reprocess(now()),
    closeClient: (deviceId, why) => void link.closeClient(deviceId, why),
    onFailure: setup.failing('hearing of changes'),
  });
}

/** The setup, seen from every module. */
@Module({})
class SetupModule {
  static with(setup: GatewaySetup): DynamicModule {
    return {
      module: SetupModule,
      global: true,
      providers: [{ provide: GatewaySetup, useValue: setup }],
      exports: [GatewaySetup],
    };
  }
}

/** The gateway: terminals on one side, the database on the other. */
@Module({})
export class GatewayModule {
  static with(setup: GatewaySetup): DynamicModule {
    return {
      module: GatewayModule,
      imports: [SetupModule.with(setup), DevicesModule, BrokerModule, ExternalModule],
      providers: [
        Gateway,
        {
          provide: GatewayWatch,
          useFactory: gatewayWatch,
          inject: [GatewaySetup, DevicePolicy, CommandCourier, OrderCourier, ConfigDesk, SignInLookUp, DownLink],
        },
      ],
    };
  }
}
