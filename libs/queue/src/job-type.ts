/** What a kind of job is: its name, and how it is run, retried and kept. Defined once, used by adders and workers. */
export interface JobType<Payload> {
  /** Letters, digits and hyphens: also the name of its queue. */
  readonly name: string;
  /** Runs at once in one process, at most. */
  readonly concurrency: number;
  /** A run that takes longer is told to stop (its signal) and counts as failed. */
  readonly timeoutMs: number;
  /** Runs of one job before it is laid aside as dead. */
  readonly attemptsMax: number;
  /** Pause before the second run; doubles for each further one, with jitter. */
  readonly backoffMs: number;
  /** Finished jobs kept for a look. */
  readonly keepDoneMax: number;
  /** Dead jobs kept to be listed and retried; the oldest goes when there are more. */
  readonly keepDeadMax: number;
  /** Never set: carries the payload's type. */
  readonly payload?: Payload;
}

const DEFAULTS = {
  concurrency: 1,
  timeoutMs: 60_000,
  attemptsMax: 8,
  backoffMs: 1_000,
  keepDoneMax: 100,
  keepDeadMax: 1_000,
};

/** Defines a kind of job; what is left out has the usual value (8 runs, first pause 1 s, 60 s a run, one at a time). */
export function defineJob<Payload>(
  type: Pick<JobType<Payload>, 'name'> & Partial<Omit<JobType<Payload>, 'payload'>>,
): JobType<Payload> {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(type.name)) throw new Error(`${type.name} cannot be a job's name`);
  return Object.freeze({ ...DEFAULTS, ...type });
}

/** One job to add. */
export interface NewJob<Payload> {
  readonly payload: Payload;
  /**
   * While a job of this id is known (waiting, running, or kept after its end), another is not added. A courtesy that
   * saves work; that work happens once is decided by a unique constraint.
   */
  readonly id?: string;
  readonly delayMs?: number;
}

/** When a scheduled job runs. */
export type Schedule =
  | { readonly everyMs: number }
  /** A cron pattern of five fields in this time zone. */
  | { readonly cron: string; readonly timeZone: string };

/** What a handler is told about the run it is in. */
export interface JobRun {
  readonly id: string;
  /** 1 for the first run. */
  readonly attempt: number;
  readonly lastAttempt: boolean;
  /** Aborted when the time is up or the process must end: stop as soon as you can, the run is over already. */
  readonly signal: AbortSignal;
}

/** Does the work. May run more than once for one job, so its effect must be the same as if it ran once. */
export type JobHandler<Payload> = (payload: Payload, run: JobRun) => Promise<unknown>;

/** A job that failed for good: laid aside to be looked at and retried. */
export interface DeadJob {
  readonly id: string;
  readonly payload: unknown;
  readonly reason: string;
  readonly attempts: number;
  readonly addedAtMs: number;
  readonly failedAtMs: number | undefined;
}

export interface QueueDepth {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly dead: number;
}

/** Thrown by a handler: another run would not help, lay the job aside at once. */
export class PermanentJobError extends Error {
  override name = 'PermanentJobError';
}

/** The queue's store does not answer. What was added may be there all the same: add it again. */
export class QueueUnavailableError extends Error {
  override name = 'QueueUnavailableError';
}
