import { Inject, Injectable } from '@nestjs/common';
import { askWork, ripeDays, tickCases } from '@app/persistence';
import { caseUpkeep, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

const CASES_MAX = 2_000;

/** What only time changes: deadlines that have passed, days on which nothing came, cases that grow old or are past due. */
@Injectable()
export class CaseUpkeep implements WorkerJob<Tick> {
  readonly type = caseUpkeep;
  readonly schedule = { everyMs: 60_000 };

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {}

  async run(): Promise<RunFigures> {
    const { database, clock } = this.core;
    const now = clock.now();
    const due = await database.transaction(async (sql) => {
      const days = await ripeDays(sql, now);
      for (const [run, kind] of [
        ['day', 'reconcile-day'],
        ['payouts', 'reconcile-payouts'],
      ] as const) {
        const own = days.filter((day) => day.run === run);
        await askWork(
          sql,
          kind,
          own.map(({ businessDate }) => ({ businessDate, pointId: null })),
          now,
        );
      }
      return days.length;
    });
    const moved = await database.transaction((sql) => tickCases(sql, now, CASES_MAX));
    return { due, moved };
  }
}
