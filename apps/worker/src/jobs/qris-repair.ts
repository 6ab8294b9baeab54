import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  clearAlarms,
  keepOrder,
  loadAcquirer,
  lockOrder,
  raiseAlarms,
  setNextQuery,
  takeAnnouncement,
  takeDueOrders,
} from '@app/persistence';
import type { JobRun } from '@app/queue';
import {
  expireOrder,
  nextQueryAt,
  parseQueryAnswer,
  ProviderUnreachable,
  queryCall,
  SnapSender,
  type Acquirer,
  type PaymentNotice,
  type QrisOrder,
} from '@app/settlement';
import { qrisRepair, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

const ORDERS_MAX = 200;
const AT_ONCE = 10;
/** A worker that dies while it asks costs its orders this pause. */
const HELD_MS = 60_000;
/** After so many calls of a run without an answer the acquirer is left alone until the next. */
const SILENT_MAX = 3;

type Figure = 'paid' | 'expired' | 'waiting' | 'unclear' | 'skipped';

/** An acquirer as one run talks to it. */
interface Partner {
  acquirer: Acquirer;
  sender: SnapSender;
  silent: number;
  answered: boolean;
}

/**
 * Asks acquirers what became of orders (SNAP service 51): of those that wait, so that a lost notice is repaired while
 * the driver still stands there, and of those past their end. Bounded by the plan of `nextQueryAt`.
 */
@Injectable()
export class QrisRepair implements WorkerJob<Tick> {
  readonly type = qrisRepair;
  readonly schedule = { everyMs: 5_000 };
  /** Kept over runs: a sender holds its access token. */
  readonly #senders = new Map<string, { key: string; sender: SnapSender }>();

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {}

  async run(_tick: Tick, { signal }: JobRun): Promise<RunFigures> {
    const { database, clock } = this.core;
    const figures: Record<Figure, number> = { paid: 0, expired: 0, waiting: 0, unclear: 0, skipped: 0 };
    const orders = await takeDueOrders(database, clock.now(), { rowsMax: ORDERS_MAX, pauseMs: HELD_MS });
    const partners = await this.#partnersOf(orders);
    const left = [...orders];
    const work = async (): Promise<void> => {
      for (let order = left.shift(); order; order = left.shift()) {
        signal.throwIfAborted();
        figures[await this.#repair(order, partners.get(order.provider))] += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await this.#tellAway([...partners.values()]);
    return figures;
  }

  async #partnersOf(orders: readonly QrisOrder[]): Promise<Map<string, Partner>> {
    const { database, sealer } = this.core;
    const partners = new Map<string, Partner>();
    for (const code of new Set(orders.map((order) => order.provider))) {
      const acquirer = await loadAcquirer(database, sealer, code);
      if (acquirer && acquirer.config.baseUrl !== '')
        partners.set(code, { acquirer, sender: this.#senderOf(acquirer), silent: 0, answered: false });
    }
    return partners;
  }

  #senderOf(acquirer: Acquirer): SnapSender {
    const key = JSON.stringify(acquirer);
    const held = this.#senders.get(acquirer.code);
    if (held?.key === key) return held.sender;
    const now = (): number => this.core.clock.now();
    const externalId = (): string => `${now()}${randomInt(1e12, 1e13 - 1)}`;
    const sender = new SnapSender(acquirer, { fetch, now, externalId });
    this.#senders.set(acquirer.code, { key, sender });
    return sender;
  }

  async #repair(order: QrisOrder & { hasCode: boolean }, partner: Partner | undefined): Promise<Figure> {
    // Nobody can have paid a code that was never there.
    if (!partner || !order.hasCode) return this.#settle(order, 'no code was paid');
    if (partner.silent >= SILENT_MAX) return 'skipped';
    const notice = await this.#ask(order, partner);
    if (notice === 'unclear') return this.#settleUnclear(order);
    if (notice === 'not-there') return this.#settle(order, 'the provider knows no payment');
    if (notice.status === 'paying') return this.#settleUnclear(order);
    const { database, clock } = this.core;
    const { changed } = await database.transaction((sql) => takeAnnouncement(sql, notice, 'query', clock.now()));
    if (changed && notice.status === 'success') return 'paid';
    return this.#settle(order, 'not paid in time');
  }

  async #ask(order: QrisOrder, partner: Partner): Promise<PaymentNotice | 'not-there' | 'unclear'> {
    const { sealer, config } = this.core;
    const { acquirer, sender } = partner;
    const { merchantId, pathPrefix } = acquirer.config;
    try {
      const answer = await sender.send(queryCall(order, { merchantId, pathPrefix }), config.qrisProviderMsMax);
      partner.answered = true;
      partner.silent = 0;
      const hash = (pan: string): string => sealer.payerHash(pan);
      const parsed = parseQueryAnswer(acquirer.code, order, answer.httpStatus, answer.body, hash);
      if (!parsed.ok) return parsed.error.code === 'refused' && answer.httpStatus === 404 ? 'not-there' : 'unclear';
      // A provider answers for the order it was asked about, whatever it calls it.
      return { ...parsed.value, orderId: order.orderId };
    } catch (error) {
      if (!(error instanceof ProviderUnreachable)) throw error;
      partner.silent += 1;
      return 'unclear';
    }
  }

  /** Nothing was paid so far: past its end the order expires. */
  async #settle({ orderId }: QrisOrder, why: string): Promise<Figure> {
    const { database, clock } = this.core;
    const now = clock.now();
    return database.transaction(async (sql) => {
      const order = await lockOrder(sql, orderId);
      const expired = order && expireOrder(order, now);
      if (expired) {
        await keepOrder(sql, expired, why, now);
        return 'expired';
      }
      if (order) await setNextQuery(sql, orderId, nextQueryAt(order, now));
      return 'waiting';
    });
  }

  /** Nothing is known: asked again by plan; when the plan is at its end, the order is over. */
  async #settleUnclear(order: QrisOrder): Promise<Figure> {
    const { database, clock } = this.core;
    const again = nextQueryAt(order, clock.now());
    if (again === null) return this.#settle(order, 'the provider never said');
    await setNextQuery(database, order.orderId, again);
    return 'unclear';
  }

  async #tellAway(partners: readonly Partner[]): Promise<void> {
    const { database, clock } = this.core;
    const keyOf = ({ acquirer }: Partner): string => `qris-provider-away:${acquirer.code}`;
    const away = partners.filter((partner) => !partner.answered && partner.silent > 0);
    const alarms = away.map((partner) => {
      const detail = { acquirer: partner.acquirer.code, baseUrl: partner.acquirer.config.baseUrl };
      return { key: keyOf(partner), kind: 'qris-provider-away', severity: 'major' as const, detail };
    });
    await raiseAlarms(database, alarms, clock.now());
    await clearAlarms(database, partners.filter((partner) => partner.answered).map(keyOf), clock.now());
  }
}
