import { Counter, Gauge, Histogram, type Registry } from '@app/platform';

/** The worker's own series; the names are a contract with alert rules and dashboards. */
export function jobMetrics(registry: Registry) {
  const registers = [registry];
  return {
    runs: new Counter({
      name: 'eparking_job_runs_total',
      help: 'Runs of a job by outcome: done, failed.',
      labelNames: ['job', 'outcome'] as const,
      registers,
    }),
    seconds: new Histogram({
      name: 'eparking_job_seconds',
      help: 'Duration of a run.',
      labelNames: ['job'] as const,
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300],
      registers,
    }),
    lastSuccess: new Gauge({
      name: 'eparking_job_last_success_timestamp_seconds',
      help: 'When a run last succeeded in this process; compare with time() for its age.',
      labelNames: ['job'] as const,
      registers,
    }),
    dead: new Counter({
      name: 'eparking_jobs_dead_total',
      help: 'Jobs laid aside after their last attempt.',
      labelNames: ['job'] as const,
      registers,
    }),
  };
}

export type JobMetrics = ReturnType<typeof jobMetrics>;

/** A gauge that is asked for when metrics are read. `read` gives label values and figures. */
export function readGauge<Label extends string>(
  registry: Registry,
  options: { name: string; help: string; labelNames: readonly Label[] },
  read: () => Promise<readonly { labels: Readonly<Record<Label, string>>; value: number }[]>,
): void {
  new Gauge({
    ...options,
    labelNames: [...options.labelNames],
    registers: [registry],
    async collect() {
      // A store that is down must not take the other series with it: this one is absent then.
      const rows = await read().catch(() => []);
      this.reset();
      for (const { labels, value } of rows) this.set(labels as Record<Label, string>, value);
    },
  });
}
