import { Inject, Injectable } from '@nestjs/common';
import { addDays, businessDateOf, HOUR_MS, type BusinessDate } from '@app/kernel';
import { DayAssessor, detectorQuality } from '@app/persistence';
import type { JobRun } from '@app/queue';
import { readGauge } from '../job-metrics.js';
import { assessDaysJob, type Tick } from '../job-types.js';
import type { RunFigures, WorkerJob } from '../job.js';
import { WORKER_CORE, type WorkerCore } from '../worker-core.js';

/** A day waits so long for its last records; then it is assessed with what is there. */
const WAIT_MS_MAX = 4 * HOUR_MS;

/** Each night, and after a downtime for every night that was missed: what was expected, what is suspicious. In order. */
@Injectable()
export class AssessDays implements WorkerJob<Tick> {
  readonly type = assessDaysJob;
  readonly schedule = { everyMs: 30_000 };
  private readonly assessor: DayAssessor;
  private waiting: { date: BusinessDate; sinceMs: number } | null = null;

  constructor(@Inject(WORKER_CORE) private readonly core: WorkerCore) {
    this.assessor = new DayAssessor(core.database);
    const help = 'How good the detector was in the last four weeks, by figure; see GET /api/v1/detector/quality.';
    readGauge(core.metrics, { name: 'eparking_detector_quality', help, labelNames: ['figure'] }, () => this.quality());
  }

  async run(_tick: Tick, { signal }: Pick<JobRun, 'signal'>): Promise<RunFigures> {
    const { clock, config, log } = this.core;
    const total = { days: 0, suspicions: 0, notes: 0 };
    for (;;) {
      signal.throwIfAborted();
      const nowMs = clock.now();
      const isImpatient = (date: BusinessDate): boolean =>
        this.waiting?.date === date && nowMs - this.waiting.sinceMs > WAIT_MS_MAX;
      const { detectAfterMs: afterMs, detectRestMs: restMs } = config;
      const step = await this.assessor.next({ nowMs, afterMs, restMs, isImpatient });
      if (step.kind === 'waits' && this.waiting?.date !== step.businessDate)
        this.waiting = { date: step.businessDate, sinceMs: nowMs };
      if (step.kind !== 'done') return total;
      log.info(step.day, 'a day is assessed');
      total.days++;
      total.suspicions += step.day.suspicions;
      total.notes += step.day.notes;
    }
  }

  private async quality(): Promise<{ labels: { figure: string }; value: number }[]> {
    const to = businessDateOf(this.core.clock.now());
    const found = await detectorQuality(this.core.database, { from: addDays(to, -27), to });
    const { verdicts, falseCasesPerWeek } = found;
    const figures: [string, number | null][] = [
      ['cases', found.cases],
      ['confirmed', verdicts.confirmed],
      ['refuted', verdicts.refuted],
      ['open', verdicts.open],
      ['false_cases_per_week_promised', falseCasesPerWeek.promised],
      ['false_cases_per_week_achieved', falseCasesPerWeek.achieved],
    ];
    return figures.flatMap(([figure, value]) => (value === null ? [] : [{ labels: { figure }, value }]));
  }
}
