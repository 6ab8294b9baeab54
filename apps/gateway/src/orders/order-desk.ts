import { fail, ok, type Result } from '@app/kernel';
import {
  failOrder,
  loadAcquirer,
  offerOrder,
  openOrder,
  payeesOf,
  raiseAlarms,
  tellAgain,
  type Database,
  type OpenOrder,
  type OrderLimits,
} from '@app/persistence';
import type { PaymentMessage, QrisRequest } from '@app/protocol';
import type { Sealer } from '@app/registry';
import {
  checkOffer,
  generateCall,
  localOffer,
  parseGenerateAnswer,
  ProviderUnreachable,
  SnapSender,
  type Acquirer,
  type SenderParts,
} from '@app/settlement';
import type { AskingDevice, QrisPort } from '../qris-port.js';

export interface OrderDeskParts {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly now: () => number;
  /** How long an order can be paid, ms. */
  readonly validMs: number;
  /** How long a provider may take to make a code, ms. */
  readonly providerMsMax: number;
  readonly limits: OrderLimits & {
    /** Providers asked at once by this gateway. */
    readonly askingMax: number;
  };
  readonly sender: SenderParts;
  readonly newOrderId: () => string;
  readonly onOutcome: (outcome: OrderOutcome) => void;
  readonly onFailure: (error: unknown) => void;
}

/** How the making of a code went, for the metrics. */
export type OrderOutcome = 'offered' | 'unavailable' | 'bad-code' | 'too-many' | 'no-acquirer' | 'other-content';

/** A code that could not be had; `bad-code` calls an officer. */
interface NoCode {
  outcome: 'unavailable' | 'bad-code';
  why: string;
}

/** An order that is known and has no code after so many answer times was left by a gateway that died. */
const ABANDONED_ANSWERS = 2;

/** Keeps terminals' requests as orders and gets their codes, in the background: nobody's lane waits for a provider. */
export class OrderDesk implements QrisPort {
  readonly #asking = new Set<Promise<void>>();
  /** One sender an acquirer, for as long as nothing about it changes: it keeps the access token. */
  readonly #senders = new Map<string, { key: string; sender: SnapSender }>();

  constructor(private readonly parts: OrderDeskParts) {}

  async request({ deviceNo }: AskingDevice, request: QrisRequest): Promise<PaymentMessage | null> {
    const { requestId, vehicleClass, amount } = request;
    if (amount < 1) return this.#refuse(requestId, 'failed', 'other-content');
    const { database, now, validMs, limits, newOrderId } = this.parts;
    const nowMs = now();
    const asked = { deviceNo, requestId, vehicleClass, amount, nowMs, validMs, limits };
    const opened = await openOrder(database, { ...asked, orderId: newOrderId() });
    if (!('order' in opened)) {
      const { kind } = opened;
      return this.#refuse(requestId, kind === 'other-content' ? 'failed' : 'unavailable', kind);
    }
    const { order } = opened;
    if (opened.kind === 'new' || this.#isAbandoned(order, nowMs)) this.#issue(order);
    else await tellAgain(database, order.orderId);
    return null;
  }

  async drain(): Promise<void> {
    await Promise.all(this.#asking);
  }

  #refuse(requestId: string, state: 'failed' | 'unavailable', outcome: OrderOutcome): PaymentMessage {
    this.parts.onOutcome(outcome);
    return { v: 1, requestId, state, at: new Date(this.parts.now()).toISOString() };
  }

  #isAbandoned({ state, qr, createdAt, expiresAt }: OpenOrder, nowMs: number): boolean {
    const left = createdAt + ABANDONED_ANSWERS * this.parts.providerMsMax;
    return state === 'pending' && qr === null && nowMs > left && nowMs < expiresAt;
  }

  #issue(order: OpenOrder): void {
    const { limits, onFailure } = this.parts;
    const isFull = this.#asking.size >= limits.askingMax;
    const work = isFull
      ? this.#keepNoCode(order, { outcome: 'unavailable', why: 'too many at once' })
      : this.#make(order);
    const done = work.catch(onFailure).finally(() => this.#asking.delete(done));
    this.#asking.add(done);
  }

  async #make(order: OpenOrder): Promise<void> {
    const { database, sealer, now, onOutcome } = this.parts;
    const acquirer = await loadAcquirer(database, sealer, order.acquirer);
    if (!acquirer) return this.#keepNoCode(order, { outcome: 'unavailable', why: 'the acquirer is gone' });
    const code = acquirer.kind === 'local' ? this.#makeHere(order, acquirer) : await this.#ask(order, acquirer);
    if (!code.ok) return this.#keepNoCode(order, code.error);
    const checked = checkOffer(code.value.qr, order, await payeesOf(database, acquirer.code));
    if (!checked.ok) return this.#keepNoCode(order, { outcome: 'bad-code', why: checked.error.message });
    if (await offerOrder(database, order.orderId, { ...code.value, nowMs: now() })) onOutcome('offered');
  }

  #makeHere(order: OpenOrder, { config }: Acquirer): Result<{ qr: string; referenceNo: null }, NoCode> {
    const { merchantName, merchantCity } = config;
    const qr = localOffer(order, { nmid: order.nmid ?? '', merchantName, merchantCity });
    return qr.ok ? ok({ qr: qr.value, referenceNo: null }) : fail({ outcome: 'bad-code', why: qr.error.message });
  }

  async #ask(
    order: OpenOrder,
    acquirer: Acquirer,
  ): Promise<Result<{ qr: string; referenceNo: string | null }, NoCode>> {
    const { pathPrefix, merchantId } = acquirer.config;
    const asked = { ...order, point: '', provider: acquirer.code, referenceNo: null, rrn: null, paidAt: null };
    try {
      const answer = await this.#senderOf(acquirer).send(
        generateCall(asked, { merchantId, pathPrefix }),
        this.parts.providerMsMax,
      );
      const parsed = parseGenerateAnswer(answer.httpStatus, answer.body);
      return parsed.ok ? parsed : fail({ outcome: 'unavailable', why: parsed.error.message });
    } catch (error) {
      if (!(error instanceof ProviderUnreachable)) throw error;
      return fail({ outcome: 'unavailable', why: error.message });
    }
  }

  #senderOf(acquirer: Acquirer): SnapSender {
    const key = JSON.stringify(acquirer);
    const held = this.#senders.get(acquirer.code);
    if (held?.key === key) return held.sender;
    const sender = new SnapSender(acquirer, this.parts.sender);
    this.#senders.set(acquirer.code, { key, sender });
    return sender;
  }

  async #keepNoCode(order: OpenOrder, { outcome, why }: NoCode): Promise<void> {
    const { database, now, onOutcome } = this.parts;
    onOutcome(outcome);
    await failOrder(database, order.orderId, why, now());
    if (outcome !== 'bad-code') return;
    // Never shown, so nobody paid to whoever the code names; but somebody must ask why.
    const detail = { acquirer: order.acquirer, orderId: order.orderId, why };
    const key = `qris-bad-code:${order.acquirer}`;
    await raiseAlarms(database, [{ key, kind: 'qris-bad-code', severity: 'critical', detail }], now());
  }
}
