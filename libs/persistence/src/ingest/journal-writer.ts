import { invariant } from '@app/kernel';
import {
  collectNeeds,
  decideBatch,
  messageDigest,
  verifyMessage,
  type Decision,
  type DeviceState,
  type FlagLimits,
  type Needs,
  type VerifiedMessage,
} from '@app/journal';
import type { Receipt } from '@app/protocol';
import type { RegistrySnapshot, Sealer } from '@app/registry';
import type { Database } from '../database.js';
import { STALE, commitPlan } from './commit-plan.js';
import { loadLookups } from './load-lookups.js';
import { loadStates } from './load-states.js';
import { loadRegistry, registryVersion } from './registry-loader.js';

/** A message on a device's journal topic, as it came. */
export interface JournalMessage {
  readonly deviceNo: number;
  readonly topic: string;
  readonly payload: Uint8Array;
  /** ms */
  readonly receivedAt: number;
}

/** How often a batch is decided anew when somebody else wrote meanwhile, before it is given up as a passing failure. */
const ATTEMPTS_MAX = 8;
/** States of devices kept in memory; the one not heard of for longest goes first and is read again when needed. */
const STATES_MAX = 20_000;
/** Only from so many on are they kept in the order in which they were heard of: below, none has to go soon. */
const STATES_ORDERED_MIN = STATES_MAX / 2;
/** Stale state, deadlock, serialization failure, and a unique key that another writer took first: decide again. */
const RETRIED: ReadonlySet<string> = new Set([STALE, '40P01', '40001', '23505']);
/** Classes of errors that lie in the data and would come again: 22 data exception, 23 integrity violation. */
const POISON = /^(22|23)/;

/**
 * Writes journal messages durably and tells what became of their records. Calls may overlap as long as no two of them
 * hold messages of the same device; other processes may write the same devices, an optimistic lock decides.
 */
export class JournalWriter {
  readonly #states = new Map<number, DeviceState>();
  #snapshot: RegistrySnapshot | null = null;
  #loading: Promise<RegistrySnapshot> | null = null;

  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly limits: FlagLimits,
  ) {}

  /**
   * Resolves when every message is committed, with its receipts (one per epoch), in the order of the messages.
   * Rejects when nothing was committed, or nobody knows (connection lost in mid-commit): the devices send again, and
   * what was committed after all comes out as a duplicate.
   */
  async write(messages: readonly JournalMessage[]): Promise<(readonly Receipt[])[]> {
    try {
      return await this.#writeBatch(messages);
    } catch (error) {
      if (!POISON.test(sqlState(error))) throw error;
      // One message that the database cannot hold must not keep the others from being acknowledged.
      if (messages.length === 1) return [await this.#quarantineWhole(messages[0]!, sqlState(error))];
      const receipts: (readonly Receipt[])[] = [];
      for (const message of messages) receipts.push(...(await this.write([message])));
      return receipts;
    }
  }

  /** Why a message would still be quarantined if it came now, null when every record of it could be accepted. */
  async faultOf(message: JournalMessage): Promise<string | null> {
    await this.#refreshRegistry(await this.#registry([message]));
    const { items } = verify(message, await this.#registry([message]));
    for (const item of items) {
      const reason = item.kind === 'unacceptable' ? `${item.code}: ${item.reason}` : item.bodyFault;
      if (reason !== null) return reason;
    }
    return null;
  }

  async #writeBatch(messages: readonly JournalMessage[]): Promise<(readonly Receipt[])[]> {
    let snapshot = await this.#registry(messages);
    let verified = messages.map((message) => verify(message, snapshot));
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#decideAndCommit(verified, snapshot);
      } catch (error) {
        if (attempt === ATTEMPTS_MAX || !RETRIED.has(sqlState(error))) throw error;
      }
      const fresh = await this.#refreshRegistry(snapshot);
      if (fresh === snapshot) continue;
      snapshot = fresh;
      verified = messages.map((message) => verify(message, fresh));
    }
  }

  async #decideAndCommit(
    messages: readonly VerifiedMessage[],
    snapshot: RegistrySnapshot,
  ): Promise<(readonly Receipt[])[]> {
    const states = await this.#statesOf(messages);
    try {
      return await this.#commitDecision(messages, states, snapshot);
    } catch (error) {
      // Whether or not the commit happened, what is remembered of these devices may be wrong now.
      for (const deviceNo of states.keys()) this.#states.delete(deviceNo);
      throw error;
    }
  }

  async #commitDecision(
    messages: readonly VerifiedMessage[],
    states: ReadonlyMap<number, DeviceState>,
    snapshot: RegistrySnapshot,
  ): Promise<(readonly Receipt[])[]> {
    const needs: Needs = { places: [], voids: [], shifts: [], plates: new Set() };
    for (const { device, items } of messages) collectNeeds(states.get(device.deviceNo)!, items, needs);
    const decision: Decision = decideBatch(messages, {
      snapshot,
      limits: this.limits,
      lookups: await loadLookups(this.database, needs, this.sealer),
      stateOf: (deviceNo) => states.get(deviceNo)!,
    });
    await commitPlan(this.database, decision.plan);
    for (const state of states.values()) state.version += 1;
    return [...decision.receipts];
  }

  async #statesOf(messages: readonly VerifiedMessage[]): Promise<Map<number, DeviceState>> {
    const states = new Map<number, DeviceState>();
    const unknown = new Set<number>();
    for (const { device } of messages) {
      const state = this.#states.get(device.deviceNo);
      if (state) states.set(device.deviceNo, state);
      else unknown.add(device.deviceNo);
    }
    if (unknown.size > 0) {
      for (const state of await loadStates(this.database, [...unknown])) states.set(state.deviceNo, state);
    }
    for (const [deviceNo, state] of states) {
      if (this.#states.size >= STATES_ORDERED_MIN) this.#states.delete(deviceNo);
      this.#states.set(deviceNo, state);
    }
    while (this.#states.size > STATES_MAX) this.#states.delete(this.#states.keys().next().value!);
    return states;
  }

  /** A snapshot that knows the devices of these messages; one that does not is read again, once. */
  async #registry(messages: readonly JournalMessage[]): Promise<RegistrySnapshot> {
    const snapshot = this.#snapshot ?? (await this.#loadRegistry());
    if (messages.every(({ deviceNo }) => snapshot.deviceByNo(deviceNo))) return snapshot;
    const fresh = await this.#loadRegistry();
    for (const { deviceNo } of messages) {
      invariant(fresh.deviceByNo(deviceNo), `device number ${deviceNo} signed in but is not in the registry`);
    }
    return fresh;
  }

  /** The registry as it is now; the very same object when it has not changed. */
  async #refreshRegistry(snapshot: RegistrySnapshot): Promise<RegistrySnapshot> {
    return (await registryVersion(this.database)) === snapshot.version ? snapshot : this.#loadRegistry();
  }

  /** Loads once for all who ask at the same time. */
  #loadRegistry(): Promise<RegistrySnapshot> {
    this.#loading ??= loadRegistry(this.database, this.sealer)
      .then((snapshot) => (this.#snapshot = snapshot))
      .finally(() => (this.#loading = null));
    return this.#loading;
  }

  async #quarantineWhole(message: JournalMessage, state: string): Promise<readonly Receipt[]> {
    const snapshot = await this.#registry([message]);
    const whole: VerifiedMessage = {
      ...verify(message, snapshot),
      items: [
        {
          kind: 'unacceptable',
          code: 'bad-schema',
          reason: `the database could not hold it (SQLSTATE ${state})`,
          epoch: null,
          seq: null,
          bytes: message.payload,
        },
      ],
    };
    const [receipts] = await this.#decideAndCommit([whole], snapshot);
    return receipts!;
  }
}

function verify(message: JournalMessage, snapshot: RegistrySnapshot): VerifiedMessage {
  const device = snapshot.deviceByNo(message.deviceNo)!;
  const { topic, payload, receivedAt } = message;
  return { device, topic, receivedAt, digest: messageDigest(payload), items: verifyMessage(payload, device) };
}

/** SQLSTATE of a PostgreSQL error, '' for any other. */
function sqlState(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : '';
}
