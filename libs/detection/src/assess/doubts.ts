import type { Doubt } from '../expectation/day.js';
import type { CityDay, PointDay } from '../input/city-day.js';

/** What speaks against reading the day of a point as usual: by point, only where there is something. */
export function doubtsOf({ calendar }: CityDay, points: readonly PointDay[]): Map<string, Doubt[]> {
  const moved = new Set(calendar.events.filter(({ kind }) => kind === 'moved').map(({ point }) => point));
  const out = new Map<string, Doubt[]>();
  for (const { point, devices, tariffChanged } of points) {
    const doubts: Doubt[] = [];
    if (moved.has(point)) doubts.push('moved');
    if (devices.some((device) => device.clockSteps.length > 0)) doubts.push('clock-jump');
    if (tariffChanged) doubts.push('tariff-changed');
    if (doubts.length > 0) out.set(point, doubts);
  }
  return out;
}
