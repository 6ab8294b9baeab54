import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A code that was made for the system. */
export interface ProviderOrder {
  readonly partnerReferenceNo: string;
  readonly referenceNo: string;
  readonly amount: number;
  readonly terminalId: string;
  readonly qr: string;
  readonly expiresAt: number;
}

export type PaymentState = 'paid' | 'refunded' | 'cancelled';

/** Money of a payer's that this provider holds for the city. */
export interface ProviderPayment {
  readonly referenceNo: string;
  /** The system's order; null for a payment that no terminal asked for. */
  readonly orderId: string | null;
  readonly amount: number;
  readonly rrn: string;
  readonly paidAt: number;
  readonly cpan: string;
  state: PaymentState;
  refundedAt: number | null;
  /** Batches of its payment and of its refund, once they are settled. */
  batch: string | null;
  refundBatch: string | null;
}

type Line = { order: ProviderOrder } | { payment: ProviderPayment };

/**
 * What the provider remembers: orders and payments, appended to a file, so that a restart forgets nothing that is not
 * settled. A later line of the same payment replaces the earlier.
 */
export class ProviderBook {
  readonly orders = new Map<string, ProviderOrder>();
  readonly payments = new Map<string, ProviderPayment>();
  readonly #file: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#file = join(folder, 'book.jsonl');
    if (!existsSync(this.#file)) return;
    const text = readFileSync(this.#file, 'utf8');
    // A torn last line was never answered for.
    for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n'))
      if (line !== '') this.#take(JSON.parse(line) as Line);
  }

  keepOrder(order: ProviderOrder): void {
    this.#append({ order });
  }

  keepPayment(payment: ProviderPayment): void {
    this.#append({ payment });
  }

  paymentOf(orderId: string): ProviderPayment | undefined {
    return [...this.payments.values()].find((payment) => payment.orderId === orderId);
  }

  #append(line: Line): void {
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    this.#take(line);
  }

  #take(line: Line): void {
    if ('order' in line) this.orders.set(line.order.partnerReferenceNo, line.order);
    else this.payments.set(line.payment.referenceNo, line.payment);
  }
}
