import type { PaymentMessage, QrisRequest } from '@app/protocol';

/** The terminal that asks. */
export interface AskingDevice {
  readonly deviceNo: number;
  readonly deviceId: string;
}

/** Makes QRIS orders for terminals. */
export interface QrisPort {
  /**
   * Resolves when the request is kept as an order, whose messages (offer, paid, expired) come by the courier: then null.
   * Or with the answer, when no order came of it. Waits for the database alone, never for a provider.
   */
  request(device: AskingDevice, request: QrisRequest): Promise<PaymentMessage | null>;
  /** Resolves when no provider is being asked any more. */
  drain(): Promise<void>;
}
