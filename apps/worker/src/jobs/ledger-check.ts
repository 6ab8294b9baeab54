import { Inject, Injectable } from '@nestjs/common';
import { businessDateOf } from '@app/kernel';
import { ledgerFaults, reconcileAlarms } from '@app/persistence';
import { ledgerCheck, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

const FAULTS_MAX = 100;
const ALARM = 'ledger-mismatch';

/** Holds the books against journal, settlements and deposits; what differs is a critical alarm until it does not. */
@Injectable()
export class LedgerCheck implements WorkerJob<Tick> {
  readonly type = ledgerCheck;
  readonly schedule = { cron: '20 * * * *', timeZone: 'Asia/Jakarta' };

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {}

  async run(): Promise<RunFigures> {
    const { database, clock, log } = this.core;
    const now = clock.now();
    const faults = await ledgerFaults(database, businessDateOf(now), FAULTS_MAX);
    for (const fault of faults) log.error({ ...fault }, 'the books differ from what lies under them');
    const alarms = faults.map(({ check, about, booked, truth }) => ({
      key: `${ALARM}:${check}:${about}`,
      kind: ALARM,
      severity: 'critical' as const,
      detail: { check, about, booked, truth },
    }));
    await reconcileAlarms(database, [ALARM], alarms, now);
    return { faults: faults.length };
  }
}
