import { join } from 'node:path';
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
import { createApp } from './create-app.js';
import { readingOf } from './reading.js';
import { Services } from './services.js';
import { settingsOf } from './settings.js';

const config = loadConfig();
const log = createLogger({ service: 'admin-api', level: config.logLevel });
const shutdown = handleShutdown({ log });
const tracing = await startTracing(config, 'admin-api', log);
if (tracing) shutdown.add('traces', () => tracing.close());

const database = openDatabase(
  { url: requireDatabaseUrl(config), applicationName: 'eparking-admin-api', oneCoreEach: true },
  (error) => log.warn({ err: error }, 'a database connection broke'),
);
shutdown.add('database', () => database.close());

const metrics = createMetrics('admin-api');
const reading = readingOf(config, database, log, metrics);
if (reading) shutdown.add('replica', () => reading.close());

const services = new Services({
  database,
  ...(reading && { reading }),
  sealer: sealerOf(await loadSealingKeys(config)),
  clock: systemClock,
  log,
  metrics,
  settings: settingsOf(config, { dashboardDir: join(import.meta.dirname, '../../../../apps/dashboard/dist') }),
});
const app = await createApp(services);
shutdown.add('http', () => app.close());
await app.listen(config.httpPort, config.httpHost);
log.info({ address: await app.getUrl() }, 'listening');
