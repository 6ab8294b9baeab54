import { addDays, startOfBusinessDay, type BusinessDate, type Random } from '@app/kernel';
import { formatInstant } from '@app/protocol';
import type { Behaviour, Disturbance } from '../behaviour/behaviour.js';
import { episodesAt, notYetAt, type CastingRules, type Episode } from '../behaviour/casting.js';
import { faultsAt, type FaultRules } from '../behaviour/faults.js';
import { slipsOf } from '../behaviour/slips.js';
import { theftOf } from '../behaviour/thefts.js';
import { isFreeOn, type SimDevice, type SimPoint } from '../city/city.js';
import { drawArrivals, hoursOf, openingOf, type Arrival } from '../demand/demand.js';
import { chores } from './chores.js';
import { counts } from './counts.js';
import type { Day } from './day.js';
import { edges } from './edges.js';
import type { DeviceEvent, Truth } from './events.js';
import { serveShift } from './serve-shift.js';
import { lanesOf, type Lane } from './shifts.js';

/** What a simulation is made of besides its points. The same world gives the same days. */
export interface World {
  readonly random: Random;
  readonly casting: CastingRules;
  readonly faults: FaultRules;
}

export interface DayPlan {
  /** In order of true time. */
  readonly events: readonly DeviceEvent[];
  readonly truth: readonly Truth[];
}

/**
 * One business day of one point: who came, what the attendants made of it, what the terminals will do and say.
 * Needs no memory of the days before; the same world, point and date give the same plan.
 */
export function planDay(world: World, point: SimPoint, date: BusinessDate): DayPlan {
  const episodes = episodesAt(world.random, world.casting, point, date);
  const opening = openingOf(point, date) ?? (worksThough(episodes) ? hoursOf(point, date) : null);
  const day: Day = {
    random: world.random.fork(`day/${point.code}/${date}`),
    point,
    date,
    opening,
    arrivals: opening ? drawArrivals(world.random, point, date) : [],
    episodes,
  };
  const lanes = opening ? lanesOf(point, date, opening, notYetAt(world.random, world.casting, point, date)) : [];
  const spread = day.arrivals.map((arrival) => ({
    arrival,
    lane: day.random.integer(0, Math.max(0, lanes.length - 1)),
  }));
  const events: DeviceEvent[] = [];
  const truth: Truth[] = day.episodes.filter((e) => e.from === date).map(episodeTruth);
  const troubles = new Map<string, readonly Disturbance[]>();
  for (const device of point.devices) {
    const faults = faultsAt(world.random, world.faults, device.deviceId, date);
    const lane = lanes.find((l) => l.device === device);
    const mine = lane ? spread.filter((s) => s.lane === lane.number).map((s) => s.arrival) : [];
    const played = lane ? playLane(day, lane, mine, faults) : { events: [], truth: [], disturbances: faults };
    const chore = chores(day, device, played.disturbances);
    events.push(...played.events, ...edges(device, date, played.disturbances), ...chore.events);
    const began = faults.filter((fault) => isOn(date, fault.from));
    truth.push(...played.truth, ...chore.truth, ...began.map((fault) => faultTruth(point, device, fault)));
    troubles.set(device.deviceId, played.disturbances);
  }
  events.push(...counts(day, troubles));
  return { events: events.sort((a, b) => a.at - b.at), truth };
}

const behavioursOf = (episodes: readonly Episode[]): Behaviour[] =>
  episodes.map((e) => theftOf(e.pattern, e.intensity));
const worksThough = (episodes: readonly Episode[]): boolean => behavioursOf(episodes).some((b) => b.worksOnFreeDays);

function playLane(day: Day, lane: Lane, arrivals: readonly Arrival[], faults: readonly Disturbance[]) {
  const { deviceId } = lane.device;
  const played = { events: [] as DeviceEvent[], truth: [] as Truth[], disturbances: [...faults] };
  lane.shifts.forEach((shift, part) => {
    const behaviours = behavioursOf(
      day.episodes.filter((e) => (e.attendant !== null && e.attendant === shift.attendant) || e.deviceId === deviceId),
    );
    // On a free day only he is there who charges though.
    if (isFreeOn(day.point, day.date) && !behaviours.some((b) => b.worksOnFreeDays)) return;
    const slips = slipsOf(day.random, shift);
    if (shift.attendant !== '') behaviours.unshift(slips);
    const isLast = part === lane.shifts.length - 1;
    // Who is late by mistake closes when he is done; a thief has closed.
    const closesAt = isLast ? Math.min(shift.to + slips.staysMs, startOfBusinessDay(addDays(day.date, 1))) : shift.to;
    const staysMs = isLast ? Math.max(0, ...behaviours.map((b) => b.staysMs ?? 0)) : 0;
    const came = arrivals.filter((a) => a.at >= shift.from && a.at < shift.to + staysMs);
    // Numbered over the whole lane, so that no two shifts share an id or a ticket.
    const firstNumber = arrivals.filter((a) => a.at < shift.from).length;
    const outcome = serveShift({ ...day, lane, shift, closesAt, arrivals: came, firstNumber, faults, behaviours });
    played.events.push(...outcome.events);
    played.truth.push(...outcome.truth);
    played.disturbances.push(...outcome.disturbances);
  });
  return played;
}

function isOn(date: BusinessDate, at: number): boolean {
  return at >= startOfBusinessDay(date) && at < startOfBusinessDay(addDays(date, 1));
}

function episodeTruth(e: Episode): Truth {
  const { pattern, point, deviceId, attendant, from, to } = e;
  return { kind: 'episode', pattern, point, deviceId, attendant, from, to };
}

function faultTruth(point: SimPoint, device: SimDevice, d: Disturbance): Truth {
  const span = { from: formatInstant(d.from), to: formatInstant(d.to) };
  return { kind: 'fault', pattern: d.reason, point: point.code, deviceId: device.deviceId, attendant: null, ...span };
}
