import { Inject, Injectable } from '@nestjs/common';
import { currentRules, reconcileDays, reconcileNextPayouts } from '@app/persistence';
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
    const payouts = (await reconcileNextPayouts(database, options())) ? 1 : 0;
    const days = await reconcileDays(database, options, { daysMax: DAYS_AT_ONCE, signal });
    const sum = (key: 'payments' | 'exceptions' | 'expected') => days.reduce((total, day) => total + day[key], 0);
    return {
      payouts,
      days: days.length,
      payments: sum('payments'),
      exceptions: sum('exceptions'),
      expected: sum('expected'),
    };
  }
}
