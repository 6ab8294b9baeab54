import { Inject, Injectable } from '@nestjs/common';
import { applyRetention, type RetentionLimits } from '@app/persistence';
import type { Config } from '@app/platform';
import type { JobRun } from '@app/queue';
import { retention, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

export function retentionLimits(config: Config): RetentionLimits {
  return {
    platesMs: config.keepPlatesMs,
    quarantineBytesMs: config.keepQuarantineBytesMs,
    sessionsMs: config.keepSessionsMs,
    commandsMs: config.keepCommandsMs,
    alarmsMs: config.keepAlarmsMs,
    accessLogMs: config.keepAccessLogMs,
  };
}

/** Lets data expire whose time is over, each night. Money data have no end. */
@Injectable()
export class Retention implements WorkerJob<Tick> {
  readonly type = retention;
  readonly schedule = { cron: '30 2 * * *', timeZone: 'Asia/Jakarta' };

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {}

  async run(_tick: Tick, { signal }: JobRun): Promise<RunFigures> {
    const { config, database, clock } = this.core;
    if (config.retention === 'off') return {};
    const dryRun = config.retention === 'dry-run';
    return applyRetention(database, retentionLimits(config), clock.now(), { dryRun, signal });
  }
}
