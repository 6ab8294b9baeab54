import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { PlainError } from './plain-error.js';

/**
 * PostgreSQL refuses to run as root. As root we run it as another user: the owner of its folder, else `postgres`, else
 * a system user `eparking` that is made for it. As anybody else it runs as that person.
 *
 * @typedef {object} ServerUser
 * @property {number} uid
 * @property {number} gid
 */

/**
 * The user to run a server as, undefined for oneself.
 * @param {string} folder the server's data folder, if there is one yet
 * @returns {ServerUser | undefined}
 */
export function serverUser(folder) {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(folder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return idsOf('postgres') ?? idsOf('eparking') ?? createSystemUser('eparking');
}

/** @param {string} name @returns {ServerUser | undefined} */
function idsOf(name) {
  const id = (/** @type {string} */ flag) => spawnSync('id', [flag, name], { encoding: 'utf8' });
  const [user, group] = [id('-u'), id('-g')];
  if (user.status !== 0 || group.status !== 0) return undefined;
  return { uid: Number(user.stdout), gid: Number(group.stdout) };
}

/** @param {string} name @returns {ServerUser} */
function createSystemUser(name) {
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', name], { stdio: 'pipe' });
  } catch {
    // Told below: the outcome alone counts.
  }
  const ids = idsOf(name);
  if (ids) return ids;
  throw new PlainError(
    `PostgreSQL does not run as root, and no user '${name}' could be made for it: start as an ordinary user.`,
  );
}

/**
 * How to start a program as a user: what to prepend to its command, and options for spawn.
 *
 * @typedef {object} Launch
 * @property {string[]} prefix
 * @property {{uid?: number, gid?: number}} options
 */

/**
 * Finds a way to run `program` on `folder` as `user`. When the checkout lies where that user cannot go (root's home is
 * closed to others), the capability to pass closed folders goes along, and no other right of root's.
 * @param {ServerUser | undefined} user
 * @param {string} program
 * @param {string} folder must exist and belong to the user
 * @returns {Launch}
 */
export function launchAs(user, program, folder) {
  if (!user) return { prefix: [], options: {} };
  const direct = { prefix: [], options: { uid: user.uid, gid: user.gid } };
  const capable = { prefix: capabilityPrefix(user), options: {} };
  const way = [direct, capable].find((launch) => canReach(launch, program, folder));
  if (way) return way;
  throw new PlainError(
    `PostgreSQL runs as user ${user.uid}, who can reach neither ${program} nor ${folder}: ` +
      `check the project out where all may read (/srv, /opt), or start as an ordinary user.`,
  );
}

/** @param {ServerUser} user */
function capabilityPrefix(user) {
  return [
    'setpriv',
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    '--inh-caps=-all,+dac_override',
    '--ambient-caps=-all,+dac_override',
    '--bounding-set=-all,+dac_override',
    // Without this bit access(2), by which initdb checks its neighbours, does not count capabilities.
    '--securebits=+no_setuid_fixup',
  ];
}

/** @param {Launch} launch @param {string} program @param {string} folder */
function canReach(launch, program, folder) {
  const [command, ...args] = [...launch.prefix, 'test', '-x', program, '-a', '-w', folder];
  return spawnSync(/** @type {string} */ (command), args, { ...launch.options, stdio: 'ignore' }).status === 0;
}
