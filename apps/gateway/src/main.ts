import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { systemClock } from '@app/kernel';
import { openDatabase } from '@app/persistence';
import {
  createLogger,
  createMetrics,
  handleShutdown,
  loadConfig,
  loadSealingKeys,
  requireDatabaseUrl,
  startTracing,
} from '@app/platform';
import { sealerOf } from '@app/registry';
import { GatewayModule } from './gateway.module.js';
import { Gateway } from './gateway.js';
import { journalIngest, journalReprocessing } from './journal-ingest.js';
import { GATEWAY_LIMITS } from './limits.js';
import { GatewayMetrics } from './metrics.js';
import { qrisOrders } from './qris-orders.js';
import { GatewaySetup } from './setup.js';

const config = loadConfig();
const log = createLogger({ service: 'gateway', level: config.logLevel });
const shutdown = handleShutdown({ log });
const databaseUrl = requireDatabaseUrl(config);
const tracing = await startTracing(config, 'gateway', log);
if (tracing) shutdown.add('traces', () => tracing.close());

/** A commit that takes longer is given up, so that a half-dead connection cannot hold its lane for ever. */
const STATEMENT_MS_MAX = 15_000;

const open = (applicationName: string) => {
  const database = openDatabase({ url: databaseUrl, applicationName, statementMsMax: STATEMENT_MS_MAX }, (error) =>
    log.warn({ err: error }, 'a database connection broke'),
  );
  shutdown.add(applicationName, () => database.close());
  return database;
};
const journalDatabase = open('eparking-gateway-journal');
const database = open('eparking-gateway');

const registry = createMetrics('gateway');
const metrics = new GatewayMetrics(registry);
const sealer = sealerOf(await loadSealingKeys(config));
const now = (): number => systemClock.now();
const setup = new GatewaySetup({
  config,
  databaseUrl,
  database,
  ingest: journalIngest(journalDatabase, sealer, config, metrics),
  reprocess: journalReprocessing(journalDatabase, sealer, config),
  qris: qrisOrders({ database, sealer, config, limits: GATEWAY_LIMITS, metrics, log, now }),
  log,
  registry,
  metrics,
  limits: GATEWAY_LIMITS,
  gatewayId: randomUUID(),
  now,
  monotonicMs: () => performance.now(),
});
const app = await NestFactory.createApplicationContext(GatewayModule.with(setup), {
  logger: false,
  abortOnError: false,
});
const gateway = app.get(Gateway);
shutdown.add('gateway', () => gateway.stop());
log.info(await gateway.start(), 'listening');
