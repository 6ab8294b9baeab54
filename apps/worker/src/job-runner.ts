import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { continueTraces, openAlarmCounts, outboxBacklog } from '@app/persistence';
import type { JobRun } from '@app/queue';
import { describeDisk } from './disk-metrics.js';
import { jobMetrics, readGauge, type JobMetrics } from './job-metrics.js';
import { WORKER_JOBS, type WorkerJob } from './job.js';
import { WORKER_CORE, type WorkerCore } from './worker-core.js';

const RESCHEDULE_MS = 60_000;

/** Puts the jobs to work: a handler each, with log line and figures for every run, and the schedules. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #metrics: JobMetrics;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(WORKER_CORE) private readonly core: WorkerCore,
    @Inject(WORKER_JOBS) private readonly jobs: readonly WorkerJob[],
  ) {
    this.#metrics = jobMetrics(core.metrics);
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const job of this.jobs) this.core.queues.work(job.type, (payload, run) => this.#run(job, payload, run));
    this.#describeQueues();
    describeDisk(this.core.metrics, this.core.config.dataDir, this.core.database);
    await this.#schedule();
    // A schedule whose next job was lost (a store restored from an older backup) is set up again.
    this.#timer = setInterval(() => void this.#schedule(), RESCHEDULE_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Told by the queue when a job has failed for good. */
  onDead(jobName: string, jobId: string, reason: string): void {
    this.#metrics.dead.inc({ job: jobName });
    this.core.log.error({ job: jobName, jobId, reason }, 'a job failed for good: see the dead jobs');
  }

  async #schedule(): Promise<void> {
    const { queues, clock, log } = this.core;
    for (const { type, schedule } of this.jobs)
      if (schedule)
        await queues
          .schedule(type, schedule, {}, clock.now())
          .catch((error: unknown) =>
            log.warn({ err: error, job: type.name }, 'a schedule could not be set; trying again'),
          );
  }

  async #run(job: WorkerJob, payload: unknown, run: JobRun): Promise<unknown> {
    const { name } = job.type;
    const { log, clock } = this.core;
    const startedAt = performance.now();
    const end = (outcome: 'done' | 'failed'): number => {
      const durationMs = Math.round(performance.now() - startedAt);
      this.#metrics.runs.inc({ job: name, outcome });
      this.#metrics.seconds.observe({ job: name }, durationMs / 1000);
      return durationMs;
    };
    try {
      const traces = (payload as { traces?: string[] }).traces ?? [];
      const figures = await continueTraces(`job ${name}`, traces, { 'eparking.job': run.id }, () =>
        job.run(payload, run),
      );
      this.#metrics.lastSuccess.set({ job: name }, clock.now() / 1000);
      // An operator reads of what runs by the clock and had something to do; the rest is told by the metrics.
      const level = job.schedule && Object.values(figures).some((figure) => figure !== 0) ? 'info' : 'debug';
      log[level]({ job: name, jobId: run.id, ...figures, durationMs: end('done') }, 'job done');
      return figures;
    } catch (error) {
      const durationMs = end('failed');
      log.warn({ err: error, job: name, jobId: run.id, attempt: run.attempt, durationMs }, 'job failed');
      throw error;
    }
  }

  #describeQueues(): void {
    const { metrics, queues, database } = this.core;
    readGauge(
      metrics,
      { name: 'eparking_queue_depth', help: 'Jobs in the queue by state.', labelNames: ['job', 'state'] },
      async () => {
        const depths = await Promise.all(
          this.jobs.map(async ({ type }) => [type.name, await queues.depth(type)] as const),
        );
        return depths.flatMap(([job, depth]) =>
          Object.entries(depth).map(([state, value]) => ({ labels: { job, state }, value: value as number })),
        );
      },
    );
    readGauge(
      metrics,
      {
        name: 'eparking_outbox',
        help: 'Outbox: rows that wait, age of the oldest in seconds.',
        labelNames: ['figure'],
      },
      async () => {
        const { count, oldestMs } = await outboxBacklog(database);
        return [
          { labels: { figure: 'rows' }, value: count },
          { labels: { figure: 'oldest_seconds' }, value: oldestMs / 1000 },
        ];
      },
    );
    readGauge(metrics, { name: 'eparking_alarms_open', help: 'Open alarms by kind.', labelNames: ['kind'] }, async () =>
      (await openAlarmCounts(database)).map(({ kind, count }) => ({ labels: { kind }, value: count })),
    );
  }
}
