import { addDays, businessDateOf, startOfBusinessDay, type BusinessDate } from '@app/kernel';
import type { SimPoint } from '../city/city.js';
import { TariffBook } from '../city/tariff-book.js';
import { readHours } from '../city/terminals-file.js';
import type { DeviceEvent, RecordEvent } from '../day/events.js';
import { planDay, type World } from '../day/plan-day.js';
import type { Wallet } from '../provider/wallet.js';
import type { OrderResult } from '../terminal/orders.js';
import type { Terminal } from '../terminal/terminal.js';
import type { MoneyLog } from '../money/money-log.js';
import type { SimClock } from './sim-clock.js';
import type { TruthFile } from './truth-file.js';

export interface PlayerOptions {
  readonly world: World;
  readonly clock: SimClock;
  readonly truth: TruthFile;
  readonly money: MoneyLog;
  /** With what drivers pay a code that they are shown; absent: nobody pays one. */
  readonly wallet?: Wallet;
  readonly signal: AbortSignal;
  /** A terminal without any record begins with this business day. */
  readonly from: BusinessDate;
  /** Last business day to play; null: for ever. */
  readonly to: BusinessDate | null;
}

/** How long a terminal waits for its first config before it charges by the factory tariffs. */
const CONFIG_MS_MAX = 20_000;
const CHUNK_EVENTS_MAX = 500;
/** Drivers of longer ago than this paid without the network's help. */
const LIVE_MS = 120_000;

/** Plays one point on its terminals: what is past at once and in batches, what is to come when its time comes. */
export class PointPlayer {
  private readonly terminals: ReadonlyMap<string, Terminal>;
  private readonly playedUntil: ReadonlyMap<string, number>;
  private caughtUp = false;

  constructor(
    private readonly point: SimPoint,
    terminals: readonly Terminal[],
    private readonly options: PlayerOptions,
  ) {
    this.terminals = new Map(terminals.map((terminal) => [terminal.deviceId, terminal]));
    this.playedUntil = new Map(terminals.map((terminal) => [terminal.deviceId, terminal.playedUntil]));
  }

  /** All that is past stands on the terminals' disks; from here on the point plays as time goes. */
  get isLive(): boolean {
    return this.caughtUp;
  }

  async run(): Promise<void> {
    const { clock, signal, truth, world, to } = this.options;
    await this.firstConfig();
    for (let date = this.firstDay(); !signal.aborted && (to === null || date <= to); date = addDays(date, 1)) {
      this.caughtUp ||= startOfBusinessDay(date) > clock.now();
      await clock.until(startOfBusinessDay(date), signal);
      await truth.turnPage(businessDateOf(clock.now()));
      const plan = planDay(world, this.configured(), date);
      truth.write(date, plan.truth);
      await this.play(date, plan.events);
      if (!signal.aborted) this.options.money.end(date, this.point.code);
    }
  }

  private firstDay(): BusinessDate {
    const earliest = Math.min(...this.playedUntil.values());
    const resumed = Number.isFinite(earliest) ? businessDateOf(earliest) : this.options.from;
    return resumed > this.options.from ? resumed : this.options.from;
  }

  private async play(date: BusinessDate, events: readonly DeviceEvent[]): Promise<void> {
    const { clock, signal } = this.options;
    for (let next = 0; next < events.length && !signal.aborted;) {
      const due: DeviceEvent[] = [];
      while (next < events.length && due.length < CHUNK_EVENTS_MAX && events[next]!.at <= clock.now()) {
        due.push(events[next++]!);
      }
      await this.apply(date, due);
      if (next === events.length || due.length === CHUNK_EVENTS_MAX) continue;
      this.caughtUp = true;
      // From here on the network is as it is.
      for (const terminal of this.terminals.values()) terminal.settle();
      await clock.until(events[next]!.at, signal);
    }
  }

  /** Applies what is due in its order, the records of a terminal between two other events with one write to its disk. */
  private async apply(date: BusinessDate, due: readonly DeviceEvent[]): Promise<void> {
    const records = new Map<string, RecordEvent[]>();
    const sales: RecordEvent[] = [];
    const flush = async (deviceId: string): Promise<void> => {
      const events = records.get(deviceId);
      records.delete(deviceId);
      if (events) await this.record(date, deviceId, events);
    };
    for (const event of due) {
      const { deviceId } = event;
      if (event.kind !== 'record') {
        await flush(deviceId);
        this.change(event);
      } else if (event.at > this.playedUntil.get(deviceId)!) {
        if (this.asksForOrder(event)) sales.push(event);
        else records.set(deviceId, [...(records.get(deviceId) ?? []), event]);
      }
    }
    for (const deviceId of [...records.keys()]) await flush(deviceId);
    // Last: a code that is refused at once would be sealed before the opening of its own shift, which is due with it.
    for (const sale of sales) void this.sellByOrder(date, sale);
  }

  private async record(date: BusinessDate, deviceId: string, events: readonly RecordEvent[]): Promise<void> {
    const sealed = await this.terminals.get(deviceId)!.record(events);
    const done = new Set(sealed.map(({ id }) => id));
    const refused = events.filter(({ id }) => !done.has(id)).map(({ id }) => id);
    if (sealed.length > 0) this.options.truth.write(date, [{ kind: 'sealed', deviceId, records: sealed }]);
    this.options.money.note(date, this.point.code, events, sealed);
    if (refused.length > 0) this.options.truth.write(date, [{ kind: 'refused', deviceId, ids: refused }]);
  }

  private change(event: Exclude<DeviceEvent, { kind: 'record' }>): void {
    const terminal = this.terminals.get(event.deviceId)!;
    switch (event.kind) {
      case 'clock':
        return terminal.setClock(event.offsetMs);
      case 'link':
        return terminal.setNetwork(event.up);
      case 'power':
        return terminal.setPower(event.on);
      case 'battery':
        return terminal.setBattery(event.percent);
      case 'repeat':
        if (this.isRecent(event)) void terminal.repeat();
    }
  }

  private isRecent(event: DeviceEvent): boolean {
    return event.at > this.options.clock.now() - LIVE_MS;
  }

  private asksForOrder(event: RecordEvent): boolean {
    const { draft, deviceId } = event;
    if (draft.type !== 'payment' || draft.body.method !== 'qris' || event.withheld) return false;
    return this.isRecent(event) && this.terminals.get(deviceId)!.isOnline;
  }

  /** Shows a dynamic code. Without one the driver scans the printed code; who does not pay it pays in cash. */
  private async sellByOrder(date: BusinessDate, event: RecordEvent): Promise<void> {
    const { draft, deviceId } = event;
    if (draft.type !== 'payment') return;
    const { vehicleClass, amount } = draft.body;
    const { wallet } = this.options;
    const show = (qr: string): void => void wallet?.pay(qr);
    const result = await this.terminals.get(deviceId)!.orders.pay(vehicleClass, amount, show);
    const paid = paidBy(event, result, this.options.clock.now());
    if (result === 'unpaid') {
      this.options.truth.write(date, [{ kind: 'paid-otherwise', deviceId, id: event.id, method: 'cash' }]);
    }
    await this.record(date, deviceId, [paid]);
  }

  private async firstConfig(): Promise<void> {
    const { signal } = this.options;
    const deadline = Date.now() + CONFIG_MS_MAX;
    const missing = (): boolean => [...this.terminals.values()].some((terminal) => terminal.config === null);
    while (missing() && Date.now() < deadline && !signal.aborted) await new Promise((done) => setTimeout(done, 100));
  }

  /** The point as its terminals know it: tariffs, hours and free days out of the retained config. */
  private configured(): SimPoint {
    const config = [...this.terminals.values()].find((terminal) => terminal.config !== null)?.config;
    if (!config) return this.point;
    return {
      ...this.point,
      tariffs: config.tariffs.length > 0 ? new TariffBook(config.tariffs) : this.point.tariffs,
      hours: config.hours.length > 0 ? readHours(config.hours) : this.point.hours,
      attendants: config.attendants.length > 0 ? config.attendants : this.point.attendants,
      // The config tells what is to come; the days before are played, too.
      freePeriods: [...this.point.freePeriods, ...config.freePeriods],
    };
  }
}

function paidBy(event: RecordEvent, result: OrderResult, at: number): RecordEvent {
  if (event.draft.type !== 'payment') return event;
  const { qris, ...body } = event.draft.body;
  if (result === 'unavailable') return { ...event, at };
  if (result === 'unpaid') return { ...event, at, draft: { type: 'payment', body: { ...body, method: 'cash' } } };
  const { orderId, rrn } = result;
  const order = { ...(qris?.nmid ? { nmid: qris.nmid } : {}), orderId, ...(rrn ? { rrn } : {}) };
  return { ...event, at, draft: { type: 'payment', body: { ...body, qris: order } } };
}
