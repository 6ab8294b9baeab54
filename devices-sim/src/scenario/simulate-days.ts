import { addDays, seededRandom, type BusinessDate } from '@app/kernel';
import type { CastingRules } from '../behaviour/casting.js';
import type { FaultRules } from '../behaviour/faults.js';
import type { SimPoint } from '../city/city.js';
import type { DeviceEvent, Truth } from '../day/events.js';
import { planDay } from '../day/plan-day.js';
import { DeviceJournal, firstState } from '../journal/device-journal.js';

export interface SimulationConfig {
  /** The same seed, city and rules give the same records, byte for byte. */
  readonly seed: number;
  readonly city: readonly SimPoint[];
  readonly from: BusinessDate;
  readonly days: number;
  readonly casting: CastingRules;
  readonly faults: FaultRules;
}

/** What a gateway would see, and the truth behind it. `truth` must never reach the system under test. */
export type SimulatedEvent =
  | {
      readonly kind: 'record';
      readonly point: string;
      readonly deviceId: string;
      /** Id of the event, by which the truth names it. */
      readonly id: string;
      readonly seq: number;
      /** True time, ms. */
      readonly at: number;
      /** When the gateway gets it, ms: later than `at` when the terminal had no network. */
      readonly receivedAt: number;
      /** The journal record as JSON. */
      readonly text: string;
    }
  /** The terminal's connection comes or goes (network and power): its heartbeat. */
  | { readonly kind: 'presence'; readonly deviceId: string; readonly at: number; readonly up: boolean }
  | { readonly kind: 'truth'; readonly truth: Truth };

/** From the tap on the screen to the gateway, ms. */
const NETWORK_DELAY_MS = 1500;

/**
 * Plays a city for some days without MQTT: the journal records in the order in which a gateway would get them day by
 * day, the comings and goings of the terminals, and the truth. One day of one point is in memory at a time, besides the
 * records that wait for a network.
 */
export function* simulateDays(config: SimulationConfig): Generator<SimulatedEvent> {
  const random = seededRandom(config.seed);
  const world = { random, casting: config.casting, faults: config.faults };
  const terminals = new Map<string, OfflineTerminal>();
  for (let n = 0; n < config.days; n++) {
    const date = addDays(config.from, n);
    for (const point of config.city) {
      for (const device of point.devices) {
        if (!terminals.has(device.deviceId)) {
          terminals.set(
            device.deviceId,
            new OfflineTerminal(point.code, new DeviceJournal(device, firstState(device.epoch))),
          );
        }
      }
      const plan = planDay(world, point, date);
      for (const event of plan.events) yield* terminals.get(event.deviceId)!.apply(event);
      for (const truth of plan.truth) yield { kind: 'truth', truth };
    }
  }
  for (const terminal of terminals.values()) yield* terminal.comeOnline(Infinity);
}

class OfflineTerminal {
  private clockOffsetMs = 0;
  private hasLink = true;
  private hasPower = true;
  private waiting: Extract<SimulatedEvent, { kind: 'record' }>[] = [];

  constructor(
    private readonly point: string,
    private readonly journal: DeviceJournal,
  ) {}

  *apply(event: DeviceEvent): Generator<SimulatedEvent> {
    if (event.kind === 'clock') this.clockOffsetMs = event.offsetMs;
    if (event.kind === 'link' || event.kind === 'power') {
      const wasUp = this.isUp;
      if (event.kind === 'link') this.hasLink = event.up;
      else this.hasPower = event.on;
      if (wasUp !== this.isUp) yield { kind: 'presence', deviceId: event.deviceId, at: event.at, up: this.isUp };
      if (this.isUp) yield* this.comeOnline(event.at);
    }
    if (event.kind !== 'record') return;
    const sealed = this.journal.seal(event.id, event.draft, event.at + this.clockOffsetMs);
    if (!sealed || event.withheld) return;
    const { deviceId, id, at } = event;
    const record = {
      kind: 'record',
      point: this.point,
      deviceId,
      id,
      at,
      receivedAt: at + NETWORK_DELAY_MS,
      ...sealed,
    } as const;
    if (this.isUp) yield record;
    else this.waiting.push(record);
  }

  /** Sends what waited. @param at true time, ms; Infinity: the simulation is over, the time of sending is its own */
  *comeOnline(at: number): Generator<SimulatedEvent> {
    for (const record of this.waiting) {
      yield { ...record, receivedAt: at === Infinity ? record.receivedAt : at + NETWORK_DELAY_MS };
    }
    this.waiting = [];
  }

  private get isUp(): boolean {
    return this.hasLink && this.hasPower;
  }
}
