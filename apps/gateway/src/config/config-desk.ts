import { createHash } from 'node:crypto';
import type { ConfigFacts } from '@app/persistence';
import { topicOf, type DeviceConfig } from '@app/protocol';
import type { DownMessage } from '../broker/ports.js';
import { configContent, configVersion } from './device-config.js';

export interface ConfigDeskOptions {
  readonly load: (nowMs: number) => Promise<ConfigFacts>;
  /** The point to which a device is assigned now. */
  readonly pointOf: (deviceId: string) => Promise<number | undefined>;
  readonly now: () => number;
  readonly publish: (message: DownMessage) => void;
  readonly onFailure: (error: unknown) => void;
}

/** After a change of the registry: an import of a city is many changes. */
const REFRESH_PAUSE_MS = 200;
/** What is retained for a device. */
interface Issued {
  readonly digest: string;
  readonly version: number;
  readonly payload: string;
}

/** A look at the registry may be shared with somebody who asked before it changed: then a second is enough. */
const LOOKS_MAX = 3;

/**
 * Keeps the retained `config` of the connected devices what the registry says: computed before a device is let in, so
 * that its first subscription finds it, and again when the registry changes, published only when it says something new.
 */
export class ConfigDesk {
  #facts: ConfigFacts | null = null;
  readonly #issued = new Map<string, Issued>();
  readonly #connected = new Set<string>();
  #loading: Promise<ConfigFacts> | null = null;
  #pause: NodeJS.Timeout | undefined;
  #refreshing: Promise<void> | null = null;
  #again = false;

  constructor(private readonly options: ConfigDeskOptions) {}

  stop(): void {
    clearTimeout(this.#pause);
  }

  /**
   * Has the device's configuration, of this version of the registry or a newer one, retained before it is let in.
   * Rejects when the registry cannot be read.
   */
  async prepare(deviceId: string, pointId: number, registryVersion: number): Promise<void> {
    let facts = this.#facts;
    for (let look = 0; look < LOOKS_MAX && !(facts && facts.version >= registryVersion); look++)
      facts = await this.#load();
    this.#connected.add(deviceId);
    this.#issue(deviceId, pointId, facts!);
  }

  gone(deviceId: string): void {
    this.#connected.delete(deviceId);
  }

  /** Publishes the configuration once more, as it is. */
  republish(deviceId: string): void {
    const issued = this.#issued.get(deviceId);
    if (issued) this.#publish(deviceId, issued.payload);
  }

  /** The registry changed, perhaps many times in a row. */
  changed(): void {
    this.#pause ??= setTimeout(() => {
      this.#pause = undefined;
      void this.refresh();
    }, REFRESH_PAUSE_MS);
  }

  /** Reads the registry and issues what is new to the connected devices. Resolves when it is done or has failed. */
  refresh(): Promise<void> {
    this.#again = true;
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        const facts = await this.#load();
        await Promise.all([...this.#connected].map((deviceId) => this.#refreshDevice(deviceId, facts)));
      } catch (error) {
        this.options.onFailure(error);
      }
    }
  }

  async #refreshDevice(deviceId: string, facts: ConfigFacts): Promise<void> {
    const pointId = await this.options.pointOf(deviceId);
    if (pointId !== undefined && this.#connected.has(deviceId)) this.#issue(deviceId, pointId, facts);
  }

  #load(): Promise<ConfigFacts> {
    this.#loading ??= this.options.load(this.options.now()).finally(() => (this.#loading = null));
    return this.#loading.then((facts) => (this.#facts = facts));
  }

  #issue(deviceId: string, pointId: number, facts: ConfigFacts): void {
    const now = this.options.now();
    const content = configContent(deviceId, facts.points.get(pointId), facts, now);
    const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64');
    const last = this.#issued.get(deviceId);
    if (digest === last?.digest) return;
    const version = configVersion(facts.version, now, last?.version ?? 0);
    const config: DeviceConfig = { ...content, version, issuedAt: new Date(now).toISOString() };
    const payload = JSON.stringify(config);
    this.#issued.set(deviceId, { digest, version, payload });
    this.#publish(deviceId, payload);
  }

  #publish(deviceId: string, payload: string): void {
    this.options.publish({ topic: topicOf(deviceId, 'config'), payload, qos: 1, retain: true });
  }
}
