import type { BusinessDate, Random } from '@app/kernel';
import type { Episode } from '../behaviour/casting.js';
import type { SimPoint } from '../city/city.js';
import type { Arrival } from '../demand/demand.js';

/** What the parts of a day's plan share. */
export interface Day {
  readonly random: Random;
  readonly point: SimPoint;
  readonly date: BusinessDate;
  /** True time, ms; null on a day on which the point is closed. */
  readonly opening: { readonly from: number; readonly to: number } | null;
  readonly arrivals: readonly Arrival[];
  readonly episodes: readonly Episode[];
}
