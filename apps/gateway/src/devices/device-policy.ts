import { directionOf, isFilterOfDevice, parseTopic, topicOf, TOPIC_PREFIX } from '@app/protocol';
import type { SignInFacts } from '@app/persistence';
import { filterMatches } from '../broker/topic-match.js';
import type { BrokerPolicy, SignedInClient, SignInAnswer, SignInRequest, Taken, UpMessage } from '../broker/ports.js';
import { within } from '../within.js';
import type { Channels } from './channels.js';
import type { SignInDesk } from './sign-in-desk.js';

/** Told of the devices that this gateway holds. */
export interface DeviceWatchers {
  /** Has everything ready that the device may find when it is let in. */
  readonly prepare: (facts: SignInFacts) => Promise<void>;
  readonly connected: (deviceNo: number, deviceId: string) => void;
  readonly listensToCommands: (deviceNo: number, deviceId: string) => void;
  readonly listensToPayments: (deviceNo: number, deviceId: string) => void;
  readonly gone: (deviceNo: number, deviceId: string) => void;
}

const OWNER = new RegExp(`^${TOPIC_PREFIX}/([^/+#]+)/`);

/** The device protocol's rules for the broker: who comes in, who may say what where, and who is here. */
export class DevicePolicy implements BrokerPolicy {
  readonly #held = new Map<string, SignedInClient>();

  constructor(
    private readonly desk: SignInDesk,
    private readonly channels: Channels,
    private readonly watchers: DeviceWatchers,
    private readonly signInMsMax: number,
  ) {}

  async signIn(request: SignInRequest): Promise<SignInAnswer> {
    const judgement = await this.desk.judge(request);
    if (!judgement.accepted) return judgement;
    const { facts } = judgement;
    await this.prepare(facts);
    return { accepted: true, deviceNo: facts.deviceNo, epoch: facts.epoch };
  }

  /** Has everything ready that the device may find. Rejects when it cannot be had in time. */
  prepare(facts: SignInFacts): Promise<void> {
    return within(this.signInMsMax, this.watchers.prepare(facts), 'preparing a sign-in');
  }

  mayPublish(clientId: string, topic: string): boolean {
    const parts = parseTopic(topic);
    return parts !== null && parts.deviceId === clientId && directionOf(parts.channel) === 'up';
  }

  maySubscribe(clientId: string, filter: string): boolean {
    return isFilterOfDevice(clientId, filter);
  }

  ownerOf(topic: string): string | null {
    return OWNER.exec(topic)?.[1] ?? null;
  }

  take(message: UpMessage): Taken | Promise<Taken> {
    return this.channels.take(parseTopic(message.topic)!.channel, message);
  }

  connected(client: SignedInClient, filters: readonly string[]): void {
    this.#held.set(client.id, client);
    this.watchers.connected(client.deviceNo, client.id);
    this.subscribed(client, filters);
  }

  subscribed(client: SignedInClient, filters: readonly string[]): void {
    const hears = (topic: string): boolean => filters.some((filter) => filterMatches(filter, topic));
    if (hears(topicOf(client.id, 'commands'))) this.watchers.listensToCommands(client.deviceNo, client.id);
    if (hears(topicOf(client.id, 'payments'))) this.watchers.listensToPayments(client.deviceNo, client.id);
  }

  disconnected(client: SignedInClient): void {
    // A newer connection of the device may have taken over already.
    if (this.#held.get(client.id) !== client) return;
    this.#held.delete(client.id);
    this.watchers.gone(client.deviceNo, client.id);
  }

  /** Devices that are connected here. */
  devices(): string[] {
    return [...this.#held.keys()];
  }

  /** Whether a connected device would still be let in with what it signed in with; true for one that is not here. */
  mayStay(deviceId: string, facts: SignInFacts | undefined): boolean {
    const held = this.#held.get(deviceId);
    return !held || (facts?.status === 'active' && facts.epoch === held.epoch);
  }
}
