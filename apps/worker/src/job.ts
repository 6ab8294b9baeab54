import type { Sql } from '@app/persistence';
import type { JobRun, JobType, Schedule } from '@app/queue';

/** What a run did, in figures for the log: `{"asked": 3}`. */
export type RunFigures = Readonly<Record<string, number>>;

/** One kind of work: a class per file in `jobs/`. Its effect must be the same however often it runs. */
export interface WorkerJob<Payload = unknown> {
  readonly type: JobType<Payload>;
  /** Runs by the clock, with an empty payload. */
  readonly schedule?: Schedule;
  /** Runs when something with this topic is in the outbox; the entry's payload is the job's. */
  readonly topic?: string;
  /** What must stand from the moment in which entries leave the outbox; in that transaction. */
  noted?(sql: Sql, payloads: readonly Payload[]): Promise<void>;
  run(payload: Payload, run: JobRun): Promise<RunFigures>;
}

/** The key under which Nest injects all {@link WorkerJob}s. */
export const WORKER_JOBS = Symbol('worker jobs');
