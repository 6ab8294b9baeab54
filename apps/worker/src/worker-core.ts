import type { Clock, Random } from '@app/kernel';
import type { Database } from '@app/persistence';
import type { Config, Logger, Registry } from '@app/platform';
import type { Sealer } from '@app/registry';
import type { Queues } from '@app/queue';

/** What every job works with; made once in `main`, or by a test. */
export interface WorkerCore {
  readonly config: Config;
  readonly database: Database;
  readonly queues: Queues;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly metrics: Registry;
}

/** The key under which Nest injects the {@link WorkerCore}. */
export const WORKER_CORE = Symbol('worker core');
