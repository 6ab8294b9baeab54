import { daysBetween, HOUR_MS, type BusinessDate } from '@app/kernel';
import type { SimDevice, SimPoint } from '../city/city.js';
import type { Shift } from '../behaviour/behaviour.js';

/** The shifts of a day on one terminal. Drivers at a point spread evenly over its lanes. */
export interface Lane {
  readonly device: SimDevice;
  readonly number: number;
  readonly shifts: readonly Shift[];
}

const SHIFT_HOURS_MAX = 9;
const ROTA_ORIGIN: BusinessDate = '2020-01-01';

/**
 * Who works when: no shift is longer than nine hours, and the attendants of a terminal take turns from
 * shift to shift and from day to day; who is absent leaves his turns to the others of his terminal. A meter has one shift without name or attendant.
 */
export function lanesOf(
  point: SimPoint,
  date: BusinessDate,
  opening: { from: number; to: number },
  absent: readonly string[] = [],
): Lane[] {
  const handhelds = point.devices.filter((device) => device.kind === 'handheld');
  const dayNumber = daysBetween(ROTA_ORIGIN, date);
  return point.devices.map((device, number) => {
    if (device.kind === 'meter') {
      return { device, number, shifts: [{ id: '', deviceId: device.deviceId, attendant: '', ...opening }] };
    }
    const mine = point.attendants.filter((_, n) => n % handhelds.length === handhelds.indexOf(device));
    const present = mine.filter((attendant) => !absent.includes(attendant));
    const others = point.attendants.filter((attendant) => !absent.includes(attendant));
    const crew = [present, others, mine, point.attendants].find((people) => people.length > 0) ?? [];
    const parts = Math.ceil((opening.to - opening.from) / (SHIFT_HOURS_MAX * HOUR_MS));
    const partMs = (opening.to - opening.from) / parts;
    const shifts = Array.from({ length: parts }, (_, part) => ({
      id: `${device.deviceId}-${date.replaceAll('-', '')}-${part + 1}`,
      deviceId: device.deviceId,
      attendant: crew[(dayNumber + part) % Math.max(1, crew.length)] ?? '',
      from: opening.from + part * partMs,
      to: opening.from + (part + 1) * partMs,
    }));
    return { device, number, shifts };
  });
}
