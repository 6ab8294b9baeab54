import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { systemClock } from '@app/kernel';
import { importJournal, JournalWriter, openDatabase } from '@app/persistence';
import { loadConfig, loadSealingKeys, readCommandLine, requireDatabaseUrl } from '@app/platform';
import { sealerOf } from '@app/registry';

/**
 * `npm run import-journal -- FILE...`: takes exported journals of devices through the ingest path again, into a database
 * that knows the devices and their keys. What is there already stays; a file may be given again. Exit code 1 when a file
 * could not be taken to its end.
 */
const usage = 'npm run import-journal -- FILE...';
const { positionals: files } = readCommandLine({ usage, allowPositionals: true });
if (files.length === 0) {
  console.error(`Give exported journals: ${usage}`);
  process.exit(2);
}
const config = loadConfig();
const database = openDatabase({ url: requireDatabaseUrl(config), applicationName: 'eparking-import-journal' });
try {
  const { clockAheadMsMax, clockBehindMsMax } = config;
  const sealer = sealerOf(await loadSealingKeys(config));
  const writer = new JournalWriter(database, sealer, { clockAheadMsMax, clockBehindMsMax });
  for (const file of files) {
    const lines = createInterface({ input: createReadStream(file) });
    const outcomes = await importJournal(database, writer, lines, systemClock.now());
    console.log(`${file}: ${JSON.stringify(outcomes)}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await database.close();
}
