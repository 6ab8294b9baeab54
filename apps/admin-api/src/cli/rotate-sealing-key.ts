import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase, resealAll, sealedUnderOldKeys, write, type Database } from '@app/persistence';
import {
  loadConfig,
  loadSealingKeys,
  hashKeyFile,
  readCommandLine,
  requireDatabaseUrl,
  sealingKeyFile,
  writeKeyFile,
  type Config,
} from '@app/platform';
import { ConflictError, derivedHashKeys, sealerOf, type Sealer } from '@app/registry';
import { runCommand } from './command.js';

/** Whoever was sealing when the new key came is done by then. */
const SETTLE_MS = 3_000;

/**
 * `npm run rotate-sealing-key`: a new key in the key file, everything sealed anew under it, the old key put aside. The
 * system may run meanwhile; killed at any moment, the next run goes on. With the keys in the environment it only seals
 * anew under the first (docs/SECURITY.md). `--resume` makes no new key: it ends a rotation that was begun.
 */
await runCommand(async () => {
  const { values } = readCommandLine({
    usage: 'npm run rotate-sealing-key -- [--resume]',
    options: { resume: { type: 'boolean', default: false } },
  });
  const config = loadConfig();
  const database = openDatabase({ url: requireDatabaseUrl(config), applicationName: 'eparking-rotate-key' });
  try {
    const before = await loadSealingKeys(config);
    // A rotation that was begun and not ended is ended first, whatever was asked for.
    const isBegun = before.keys.length > 1;
    if (config.sealingKey === undefined && !isBegun && !values.resume) await begin(config, before.keys[0]!);
    const sealer = sealerOf(await loadSealingKeys(config));
    const count = await resealAll(database, sealer, (table, rows) => console.log(`${table}: ${rows} sealed anew`));
    await finish(config, database, sealer, count);
  } finally {
    await database.close();
  }
});

/** The new key goes first; the keys of hashes are kept apart, for what was hashed cannot be hashed anew. */
async function begin(config: Config, old: Uint8Array): Promise<void> {
  const file = hashKeyFile(config);
  const hashKeys = derivedHashKeys(old);
  if (config.hashKeys === undefined && !existsSync(file))
    await writeKeyFile(file, [hashKeys.subarray(0, 32), hashKeys.subarray(32)]);
  await writeKeyFile(sealingKeyFile(config), [randomBytes(32), old]);
  await sleep(SETTLE_MS);
}

async function finish(config: Config, database: Database, sealer: Sealer, count: number): Promise<void> {
  const left = await sealedUnderOldKeys(database, sealer);
  if (left > 0) throw new ConflictError(`${left} values still lie under an old key.`, 'Run the command again.');
  await write(database, { username: 'command', address: '' }, (tx) =>
    tx.audit('sealing-key.rotate', sealer.currentKeyId.toString('hex'), { resealed: count }),
  );
  console.log(`${count} values sealed anew under the key ${sealer.currentKeyId.toString('hex')}.`);
  if (config.sealingKey !== undefined)
    return console.log('EPARKING_SEALING_KEYS_OLD may go. Keep the old key with the backups that were made under it.');
  const { keys } = await loadSealingKeys(config);
  const [current, ...old] = keys;
  if (old.length > 0) {
    const aside = sealingKeyFile(config).replace(
      /\.key$/,
      `.retired-before-${sealer.currentKeyId.toString('hex')}.key`,
    );
    await writeKeyFile(aside, old);
    await writeKeyFile(sealingKeyFile(config), [current!]);
    console.log(`The old key lies in ${aside}: keep it with the backups that were made under it, not on this machine.`);
  }
}
