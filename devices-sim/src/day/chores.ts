import { DAY_MS, HOUR_MS, MINUTE_MS, startOfBusinessDay } from '@app/kernel';
import type { Disturbance } from '../behaviour/behaviour.js';
import type { SimDevice } from '../city/city.js';
import type { DeviceEvent, Truth } from './events.js';
import type { Day } from './day.js';
import { offAt } from './serve-shift.js';

const COLLECTION_EVERY_DAYS = 3;
const TEST_PER_DAY = 1 / 200;
const REPEAT_PER_DAY = 1 / 15;
const TECHNICIAN = 'T-001';
const COLLECTOR = 'C-001';
/** What a thieving collector takes from one box at full intensity, rupiah. */
const BOX_THEFT_RUPIAH_MAX = 20_000;

/** What happens to a terminal besides its drivers: cash boxes are emptied, technicians test, a PUBACK is lost. */
export function chores(
  day: Day,
  device: SimDevice,
  off: readonly Disturbance[],
): { events: DeviceEvent[]; truth: Truth[] } {
  const { deviceId } = device;
  const own = day.random.fork(`chores/${deviceId}`);
  const midnight = startOfBusinessDay(day.date);
  const opensAt = day.opening?.from ?? midnight + 8 * HOUR_MS;
  // Where it never closes, yesterday's last records are written already: no clock may go back behind them.
  const before = (ms: number): number => Math.max(midnight, opensAt - ms);
  const base = { kind: 'record', deviceId, withheld: false } as const;
  const events: DeviceEvent[] = [];
  if (own.chance(TEST_PER_DAY)) {
    const draft = { type: 'test', body: { amount: 1000, technician: TECHNICIAN } } as const;
    events.push({ ...base, at: before(40 * MINUTE_MS), id: `${deviceId}/${day.date}/test`, draft });
  }
  if (own.chance(REPEAT_PER_DAY)) events.push({ kind: 'repeat', deviceId, at: opensAt + own.integer(1, 8) * HOUR_MS });
  const collection = device.kind === 'meter' ? collect(day, device, before(HOUR_MS / 2)) : null;
  if (collection) events.push(collection.event);
  const happens = (event: DeviceEvent) => !offAt(off, event.at);
  const truth = collection?.truth && happens(collection.event) ? [collection.truth] : [];
  return { events: events.filter(happens), truth };
}

/** Every third day the box is emptied; a thieving collector counts less than the register says. */
function collect(day: Day, { deviceId }: SimDevice, at: number): { event: DeviceEvent; truth: Truth | null } | null {
  const dayNumber = Math.floor(startOfBusinessDay(day.date) / DAY_MS) + digits(deviceId);
  if (dayNumber % COLLECTION_EVERY_DAYS !== 0) return null;
  const thief = day.episodes.find((e) => e.pattern === 'collection-difference' && e.deviceId === deviceId);
  const shortRupiah = thief ? Math.max(500, Math.round((thief.intensity * BOX_THEFT_RUPIAH_MAX) / 500) * 500) : 0;
  const draft = { type: 'collection', collector: COLLECTOR, shortRupiah } as const;
  const id = `${deviceId}/${day.date}/collection`;
  const who = { point: day.point.code, deviceId, attendant: COLLECTOR };
  return {
    event: { kind: 'record', deviceId, withheld: false, at, id, draft },
    truth: thief ? { kind: 'short', pattern: thief.pattern, ...who, at, taken: shortRupiah } : null,
  };
}

/** Spreads the meters over the days of collection. */
function digits(deviceId: string): number {
  return Number(deviceId.replace(/\D/g, '')) || 0;
}
