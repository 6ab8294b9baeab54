import { Queue, Worker, type JobsOptions } from 'bullmq';
import { openPostgresBackend, openRedisBackend, type Backend } from './backend.js';
import {
  QueueUnavailableError,
  type DeadJob,
  type JobHandler,
  type JobType,
  type NewJob,
  type QueueDepth,
  type Schedule,
} from './job-type.js';
import { runJob } from './run-job.js';
import { throttle } from './throttle.js';

export interface QueuesOptions {
  /** Jobs live in this Redis when given, else in PostgreSQL. */
  readonly redisUrl?: string | undefined;
  readonly postgresUrl: string;
  /** Connections to PostgreSQL at most; each kind of job that is worked on keeps one (default 16). */
  readonly poolSizeMax?: number;
  /** A fault of the queue's store or machinery; it recovers by itself. The same one is told every 10 s at most. */
  readonly onError: (error: Error, jobName?: string) => void;
  /** A job failed for good. */
  readonly onDead?: (jobName: string, jobId: string, reason: string) => void;
  /** A worker that says nothing for this long is taken for dead and its jobs are given to others (default 30 s). */
  readonly lockMs?: number;
  /** How long an adder waits for the store (default 5 s). */
  readonly addMsMax?: number;
}

const PAYLOAD_BYTES_MAX = 65_536;
const ADD_MANY_MAX = 1_000;
const LIST_MAX = 1_000;
/** A job that took this many workers down with it is laid aside. */
const STALLS_MAX = 5;

/** Opens the queues: on Redis when its address is given, else on PostgreSQL. Rejects when the store is not there. */
export async function openQueues(options: QueuesOptions): Promise<Queues> {
  const onError = throttle(options.onError);
  const backend = options.redisUrl
    ? await openRedisBackend(options.redisUrl, onError)
    : await openPostgresBackend(options.postgresUrl, options.poolSizeMax ?? 16, onError);
  return new Queues(backend, { ...options, onError });
}

/** The typed jobs of the product: one queue a kind of job. */
export class Queues {
  readonly #queues = new Map<string, Queue>();
  readonly #workers = new Map<string, Worker>();
  readonly #ending = new AbortController();

  constructor(
    private readonly backend: Backend,
    private readonly options: QueuesOptions,
  ) {}

  get kind(): 'postgres' | 'redis' {
    return this.backend.kind;
  }

  /** Rejects when the store does not answer (readiness). */
  ping(): Promise<void> {
    return this.#inTime(this.backend.ping());
  }

  /** Adds one job. @throws QueueUnavailableError when the store does not answer in time */
  async add<Payload>(type: JobType<Payload>, job: NewJob<Payload>): Promise<void> {
    await this.addMany(type, [job]);
  }

  /** Adds jobs in one step, at most 1,000. @throws QueueUnavailableError when the store does not answer in time */
  async addMany<Payload>(type: JobType<Payload>, jobs: readonly NewJob<Payload>[]): Promise<void> {
    if (jobs.length === 0) return;
    if (jobs.length > ADD_MANY_MAX) throw new RangeError(`at most ${ADD_MANY_MAX} jobs at once, not ${jobs.length}`);
    const entries = jobs.map((job) => ({ name: type.name, data: job.payload, opts: jobOptions(type, job) }));
    await this.#inTime(this.#queue(type).addBulk(entries));
  }

  /**
   * Sees to it that the schedule stands, and leaves one alone that is as it should be: call it at every start, and now
   * and then. Two processes with the same schedule make one job each time, not two.
   */
  async schedule<Payload>(type: JobType<Payload>, schedule: Schedule, payload: Payload, nowMs: number): Promise<void> {
    const queue = this.#queue(type);
    const repeat =
      'everyMs' in schedule ? { every: schedule.everyMs } : { pattern: schedule.cron, tz: schedule.timeZone };
    const known = await this.#inTime(queue.getJobScheduler(type.name));
    const same = known?.every === repeat.every && known?.pattern === repeat.pattern && known?.tz === repeat.tz;
    const overdueMs = nowMs - (known?.next ?? 0);
    const graceMs = 2 * ('everyMs' in schedule ? schedule.everyMs : 60_000);
    if (known && same && overdueMs < graceMs) return;
    const { jobId: _jobId, delay: _delay, ...opts } = jobOptions(type, { payload });
    await this.#inTime(queue.upsertJobScheduler(type.name, repeat, { name: type.name, data: payload, opts }));
  }

  /** Works on jobs of this kind, in this process, until `close`. */
  work<Payload>(type: JobType<Payload>, handler: JobHandler<Payload>): void {
    if (this.#workers.has(type.name)) throw new Error(`this process works on ${type.name} already`);
    const lockMs = this.options.lockMs ?? 30_000;
    const worker = new Worker(
      type.name,
      (job, token) => runJob(type, handler, job, token, this.#ending.signal),
      {
        connection: this.backend.connection,
        concurrency: type.concurrency,
        lockDuration: lockMs,
        stalledInterval: lockMs / 2,
        maxStalledCount: STALLS_MAX,
        runRetryDelay: 1_000,
      },
      this.backend.factory,
    );
    worker.on('error', (error) => this.options.onError(error, type.name));
    worker.on('failed', (job, error) => {
      if (job?.finishedOn !== undefined) this.options.onDead?.(type.name, job.id ?? '', error.message);
    });
    this.#workers.set(type.name, worker);
  }

  /** Dead jobs, the newest first, at most 1,000. */
  async dead(type: JobType<unknown>, limit = 100): Promise<DeadJob[]> {
    const jobs = await this.#inTime(this.#queue(type).getFailed(0, Math.min(limit, LIST_MAX) - 1));
    return jobs.map((job) => ({
      id: job.id ?? '',
      payload: job.data as unknown,
      reason: job.failedReason,
      attempts: job.attemptsMade,
      addedAtMs: job.timestamp,
      failedAtMs: job.finishedOn,
    }));
  }

  /** Gives a dead job all its attempts again. False when there is no such dead job. */
  async retry(type: JobType<unknown>, jobId: string): Promise<boolean> {
    const job = await this.#inTime(this.#queue(type).getJob(jobId));
    if (!job || !(await this.#inTime(job.isFailed()))) return false;
    await this.#inTime(job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true }));
    return true;
  }

  async depth(type: JobType<unknown>): Promise<QueueDepth> {
    const counts = await this.#inTime(this.#queue(type).getJobCounts('waiting', 'active', 'delayed', 'failed'));
    return {
      waiting: counts['waiting'] ?? 0,
      active: counts['active'] ?? 0,
      delayed: counts['delayed'] ?? 0,
      dead: counts['failed'] ?? 0,
    };
  }

  /**
   * Takes no more jobs, lets those at work end for at most `drainMs`, gives the rest back to the queue, and closes.
   */
  async close(drainMs = 10_000): Promise<void> {
    const timer = setTimeout(() => this.#ending.abort(new Error('the worker is ending')), drainMs);
    await Promise.all([...this.#workers.values()].map((worker) => worker.close()));
    clearTimeout(timer);
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    await this.backend.close();
  }

  #queue(type: JobType<never> | JobType<unknown>): Queue {
    let queue = this.#queues.get(type.name);
    if (!queue) {
      queue = new Queue(type.name, { connection: this.backend.connection }, this.backend.factory);
      queue.on('error', (error) => this.options.onError(error, type.name));
      this.#queues.set(type.name, queue);
    }
    return queue;
  }

  async #inTime<T>(work: Promise<T>): Promise<T> {
    const limitMs = this.options.addMsMax ?? 5_000;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const error = new QueueUnavailableError(`the job queue (${this.kind}) did not answer within ${limitMs} ms`);
      timer = setTimeout(() => reject(error), limitMs);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** BullMQ refuses ids with colons and ids that are numbers. */
function jobIdOf(id: string): string {
  return `id-${encodeURIComponent(id)}`;
}

function jobOptions<Payload>(type: JobType<Payload>, job: NewJob<Payload>): JobsOptions {
  return {
    ...(job.id === undefined ? {} : { jobId: jobIdOf(job.id) }),
    ...(job.delayMs === undefined ? {} : { delay: job.delayMs }),
    attempts: type.attemptsMax,
    backoff: { type: 'exponential', delay: type.backoffMs, jitter: 0.5 },
    removeOnComplete: { count: type.keepDoneMax },
    removeOnFail: { count: type.keepDeadMax },
    sizeLimit: PAYLOAD_BYTES_MAX,
    stackTraceLimit: 3,
  };
}
