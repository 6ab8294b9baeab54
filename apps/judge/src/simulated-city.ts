import { addDays, businessDateOf, HOUR_MS, startOfBusinessDay, type BusinessDate } from '@app/kernel';
import { rollUpPointDay, type CityDay, type DeviceFacts, type JournalBody, type JournalFact } from '@app/detection';
import type { CastingRules } from '../../../devices-sim/src/behaviour/casting.js';
import { isFreeOn, platesOn, type SimDevice, type SimPoint } from '../../../devices-sim/src/city/city.js';
import type { Truth } from '../../../devices-sim/src/day/events.js';
import type { VehicleClass } from '@app/protocol';
import { openingOf } from '../../../devices-sim/src/demand/demand.js';
import { holidayNameOf } from '../../../devices-sim/src/demand/calendar.js';
import { simulateDays } from '../../../devices-sim/src/scenario/simulate-days.js';
import { ticketBook, type TicketBook } from './ticket-book.js';

export interface CityPlan {
  readonly seed: number;
  readonly city: readonly SimPoint[];
  readonly from: BusinessDate;
  readonly days: number;
  readonly casting: CastingRules;
}

/** One day as the detector is told, and the truth beside it, which it never is. */
export interface JudgedDay {
  readonly day: CityDay;
  readonly truth: readonly Truth[];
}

/** The nightly run takes a day at three in the morning: what came later is not known yet. */
const ASSESSED_AFTER_MS = 3 * HOUR_MS;

/** Plays a city and rolls each day up as the worker does, out of journal records and presence alone. */
export function* simulatedDays(plan: CityPlan): Generator<JudgedDay> {
  const desks = new Map(plan.city.map((point) => [point.code, new Desk(point)]));
  const deskOf = new Map(plan.city.flatMap((point) => point.devices.map((d) => [d.deviceId, desks.get(point.code)!])));
  let truth: Truth[] = [];
  let date = plan.from;
  const close = (): JudgedDay => {
    const points = [...desks.values()].map((desk) => desk.close(date));
    const calendar = { holiday: holidayNameOf(date), events: [] };
    const judged = { day: { date, calendar, points }, truth };
    truth = [];
    date = addDays(date, 1);
    return judged;
  };
  const events = simulateDays({ ...plan, faults: { rate: 1 } });
  for (const event of events) {
    if (event.kind === 'truth') {
      truth.push(event.truth);
      continue;
    }
    // The simulation plays day after day, point after point: the first event of the next day ends the day.
    while (businessDateOf(event.at) > date && event.at >= startOfBusinessDay(addDays(date, 1)) + ASSESSED_AFTER_MS)
      yield close();
    const desk = deskOf.get(event.deviceId)!;
    if (event.kind === 'presence') desk.presence(event.deviceId, event.at, event.up);
    else desk.take(event.deviceId, event.receivedAt, event.text);
  }
  if (date < addDays(plan.from, plan.days)) yield close();
}

/** What the system keeps of one point. */
class Desk {
  private records: JournalFact[] = [];
  /** Taken since the last day was closed. */
  private fresh = new Set<JournalFact>();
  private readonly spells = new Map<string, { from: number; to: number }[]>();
  private readonly before = new Map<string, DeviceFacts['seqBefore']>();
  private readonly tickets: TicketBook;

  constructor(private readonly point: SimPoint) {
    this.tickets = ticketBook(point.tickets);
    for (const { deviceId } of point.devices) this.spells.set(deviceId, [{ from: -Infinity, to: Infinity }]);
  }

  presence(device: string, at: number, up: boolean): void {
    const spells = this.spells.get(device)!;
    if (up) spells.push({ from: at, to: Infinity });
    else if (spells.length > 0) spells[spells.length - 1]!.to = Math.min(spells[spells.length - 1]!.to, at);
  }

  take(device: string, receivedAt: number, text: string): void {
    const record = JSON.parse(text) as { epoch: number; seq: number; type: string; at: string; body: JournalBody };
    const at = Date.parse(record.at);
    const { epoch, seq, type, body } = record;
    const fact = { device, epoch, seq, type, at, receivedAt, body, flags: this.flagsOf(type, body, at) };
    this.records.push(fact);
    this.fresh.add(fact);
  }

  private feeOf = (vehicleClass: string, at: number): number | null =>
    this.point.tariffs.feeOf(vehicleClass as 'car', businessDateOf(at), 60)?.amount ?? null;

  private flagsOf(type: string, body: JournalBody, at: number): string[] {
    if (type !== 'payment') return [];
    const flags: string[] = [];
    const charged = body.method === 'cash' || body.method === 'qris' || body.method === 'card';
    if (charged && body.amount !== this.feeOf(body.vehicleClass!, at)) flags.push('wrong-tariff');
    const date = businessDateOf(at);
    const plates = platesOn(this.point, date, body.vehicleClass as VehicleClass);
    if (charged && body.plate && plates.includes(body.plate)) flags.push('subscriber');
    if (isFreeOn(this.point, date)) flags.push('free-zone');
    return flags;
  }

  close(date: BusinessDate) {
    const { point } = this;
    const begin = startOfBusinessDay(date);
    const end = startOfBusinessDay(addDays(date, 1));
    const known = this.records.filter((record) => record.receivedAt < end + ASSESSED_AFTER_MS);
    const own = known.filter((r) => (r.at >= begin && r.at < end) || this.fresh.has(r));
    const opening = openingOf(point, date);
    const minutes = (at: number): number => Math.round((at - begin) / 60_000);
    const facts = {
      point: point.code,
      district: point.district,
      streetClass: point.streetClass,
      opening: opening && { opens: minutes(opening.from), closes: minutes(opening.to) },
      closure: opening ? null : 'free or closed',
      supervised: false,
      tariffChanged: this.feeOf('car', begin) !== this.feeOf('car', begin - 6 * 24 * HOUR_MS),
      fees: feesOf(point, begin),
      spaces: point.spaces,
      devices: point.devices.map((device) => this.deviceFacts(device)),
      fieldCounts: [],
      deposits: [],
      complaints: 0,
      exceptions: [],
      nmids: point.nmid ? [point.nmid] : [],
      ticketOf: this.tickets.lookUp(date),
      feeOf: this.feeOf,
      isSettled: () => false,
    };
    const day = rollUpPointDay(date, facts, own);
    for (const record of own) {
      const last = this.before.get(record.device);
      if (!last || record.epoch > last.epoch || record.seq > last.seq) this.before.set(record.device, record);
    }
    this.fresh = new Set([...this.fresh].filter((record) => record.receivedAt >= end + ASSESSED_AFTER_MS));
    this.records = this.records.filter((record) => record.receivedAt >= end - 24 * HOUR_MS || record.at >= begin);
    for (const [device, spells] of this.spells)
      this.spells.set(
        device,
        spells.filter((s) => s.to > begin),
      );
    return day;
  }

  private deviceFacts({ deviceId, kind }: SimDevice): DeviceFacts {
    const connected = this.spells.get(deviceId)!.map((spell) => ({ ...spell }));
    return {
      device: deviceId,
      kind,
      connected,
      battery: [],
      seqBefore: this.before.get(deviceId) ?? null,
    };
  }
}

function feesOf(point: SimPoint, at: number): Record<string, number> {
  const date = businessDateOf(at);
  const classes = ['motorcycle', 'car', 'minibus', 'truck', 'trailer'] as const;
  return Object.fromEntries(classes.map((name) => [name, point.tariffs.feeOf(name, date, 60)?.amount ?? 0]));
}
