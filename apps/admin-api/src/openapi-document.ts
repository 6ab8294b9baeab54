import { systemClock } from '@app/kernel';
import { openDatabase } from '@app/persistence';
import { createLogger, createMetrics, loadConfig } from '@app/platform';
import { Sealer } from '@app/registry';
import { createApp } from './create-app.js';
import { openApiOf } from './openapi.js';
import { Services } from './services.js';
import { settingsOf } from './settings.js';

/** docs/api/openapi.json, made from the controllers. Needs no database: the connection is never used. */
export async function openApiJson(): Promise<string> {
  const database = openDatabase({ url: 'postgresql://nobody@127.0.0.1:1/none' });
  const app = await createApp(
    new Services({
      database,
      sealer: new Sealer([new Uint8Array(32)]),
      clock: systemClock,
      log: createLogger({ service: 'openapi', level: 'fatal' }),
      metrics: createMetrics('openapi'),
      settings: settingsOf(loadConfig({})),
    }),
  );
  try {
    return `${JSON.stringify(openApiOf(app), null, 2)}\n`;
  } finally {
    await app.close();
    await database.close();
  }
}
