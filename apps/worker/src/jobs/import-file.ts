import { Inject, Injectable } from '@nestjs/common';
import { FILE_RECEIVED, importFile } from '@app/persistence';
import type { JobRun } from '@app/queue';
import { importFileJob, type ReceivedFile } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

/** Imports a file of an acquirer or a bank that was kept: all of it in one transaction, or nothing. */
@Injectable()
export class ImportFile implements WorkerJob<ReceivedFile> {
  readonly type = importFileJob;
  readonly topic = FILE_RECEIVED;

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {}

  async run({ fileId }: ReceivedFile, { signal }: JobRun): Promise<RunFigures> {
    const { database, clock } = this.core;
    const done = await importFile(database, fileId, { nowMs: clock.now(), signal });
    return { imported: done ? 1 : 0 };
  }
}
