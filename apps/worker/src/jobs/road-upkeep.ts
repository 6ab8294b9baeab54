import { Inject, Injectable } from '@nestjs/common';
import { foldRoad } from '@app/persistence';
import { roadUpkeep, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

/** Folds what was noted of points and days into their totals, so that pages have little to add up. */
@Injectable()
export class RoadUpkeep implements WorkerJob<Tick> {
  readonly type = roadUpkeep;
  readonly schedule = { everyMs: 10_000 };

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {}

  async run(): Promise<RunFigures> {
    return { folded: await foldRoad(this.core.database) };
  }
}
