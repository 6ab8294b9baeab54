import { join } from 'node:path';
import { databasePassword } from './postgres.js';
import { repository } from './run.js';

/** @typedef {import('../../libs/persistence/src/index.js').ProcessName | 'migrator'} Who */

/** @returns {Promise<typeof import('../../libs/persistence/src/index.js')>} */
const persistence = () => import(join(repository, 'dist/libs/persistence/src/index.js'));

/**
 * The embedded database as one process sees it: its own role, whose generated password lies beside the superuser's.
 * @param {string} dataDir @param {string} url of the database as superuser @param {string} role
 */
function urlAs(dataDir, url, role) {
  const own = new URL(url);
  own.username = role;
  own.password = databasePassword(join(dataDir, 'secrets', `${role}.key`));
  return own.href;
}

/**
 * Makes the roles of the processes in the embedded database, with generated passwords.
 * @param {string} dataDir @param {string} url of the database as superuser
 * @returns {Promise<Record<Who, string>>} the database's address for each
 */
export async function processUrls(dataDir, url) {
  const { ensureRoles, MIGRATOR_ROLE, PROCESS_ROLES } = await persistence();
  const urls = Object.fromEntries(
    Object.entries({ migrator: MIGRATOR_ROLE, ...PROCESS_ROLES }).map(([who, role]) => [
      who,
      urlAs(dataDir, url, role),
    ]),
  );
  const passwords = Object.fromEntries(
    Object.values(urls).map((text) => [new URL(text).username, new URL(text).password]),
  );
  await ensureRoles(url, passwords);
  return /** @type {Record<Who, string>} */ (urls);
}

/**
 * The embedded database as its owner or one process sees it: for commands.
 * @param {Who} who @param {string} dataDir @param {string} url as superuser
 */
export async function addressFor(who, dataDir, url) {
  const { MIGRATOR_ROLE, PROCESS_ROLES } = await persistence();
  return urlAs(dataDir, url, who === 'migrator' ? MIGRATOR_ROLE : PROCESS_ROLES[who]);
}
