import type { OrderNews } from '@app/persistence';
import { topicOf, type PaymentMessage } from '@app/protocol';
import type { DownMessage } from '../broker/ports.js';
import { DeviceRounds, type DeviceRoundsOptions } from './device-rounds.js';

export interface OrderStore {
  /** What these devices have not been told; of those that came back also what they were told lately. */
  news(deviceNos: readonly number[], returned: readonly number[], nowMs: number): Promise<OrderNews[]>;
  markTold(news: readonly OrderNews[], nowMs: number): Promise<void>;
}

export interface OrderCourierOptions extends DeviceRoundsOptions {
  readonly store: OrderStore;
  readonly publish: (message: DownMessage) => void;
}

const NEVER: ReadonlyMap<number, number> = new Map();

/**
 * Tells the terminals that this gateway holds, and that listen, what became of their orders: at once when word comes,
 * and when they come back. What is told on a connection that died is told again on the next.
 */
export class OrderCourier extends DeviceRounds<OrderCourierOptions> {
  protected async deliver(deviceNos: readonly number[], returned: ReadonlySet<number>): Promise<typeof NEVER> {
    const { store, now } = this.options;
    const told = (await store.news(deviceNos, [...returned], now())).filter((news) => this.#tell(news));
    if (told.length > 0) await store.markTold(told, now());
    return NEVER;
  }

  /** @returns false for a device that has gone meanwhile: whoever holds it then tells it */
  #tell(news: OrderNews): boolean {
    const deviceId = this.idOf(news.deviceNo);
    if (deviceId === undefined) return false;
    const message = messageOf(news, this.options.now());
    if (message)
      this.options.publish({
        topic: topicOf(deviceId, 'payments'),
        payload: JSON.stringify(message),
        qos: 1,
        retain: false,
      });
    return true;
  }
}

/** What the terminal hears of an order; null when there is nothing to say: a code that is over, money given back. */
export function messageOf(news: OrderNews, nowMs: number): PaymentMessage | null {
  const { requestId, orderId, state, qr, rrn, expiresAt, at } = news;
  if (state === 'refunded') return null;
  if (state === 'pending') {
    if (qr === null || expiresAt <= nowMs) return null;
    return { v: 1, requestId, orderId, qr, expiresAt: new Date(expiresAt).toISOString() };
  }
  const told = { v: 1 as const, requestId, orderId, state, at: new Date(at).toISOString() };
  return rrn === null || state !== 'paid' ? told : { ...told, rrn };
}
