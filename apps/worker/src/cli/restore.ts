import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { businessDateOf, systemClock } from '@app/kernel';
import { BackupError, openDatabase, proveDatabase, restoreBackup } from '@app/persistence';
import { loadConfig, loadSealingKeys, readCommandLine, requireDatabaseUrl, sealingKeyFile } from '@app/platform';
import { sealerOf } from '@app/registry';

/**
 * `npm run restore -- --from FILE.gz`: fills an empty database from a backup and proves it: each table against its
 * SHA-256, roll-ups against the journal, the journal's books, the ledger, the audit chain. With `--registry-only` journal
 * and money stay out, for `npm run import-journal` to fill. Exit code 1 when it could not
 * be restored (nothing is there then), 3 when it was restored and something in it contradicts something else.
 */
const { values } = readCommandLine({
  usage: 'npm run restore -- --from FILE.gz [--registry-only]',
  options: { from: { type: 'string' }, 'registry-only': { type: 'boolean' } },
});
const file = resolve(values.from ?? '');
if (values.from === undefined || !existsSync(file)) {
  console.error(values.from === undefined ? 'Say what from: --from FILE.gz' : `There is no file ${file}.`);
  process.exit(2);
}
const config = loadConfig();
if (config.sealingKey === undefined && !existsSync(sealingKeyFile(config))) {
  // Otherwise a new key would be made here, which opens nothing of the backup's.
  console.error(`First put the sealing key of that system into ${sealingKeyFile(config)}: without it no secret opens.`);
  process.exit(2);
}
const startedAt = performance.now();
const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
const url = requireDatabaseUrl(config);
try {
  const sealer = sealerOf(await loadSealingKeys(config));
  const unzipped = createReadStream(file).compose<NodeJS.ReadWriteStream>(createGunzip());
  const registryOnly = values['registry-only'] ?? false;
  const chunks = unzipped as unknown as AsyncIterable<Buffer>;
  const { takenAt, tables, rows } = await restoreBackup(url, sealer, chunks, { registryOnly });
  console.log(
    `${rows} rows of ${tables} tables as of ${takenAt} are back and equal their SHA-256, after ${seconds()}.`,
  );
  if (registryOnly) console.log('Of these the registry alone was kept: journal and money are empty.');
  await prove();
} catch (error) {
  if (!(error instanceof BackupError)) console.error(error);
  console.error(`Nothing was restored: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function prove(): Promise<void> {
  const database = openDatabase({ url, poolSizeMax: 2, applicationName: 'eparking-restore' });
  try {
    const { totals, auditHead, faults } = await proveDatabase(database, businessDateOf(systemClock.now()));
    for (const [name, value] of Object.entries(totals)) console.log(`  ${name.padEnd(26)} ${value}`);
    console.log(`  ${'audit head'.padEnd(26)} ${auditHead.n}:${auditHead.hash}`);
    for (const fault of faults) console.log(`FAULT ${fault}`);
    const well = 'Roll-ups equal the journal, the books add up, the audit chain is whole';
    console.log(faults.length === 0 ? `${well}, after ${seconds()}.` : `${faults.length} contradictions.`);
    if (faults.length > 0) process.exitCode = 3;
  } finally {
    await database.close();
  }
}
