import { systemClock } from '@app/kernel';
import { applyRetention, openDatabase } from '@app/persistence';
import { loadConfig, readCommandLine, requireDatabaseUrl } from '@app/platform';
import { retentionLimits } from '../jobs/retention.js';

/** `npm run retention -- [--dry-run]`: lets expired data go now, or only counts them. */
const { values } = readCommandLine({
  usage: 'npm run retention -- [--dry-run]',
  options: { 'dry-run': { type: 'boolean', default: false } },
});
const config = loadConfig();
const database = openDatabase({ url: requireDatabaseUrl(config), applicationName: 'eparking-retention' });
try {
  const dryRun = values['dry-run'];
  const counts = await applyRetention(database, retentionLimits(config), systemClock.now(), { dryRun });
  for (const [name, count] of Object.entries(counts))
    console.log(`${name.padEnd(20)} ${count} ${dryRun ? 'would go' : 'gone'}`);
} finally {
  await database.close();
}
