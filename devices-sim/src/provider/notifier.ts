import type { Random } from '@app/kernel';
import type { Log } from '../log.js';
import type { ProviderPayment } from './provider-book.js';
import type { ProviderSettings } from './provider-settings.js';
import { hmacSignature, jakartaInstant, rsaSignature } from './signing.js';

const STATUS = { paid: '00', refunded: '04', cancelled: '05' } as const;
const ATTEMPTS_MAX = 4;
const PAUSE_MS = 1_000;
const ANSWER_MS_MAX = 5_000;

/** Tells the system of payments (SNAP service 52), and again when it does not say that it heard. */
export class Notifier {
  #count = 0;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly settings: ProviderSettings,
    private readonly random: Random,
    private readonly now: () => number,
    private readonly log: Log,
  ) {}

  /** Sends after a while. @param times how often: 0 loses the notice, 2 repeats it */
  tell(payment: ProviderPayment, times: number): void {
    const random = this.random.fork(`${payment.referenceNo}/${payment.state}`);
    for (let copy = 0; copy < times; copy++) {
      const delayMs = random.next() * this.settings.mishaps.noticeMsMax;
      this.#later(delayMs, () => this.#send({ ...payment }, 1));
    }
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #later(ms: number, work: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work().catch((error: Error) => this.log.warn(`a notice failed: ${error.message}`));
    }, ms);
    this.#timers.add(timer);
  }

  async #send(payment: ProviderPayment, attempt: number): Promise<void> {
    const { status, text } = await this.post(this.bodyOf(payment)).catch((error: Error) => ({
      status: 0,
      text: error.message,
    }));
    // A conflict says that it was heard before.
    if (status === 200 || status === 409) return;
    this.log.warn('a notice was not taken', { status, answer: text.slice(0, 120), attempt });
    if (attempt < ATTEMPTS_MAX && (status === 0 || status >= 500))
      this.#later(PAUSE_MS * 2 ** attempt, () => this.#send(payment, attempt + 1));
  }

  bodyOf({ referenceNo, orderId, amount, rrn, paidAt, cpan, state }: ProviderPayment): string {
    const fee = ((amount * this.settings.feeBp) / 10_000).toFixed(0);
    return JSON.stringify({
      originalReferenceNo: referenceNo,
      ...(orderId === null ? {} : { originalPartnerReferenceNo: orderId }),
      latestTransactionStatus: STATUS[state],
      amount: { value: `${amount}.00`, currency: 'IDR' },
      additionalInfo: {
        ...{ simulated: true, rrn, nmid: this.settings.nmid, issuer: 'Dompet Simulasi', cpan },
        feeAmount: { value: `${fee}.00`, currency: 'IDR' },
        paidTime: jakartaInstant(paidAt),
      },
    });
  }

  /** Signs and sends a body, whatever it says. */
  async post(body: string): Promise<{ status: number; text: string }> {
    const { notifyUrl, partnerId, signature, secret, privateKey } = this.settings;
    const timestamp = jakartaInstant(this.now());
    const token = `sim-${partnerId}`;
    const signed = { method: 'POST', path: new URL(notifyUrl).pathname, token, body, timestamp };
    const externalId = `${this.now()}${String(++this.#count).padStart(6, '0')}${this.random.integer(100000, 999999)}`;
    const response = await fetch(notifyUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'x-timestamp': timestamp,
        'x-signature': signature === 'symmetric' ? hmacSignature(secret, signed) : rsaSignature(privateKey, signed),
        'x-partner-id': partnerId,
        'x-external-id': externalId,
        'channel-id': '95221',
      },
      body,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    return { status: response.status, text: await response.text() };
  }
}
