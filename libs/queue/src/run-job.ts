import { UnrecoverableError, WaitingError, type Job } from 'bullmq';
import { PermanentJobError, type JobHandler, type JobType } from './job-type.js';

/** Settles as `work` does, or rejects as soon as the signal is aborted, whichever comes first. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort!);
  }
}

/**
 * Runs one job under its time limit. When the process must end, a job still at work goes back to the queue at once and
 * no attempt is counted.
 */
export async function runJob<Payload>(
  type: JobType<Payload>,
  handler: JobHandler<Payload>,
  job: Job,
  token: string | undefined,
  ending: AbortSignal,
): Promise<unknown> {
  const timeUp = AbortSignal.timeout(type.timeoutMs);
  const signal = AbortSignal.any([timeUp, ending]);
  const attempt = job.attemptsMade + 1;
  const run = { id: job.id ?? '', attempt, lastAttempt: attempt >= type.attemptsMax, signal };
  try {
    return await unlessAborted(handler(job.data as Payload, run), signal);
  } catch (error) {
    if (ending.aborted) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    if (timeUp.aborted) throw new Error(`${type.name} took longer than ${type.timeoutMs} ms`, { cause: error });
    if (error instanceof PermanentJobError) throw new UnrecoverableError(error.message);
    throw error;
  }
}
