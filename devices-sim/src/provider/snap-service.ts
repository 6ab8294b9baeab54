import type { Random } from '@app/kernel';
import { qrText } from './qr-text.js';
import type { ProviderBook, ProviderPayment } from './provider-book.js';
import type { ProviderSettings } from './provider-settings.js';
import type { Notifier } from './notifier.js';
import { jakartaInstant } from './signing.js';

/** An answer with its SNAP code: status, service, case. */
export interface SnapReply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export const SERVICES = {
  'qr-mpm-generate': '47',
  'qr-mpm-query': '51',
  'qr-mpm-cancel': '77',
  'qr-mpm-refund': '78',
} as const;
export type ServiceName = keyof typeof SERVICES;

export function reply(status: number, service: string, caseCode: string, text: string, more: object = {}): SnapReply {
  const head = { responseCode: `${status}${service}${caseCode}`, responseMessage: text };
  return { status, body: { ...head, ...more, additionalInfo: { simulated: true } } };
}

type Body = Readonly<Record<string, unknown>>;
const STATUS = { paid: '00', refunded: '04', cancelled: '05' } as const;

/**
 * What the provider does about codes and payments, behind the door that checked who calls. Chance hangs on the seed and
 * on the how-manieth order or payment it is, which the book remembers: the time of a start changes nothing.
 */
export class SnapService {
  #failures = 0;

  constructor(
    private readonly settings: ProviderSettings,
    private readonly book: ProviderBook,
    private readonly notifier: Notifier,
    private readonly random: Random,
    private readonly now: () => number,
  ) {}

  call(name: ServiceName, body: Body): SnapReply {
    if (name === 'qr-mpm-generate') return this.generate(body);
    const orderId = text(body.originalPartnerReferenceNo);
    const order = this.book.orders.get(orderId);
    if (!order) return reply(404, SERVICES[name], '01', 'Transaction Not Found');
    const payment = this.book.paymentOf(orderId);
    if (name === 'qr-mpm-query') return this.query(orderId, order.referenceNo, order.amount, payment);
    if (name === 'qr-mpm-refund') return this.refund(payment, body);
    if (payment) return reply(403, '77', '00', 'Transaction Not Permitted. It is paid: refund it');
    this.book.keepOrder({ ...order, expiresAt: this.now() });
    return reply(200, '77', '00', 'Successful', {
      originalPartnerReferenceNo: orderId,
      cancelTime: jakartaInstant(this.now()),
    });
  }

  private generate(body: Body): SnapReply {
    const { merchantId, nmid, mishaps } = this.settings;
    const orderId = text(body.partnerReferenceNo);
    const amount = rupiahOf(body.amount);
    if (orderId === '') return reply(400, '47', '02', 'Invalid Mandatory Field partnerReferenceNo');
    if (amount === null) return reply(400, '47', '01', 'Invalid Field Format amount');
    if (text(body.merchantId) !== merchantId) return reply(404, '47', '08', 'Invalid Merchant');
    if (this.book.orders.has(orderId)) return reply(409, '47', '01', 'Duplicate partnerReferenceNo');
    const number = this.book.orders.size;
    const random = this.random.fork(`order/${number}/${this.#failures}`);
    if (random.chance(mishaps.failure)) {
      this.#failures++;
      return reply(500, '47', '01', 'Internal Server Error');
    }
    const terminalId = text(body.terminalId);
    const expiresAt = Date.parse(text(body.validityPeriod)) || this.now() + 120_000;
    const referenceNo = `SIM${String(number).padStart(9, '0')}${digits(random, 8)}`;
    const qr = qrText({ orderId, amount, nmid, merchantId, terminal: terminalId });
    this.book.keepOrder({ partnerReferenceNo: orderId, referenceNo, amount, terminalId, qr, expiresAt });
    return reply(200, '47', '00', 'Successful', {
      referenceNo,
      partnerReferenceNo: orderId,
      qrContent: qr,
      terminalId,
    });
  }

  private query(orderId: string, referenceNo: string, amount: number, payment: ProviderPayment | undefined): SnapReply {
    return reply(200, '51', '00', 'Successful', {
      originalReferenceNo: payment?.referenceNo ?? referenceNo,
      originalPartnerReferenceNo: orderId,
      serviceCode: '47',
      latestTransactionStatus: payment ? STATUS[payment.state] : '01',
      amount: { value: `${payment?.amount ?? amount}.00`, currency: 'IDR' },
      ...(payment && { rrn: payment.rrn, nmid: this.settings.nmid, paidTime: jakartaInstant(payment.paidAt) }),
    });
  }

  private refund(payment: ProviderPayment | undefined, body: Body): SnapReply {
    if (!payment) return reply(404, '78', '01', 'Transaction Not Found');
    if (payment.state !== 'paid') return reply(403, '78', '00', 'Transaction Not Permitted');
    if (rupiahOf(body.refundAmount) !== payment.amount) return reply(404, '78', '13', 'Invalid Amount');
    this.giveBack(payment);
    return reply(200, '78', '00', 'Successful', { refundNo: `R${payment.referenceNo}` });
  }

  /** A payer pays a code. @param notices how often the system is told; drawn when absent */
  pay(qr: string, notices?: number): ProviderPayment | 'unknown' | 'expired' | 'paid' {
    const order = [...this.book.orders.values()].find((item) => item.qr === qr);
    if (!order) return 'unknown';
    if (this.book.paymentOf(order.partnerReferenceNo)) return 'paid';
    if (this.now() > order.expiresAt) return 'expired';
    const random = this.nextPayment();
    const payment = this.take(random, order.referenceNo, order.partnerReferenceNo, order.amount);
    this.notifier.tell(payment, notices ?? this.drawnNotices(random));
    const { mishaps } = this.settings;
    if (notices === undefined && random.chance(mishaps.withoutRecord)) this.payWithoutRecord(order.amount);
    if (notices === undefined && random.chance(mishaps.refund)) this.giveBack(payment);
    return payment;
  }

  /** Money to our merchant id that no terminal asked for. */
  payWithoutRecord(amount: number): ProviderPayment {
    const random = this.nextPayment();
    const payment = this.take(random, `SIMX${this.book.payments.size}${digits(random, 8)}`, null, amount);
    this.notifier.tell(payment, 1);
    return payment;
  }

  giveBack(payment: ProviderPayment): void {
    const back: ProviderPayment = { ...payment, state: 'refunded', refundedAt: this.now() };
    this.book.keepPayment(back);
    this.notifier.tell(back, 1);
  }

  private nextPayment(): Random {
    return this.random.fork(`payment/${this.book.payments.size}`);
  }

  private take(random: Random, referenceNo: string, orderId: string | null, amount: number): ProviderPayment {
    const [rrn, cpan] = [digits(random, 12), `9360${digits(random, 15)}`];
    const payment: ProviderPayment = {
      ...{ referenceNo, orderId, amount, rrn, paidAt: this.now(), cpan },
      ...{ state: 'paid', refundedAt: null, batch: null, refundBatch: null },
    };
    this.book.keepPayment(payment);
    return payment;
  }

  private drawnNotices(random: Random): number {
    const { lost, duplicate } = this.settings.mishaps;
    if (random.chance(lost)) return 0;
    return random.chance(duplicate) ? 2 : 1;
  }
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.integer(0, 9)).join('');
}

function text(value: unknown): string {
  return typeof value === 'string' && value.length <= 64 ? value : '';
}

function rupiahOf(value: unknown): number | null {
  const sum = (value as { value?: unknown; currency?: unknown } | undefined) ?? {};
  if (sum.currency !== 'IDR' || typeof sum.value !== 'string') return null;
  return /^[1-9]\d{0,9}\.00$/.test(sum.value) ? Number(sum.value) : null;
}
