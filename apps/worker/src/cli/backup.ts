import { createWriteStream, existsSync, openSync, closeSync, fsyncSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { writeBackup } from '@app/persistence';
import { loadConfig, loadSealingKeys, readCommandLine, requireDatabaseUrl } from '@app/platform';
import { sealerOf } from '@app/registry';

/**
 * `npm run backup -- --to FILE.gz`: all of the database, as it is at one instant, in one file (docs/OPERATIONS.md). The
 * system may run meanwhile. The file comes to its name when it is whole and on disk; it is readable by its owner alone.
 */
const usage = 'npm run backup -- --to FILE.gz';
const { values } = readCommandLine({ usage, options: { to: { type: 'string' } } });
if (values.to === undefined) {
  console.error(`Say where to: ${usage}`);
  process.exit(2);
}
const file = resolve(values.to);
const draft = `${file}.part`;
if (existsSync(file)) {
  console.error(`${file} is there already: a backup is never written over. Choose another name.`);
  process.exit(2);
}
const startedAt = performance.now();
const config = loadConfig();
const sealer = sealerOf(await loadSealingKeys(config));
rmSync(draft, { force: true });
const gzip = createGzip({ level: 1 });
const out = createWriteStream(draft, { mode: 0o600, flags: 'wx' });
gzip.pipe(out);
// A full disk ends the run here, not in a pipe that nobody listens to.
out.once('error', (error) => gzip.destroy(error));
try {
  const { takenAt, tables, rows } = await writeBackup(requireDatabaseUrl(config), sealer, gzip);
  await finished(out);
  flush(draft);
  renameSync(draft, file);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const megabytes = (statSync(file).size / 1e6).toFixed(1);
  console.log(`${rows} rows of ${tables} tables as of ${takenAt}: ${file}, ${megabytes} MB, ${seconds} s.`);
  console.log('Keep it in another place, and the sealing key (secrets/sealing.key, hashes.key) in yet another.');
} catch (error) {
  rmSync(draft, { force: true });
  console.error(`No backup was written: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

function flush(path: string): void {
  const handle = openSync(path, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
