import type { SignInFacts } from '@app/persistence';
import type { SignedInClient } from '../broker/ports.js';
import { holderOf } from './share.js';

export interface HeldDevicesOptions {
  readonly gatewayId: string;
  readonly factsOf: (deviceId: string) => Promise<SignInFacts | undefined>;
  readonly prepare: (facts: SignInFacts) => Promise<void>;
  readonly connected: (client: SignedInClient) => void;
  readonly disconnected: (client: SignedInClient) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Where a device behind a broker connects from: the broker's secret. */
export const BEHIND_BROKER = 'broker';

/**
 * The devices for which this gateway answers: those that say they are online and fall into its share. Every gateway
 * hears every `status`, so a share that moves needs no word from the gateway that had it.
 */
export class HeldDevices {
  readonly #online = new Set<string>();
  readonly #held = new Map<string, SignedInClient>();
  /** Those that could not be looked up: tried again at the next look at the members. */
  readonly #failed = new Set<string>();
  #gatewayIds: readonly string[] = [];

  constructor(private readonly options: HeldDevicesOptions) {}

  /** Resolves when the device, which is known, is held or let go accordingly. */
  async status(deviceId: string, online: boolean): Promise<void> {
    if (online) this.#online.add(deviceId);
    else this.#online.delete(deviceId);
    await this.#settle(deviceId);
  }

  isMine(deviceId: string): boolean {
    return holderOf(deviceId, this.#gatewayIds) === this.options.gatewayId;
  }

  /** The gateways that live now: shares may have moved. */
  async members(gatewayIds: readonly string[]): Promise<void> {
    const moved = gatewayIds.join() !== this.#gatewayIds.join();
    this.#gatewayIds = gatewayIds;
    const again = [...(moved ? this.#online : this.#failed)];
    this.#failed.clear();
    await Promise.all(again.map((deviceId) => this.#settle(deviceId)));
  }

  /** Stops answering for a device until it says again that it is online; false when it was not held. */
  letGo(deviceId: string): boolean {
    this.#online.delete(deviceId);
    return this.#release(deviceId);
  }

  async #settle(deviceId: string): Promise<void> {
    const shouldHold = (): boolean => this.#online.has(deviceId) && this.isMine(deviceId);
    if (!shouldHold()) return void this.#release(deviceId);
    if (this.#held.has(deviceId)) return;
    try {
      const facts = await this.options.factsOf(deviceId);
      if (facts?.status !== 'active') return void this.#online.delete(deviceId);
      await this.options.prepare(facts);
      if (!shouldHold() || this.#held.has(deviceId)) return;
      const { deviceNo, epoch } = facts;
      const client: SignedInClient = { id: deviceId, deviceNo, epoch, address: BEHIND_BROKER };
      this.#held.set(deviceId, client);
      this.options.connected(client);
    } catch (error) {
      this.#failed.add(deviceId);
      this.options.onFailure(error);
    }
  }

  #release(deviceId: string): boolean {
    const client = this.#held.get(deviceId);
    if (!client) return false;
    this.#held.delete(deviceId);
    this.options.disconnected(client);
    return true;
  }
}
