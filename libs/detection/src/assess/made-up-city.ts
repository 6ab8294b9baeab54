import { addDays, seededRandom, type Random } from '@app/kernel';
import type { CityDay, PointDay, ShiftDay } from '../index.js';

export const START = '2026-03-02';
const tally = { count: 0, amount: 0 };
const noFlags = {
  ...{
    offHours: tally,
    farOffHours: tally,
    freeZone: tally,
    subscriberCharged: tally,
    subscription: tally,
    subscriptionRepeated: tally,
  },
  ...{ wrongTariff: tally, foreignQris: tally, cardRepeated: tally, backdated: tally },
};
const FEES = { motorcycle: 2000, car: 4000 };

/** What attendants of the point P3 do. */
export interface Deeds {
  /** Share of cash that is not recorded, by attendant and day index. */
  skim?: (attendant: string, day: number) => number;
  /** Rupiah short at the close. */
  short?: (attendant: string, day: number) => number;
}

/** One made-up shift: about 60 payments, 65 % of them cash. */
function shiftOf(random: Random, attendant: string, device: string, part: number, day: number, deeds: Deeds): ShiftDay {
  const byHour = new Array<number>(24).fill(0);
  const cells = new Map<
    string,
    { vehicleClass: string; method: string; assisted: boolean; count: number; amount: number }
  >();
  let cash = 0;
  const arrivals = random.poisson(60 * random.gamma(50, 1 / 50));
  for (let i = 0; i < arrivals; i++) {
    const vehicleClass = random.chance(0.6) ? 'motorcycle' : 'car';
    const method = random.chance(0.65) ? 'cash' : 'qris';
    const hour = 8 + part * 6 + random.integer(0, 5);
    const isStolen = random.chance(deeds.skim?.(attendant, day) ?? 0);
    if (method === 'cash' && isStolen) continue;
    const key = `${vehicleClass}${method}`;
    const cell = cells.get(key) ?? { vehicleClass, method, assisted: false, count: 0, amount: 0 };
    cells.set(key, { ...cell, count: cell.count + 1, amount: cell.amount + FEES[vehicleClass] });
    byHour[hour]!++;
    if (method === 'cash') cash += FEES[vehicleClass];
  }
  return {
    ...{ shift: `${device}-${day}-${part}`, device, attendant, from: 480 + part * 360, to: 840 + part * 360 },
    ...{ cells: [...cells.values()], byHour, cashRecorded: cash },
    cashDeclared: cash - (deeds.short?.(attendant, day) ?? 0),
    afterCash: null,
    voids: { count: 0, amount: 0, late: 0, lateAmount: 0, settled: 0 },
    flags: noFlags,
    tickets: { used: 0, reused: 0, unknown: 0, absent: 0 },
  };
}

function pointOf(random: Random, name: string, day: number, deeds: Deeds): PointDay {
  const shifts = [0, 1].map((part) => {
    const attendant = `${name}-A${(day + part) % 2}`;
    return shiftOf(random.fork(`${name}/${day}/${part}`), attendant, `hh-${name}`, part, day, deeds);
  });
  return {
    ...{ point: name, district: 'd', streetClass: null, opening: { opens: 480, closes: 1200 }, closure: null },
    ...{ supervised: false, tariffChanged: false, fees: FEES, spaces: {}, fieldCounts: [], deposits: [] },
    ...{ complaints: 0, exceptions: [], shifts },
    counts: shifts.flatMap((shift) =>
      shift.byHour.map((count, hour) => ({ hour, vehicleClass: 'car', method: 'cash', count, voided: 0, amount: 0 })),
    ),
    devices: [
      { device: `hh-${name}`, kind: 'handheld', missing: [], silences: [], boots: [], clockSteps: [], collections: [] },
    ],
  };
}

const calendar = { holiday: null, events: [] };

/** Days of a made-up city of points P0, P1, ...: two attendants each, one terminal, no registry and no journal. */
export function cityDays(seed: number, days: number, deeds: Deeds = {}, points = 5): CityDay[] {
  const random = seededRandom(seed);
  return Array.from({ length: days }, (_, day) => ({
    ...{ date: addDays(START, day), calendar },
    points: Array.from({ length: points }, (_none, p) => pointOf(random, `P${p}`, day, p === 3 ? deeds : {})),
  }));
}
