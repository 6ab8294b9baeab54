import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { businessDateOf } from '@app/kernel';
import { plantedMonths, replantIfDue } from '@app/persistence';
import type { JobRun } from '@app/queue';
import { readGauge } from '../job-metrics.js';
import { replantJob, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

/** How good the detector is this month: recall by thefts planted into copies of recorded days, through the same engine. */
@Injectable()
export class ReplantThefts implements WorkerJob<Tick> {
  readonly type = replantJob;
  readonly schedule = { cron: '15 4 * * *', timeZone: 'Asia/Jakarta' };

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {
    const help = 'Thefts planted into copies of recorded days, of the newest month, by pattern.';
    const gauge = (name: string, figure: 'planted' | 'found'): void =>
      readGauge(core.metrics, { name, help, labelNames: ['pattern'] }, async () => {
        const [month] = await plantedMonths(core.database, businessDateOf(core.clock.now()));
        return (month?.recall ?? []).map((row) => ({ labels: { pattern: row.pattern }, value: row[figure] }));
      });
    gauge('eparking_detector_planted', 'planted');
    gauge('eparking_detector_planted_found', 'found');
  }

  async run(_tick: Tick, { signal }: Pick<JobRun, 'signal'>): Promise<RunFigures> {
    const { database, clock, log } = this.core;
    const done = await replantIfDue(database, { nowMs: clock.now(), signal, between: () => setImmediate() });
    if (done === null) return { planted: 0, found: 0 };
    log.info(done, 'the detector was measured by planted thefts');
    return { days: done.days, planted: done.planted, found: done.found };
  }
}
