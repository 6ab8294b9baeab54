import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireDatabaseUrl, type Config, type Logger } from '@app/platform';
import { openQueues, type Queues, type QueuesOptions } from '@app/queue';
import { JobRunner } from './job-runner.js';
import { Relay } from './relay.js';
import { jobTypes } from './job-types.js';
import type { WorkerCore } from './worker-core.js';
import { WorkerModule } from './worker.module.js';

const RETRY_MS = 1_000;
/** Connections of the job queue beside those that listen. */
const WORKING_CONNECTIONS = 8;
/** How long jobs at work may take to end when the process must. */
const DRAIN_MS = 10_000;
/** A relay that has not looked through the outbox for this long has a fault. */
const RELAY_SILENT_MS_MAX = 60_000;

/** A running worker. */
export interface Worker {
  /** Takes no more work, lets what runs end, gives the rest back. The database stays open: it is the caller's. */
  close(): Promise<void>;
}

/**
 * Starts the jobs and the relay, as soon as the queue's store is there: waits for it as long as it takes.
 * @param checks gets what readiness must look at
 */
export async function startWorker(
  core: Omit<WorkerCore, 'queues'>,
  checks: Record<string, () => Promise<void>>,
  stopped: AbortSignal,
): Promise<Worker> {
  const { config, log, database } = core;
  const started: { app?: INestApplicationContext } = {};
  checks['database'] = async () => void (await database.query('SELECT 1'));
  checks['queue'] = () => Promise.reject(new Error('not open yet'));
  const queues = await openWhenThere(config, log, stopped, {
    onError: (error, job) => log.warn({ err: error, job }, 'the job queue has a fault; it recovers by itself'),
    onDead: (...dead) => started.app?.get(JobRunner).onDead(...dead),
  });
  const module = WorkerModule.with({ ...core, queues });
  const app = (started.app = await NestFactory.createApplicationContext(module, { logger: nestLogger(log) }));
  const relay = app.get(Relay);
  checks['queue'] = () => queues.ping();
  checks['relay'] = async () => {
    if (relay.silentMs > RELAY_SILENT_MS_MAX) throw new Error(`no look at the outbox for ${relay.silentMs} ms`);
  };
  log.info({ queue: queues.kind }, 'working');
  return {
    close: async () => {
      await app.close();
      await queues.close(DRAIN_MS);
    },
  };
}

async function openWhenThere(
  config: Config,
  log: Logger,
  stopped: AbortSignal,
  hooks: Pick<QueuesOptions, 'onError' | 'onDead'>,
): Promise<Queues> {
  const where = {
    postgresUrl: requireDatabaseUrl(config),
    redisUrl: config.redisUrl,
    lockMs: config.jobLockMs,
    // Each kind of job keeps a connection to listen on; the rest is for the work.
    poolSizeMax: jobTypes.length + WORKING_CONNECTIONS,
  };
  for (;;) {
    try {
      return await openQueues({ ...where, ...hooks });
    } catch (error) {
      stopped.throwIfAborted();
      log.warn({ err: error }, 'the job queue is not there yet; trying again');
      await sleep(RETRY_MS, undefined, { signal: stopped });
    }
  }
}

/** What Nest itself says goes to our log; its start-up chatter is for debugging. */
function nestLogger(log: Logger) {
  return {
    log: (message: unknown) => log.debug(String(message)),
    debug: (message: unknown) => log.debug(String(message)),
    verbose: (message: unknown) => log.trace(String(message)),
    warn: (message: unknown) => log.warn(String(message)),
    error: (message: unknown) => log.error(String(message)),
    fatal: (message: unknown) => log.fatal(String(message)),
  };
}
