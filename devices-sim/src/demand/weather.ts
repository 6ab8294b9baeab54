import type { BusinessDate, Random } from '@app/kernel';

/** Chance that an afternoon hour of the month begins to rain: Medan is wettest from September to December (recalled). */
const AFTERNOON_ONSET = [0.07, 0.06, 0.08, 0.1, 0.11, 0.08, 0.09, 0.11, 0.14, 0.16, 0.15, 0.13] as const;
const RAIN_GOES_ON = 0.55;

/**
 * Rain over the whole city in each hour of a business day, 0 dry … 1 heavy: a two-state chain, wetter after noon.
 * The same world and date give the same rain, so that all points share it.
 */
export function rainOf(world: Random, date: BusinessDate): readonly number[] {
  const random = world.fork(`rain/${date}`);
  const onset = AFTERNOON_ONSET[Number(date.slice(5, 7)) - 1]!;
  const hours: number[] = [];
  let raining = false;
  for (let hour = 0; hour < 24; hour++) {
    const begins = random.chance(hour >= 13 && hour <= 21 ? onset : onset / 4);
    raining = raining ? random.chance(RAIN_GOES_ON) : begins;
    const strength = 0.25 + 0.75 * random.next();
    hours.push(raining ? strength : 0);
  }
  return hours;
}
