import { parseArgs } from 'node:util';
import { commitMark, openDatabase } from '@app/persistence';
import { createLogger, handleShutdown, loadConfig, requireDatabaseUrl } from '@app/platform';
import { startConformanceBroker } from './conformance-broker.js';

const config = loadConfig();
const log = createLogger({ service: 'gateway-conformance', level: config.logLevel });
const shutdown = handleShutdown({ log });
const { values } = parseArgs({ options: { port: { type: 'string', default: '1883' } } });
const database = openDatabase({ url: requireDatabaseUrl(config), applicationName: 'eparking-conformance' });
shutdown.add('database', () => database.close());
const broker = await startConformanceBroker(
  Number(values.port),
  (message) => commitMark(database, message.topic),
  (error) => log.warn({ err: error }, 'fault'),
);
shutdown.add('broker', () => broker.stop());
log.info({ port: broker.port }, 'listening on loopback, sign-in and access rules off');
