import type { Rupiah } from '@app/kernel';
import type { PaymentNotice } from './snap-notice.js';

/** `unavailable`: no code was to be had; `failed`: the provider said so; `refunded`: paid, and given back. */
export const QRIS_ORDER_STATES = ['pending', 'paid', 'expired', 'failed', 'unavailable', 'refunded'] as const;
export type QrisOrderState = (typeof QRIS_ORDER_STATES)[number];

/** A dynamic QRIS order that a terminal asked for. */
export interface QrisOrder {
  orderId: string;
  requestId: string;
  device: string;
  point: string;
  provider: string;
  amount: Rupiah;
  createdAt: number;
  /** From then on the code is not shown any more, ms. */
  expiresAt: number;
  state: QrisOrderState;
  /** The provider's transaction that paid it. */
  referenceNo: string | null;
  rrn: string | null;
  paidAt: number | null;
}

/** Something about a notice that an officer should see. The notice is kept either way. */
export type NoticeFlag = 'wrong-amount' | 'other-transaction' | 'paid-after-end';

/** What a notice does to an order. `changed` false: nothing new (a repeated notice), unless there is a flag. */
export interface OrderStep {
  order: QrisOrder;
  changed: boolean;
  flag: NoticeFlag | null;
}

/**
 * What a provider's notice, or its answer to our query, does to the order. Idempotent: the same notice again changes
 * nothing. Only the full amount pays an order; money that comes after the order expired or failed is money all the
 * same, so the order becomes paid and is flagged. A second transaction on a paid order is a double debit in the making.
 */
export function takeNotice(order: QrisOrder, notice: PaymentNotice, now: number): OrderStep {
  const same: OrderStep = { order, changed: false, flag: null };
  switch (notice.status) {
    case 'success': {
      if (order.state === 'paid' || order.state === 'refunded') {
        return isSame(order, notice) ? same : { ...same, flag: 'other-transaction' };
      }
      if (notice.amount !== order.amount) return { ...same, flag: 'wrong-amount' };
      const { referenceNo, rrn } = notice;
      const paid: QrisOrder = { ...order, state: 'paid', referenceNo, rrn, paidAt: notice.paidAt ?? now };
      return { order: paid, changed: true, flag: order.state === 'pending' ? null : 'paid-after-end' };
    }
    case 'failed':
    case 'cancelled':
      if (order.state === 'pending') return { order: { ...order, state: 'failed' }, changed: true, flag: null };
      return takeBack(order, notice, notice.status === 'cancelled');
    case 'refunded':
      return takeBack(order, notice, true);
    case 'initiated':
    case 'paying':
    case 'pending':
    case 'not-found':
      return same;
  }
}

/** A provider's query answer may lack its reference; our order id stands for it then, and tells nothing apart. */
function isSame(order: QrisOrder, notice: PaymentNotice): boolean {
  const references = [order.referenceNo, notice.referenceNo];
  return references[0] === references[1] || references.includes(order.orderId);
}

function takeBack(order: QrisOrder, notice: PaymentNotice, isMoneyBack: boolean): OrderStep {
  const isOurs = order.state === 'paid' && isSame(order, notice);
  if (!isMoneyBack || !isOurs) return { order, changed: false, flag: null };
  return { order: { ...order, state: 'refunded' }, changed: true, flag: null };
}

/** A pending order whose time is over expires; null when there is nothing to do. Ask the provider once more first. */
export function expireOrder(order: QrisOrder, now: number): QrisOrder | null {
  return order.state === 'pending' && now >= order.expiresAt ? { ...order, state: 'expired' } : null;
}
