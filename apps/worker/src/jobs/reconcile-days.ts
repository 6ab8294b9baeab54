import { Inject, Injectable } from '@nestjs/common';
import { currentRules, reconcileNextDay, reconcileNextPayouts } from '@app/persistence';
import type { JobRun } from '@app/queue';
import { reconcileDaysJob, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

/** Days of one run: years that look again leave room for payouts and new rules in between. */
const DAYS_AT_ONCE = 50;

/** Reconciles the days and payouts that changed, yesterday and today first, each in a transaction of its own. */
@Injectable()
export class ReconcileDays implements WorkerJob<Tick> {
  readonly type = reconcileDaysJob;
  readonly schedule = { everyMs: 10_000 };

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {}

  async run(_tick: Tick, { signal }: JobRun): Promise<RunFigures> {
    const { database, clock, config } = this.core;
    const rules = await currentRules(database);
    const options = () => ({ rules, nowMs: clock.now(), runningPauseMs: config.reconcilePauseMs });
    const total = { payouts: 0, days: 0, payments: 0, exceptions: 0, expected: 0 };
    if (await reconcileNextPayouts(database, options())) total.payouts++;
    while (total.days < DAYS_AT_ONCE) {
      signal.throwIfAborted();
      const day = await reconcileNextDay(database, options());
      if (!day) break;
      total.days++;
      total.payments += day.payments;
      total.exceptions += day.exceptions;
      total.expected += day.expected;
    }
    return total;
  }
}
