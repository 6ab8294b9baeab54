import type { PaymentMessage, QrisRequest } from '@app/protocol';

/** Makes QRIS orders for terminals. Further messages of an order (paid, expired) come by another way than the answer. */
export interface QrisPort {
  /** The first answer to a request: an offer, or that there is none. Asking again with the same id gives the same. */
  request(deviceNo: number, request: QrisRequest): Promise<PaymentMessage>;
}
