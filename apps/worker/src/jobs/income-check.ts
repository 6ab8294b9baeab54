import { Inject, Injectable } from '@nestjs/common';
import { addDays, businessDateOf } from '@app/kernel';
import { IncomeWatch } from '../income-watch.js';
import { incomeCheck, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

/** Each night: the roll-ups of yesterday and today, of every point, against the journal. */
@Injectable()
export class IncomeCheck implements WorkerJob<Tick> {
  readonly type = incomeCheck;
  readonly schedule = { cron: '45 1 * * *', timeZone: 'Asia/Jakarta' };

  constructor(
    @Inject(WORKER_CORE) private readonly core: WorkerCore,
    @Inject(IncomeWatch) private readonly watch: IncomeWatch,
  ) {}

  async run(): Promise<RunFigures> {
    const today = businessDateOf(this.core.clock.now());
    return { wrong: await this.watch.check({ from: addDays(today, -1), to: today }) };
  }
}
