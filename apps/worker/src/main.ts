import 'reflect-metadata';
import { randomInt } from 'node:crypto';
import { seededRandom, systemClock } from '@app/kernel';
import { openDatabase } from '@app/persistence';
import {
  createLogger,
  createMetrics,
  handleShutdown,
  loadConfig,
  loadSealingKeys,
  requireDatabaseUrl,
  startHealthServer,
  startTracing,
} from '@app/platform';
import { sealerOf } from '@app/registry';
import { startWorker } from './start-worker.js';

const config = loadConfig();
const log = createLogger({ service: 'worker', level: config.logLevel });
const shutdown = handleShutdown({ log });
const metrics = createMetrics('worker');
const tracing = await startTracing(config, 'worker', log);
if (tracing) shutdown.add('traces', () => tracing.close());
const stopping = new AbortController();

const database = openDatabase(
  { url: requireDatabaseUrl(config), applicationName: 'eparking-worker', poolSizeMax: 8 },
  (error) => log.warn({ err: error }, 'a database connection broke'),
);
shutdown.add('database', () => database.close());

const checks = {};
const health = await startHealthServer({ host: config.workerHttpHost, port: config.workerHttpPort, checks, metrics });
shutdown.add('health server', () => health.close());
shutdown.add('start', () => stopping.abort());

const sealer = sealerOf(await loadSealingKeys(config));
const core = { config, database, sealer, clock: systemClock, random: seededRandom(randomInt(2 ** 32)), log, metrics };
const worker = await startWorker(core, checks, stopping.signal);
shutdown.add('jobs', () => worker.close());
