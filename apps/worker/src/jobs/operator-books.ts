import { Inject, Injectable } from '@nestjs/common';
import { bookShortfalls, makeStatements } from '@app/persistence';
import { operatorBooks, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

/** Months back that a late record may still change. */
const MONTHS_BACK = 13;

/** Books operators' shortfalls against their daily minimum, and makes their statements of months that are over. */
@Injectable()
export class OperatorBooks implements WorkerJob<Tick> {
  readonly type = operatorBooks;
  readonly schedule = { cron: '40 * * * *', timeZone: 'Asia/Jakarta' };

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {}

  async run(): Promise<RunFigures> {
    const { database, clock } = this.core;
    const shortfalls = await bookShortfalls(database, clock.now());
    return { shortfalls, statements: await makeStatements(database, MONTHS_BACK, clock.now()) };
  }
}
