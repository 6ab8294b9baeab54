import { Module, type DynamicModule } from '@nestjs/common';
import { IncomeWatch } from './income-watch.js';
import { JobRunner } from './job-runner.js';
import { WORKER_JOBS, type WorkerJob } from './job.js';
import { AuditCheck } from './jobs/audit-check.js';
import { AssessDays } from './jobs/assess-days.js';
import { DayChanged } from './jobs/day-changed.js';
import { CaseUpkeep } from './jobs/case-upkeep.js';
import { GapAgeing } from './jobs/gap-ageing.js';
import { ImportFile } from './jobs/import-file.js';
import { InboxWatch } from './jobs/inbox-watch.js';
import { IncomeCheck } from './jobs/income-check.js';
import { JournalPartitions } from './jobs/journal-partitions.js';
import { LedgerCheck } from './jobs/ledger-check.js';
import { OperatorBooks } from './jobs/operator-books.js';
import { PostDays } from './jobs/post-days.js';
import { PresenceWatch } from './jobs/presence-watch.js';
import { QrisRepair } from './jobs/qris-repair.js';
import { ReconcileDays } from './jobs/reconcile-days.js';
import { ReplantThefts } from './jobs/replant-thefts.js';
import { Retention } from './jobs/retention.js';
import { RoadUpkeep } from './jobs/road-upkeep.js';
import { Relay } from './relay.js';
import { WORKER_CORE, type WorkerCore } from './worker-core.js';

/** Every job of the worker. To add one: its kind in `job-types.ts`, a class in `jobs/`, a line here and in docs/WORKER.md. */
const JOBS = [
  DayChanged,
  GapAgeing,
  PresenceWatch,
  RoadUpkeep,
  IncomeCheck,
  JournalPartitions,
  Retention,
  ImportFile,
  InboxWatch,
  PostDays,
  ReconcileDays,
  QrisRepair,
  CaseUpkeep,
  OperatorBooks,
  LedgerCheck,
  AuditCheck,
  AssessDays,
  ReplantThefts,
];

/** The worker as a Nest application without a server: jobs, the runner that puts them to work, the relay. */
@Module({})
export class WorkerModule {
  static with(core: WorkerCore): DynamicModule {
    return {
      module: WorkerModule,
      providers: [
        { provide: WORKER_CORE, useValue: core },
        IncomeWatch,
        ...JOBS,
        { provide: WORKER_JOBS, useFactory: (...jobs: WorkerJob[]) => jobs, inject: JOBS },
        JobRunner,
        Relay,
      ],
    };
  }
}
