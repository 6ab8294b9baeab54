import { HOUR_MS } from '@app/kernel';
import { formatInstant, type BodyOf, type VehicleClass } from '@app/protocol';
import type { Disturbance } from '../behaviour/behaviour.js';
import type { RecordEvent } from './events.js';
import type { Day } from './day.js';
import { offAt } from './serve-shift.js';

const SENSOR_SEES = 0.96;
const FIELD_COUNT_PER_DAY = 1 / 40;

/** `count` records: every hour from a sensor that misses a few, and two whole hours of an officer's field count. */
export function counts(day: Day, disturbances: ReadonlyMap<string, readonly Disturbance[]>): RecordEvent[] {
  const { point, date, opening } = day;
  if (!opening) return [];
  const own = day.random.fork('counts');
  const { deviceId } = point.devices[0]!;
  const events: RecordEvent[] = [];
  const visited = own.chance(FIELD_COUNT_PER_DAY);
  const visitAt = opening.from + own.integer(1, 6) * HOUR_MS;
  for (let from = opening.from; from + HOUR_MS <= opening.to; from += HOUR_MS) {
    const to = from + HOUR_MS;
    const byOfficer = visited && from >= visitAt && from < visitAt + 2 * HOUR_MS;
    const classes: Partial<Record<VehicleClass, { arrivals: number }>> = {};
    for (const arrival of day.arrivals) {
      if (arrival.at < from || arrival.at >= to) continue;
      const seen = own.chance(SENSOR_SEES) || byOfficer;
      if (seen) (classes[arrival.vehicleClass] ??= { arrivals: 0 }).arrivals += 1;
    }
    if ((!point.sensor && !byOfficer) || offAt(disturbances.get(deviceId) ?? [], to)) continue;
    const body: BodyOf<'count'> = { from: formatInstant(from), to: formatInstant(to), classes };
    const id = `${deviceId}/${date}/count/${from}`;
    // Within the hour: at midnight it would belong to the next day, and a terminal started again would go on after it.
    events.push({ kind: 'record', deviceId, at: to - 1, id, draft: { type: 'count', body }, withheld: false });
  }
  return events;
}
