import { Inject, Injectable } from '@nestjs/common';
import { currentRules, postDays } from '@app/persistence';
import type { JobRun } from '@app/queue';
import { postDaysJob, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

/** Points' days in one transaction: short enough that nobody waits, long enough to be worth it. */
const POINT_DAYS_AT_ONCE = 200;

/** Makes the ledger say what the journal says of the points' days that changed. */
@Injectable()
export class PostDays implements WorkerJob<Tick> {
  readonly type = postDaysJob;
  readonly schedule = { everyMs: 10_000 };

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {}

  async run(_tick: Tick, { signal }: JobRun): Promise<RunFigures> {
    const { database, clock, config } = this.core;
    const rules = await currentRules(database);
    const total = { days: 0, booked: 0 };
    for (let taken = POINT_DAYS_AT_ONCE; taken > 0;) {
      signal.throwIfAborted();
      const options = { rules, nowMs: clock.now(), runningPauseMs: config.booksPauseMs };
      const { days, booked } = await postDays(database, { ...options, pointDaysMax: POINT_DAYS_AT_ONCE });
      taken = days;
      total.days += days;
      total.booked += booked;
    }
    return total;
  }
}
