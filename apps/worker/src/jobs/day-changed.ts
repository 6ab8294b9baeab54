import { Inject, Injectable } from '@nestjs/common';
import { addDays, businessDateOf } from '@app/kernel';
import { activeTrace, askWork, takeDeviceCounts, type Sql } from '@app/persistence';
import { IncomeWatch } from '../income-watch.js';
import { dayChanged, type ChangedDay } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

/**
 * Looks again at a point's day that changed: asks that it be posted and reconciled, takes over field counts. A day that is
 * past and changed all the same (a terminal that was away for days) is always checked against the journal, the running
 * ones by sample: they change all the time.
 */
@Injectable()
export class DayChanged implements WorkerJob<ChangedDay> {
  readonly type = dayChanged;
  readonly topic = 'day-changed';

  constructor(
    @Inject(WORKER_CORE) private readonly core: WorkerCore,
    @Inject(IncomeWatch) private readonly watch: IncomeWatch,
  ) {}

  /** The books are held against the days that nobody has still to post: none is forgotten while its job waits. */
  async noted(sql: Sql, days: readonly ChangedDay[]): Promise<void> {
    await askWork(sql, 'post-day', days, this.core.clock.now());
  }

  async run({ pointId, businessDate }: ChangedDay): Promise<RunFigures> {
    const { clock, random, config, database } = this.core;
    const now = clock.now();
    await database.transaction(async (sql) => {
      // Posting was asked for already; who follows the change wants to see it done.
      if (activeTrace() !== null) await askWork(sql, 'post-day', [{ businessDate, pointId }], now);
      await askWork(sql, 'reconcile-day', [{ businessDate, pointId: null }], now);
      await takeDeviceCounts(sql, { pointIds: [pointId], businessDate });
    });
    const past = businessDate < addDays(businessDateOf(now), -1);
    if (!past && !random.chance(1 / config.incomeCheckSample)) return { checked: 0 };
    const wrong = await this.watch.check({ from: businessDate, to: businessDate, pointIds: [pointId] });
    return { checked: 1, wrong };
  }
}
