import { businessDateOf, HOUR_MS, type BusinessDate } from '@app/kernel';
import type { Disturbance } from '../behaviour/behaviour.js';
import type { SimDevice } from '../city/city.js';
import type { DeviceEvent } from './events.js';

/** What a simulated terminal says its firmware is: everything that it sends can be told from a real terminal's. */
export const FIRMWARE = 'sim-1.0.0';

/** The beginnings and ends of disturbances that fall on this day. */
export function edges(device: SimDevice, date: BusinessDate, disturbances: readonly Disturbance[]): DeviceEvent[] {
  const { deviceId } = device;
  const events: DeviceEvent[] = [];
  for (const { what, from, to, offsetMs, reason } of disturbances) {
    if (what === 'power') {
      if (reason === 'battery-empty') events.push({ kind: 'battery', deviceId, at: from - HOUR_MS / 2, percent: 6 });
      events.push({ kind: 'power', deviceId, at: from, on: false }, { kind: 'power', deviceId, at: to, on: true });
      const body = { reason, firmware: FIRMWARE };
      const id = `${deviceId}/boot/${to}`;
      events.push({ kind: 'record', deviceId, at: to + 1, id, draft: { type: 'boot', body }, withheld: false });
    } else if (what === 'network') {
      events.push({ kind: 'link', deviceId, at: from, up: false }, { kind: 'link', deviceId, at: to, up: true });
    } else {
      events.push({ kind: 'clock', deviceId, at: from, offsetMs }, { kind: 'clock', deviceId, at: to, offsetMs: 0 });
    }
  }
  return events.filter((event) => businessDateOf(event.at) === date);
}
