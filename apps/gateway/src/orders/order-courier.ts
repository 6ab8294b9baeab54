import type { OrderNews } from '@app/persistence';
import { topicOf, type PaymentMessage } from '@app/protocol';
import type { DownMessage } from '../broker/ports.js';

export interface OrderStore {
  /** What these devices have not been told; of those that came back also what they were told lately. */
  news(deviceNos: readonly number[], returned: readonly number[], nowMs: number): Promise<OrderNews[]>;
  markTold(news: readonly OrderNews[], nowMs: number): Promise<void>;
}

export interface OrderCourierOptions {
  readonly store: OrderStore;
  readonly now: () => number;
  readonly publish: (message: DownMessage) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Devices of one query. */
const DEVICES_MAX = 200;

/**
 * Tells the terminals that this gateway holds, and that listen, what became of their orders: at once when word comes,
 * and when they come back. What is told on a connection that died is told again on the next.
 */
export class OrderCourier {
  readonly #listening = new Map<number, string>();
  /** Devices of which something is to be looked up. */
  readonly #due = new Set<number>();
  /** Those that came back: what they were told lately is told again. */
  readonly #returned = new Set<number>();
  #running = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: OrderCourierOptions) {}

  start(everyMs: number): void {
    this.#timer = setInterval(() => void this.run(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The device listens to its payments on this gateway. */
  listens(deviceNo: number, deviceId: string): void {
    this.#listening.set(deviceNo, deviceId);
    this.#returned.add(deviceNo);
    this.changed(deviceNo);
  }

  gone(deviceNo: number): void {
    this.#listening.delete(deviceNo);
    this.#due.delete(deviceNo);
    this.#returned.delete(deviceNo);
  }

  /** Something became of an order of the device. */
  changed(deviceNo: number): void {
    if (!this.#listening.has(deviceNo)) return;
    this.#due.add(deviceNo);
    void this.run();
  }

  /** Word may have been lost: looks at all devices. */
  lookAtAll(): void {
    for (const deviceNo of this.#listening.keys()) this.#due.add(deviceNo);
    void this.run();
  }

  /** Tells what is due. What cannot be read now stays due. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#due.size > 0) await this.#deliver([...this.#due].slice(0, DEVICES_MAX));
    } catch (error) {
      this.options.onFailure(error);
    } finally {
      this.#running = false;
    }
  }

  async #deliver(deviceNos: readonly number[]): Promise<void> {
    const { store, now } = this.options;
    const returned = deviceNos.filter((deviceNo) => this.#returned.has(deviceNo));
    // What comes up during the query counts for the next.
    for (const deviceNo of deviceNos) this.#due.delete(deviceNo);
    for (const deviceNo of returned) this.#returned.delete(deviceNo);
    try {
      const told = (await store.news(deviceNos, returned, now())).filter((news) => this.#tell(news));
      if (told.length > 0) await store.markTold(told, now());
    } catch (error) {
      for (const deviceNo of deviceNos) if (this.#listening.has(deviceNo)) this.#due.add(deviceNo);
      for (const deviceNo of returned) if (this.#listening.has(deviceNo)) this.#returned.add(deviceNo);
      throw error;
    }
  }

  /** @returns false for a device that has gone meanwhile: whoever holds it then tells it */
  #tell(news: OrderNews): boolean {
    const deviceId = this.#listening.get(news.deviceNo);
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
