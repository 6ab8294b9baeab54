import type { SignInFacts } from '@app/persistence';

const KEPT_MS = 5_000;
const DEVICES_MAX = 50_000;

/**
 * What the registry says of the devices that speak, asked for once in a few seconds: there is no sign-in here at which
 * it would be read. One promise a device, so that what waits for it goes on in the order of asking.
 */
export class KnownDevices {
  readonly #asked = new Map<string, { readonly at: number; readonly facts: Promise<SignInFacts | undefined> }>();

  constructor(
    private readonly factsOf: (deviceId: string) => Promise<SignInFacts | undefined>,
    private readonly monotonicMs: () => number,
  ) {}

  /** Undefined for a device that does not exist. Rejects when the registry cannot be read. */
  of(deviceId: string): Promise<SignInFacts | undefined> {
    const now = this.monotonicMs();
    const asked = this.#asked.get(deviceId);
    if (asked && now - asked.at < KEPT_MS) return asked.facts;
    if (this.#asked.size >= DEVICES_MAX) this.#asked.clear();
    const facts = this.factsOf(deviceId);
    this.#asked.set(deviceId, { at: now, facts });
    facts.catch(() => this.#asked.delete(deviceId));
    return facts;
  }

  /** The device was changed in the registry. */
  forget(deviceId: string): void {
    this.#asked.delete(deviceId);
  }
}
