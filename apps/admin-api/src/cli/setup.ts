import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  anyUserExists,
  createUser,
  findUser,
  openDatabase,
  reprovisionDemoCity,
  runMigrations,
  seedDemoCity,
  seedDemoMoney,
  setPassword,
  write,
  type Database,
} from '@app/persistence';
import { loadConfig, loadSealingKeys, readCommandLine, requireDatabaseUrl, type Config } from '@app/platform';
import { newSecret, sealerOf, type Actor } from '@app/registry';
import { hashChosenPassword, hashPassword } from '../auth/passwords.js';
import { runCommand } from './command.js';
import { ensureDemoProvider } from './demo-provider.js';
import { writeSecretFile } from './secret-file.js';

const SETUP: Actor = { username: 'setup', address: '' };

/**
 * Prepares a database: migrates it and makes the first administrator; with `--demo` it fills an empty registry with
 * the demo city and writes `<data folder>/demo-terminals.json` and `demo-clerk.json`
 * and `demo-provider.json` for the simulator. Run again it changes nothing.
 * Prints one line of JSON: `{"adminPassword":"…"}` when a password was generated (the only time it is shown), else `{}`.
 */
await runCommand(async () => {
  const { values: flags } = readCommandLine({
    usage: 'setup [--demo]',
    options: { demo: { type: 'boolean', default: false } },
  });
  const config = loadConfig();
  const url = requireDatabaseUrl(config);
  await runMigrations(url);
  const database = openDatabase({ url, poolSizeMax: 2, applicationName: 'eparking-setup' });
  try {
    const adminPassword = await ensureAdministrator(database, config, flags.demo);
    if (flags.demo && (await ensureDemoCity(database, config))) {
      await ensureDemoMoney(database, config);
      await ensureDemoProvider(database, config, SETUP);
    }
    console.log(JSON.stringify(adminPassword === undefined ? {} : { adminPassword }));
  } finally {
    await database.close();
  }
});

/**
 * Makes the user `admin` in a database without users. Returns the password when it had to be generated: it was shown on
 * a screen, so it must be changed, for which there is no end of time, as nobody else could give another. The demo's city
 * has no secrets.
 */
async function ensureAdministrator(database: Database, config: Config, demo: boolean): Promise<string | undefined> {
  if (await anyUserExists(database)) return undefined;
  const chosen = config.adminPassword;
  const password = chosen ?? newSecret().slice(0, 20);
  const passwordHash = await hashChosenPassword(password, 'EPARKING_ADMIN_PASSWORD');
  const admin = { username: 'admin', displayName: 'Administrator', role: 'administrator', passwordHash } as const;
  const isTemporary = chosen === undefined && !demo;
  await write(database, SETUP, (tx) => createUser(tx, { ...admin, ...(isTemporary && { temporary: {} }) }));
  return chosen === undefined ? password : undefined;
}

/**
 * The demo city in the database, and the file of its terminals beside it. A lost file means new credentials.
 * @returns false where the registry holds a city of its own
 */
async function ensureDemoCity(database: Database, config: Config): Promise<boolean> {
  const file = join(config.dataDir, 'demo-terminals.json');
  const sealer = sealerOf(await loadSealingKeys(config));
  const [point] = await database.query('SELECT 1 FROM points LIMIT 1');
  if (point && existsSync(file)) return true;
  const provision = point ? reprovisionDemoCity : seedDemoCity;
  const seeded = await write(database, SETUP, async (tx) => {
    const terminals = await provision(tx, sealer);
    // Within the transaction: a city whose terminals nobody can play would be worse than none.
    if (terminals) await writeSecretFile(config.dataDir, file, terminals);
    else await tx.audit('demo.skip', 'city');
    return terminals !== undefined;
  });
  if (!seeded) console.error('The registry holds a city of its own: the demo city was not added to it.');
  return seeded;
}

/** What the demo's money needs, and the sign-in of the simulated treasurer's clerk. A lost file means a new password. */
async function ensureDemoMoney(database: Database, config: Config): Promise<void> {
  const file = join(config.dataDir, 'demo-clerk.json');
  if (existsSync(file)) return;
  const username = 'demo-clerk';
  const password = newSecret();
  const passwordHash = await hashPassword(password);
  await write(database, SETUP, async (tx) => {
    await seedDemoMoney(tx);
    const known = await findUser(tx, username).catch(() => null);
    const clerk = {
      username,
      displayName: 'Treasurer’s clerk (simulated)',
      role: 'revenue-officer',
      passwordHash,
    } as const;
    await (known ? setPassword(tx, username, passwordHash) : createUser(tx, clerk));
    await writeSecretFile(config.dataDir, file, { username, password });
  });
}
