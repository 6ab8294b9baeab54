import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { listen, OUTBOX_CHANNEL, relayOutbox, type Listener, type Sql, type TakenEntry } from '@app/persistence';
import { requireDatabaseUrl } from '@app/platform';
import { WORKER_JOBS, type WorkerJob } from './job.js';
import { WORKER_CORE, type WorkerCore } from './worker-core.js';

/** Many rows at once, so that many changes of one point and day become one job. */
const ROWS_MAX = 20_000;
const ADD_MAX = 1_000;
/** After a failure, and when nobody wakes the relay. */
const POLL_MS = 1_000;

/**
 * Carries the outbox over into jobs, in the background: woken by NOTIFY for what is urgent, by the clock for the rest.
 * A row is gone only after its job is in the queue, so a job may come twice and none is lost; its id keeps the second
 * of two equal ones from being added while the first is known.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #listener: Listener | undefined;
  #loop: Promise<void> | undefined;
  #wake: () => void = () => undefined;
  #woken = false;
  #stopping = false;
  #lastRoundAtMs: number;

  constructor(
    @Inject(WORKER_CORE) private readonly core: WorkerCore,
    @Inject(WORKER_JOBS) private readonly jobs: readonly WorkerJob[],
  ) {
    this.#lastRoundAtMs = core.clock.now();
  }

  onApplicationBootstrap(): void {
    const { config, log } = this.core;
    const wake = (): void => {
      this.#woken = true;
      this.#wake();
    };
    this.#listener = listen({
      url: requireDatabaseUrl(config),
      channels: [OUTBOX_CHANNEL],
      applicationName: 'eparking-worker-relay',
      onNotify: wake,
      onListening: wake,
      onError: (error) => log.warn({ err: error }, 'the relay does not hear of new work; it looks each second'),
    });
    this.#loop = this.#run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#loop;
    await this.#listener?.close();
  }

  /** Milliseconds since the outbox was last looked through without a fault. */
  get silentMs(): number {
    return this.core.clock.now() - this.#lastRoundAtMs;
  }

  async #run(): Promise<void> {
    const { log, config, clock } = this.core;
    for (let allAtMs = 0; !this.#stopping;) {
      // The ingest path does not wake anybody: its topic is looked at each pause, so that changes gather.
      const all = clock.now() >= allAtMs;
      this.#woken = false;
      try {
        if (all) allAtMs = clock.now() + config.relayPauseMs;
        await this.#relay(all ? this.#topics() : this.#topics().filter((topic) => topic !== 'day-changed'));
        this.#lastRoundAtMs = clock.now();
      } catch (error) {
        log.warn({ err: error }, 'the outbox could not be carried over; trying again');
        await this.#pause(POLL_MS, false);
        continue;
      }
      await this.#pause(Math.min(POLL_MS, Math.max(0, allAtMs - clock.now())), true);
    }
  }

  #topics(): string[] {
    return this.jobs.flatMap(({ topic }) => (topic === undefined ? [] : [topic]));
  }

  async #relay(topics: string[]): Promise<void> {
    const { database } = this.core;
    for (let taken = ROWS_MAX; taken === ROWS_MAX && !this.#stopping;)
      taken = await relayOutbox(database, topics, ROWS_MAX, (entries, sql) => this.#handOver(entries, sql));
  }

  async #handOver(entries: readonly TakenEntry[], sql: Sql): Promise<void> {
    for (const job of this.jobs) {
      const { type, topic } = job;
      const own = entries.filter((entry) => entry.topic === topic);
      if (own.length > 0)
        await job.noted?.(
          sql,
          own.map(({ payload }) => payload),
        );
      for (let i = 0; i < own.length; i += ADD_MAX)
        await this.core.queues.addMany(
          type,
          own.slice(i, i + ADD_MAX).map(({ key, lastId, payload, traces }) => ({
            id: `${key}:${lastId}`,
            payload: traces.length > 0 ? { ...payload, traces } : payload,
          })),
        );
    }
  }

  #pause(ms: number, wakeable: boolean): Promise<void> {
    if (this.#stopping || (wakeable && this.#woken)) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#wake = () => undefined;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wake = () => {
        if (wakeable || this.#stopping) done();
      };
    });
  }
}
