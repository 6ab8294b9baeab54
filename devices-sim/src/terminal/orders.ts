import type { Clock } from '@app/kernel';
import { formatInstant, type PaymentMessage, type VehicleClass } from '@app/protocol';

/** A QRIS order that was paid. */
export interface PaidOrder {
  readonly orderId: string;
  readonly rrn: string | undefined;
}

/** `unavailable`: no code to show. `unpaid`: shown, and not paid in time. */
export type OrderResult = PaidOrder | 'unavailable' | 'unpaid';

interface Waiting {
  readonly requestId: string;
  orderId: string | null;
  show(qr: string): void;
  timer: NodeJS.Timeout;
  settle(result: OrderResult): void;
}

const OFFER_MS_MAX = 5_000;
const PAYMENT_MS_MAX = 90_000;
/** After "unavailable" the attendant does not try again for this long. */
const UNAVAILABLE_MS = 10 * 60_000;

/** Asks for dynamic QRIS codes and waits for their payment. One terminal may have several drivers waiting. */
export class Orders {
  private readonly waiting = new Set<Waiting>();
  private unavailableUntil = 0;
  private number = 0;

  constructor(
    private readonly deviceId: string,
    private readonly clock: Clock,
    private readonly send: (payload: string) => Promise<void>,
  ) {}

  /** Asks for a code and waits until it is paid, refused or forgotten. @param show the code, when it is there */
  async pay(
    vehicleClass: VehicleClass,
    amount: number,
    show: (qr: string) => void = () => undefined,
  ): Promise<OrderResult> {
    const now = this.clock.now();
    if (now < this.unavailableUntil) return 'unavailable';
    const requestId = `${this.deviceId}-${now.toString(36)}-${++this.number}`;
    return new Promise((resolve) => {
      const order: Waiting = {
        requestId,
        orderId: null,
        show,
        settle: (result) => {
          clearTimeout(order.timer);
          this.waiting.delete(order);
          resolve(result);
        },
        timer: setTimeout(() => order.settle('unavailable'), OFFER_MS_MAX),
      };
      this.waiting.add(order);
      const request = { v: 1, requestId, at: formatInstant(now), vehicleClass, amount };
      this.send(JSON.stringify(request)).catch(() => order.settle('unavailable'));
    });
  }

  onMessage(message: PaymentMessage): void {
    const order = [...this.waiting].find(
      (o) =>
        (message.requestId !== undefined && o.requestId === message.requestId) ||
        (o.orderId !== null && o.orderId === message.orderId),
    );
    if (!('state' in message)) {
      // The same offer may come twice: after a reconnect nobody knows what arrived.
      if (!order || order.orderId !== null) return;
      order.orderId = message.orderId;
      clearTimeout(order.timer);
      order.timer = setTimeout(() => order.settle('unpaid'), PAYMENT_MS_MAX);
      order.show(message.qr);
      return;
    }
    if (message.state === 'unavailable') this.unavailableUntil = this.clock.now() + UNAVAILABLE_MS;
    const { orderId } = message;
    if (message.state === 'paid' && orderId !== undefined) order?.settle({ orderId, rrn: message.rrn });
    else order?.settle(message.state === 'expired' ? 'unpaid' : 'unavailable');
  }

  /** Nobody waits any longer (the terminal ends). */
  stop(): void {
    for (const order of [...this.waiting]) order.settle('unpaid');
  }
}
