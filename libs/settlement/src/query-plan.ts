import { HOUR_MS, MINUTE_MS } from '@app/kernel';
import type { QrisOrder } from './qris-order.js';

const SECOND_MS = 1_000;
/** While the driver may still pay. */
const WAITING_PAUSE_MS = 10 * SECOND_MS;
/** After the code's end, counted from it: the first look decides, the later ones find money that came late. */
const AFTER_END_MS = [
  5 * SECOND_MS,
  35 * SECOND_MS,
  3 * MINUTE_MS,
  15 * MINUTE_MS,
  1 * HOUR_MS,
  6 * HOUR_MS,
  24 * HOUR_MS,
];

/**
 * When the provider is asked about an order again, ms; null: never more. Bounded: an order of two minutes is asked
 * about some dozen times in a day, whatever happens.
 */
export function nextQueryAt(order: Pick<QrisOrder, 'state' | 'expiresAt'>, now: number): number | null {
  if (order.state !== 'pending' && order.state !== 'expired') return null;
  if (now + WAITING_PAUSE_MS < order.expiresAt) return now + WAITING_PAUSE_MS;
  const after = AFTER_END_MS.find((pause) => order.expiresAt + pause > now);
  return after === undefined ? null : order.expiresAt + after;
}
