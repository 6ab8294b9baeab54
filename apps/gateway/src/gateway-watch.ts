import {
  COMMANDS_CHANNEL,
  HELD_CHANNEL,
  listen,
  PAYMENTS_CHANNEL,
  REPROCESS_CHANNEL,
  type Listener,
  type SignInFacts,
} from '@app/persistence';
import type { CommandCourier } from './couriers/command-courier.js';
import type { ConfigDesk } from './config/config-desk.js';
import type { DevicePolicy } from './devices/device-policy.js';
import type { OrderCourier } from './couriers/order-courier.js';

export interface GatewayWatchOptions {
  readonly databaseUrl: string;
  readonly gatewayId: string;
  readonly policy: DevicePolicy;
  readonly courier: CommandCourier;
  readonly orders: OrderCourier;
  readonly configDesk: ConfigDesk;
  /** What a device's sign-in is held against now. */
  readonly factsOf: (deviceId: string) => Promise<SignInFacts | undefined>;
  readonly reprocess: () => Promise<void>;
  readonly closeClient: (deviceId: string, why: string) => void;
  readonly onFailure: (error: unknown) => void;
}

const REGISTRY_CHANNEL = 'eparking_registry';
const DEVICES_CHANNEL = 'eparking_devices';

/**
 * Hears what others do to this gateway's devices: a changed registry, a command, a rotation or revocation, a device
 * that connected to another gateway. Word may be lost while the connection to the database is; then everything is
 * looked at once.
 */
export class GatewayWatch {
  #listener: Listener | null = null;

  constructor(private readonly options: GatewayWatchOptions) {}

  start(): void {
    this.#listener = listen({
      url: this.options.databaseUrl,
      applicationName: 'eparking-gateway-listener',
      channels: [
        REGISTRY_CHANNEL,
        DEVICES_CHANNEL,
        COMMANDS_CHANNEL,
        HELD_CHANNEL,
        REPROCESS_CHANNEL,
        PAYMENTS_CHANNEL,
      ],
      onNotify: (channel, payload) => this.#heard(channel, payload),
      onListening: () => this.lookAtAll(),
      onError: this.options.onFailure,
    });
  }

  async stop(): Promise<void> {
    await this.#listener?.close();
  }

  lookAtAll(): void {
    const { policy, courier, orders, configDesk } = this.options;
    for (const deviceId of policy.devices()) void this.judge(deviceId);
    void configDesk.refresh();
    courier.lookAtAll();
    orders.lookAtAll();
    this.#reprocess();
  }

  #reprocess(): void {
    void this.options.reprocess().catch(this.options.onFailure);
  }

  #heard(channel: string, payload: string): void {
    const { courier, orders, configDesk, gatewayId, closeClient } = this.options;
    if (channel === REGISTRY_CHANNEL) configDesk.changed();
    else if (channel === DEVICES_CHANNEL) void this.judge(payload);
    else if (channel === REPROCESS_CHANNEL) this.#reprocess();
    else if (channel === COMMANDS_CHANNEL) courier.hasNews(Number(payload));
    else if (channel === PAYMENTS_CHANNEL) orders.hasNews(Number(payload));
    else {
      const [deviceId, holder] = payload.split(' ');
      if (holder !== gatewayId) closeClient(deviceId!, 'the device connected to another gateway');
    }
  }

  /** Closes the connection of a device that would not be let in any more with what it signed in with. */
  async judge(deviceId: string): Promise<void> {
    const { policy, factsOf, closeClient, onFailure } = this.options;
    try {
      if (!policy.mayStay(deviceId, await factsOf(deviceId))) closeClient(deviceId, 'revoked or provisioned anew');
    } catch (error) {
      onFailure(error);
    }
  }
}
