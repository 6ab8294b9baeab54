import { Inject, Injectable } from '@nestjs/common';
import { reconcileAlarms, verifyAuditLog } from '@app/persistence';
import { auditCheck, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

const FAULTS_MAX = 20;
const ALARM = 'audit-broken';

/**
 * Verifies the audit log's hash chain each night. Its head goes into the process log, which lies outside the database:
 * who rewrites the whole chain must reach that too.
 */
@Injectable()
export class AuditCheck implements WorkerJob<Tick> {
  readonly type = auditCheck;
  readonly schedule = { cron: '40 3 * * *', timeZone: 'Asia/Jakarta' };

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {}

  async run(): Promise<RunFigures> {
    const { database, clock, log } = this.core;
    const { entries, head, faults } = await verifyAuditLog(database);
    for (const fault of faults.slice(0, FAULTS_MAX)) log.error({ ...fault }, 'the audit log was tampered with');
    log.info({ auditHead: `${head.n}:${head.hash}` }, 'the head of the audit log');
    const alarms = faults.slice(0, 1).map(({ n, fault }) => ({
      key: ALARM,
      kind: ALARM,
      severity: 'critical' as const,
      detail: { n, fault, faults: faults.length },
    }));
    await reconcileAlarms(database, [ALARM], alarms, clock.now());
    return { entries, faults: faults.length };
  }
}
