import type { BusinessDate } from '@app/kernel';
import { defineJob, type JobType } from '@app/queue';

/** A point's business day on which something was recorded, taken back or counted anew. */
export interface ChangedDay {
  readonly pointId: number;
  readonly businessDate: BusinessDate;
}

/** A file of an acquirer or a bank that was kept and waits for its import. */
export interface ReceivedFile {
  readonly fileId: number;
}

/** What runs by the clock is told nothing. */
export type Tick = object;

const HOUR_MS = 3_600_000;

/** Every kind of job, defined once: who adds it and who runs it take it from here. */
export const dayChanged = defineJob<ChangedDay>({ name: 'day-changed', concurrency: 2 });
// A tick that failed is not worth another run: the next tick does its work.
export const gapAgeing = defineJob<Tick>({ name: 'gap-ageing', attemptsMax: 1 });
export const presenceWatch = defineJob<Tick>({ name: 'presence-watch', attemptsMax: 1 });
export const roadUpkeep = defineJob<Tick>({ name: 'road-upkeep', attemptsMax: 1 });
export const incomeCheck = defineJob<Tick>({
  name: 'income-check',
  timeoutMs: HOUR_MS,
  attemptsMax: 5,
  backoffMs: 30_000,
});
export const journalPartitions = defineJob<Tick>({ name: 'journal-partitions', attemptsMax: 10, backoffMs: 5_000 });
export const retention = defineJob<Tick>({
  name: 'retention',
  timeoutMs: 4 * HOUR_MS,
  attemptsMax: 5,
  backoffMs: 60_000,
});

// The money jobs take their work from book_work: a run that failed leaves it there for the next tick.
export const postDaysJob = defineJob<Tick>({ name: 'post-days', attemptsMax: 1, timeoutMs: 10 * 60_000 });
export const reconcileDaysJob = defineJob<Tick>({ name: 'reconcile-days', attemptsMax: 1, timeoutMs: 30 * 60_000 });
export const importFileJob = defineJob<ReceivedFile>({ name: 'import-file', concurrency: 2, timeoutMs: HOUR_MS });
export const inboxWatch = defineJob<Tick>({ name: 'inbox-watch', attemptsMax: 1, timeoutMs: HOUR_MS });
// Asked of providers within their own limits: a run of silent ones ends by itself.
export const qrisRepair = defineJob<Tick>({ name: 'qris-repair', attemptsMax: 1, timeoutMs: 5 * 60_000 });
export const caseUpkeep = defineJob<Tick>({ name: 'case-upkeep', attemptsMax: 1, timeoutMs: 10 * 60_000 });
export const operatorBooks = defineJob<Tick>({ name: 'operator-books', attemptsMax: 1, timeoutMs: 10 * 60_000 });
export const ledgerCheck = defineJob<Tick>({
  name: 'ledger-check',
  timeoutMs: HOUR_MS,
  attemptsMax: 5,
  backoffMs: 30_000,
});
export const auditCheck = defineJob<Tick>({
  name: 'audit-check',
  timeoutMs: HOUR_MS,
  attemptsMax: 5,
  backoffMs: 30_000,
});

// Assessing is one transaction a day: a run that failed leaves the day to the next tick.
export const assessDaysJob = defineJob<Tick>({ name: 'assess-days', attemptsMax: 1, timeoutMs: 2 * HOUR_MS });
// Measured once a month; what was not written is measured again the next night.
export const replantJob = defineJob<Tick>({ name: 'replant', attemptsMax: 1, timeoutMs: 2 * HOUR_MS });

export const jobTypes: readonly JobType<unknown>[] = [
  dayChanged,
  gapAgeing,
  presenceWatch,
  roadUpkeep,
  incomeCheck,
  journalPartitions,
  retention,
  importFileJob,
  inboxWatch,
  postDaysJob,
  reconcileDaysJob,
  qrisRepair,
  caseUpkeep,
  operatorBooks,
  ledgerCheck,
  auditCheck,
  assessDaysJob,
  replantJob,
];
