import { anyUserExists, createUser, openDatabase, runMigrations, write, type Database } from '@app/persistence';
import { loadConfig, requireDatabaseUrl, type Config } from '@app/platform';
import { newSecret } from '@app/registry';
import { hashPassword } from '../auth/passwords.js';
import { runCommand } from './command.js';

/**
 * Prepares a database: migrates it and makes the first administrator. Run again it changes nothing.
 * Prints one line of JSON: `{"adminPassword":"…"}` when a password was generated (the only time it is shown), else `{}`.
 */
await runCommand(async () => {
  const config = loadConfig();
  const url = requireDatabaseUrl(config);
  await runMigrations(url);
  const database = openDatabase({ url, poolSizeMax: 2, applicationName: 'eparking-setup' });
  try {
    const adminPassword = await ensureAdministrator(database, config);
    console.log(JSON.stringify(adminPassword === undefined ? {} : { adminPassword }));
  } finally {
    await database.close();
  }
});

/** Makes the user `admin` in a database without users. Returns the password when it had to be generated. */
async function ensureAdministrator(database: Database, config: Config): Promise<string | undefined> {
  if (await anyUserExists(database)) return undefined;
  const password = config.adminPassword ?? newSecret().slice(0, 20);
  const passwordHash = await hashPassword(password);
  await write(database, { username: 'setup', address: '' }, (tx) =>
    createUser(tx, { username: 'admin', displayName: 'Administrator', role: 'administrator', passwordHash }),
  );
  return config.adminPassword === undefined ? password : undefined;
}
