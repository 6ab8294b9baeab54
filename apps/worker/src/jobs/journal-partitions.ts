import { Inject, Injectable } from '@nestjs/common';
import { clearAlarms, ensureJournalPartitions, raiseAlarms } from '@app/persistence';
import { journalPartitions, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

const MONTHS_AHEAD = 3;
const ALARM = 'journal-partition-missing';

/** Makes the journal's partitions of the months to come, each night. */
@Injectable()
export class JournalPartitions implements WorkerJob<Tick> {
  readonly type = journalPartitions;
  readonly schedule = { cron: '10 1 * * *', timeZone: 'Asia/Jakarta' };

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {}

  async run(): Promise<RunFigures> {
    const { database, clock } = this.core;
    const stray = await ensureJournalPartitions(database, clock.now(), MONTHS_AHEAD);
    const alarm = { key: ALARM, kind: ALARM, severity: 'major' as const, detail: { rows: stray } };
    if (stray > 0) await raiseAlarms(database, [alarm], clock.now());
    else await clearAlarms(database, [ALARM], clock.now());
    return { stray };
  }
}
